// Source words with their entities, links as curves, target words with the candidates under them.
//
// At the first step words can be chosen and marked. What is marked is painted at once and sent whole,
// with a sequence number; an answer older than what was sent is not painted.

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 90; // pixels between the two rows

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".root");
  const mine = root.mine;
  const pending = mine && mine.doc === data.doc && data.ack < mine.seq;
  const fresh = mine?.doc === data.doc;
  root.mine = pending
    ? mine
    : { doc: data.doc, seq: data.ack, entities: data.entities, from: fresh ? mine.from : null, to: fresh ? mine.to : null };
  root.tell = (entities) => {
    const seq = Math.max(root.mine.seq, data.ack) + 1;
    root.mine = { ...root.mine, seq, entities };
    const sent = entities.map(({ start, end, label }) => [start, end, label]);
    setStateValue("marked", { doc: data.doc, seq, entities: sent });
    draw(root, data);
  };
  draw(root, data);
}

function draw(root, data) {
  const { source, target, step, labels } = data;
  const { entities, from, to } = root.mine;
  const signature = JSON.stringify([source, target, step, data.links, data.candidates, entities, from, to]);
  if (signature === root.signature) return;
  root.signature = signature;
  const focused = placeOf(root.getRootNode().activeElement);
  const at = [...root.querySelectorAll(".scroll")].map((each) => each.scrollLeft);

  const canvas = element("div", `canvas step${step}`);
  canvas.append(scrolling(source, sourceRow(root, data)));
  if (target) canvas.append(curvesOf(data), scrolling(target, targetRow(data)));
  root.replaceChildren(element("div", "title", source.title), canvas);
  if (target) root.append(element("div", "title", target.title));
  if (step === 1) root.append(marking(root, data, labels));
  const rows = [...canvas.querySelectorAll(".scroll")];
  rows.forEach((row, index) => (row.scrollLeft = at[index] ?? 0));

  const redraw = () => {
    // One that need not scroll is no stop of the Tab key.
    for (const row of rows) row.tabIndex = isTooLong(row) ? 0 : -1;
    // One bar for both, and none between the words and their links.
    rows[0].classList.toggle("barless", rows.length > 1 && isTooLong(rows[1]));
    drawCurves(canvas, data);
  };
  scrollTogether(rows, () => drawCurves(canvas, data));
  root.observer?.disconnect();
  root.observer = new ResizeObserver(redraw); // fonts that arrive late move the words too
  for (const each of [...rows, ...canvas.querySelectorAll(".line")]) root.observer.observe(each);
  redraw();
  highlightOnHover(canvas);
  if (focused) (root.querySelector(focused) ?? root.querySelector(".word"))?.focus();
}

function placeOf(node) {
  if (node?.matches?.(".word")) return `.word[data-i="${node.dataset.i}"]`;
  if (node?.matches?.(".label")) return `.label[data-label="${node.dataset.label}"]`;
  return null;
}

// Each row scrolls by itself: one from the left and one from the right begin at different ends.
function scrolling({ title, dir }, line) {
  const scroll = element("div", "scroll");
  scroll.dir = dir; // so that it begins with the first word
  scroll.setAttribute("role", "group");
  scroll.setAttribute("aria-label", title);
  scroll.append(line);
  return scroll;
}

function isTooLong(row) {
  return row.scrollWidth > row.clientWidth;
}

// As far on in one row as in the other: what is linked mostly stands there.
function scrollTogether(rows, redraw) {
  for (const row of rows) {
    row.onscroll = () => {
      redraw();
      const follows = row.follows;
      row.follows = false;
      const other = rows.find((each) => each !== row);
      if (follows || !other) return;
      const share = Math.abs(row.scrollLeft) / Math.max(1, row.scrollWidth - row.clientWidth);
      const wanted = Math.round(share * (other.scrollWidth - other.clientWidth)) * (other.dir === "rtl" ? -1 : 1);
      if (Math.abs(other.scrollLeft - wanted) < 1) return;
      other.follows = true;
      other.scrollLeft = wanted;
    };
  }
}

