// The link view: source words over target words, and each link a curve between its two words.

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 120; // pixels between the two rows
const MARK = 5; // half the size of a mark, in pixels
// Where on a curve its mark stands, at a quarter of it: in the middle of the view all curves of a
// sentence that runs the other way cross.
const [MARK_X, MARK_Y] = [0.156, 0.297];
const FOLDED = 3; // so many words or more in a row that are left out become one button

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".root");
  const { ack, selected, ...view } = data;
  const signature = JSON.stringify(view);
  if (signature !== root.signature) {
    root.signature = signature;
    if (root.doc !== view.doc) root.unfolded = new Set();
    root.doc = view.doc;
    build(root, view, selection(data).selected);
  }
  const canvas = root.querySelector(".canvas");
  if (!canvas) return;
  paintSelection(canvas, selection(data).selected);

  const choose = (cell) => {
    paintSelection(canvas, cell);
    select(data, cell, setStateValue);
  };
  canvas.onclick = (event) => {
    const fold = event.target.closest(".fold");
    if (fold) {
      root.unfolded.add(fold.dataset.run);
      build(root, view, selection(data).selected);
      paintSelection(canvas, selection(data).selected);
      canvas.querySelector(`.word[data-side="${fold.dataset.side}"][data-i="${fold.dataset.first}"]`)?.focus();
      return;
    }
    const curve = event.target.closest(".link");
    const word = event.target.closest(".word");
    const { selected: before } = selection(data);
    if (curve) {
      const here = [Number(curve.dataset.source), Number(curve.dataset.target)];
      choose(isSelected(before, ...here) ? null : here);
    } else if (word) {
      roam(canvas, word);
      choose(nextLink(view, word, before));
    }
  };
  canvas.onkeydown = (event) => {
    const item = event.target.closest(".word, .fold");
    if (!item) return;
    if (event.key === "Escape") hideTip(root);
    const next = neighbour(view, canvas, item, event.key);
    if (next) {
      event.preventDefault();
      roam(canvas, next);
      next.focus();
    }
  };
  const point = (event, on) => {
    const place = event.target.closest(".word, .link");
    highlight(canvas, view, on ? place : null);
    if (on && place) {
      const word = place.matches(".word") ? place : null;
      // Over the source words and under the target words, so that the curves stay in sight.
      showTip(root, linesOf(view, place), anchorOf(place), { described: word, over: word?.dataset.side === "source" });
    }
    else hideTip(root);
  };
  canvas.onmouseover = (event) => point(event, true);
  canvas.onmouseout = (event) => point(event, false);
  onFocus(root, canvas, point);
}

function build(root, view, selected) {
  if (view.links.length === 0 && view.source.shown.length === 0) {
    root.replaceChildren(element("p", "empty", "No word of the source sentence is inside an entity."));
    return;
  }
  const canvas = root.querySelector(".canvas") ?? element("div", "canvas");
  const curves = document.createElementNS(SVG, "svg");
  curves.setAttribute("class", "curves");
  curves.setAttribute("role", "img");
  curves.setAttribute("aria-label", `${view.links.length} links between the words above and below`);
  canvas.replaceChildren(row(root, view, "source", selected?.[0]), curves, row(root, view, "target", selected?.[1]));
  canvas.querySelector(".word, .fold").tabIndex = 0;
  if (!canvas.isConnected) {
    const scroll = element("div", "scroll");
    scroll.append(canvas);
    root.replaceChildren(scroll);
  }
  root.querySelector(".legend")?.remove();
  root.append(legend(view));
  const redraw = () => draw(canvas, view);
  root.observer?.disconnect();
  root.observer = new ResizeObserver(redraw); // fonts that arrive late move the words too
  for (const each of [canvas, ...canvas.querySelectorAll(".words")]) root.observer.observe(each);
  redraw();
}

function row(root, view, side, selected) {
  const { words, shown, lang, dir } = view[side];
  const line = element("div", `words ${side}`);
  line.dir = dir;
  line.lang = lang;
  line.setAttribute("role", "group");
  line.setAttribute("aria-label", `${side === "source" ? "Source" : "Target"} words`);
  const kept = new Set([...shown, selected]);
  for (let i = 0; i < words.length; ) {
    let end = i;
    while (end < words.length && !kept.has(end)) end += 1;
    const run = `${side}-${i}`;
    if (end - i >= FOLDED && !root.unfolded.has(run)) {
      line.append(fold(side, i, end, run));
      i = end;
      continue;
    }
    do {
      line.append(wordButton(view, side, i, kept.has(i)));
      i += 1;
    } while (i < end);
  }
  return line;
}

