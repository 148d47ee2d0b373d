// Keys in groups, in as many columns as there is room for.

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  root.tabIndex = 0; // the arrows scroll it
  root.setAttribute("role", "region");
  root.setAttribute("aria-label", "Keys of this page");
  const groups = element("div", "groups");
  groups.append(...data.groups.map(group));
  root.replaceChildren(groups, element("p", "note", data.note));
  if (root.begun) return;
  root.begun = true;
  root.focus({ preventScroll: true }); // see popover_start
}

function group({ title, keys }) {
  const section = element("section");
  const list = element("dl");
  for (const [key, what] of keys) {
    const name = element("dt");
    name.append(...key.split(", ").map((each) => element("kbd", "", each)));
    list.append(name, element("dd", "", what));
  }
  section.append(element("h4", "", title), list);
  return section;
}
