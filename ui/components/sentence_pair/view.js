// Source and target sentence, each word a column: lanes of entities over and under it.

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".root");
  const { source, target, legend: marks, doc } = data;
  const signature = JSON.stringify([source, target, marks]);
  if (root.signature !== signature) {
    root.signature = signature;
    root.replaceChildren(sentence(source), sentence(target));
    if (marks.length) root.append(legend(marks));
  }
  followChain(root, doc, ({ pinned }) => sayPinned(root, pinned));
  leadChain(data, (change) => setStateValue("pinned", change));
  listenToKeys(data.keys, (wanted) => setStateValue("wanted", wanted));
}

function sentence(view) {
  const section = element("section", "sentence");
  const flow = element("div", "flow");
  flow.dir = view.dir;
  flow.lang = view.lang;
  flow.setAttribute("role", "group");
  flow.setAttribute("aria-label", view.title);
  const names = element("div", "names");
  names.append(...view.above.map((lane) => element("span", "", lane.name)), element("span", "gap", ""));
  names.append(...view.below.map((lane) => element("span", "", lane.name)));
  flow.append(names);
  view.words.forEach((text, index) => {
    const word = element("span", "word");
    const bdi = element("bdi", "text", text);
    const groups = new Set();
    for (const lane of [...view.above, ...view.below]) {
      const group = spanAt(lane, index)?.group;
      if (group !== null && group !== undefined) groups.add(group);
    }
    if (groups.size) {
      bdi.dataset.entity = [...groups].join(" ");
      bdi.dataset.pin = "";
    }
    word.append(...view.above.map((lane) => segment(lane, index)), bdi);
    word.append(...view.below.map((lane) => segment(lane, index)));
    flow.append(word);
  });
  section.append(element("div", "title", view.title), flow);
  return section;
}

function segment(lane, index) {
  const span = spanAt(lane, index);
  const box = element("span", "segment");
  if (!span) return box;
  box.classList.add("filled", span.style);
  if (span.differs) box.classList.add("differs");
  box.style.setProperty("--colour", span.colour);
  box.title = [span.label, lane.name, span.hint, span.differs ? "differs" : ""].filter(Boolean).join(" · ");
  const first = span.start === index;
  if (span.group !== null) {
    box.dataset.entity = span.group;
    box.dataset.pin = "";
  }
  if (first) {
    box.classList.add("first");
    box.textContent = [span.label, span.icon, span.differs ? "Δ" : ""].filter(Boolean).join(" ");
    box.setAttribute("aria-label", span.says);
    if (span.group !== null) {
      box.tabIndex = 0;
      box.setAttribute("role", "button");
    } else box.setAttribute("role", "img");
  }
  if (span.end === index + 1) box.classList.add("last");
  return box;
}

function spanAt(lane, index) {
  return lane.spans.find((each) => each.start <= index && index < each.end);
}

function sayPinned(root, pinned) {
  for (const each of root.querySelectorAll('[role="button"]')) {
    each.setAttribute("aria-pressed", String(each.dataset.entity === String(pinned)));
  }
}

function legend(marks) {
  const row = element("div", "legend");
  for (const [mark, meaning] of marks) {
    const item = element("span", "item");
    item.append(element("b", "", mark), document.createTextNode(` ${meaning}`));
    row.append(item);
  }
  return row;
}