function fold(side, first, end, run) {
  const button = element("button", "fold", `⋯ ${end - first}`);
  button.type = "button";
  button.tabIndex = -1;
  Object.assign(button.dataset, { side, first, run });
  button.title = `Show ${end - first} more words`;
  button.setAttribute("aria-label", button.title);
  return button;
}

function wordButton(view, side, i, shown) {
  const { text, label, colour } = view[side].words[i];
  const button = element("button", shown ? "word" : "word dim");
  button.type = "button";
  button.tabIndex = -1;
  Object.assign(button.dataset, { side, i });
  if (label) {
    button.classList.add("entity");
    button.style.setProperty("--colour", colour);
  }
  button.append(element("bdi", "", text), element("small", "", label ? `${label} ${i}` : String(i)));
  button.setAttribute("aria-label", wordLinesOf(view, side, i).join(". "));
  return button;
}

// One curve for each link, from the middle of its source word to that of its target word.
function draw(canvas, view) {
  const curves = canvas.querySelector(".curves");
  const frame = curves.getBoundingClientRect();
  const middle = (side, i) => {
    const box = canvas.querySelector(`.word[data-side="${side}"][data-i="${i}"]`)?.getBoundingClientRect();
    return box ? box.left + box.width / 2 - frame.left : null;
  };
  const state = (name) => new Set([...curves.querySelectorAll(`.${name}`)].map((each) => each.dataset.key));
  const [hot, chosen] = [state("hot"), state("selected")];
  curves.replaceChildren();
  // Gold lies under all links, and what only one alignment has on top.
  const order = view.links.toSorted((one, other) => isMarked(one) - isMarked(other));
  for (const part of [outline, curve]) {
    for (const link of order) {
      const [from, to] = [middle("source", link.source), middle("target", link.target)];
      if (from === null || to === null || (part === outline && !isGilt(view, link))) continue;
      const drawn = part(link, from, to);
      drawn.classList.toggle("hot", hot.has(drawn.dataset.key));
      drawn.classList.toggle("selected", chosen.has(drawn.dataset.key));
      curves.append(drawn);
    }
  }
}

function curve(link, from, to) {
  const group = groupOf(link, `link ${link.who || "missed"}${link.sure ? "" : " possible"}`);
  if (link.who) group.append(path("line", from, to));
  if (isMarked(link)) group.append(mark(link.who, from + (to - from) * MARK_X, HEIGHT * MARK_Y));
  group.append(path("hit", from, to));
  return group;
}

function outline(link, from, to) {
  const group = groupOf(link, "outline");
  group.append(path(`gold ${link.gold}`, from, to), path("core", from, to));
  return group;
}

function groupOf(link, className) {
  const group = svg("g", className);
  Object.assign(group.dataset, { source: link.source, target: link.target, key: `${link.source}-${link.target}` });
  if (link.colour) group.style.setProperty("--colour", link.colour);
  return group;
}

function path(className, from, to) {
  const node = svg("path", className);
  node.setAttribute("d", `M ${from} 0 C ${from} ${HEIGHT / 2}, ${to} ${HEIGHT / 2}, ${to} ${HEIGHT}`);
  return node;
}

function isGilt(view, { gold }) {
  return view.draw_gold && (gold === "sure" || gold === "possible");
}

function isMarked({ who }) {
  return who === "first" || who === "second";
}

// The marks of the matrix: a ring and a diamond.
function mark(who, x, y) {
  const [name, shape] =
    who === "first"
      ? ["circle", { cx: x, cy: y, r: MARK }]
      : ["rect", { x: x - MARK, y: y - MARK, width: 2 * MARK, height: 2 * MARK, transform: `rotate(45 ${x} ${y})` }];
  const drawn = svg(name, "mark");
  for (const [attribute, value] of Object.entries(shape)) drawn.setAttribute(attribute, value);
  return drawn;
}

