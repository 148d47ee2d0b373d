// Source and target sentence, each word a column: lanes of entities over and under it.
// The first lane of two stands over the words, the last one under them.

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  const signature = JSON.stringify(data);
  if (root.dataset.signature === signature) return;
  root.dataset.signature = signature;
  root.replaceChildren(sentence(data.source), sentence(data.target));

  // Entities of one group belong together across the two sentences.
  const mark = (event, on) => {
    const group = event.target.closest?.("[data-group]")?.dataset.group;
    if (group === undefined) return;
    for (const each of root.querySelectorAll(`[data-group="${group}"]`)) each.classList.toggle("hot", on);
  };
  root.onmouseover = (event) => mark(event, true);
  root.onmouseout = (event) => mark(event, false);
}

function sentence(view) {
  const section = element("section", "sentence");
  const title = element("div", "title", view.title);
  const flow = element("div", "flow");
  flow.dir = view.dir;
  flow.lang = view.lang;
  flow.setAttribute("role", "group");
  flow.setAttribute("aria-label", view.title);
  const [above, below] = view.lanes.length > 1 ? view.lanes : [null, view.lanes[0]];
  const names = element("div", "names");
  if (above) names.append(element("span", "", above.name));
  names.append(element("span", "", ""), element("span", "", below.name));
  flow.append(names);
  view.words.forEach((text, index) => {
    const word = element("span", "word");
    if (above) word.append(segment(above, index));
    const bdi = element("bdi", "text", text);
    word.append(bdi, segment(below, index));
    flow.append(word);
  });
  section.append(title, flow);
  return section;
}

function segment(lane, index) {
  const span = lane.spans.find((each) => each.start <= index && index < each.end);
  const box = element("span", "segment");
  if (!span) return box;
  box.classList.add("filled", span.style);
  box.style.setProperty("--colour", span.colour);
  if (span.group !== null) box.dataset.group = span.group;
  box.title = [span.label, lane.name, span.hint].filter(Boolean).join(" · ");
  if (span.start === index) {
    box.classList.add("first");
    box.textContent = span.icon ? `${span.label} ${span.icon}` : span.label;
  }
  if (span.end === index + 1) box.classList.add("last");
  return box;
}

function element(name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}