function sourceRow(root, data) {
  const { words, lang, dir } = data.source;
  const { entities, from, to } = root.mine;
  const line = lineOf("source", words.length, lang, dir);
  entities.forEach((entity, index) => {
    const { start, end, label, letter, colour, says } = entity;
    const box = element("span", "entity", letter ? `${letter} ${label}` : label);
    box.style.gridColumn = `${start + 1} / ${end + 1}`;
    box.style.setProperty("--colour", colour ?? "currentColor");
    box.dataset.entity = index;
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", says ?? label);
    line.append(box);
  });
  words.forEach((text, i) => {
    const canMark = data.step === 1;
    const word = element(canMark ? "button" : "span", "word");
    word.dataset.i = i;
    word.style.gridColumn = i + 1;
    word.append(element("bdi", "", text));
    const owner = entities.findIndex((entity) => entity.start <= i && i < entity.end);
    if (owner >= 0) word.dataset.entity = owner;
    if (canMark) {
      word.type = "button";
      const chosen = from !== null && from <= i && i < to;
      word.setAttribute("aria-pressed", String(chosen));
      word.tabIndex = i === (root.roaming ?? from ?? 0) ? 0 : -1;
      word.onclick = () => choose(root, data, i);
      word.onkeydown = (event) => onKey(root, data, event, i);
    }
    line.append(word);
  });
  if (data.step === 1 && !line.querySelector('.word[tabindex="0"]')) line.querySelector(".word").tabIndex = 0;
  return line;
}

function targetRow(data) {
  const { words, lang, dir } = data.target;
  const line = lineOf("target", words.length, lang, dir);
  const owners = words.map(() => new Set());
  for (const [, j, entity] of data.links) if (entity !== null) owners[j].add(entity);
  words.forEach((text, j) => {
    const word = element("span", "word");
    word.dataset.j = j;
    word.style.gridColumn = j + 1;
    word.append(element("bdi", "", text));
    if (owners[j].size) word.dataset.entity = [...owners[j]].join(" ");
    line.append(word);
  });
  for (const each of data.candidates) {
    const { entity, start, end, row, letter, colour, score, chosen, says } = each;
    const box = element("span", "candidate", `${chosen && data.step === 4 ? "✓ " : ""}${letter} ${score}`);
    if (chosen) box.classList.add("chosen");
    box.style.gridColumn = `${start + 1} / ${end + 1}`;
    box.style.gridRow = row + 2;
    box.style.setProperty("--colour", colour);
    box.dataset.entity = entity;
    if (data.step >= 3) {
      box.setAttribute("role", "img");
      box.setAttribute("aria-label", says);
      box.title = says;
    } else box.setAttribute("aria-hidden", "true");
    line.append(box);
  }
  return line;
}

function lineOf(side, n, lang, dir) {
  const line = element("div", `line ${side}`);
  line.lang = lang;
  line.dir = dir;
  line.style.gridTemplateColumns = `repeat(${n}, max-content)`;
  return line;
}

function curvesOf(data) {
  const curves = svg("svg", "curves");
  curves.setAttribute("role", "img");
  const said = data.links.map(([i, j]) => `${data.source.words[i]} – ${data.target.words[j]}`).join(", ");
  curves.setAttribute("aria-label", `Links: ${said || "none"}`);
  return curves;
}

function drawCurves(canvas, data) {
  const curves = canvas.querySelector(".curves");
  if (!curves) return;
  const frame = curves.getBoundingClientRect();
  const middles = (side) => [...canvas.querySelectorAll(`.${side} .word`)].map((word) => {
    const box = word.getBoundingClientRect();
    return box.left + box.width / 2 - frame.left;
  });
  const [sources, targets] = [middles("source"), middles("target")];
  // Those of entities lie over the others.
  const ordered = [...data.links].sort((one, other) => (one[2] !== null) - (other[2] !== null));
  curves.replaceChildren(
    ...ordered.map(([i, j, entity]) => {
      const [from, to] = [sources[i], targets[j]];
      const curve = svg("path", entity === null ? "curve" : "curve own");
      curve.setAttribute("d", `M ${from} 0 C ${from} ${HEIGHT / 2}, ${to} ${HEIGHT / 2}, ${to} ${HEIGHT}`);
      if (entity !== null) {
        curve.dataset.entity = entity;
        curve.style.setProperty("--colour", data.entities[entity].colour);
      }
      return curve;
    }),
  );
}