function legend(view) {
  const box = element("div", "legend");
  const add = (link, text) => {
    const item = element("span", "item");
    const sample = svg("svg", "sample");
    const drawn = link.gold ? outline(link, 18, 18) : curve(link, 18, 18);
    drawn.removeAttribute("data-key");
    drawn.classList.remove("link", "outline");
    sample.append(drawn);
    sample.setAttribute("viewBox", `6 ${HEIGHT * MARK_Y - 12} 24 24`);
    item.append(sample, document.createTextNode(text));
    box.append(item);
  };
  const plain = { source: 0, target: 0, who: "both", gold: "", sure: true, colour: "" };
  const [one, other] = view.names;
  add(plain, view.names.length ? "link of both" : "link");
  if (view.names.length) {
    add({ ...plain, who: "first" }, `only ${one}`);
    add({ ...plain, who: "second" }, `only ${other}`);
  }
  if (view.links.some((link) => link.who && !link.sure)) add({ ...plain, sure: false }, "possible link");
  for (const gold of view.draw_gold ? ["sure", "possible"] : []) {
    if (view.links.some((link) => link.gold === gold)) add({ ...plain, who: "", gold }, `gold, ${gold}`);
  }
  return box;
}

function linesOf(view, place) {
  if (place.matches(".word")) return wordLinesOf(view, place.dataset.side, Number(place.dataset.i));
  const [i, j] = [Number(place.dataset.source), Number(place.dataset.target)];
  return cellLines(view, view.best, i, j, view.links.find((link) => link.source === i && link.target === j));
}

function wordLinesOf(view, side, i) {
  const other = side === "source" ? "target" : "source";
  return wordLines(view[side].words, i, view[other].words, linksOf(view, side, i).map((link) => link[other]));
}

function linksOf(view, side, i) {
  return view.links.filter((link) => link.who && link[side] === i);
}

// A word's links are selected one after the other, then none.
function nextLink(view, word, selected) {
  const cells = linksOf(view, word.dataset.side, Number(word.dataset.i)).map((link) => [link.source, link.target]);
  const now = cells.findIndex((cell) => isSelected(selected, ...cell));
  return cells[now + 1] ?? null;
}

function neighbour(view, canvas, item, key) {
  const items = [...item.parentElement.children];
  const rtl = getComputedStyle(item.parentElement).direction === "rtl";
  const across = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[key];
  if (across) return items[items.indexOf(item) + across];
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
  const { side } = item.dataset;
  const other = { ArrowDown: "target", ArrowUp: "source" }[key];
  if (!other || other === side) return null;
  const link = linksOf(view, side, Number(item.dataset.i))[0];
  const there = canvas.querySelector(`.words.${other}`);
  return (link && there.querySelector(`.word[data-i="${link[other]}"]`)) ?? nearest(there, item);
}

function nearest(row, item) {
  const middle = (node) => node.getBoundingClientRect().left + node.getBoundingClientRect().width / 2;
  const away = (node) => Math.abs(middle(node) - middle(item));
  return [...row.children].reduce((one, other) => (away(other) < away(one) ? other : one));
}

function roam(canvas, item) {
  for (const each of canvas.querySelectorAll('[tabindex="0"]')) each.tabIndex = -1;
  item.tabIndex = 0;
}

function highlight(canvas, view, place) {
  for (const each of canvas.querySelectorAll(".hot")) each.classList.remove("hot");
  canvas.classList.toggle("busy", Boolean(place));
  if (!place) return;
  place.classList.add("hot");
  const links = place.matches(".link")
    ? [place.dataset]
    : linksOf(view, place.dataset.side, Number(place.dataset.i));
  for (const { source, target } of links) {
    for (const each of canvas.querySelectorAll(`[data-key="${source}-${target}"]`)) each.classList.add("hot");
    for (const [side, i] of [["source", source], ["target", target]]) {
      canvas.querySelector(`.word[data-side="${side}"][data-i="${i}"]`)?.classList.add("hot");
    }
  }
}

function paintSelection(canvas, selected) {
  const [i, j] = selected ?? [];
  for (const word of canvas.querySelectorAll(".word")) {
    const index = Number(word.dataset.i);
    word.setAttribute("aria-pressed", String(index === (word.dataset.side === "source" ? i : j)));
  }
  for (const each of canvas.querySelectorAll("[data-key]")) {
    each.classList.toggle("selected", each.dataset.key === `${i}-${j}`);
  }
}

// The tip stands beside the middle of a curve, not beside its box, which may be as wide as the sentence.
function anchorOf(place) {
  const box = place.getBoundingClientRect();
  if (place.matches(".word")) return box;
  const frame = place.ownerSVGElement.getBoundingClientRect();
  const middle = (box.left + box.right) / 2;
  return { left: middle, right: middle, top: frame.top, bottom: frame.bottom };
}

function svg(name, className) {
  const node = document.createElementNS(SVG, name);
  node.setAttribute("class", className);
  return node;
}
