// What was found, in lines. One that is about a source entity is part of its chain.

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  const signature = JSON.stringify(data);
  if (root.signature !== signature) {
    const focused = root.doc === data.doc ? lines(root).indexOf(root.getRootNode().activeElement) : -1;
    Object.assign(root, { signature, doc: data.doc });
    root.replaceChildren(...data.boxes.map((box) => group(box, data.colours, "box")), group(data.differ, data.colours, ""));
    const roaming = lines(root).at(Math.max(focused, 0));
    if (roaming) roaming.tabIndex = 0;
    if (focused >= 0) roaming?.focus();
  }
  root.onkeydown = (event) => onKey(root, event);
  followChain(root, data.doc, ({ pinned }) => {
    for (const each of lines(root)) each.setAttribute("aria-pressed", String(each.dataset.entity === String(pinned)));
  });
}

function group(said, colours, className) {
  const box = element("div", className);
  box.append(...said.map((each) => line(each, colours)));
  return box;
}

// Not every line that can be pointed at pins an entity.
function line({ says, entities, pins }, colours) {
  const place = element("div", "line", says);
  if (!entities.length) return place;
  place.dataset.entity = entities.join(" ");
  place.style.setProperty("--colour", colours[entities[0]]);
  if (!pins) return place;
  place.dataset.pin = "";
  place.setAttribute("role", "button");
  place.tabIndex = -1;
  return place;
}

function lines(root) {
  return [...root.querySelectorAll("[data-pin]")];
}

// One line can be reached with Tab; the arrows lead to the others.
function onKey(root, event) {
  const all = lines(root);
  const at = all.indexOf(event.target);
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  if (!all[to]) return;
  all[at].tabIndex = -1;
  all[to].tabIndex = 0;
  all[to].focus();
}
