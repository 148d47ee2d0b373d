// Source and target sentence, each word a column: lanes of entities over and under it.

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".root");
  root.data = data;
  listenToActs(data.correct, (said) => setStateValue("acts", said));
  keepUnsaved(data);
  if (!root.parts) {
    root.sentences = element("div", "sentences");
    root.replaceChildren(root.sentences, ...buildBar(root));
    listenToWords(root);
    listenToBar(root);
    root.draw = () => draw(root);
  }
  draw(root);
  followChain(root, data.doc, ({ pinned }) => sayPinned(root, pinned));
  leadChain(data, (change) => setStateValue("pinned", change));
  listenToKeys(data.keys, (wanted) => setStateValue("wanted", wanted));
  return () => (queue().tell = null);
}

function draw(root) {
  const { data } = root;
  const [source, target] = [asCorrected(data, "source"), asCorrected(data, "target")];
  const { legend: marks } = data;
  const signature = JSON.stringify([data.doc, source, target, marks]);
  if (root.signature !== signature) {
    root.signature = signature;
    const isSame = root.drawnDoc === data.doc;
    root.drawnDoc = data.doc;
    const focused = isSame ? placeOfFocus(root) : null;
    const roam = isSame ? { source: roamingIndex(root, "source"), target: roamingIndex(root, "target") } : {};
    root.sentences.replaceChildren(sentence("source", source, roam.source ?? 0), sentence("target", target, roam.target ?? 0));
    if (marks.length) root.sentences.append(legend(marks));
    if (focused) root.sentences.querySelector(focused)?.focus();
    if (isSame) paintChain(root);
  }
  paintChosen(root);
  drawMarking(root);
  drawBar(root);
}

function placeOfFocus(root) {
  const node = root.getRootNode().activeElement;
  if (node?.matches?.(".text")) return `.text[data-side="${node.dataset.side}"][data-i="${node.dataset.i}"]`;
  if (node?.matches?.(".segment[data-side]")) return `.text[data-side="${node.dataset.side}"][data-i="${node.dataset.start}"]`;
  return null;
}

function roamingIndex(root, side) {
  const word = roaming(root, side);
  return word ? Number(word.dataset.i) : 0;
}

function sentence(side, view, roam) {
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
    bdi.dataset.side = side;
    bdi.dataset.i = index;
    bdi.tabIndex = index === roam ? 0 : -1;
    bdi.setAttribute("role", "checkbox");
    const groups = new Set();
    let says = "";
    for (const lane of [...view.above, ...view.below]) {
      const span = spanAt(lane, index);
      const group = span?.group;
      if (group !== null && group !== undefined) groups.add(group);
      if (span && lane.by_hand) bdi.classList.add("by-hand");
      if (span && lane.editable) says = `, ${span.label}`;
    }
    if (says) bdi.setAttribute("aria-label", `${text}${says}`);
    if (groups.size) {
      bdi.dataset.entity = [...groups].join(" ");
      bdi.dataset.pin = "";
    }
    word.append(...view.above.map((lane) => segment(side, lane, index)), bdi);
    word.append(...view.below.map((lane) => segment(side, lane, index)));
    flow.append(word);
  });
  section.append(element("div", "title", view.title), flow);
  return section;
}

function segment(side, lane, index) {
  const span = spanAt(lane, index);
  const box = element("span", "segment");
  if (!span) return box;
  box.classList.add("filled", span.style);
  if (span.differs) box.classList.add("differs");
  if (lane.by_hand) box.classList.add("by-hand");
  if (lane.editable) Object.assign(box.dataset, { side, start: span.start, end: span.end });
  box.style.setProperty("--colour", span.colour);
  const also = [span.hint, span.differs ? "differs" : "", lane.by_hand ? "by hand" : ""];
  box.title = [span.label, lane.name, ...also].filter(Boolean).join(" · ");
  const first = span.start === index;
  if (span.group !== null) {
    box.dataset.entity = span.group;
    box.dataset.pin = "";
  }
  if (first) {
    box.classList.add("first");
    box.textContent = [span.label, span.icon, span.differs ? "Δ" : ""].filter(Boolean).join(" ");
    box.setAttribute("aria-label", span.says);
    if (span.group !== null || lane.editable) {
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
  for (const each of root.querySelectorAll('.segment[role="button"][data-entity]')) {
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
