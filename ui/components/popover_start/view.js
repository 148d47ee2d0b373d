// A heading that takes the focus once, when it appears.

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  root.replaceChildren(element("h4", "", data.title));
  if (root.begun) return;
  root.begun = true;
  root.tabIndex = -1;
  root.focus({ preventScroll: true });
}