// The words of an entity, its links and its candidates are shown as one where any of them is pointed at.
function highlightOnHover(canvas) {
  const paint = (names) => {
    for (const each of canvas.querySelectorAll("[data-entity]")) {
      each.classList.toggle("hot", names.some((name) => each.matches(`[data-entity~="${name}"]`)));
    }
  };
  canvas.onmouseover = (event) => paint(event.target.closest("[data-entity]")?.dataset.entity.split(" ") ?? []);
  canvas.onmouseleave = () => paint([]);
}

// The first word, then the last one; a click on what is marked chooses all of it.
function choose(root, data, i) {
  const { entities, from, to } = root.mine;
  const owner = entities.find((entity) => entity.start <= i && i < entity.end);
  const isChosen = from !== null && from <= i && i < to;
  let range = [i, i + 1];
  if (isChosen) range = [null, null];
  else if (from !== null && !owner) range = [Math.min(from, i), Math.max(to, i + 1)];
  else if (owner) range = [owner.start, owner.end];
  root.roaming = i;
  [root.mine.from, root.mine.to] = range;
  draw(root, data);
}

function onKey(root, data, event, i) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const { words, dir } = data.source;
  const forward = dir === "rtl" ? -1 : 1;
  const to = { ArrowRight: i + forward, ArrowLeft: i - forward, Home: 0, End: words.length - 1 }[event.key];
  const label = data.labels[Number(event.key) - 1];
  if (to !== undefined) {
    event.preventDefault();
    const next = root.querySelector(`.word[data-i="${to}"]`);
    if (!next) return;
    for (const each of root.querySelectorAll(".source .word")) each.tabIndex = -1;
    next.tabIndex = 0;
    root.roaming = to;
    next.focus();
  } else if (root.mine.from === null) return;
  else if (label) mark(root, data, label);
  else if (event.key === "Delete" || event.key === "Backspace") mark(root, data, null);
  else if (event.key === "Escape") {
    [root.mine.from, root.mine.to] = [null, null];
    draw(root, data);
  }
}

// An entity takes the place of those whose words it has.
function mark(root, data, label) {
  const { entities, from, to } = root.mine;
  const kept = entities.filter(({ start, end }) => end <= from || to <= start);
  if (label) kept.push({ start: from, end: to, label });
  kept.sort((one, other) => one.start - other.start);
  [root.mine.from, root.mine.to] = [null, null];
  root.tell(kept);
}

function marking(root, data, labels) {
  const { entities, from, to } = root.mine;
  const box = element("div", "marking");
  const words = from === null ? "" : data.source.words.slice(from, to).join(" ");
  const says = element("div", "says");
  says.setAttribute("role", "status");
  if (words) says.append("Mark ", element("bdi", "quoted", words), " as:");
  else says.append("To mark or change an entity, click its first word and its last one, then its label.");
  const buttons = element("div", "buttons");
  labels.forEach((label, index) => {
    const button = element("button", "label", label);
    button.title = `Key: ${index + 1}`;
    button.onclick = () => mark(root, data, label);
    buttons.append(named(button, label, !words));
  });
  const remove = element("button", "label", "not an entity");
  remove.title = "Key: Delete";
  remove.onclick = () => mark(root, data, null);
  const inside = words && entities.some(({ start, end }) => start < to && from < end);
  buttons.append(named(remove, "", !inside));
  box.append(says, buttons);
  return box;
}

function named(button, label, disabled) {
  button.type = "button";
  button.dataset.label = label;
  button.disabled = disabled;
  return button;
}

function svg(name, className) {
  const node = document.createElementNS(SVG, name);
  node.setAttribute("class", className);
  return node;
}
