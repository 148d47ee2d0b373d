// The link view: source words over target words, and each link a curve between its two words.

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 120; // pixels between the two rows
const MARK = 5; // half the size of a mark, in pixels
// Where on a curve the mark of who has it stands, at a quarter of it: in the middle of the view all
// curves of a sentence that runs the other way cross. What was changed is marked on the other side.
const WHO_AT = [0.156, 0.297];
const CHANGED_AT = [0.844, 0.703];
const FOLDED = 3; // so many words or more in a row that are left out become one button

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".root");
  const { ack, turn, version, selected, edits, ...view } = data;
  const signature = JSON.stringify(view);
  if (signature !== root.signature) {
    root.signature = signature;
    if (root.doc !== view.doc) Object.assign(root, { unfolded: new Set(), picked: null });
    root.doc = view.doc;
    build(root, view, current(data));
  }
  const canvas = root.querySelector(".canvas");
  if (!canvas) return;
  canvas.view = view;

  const paint = () => {
    const now = current(data);
    paintLinks(canvas, now.edits);
    paintSelection(canvas, now.selected);
    paintPicked(root, view);
    retell(root);
  };
  const act = (change) => {
    holdStill(root);
    touch(data, change, setStateValue);
    paint();
  };
  const choose = (here) => act({ selected: isSelected(current(data).selected, ...here) ? null : here });
  const set = (here, stateOf) => {
    const now = current(data);
    const { state } = linkAt(view, now.edits, ...here);
    act({ selected: here, edits: withState(view, now.edits, ...here, stateOf(state)) });
  };
  const toggle = (here) => set(here, (state) => view.next[state]);
  // The first word is kept in mind, the second one of the other sentence makes a link of both, or unmakes it.
  const pick = (word) => {
    const { side } = word.dataset;
    const index = Number(word.dataset.i);
    const first = root.picked;
    if (first && first.side !== side) {
      root.picked = null;
      toggle(side === "source" ? [index, first.index] : [first.index, index]);
    } else {
      root.picked = first && first.index === index ? null : { side, index };
      paint();
    }
  };
  canvas.onclick = (event) => {
    const fold = event.target.closest(".fold");
    if (fold) {
      root.unfolded.add(fold.dataset.run);
      build(root, view, current(data));
      paint();
      canvas.querySelector(`.word[data-side="${fold.dataset.side}"][data-i="${fold.dataset.first}"]`)?.focus();
      return;
    }
    const curve = event.target.closest(".link");
    const word = event.target.closest(".word");
    if (word) {
      roam(canvas, word);
      pick(word);
    } else if (curve) {
      focusLink(canvas, curve.dataset);
      toggle(cellOf(curve));
    }
  };
  canvas.onkeydown = (event) => {
    const item = event.target.closest(".word, .fold, .link");
    if (!item || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const isLink = item.matches(".link");
    const acts = {
      " ": () => toggle(cellOf(item)),
      Enter: () => choose(cellOf(item)),
      Delete: () => set(cellOf(item), () => "none"),
      Backspace: () => set(cellOf(item), () => "none"),
    }[event.key];
    if (event.key === "Escape") {
      root.pointed = null;
      hideTip(root);
      if (root.picked || current(data).selected) event.preventDefault();
      if (root.picked) {
        root.picked = null;
        paint();
      } else if (current(data).selected) act({ selected: null });
    } else if (isLink && acts) {
      event.preventDefault();
      acts();
    } else if (item.matches(".word") && (event.key === "Delete" || event.key === "Backspace")) {
      event.preventDefault();
      act({ edits: withoutWord(view, current(data).edits, item.dataset.side, Number(item.dataset.i)) });
    } else {
      const next = neighbour(canvas, item, event.key);
      if (!next) return;
      event.preventDefault();
      roam(canvas, next);
      next.focus();
    }
  };
  const point = (event, on) => {
    const place = event.target.closest(".word, .link");
    highlight(canvas, on ? place : null);
    root.pointed = on ? place : null;
    retell(root);
  };
  root.tell = (place) => linesOf(canvas, place);
  canvas.onmouseover = (event) => point(event, true);
  canvas.onmouseout = (event) => point(event, false);
  onFocus(root, canvas, point);
  paint();
  followChain(root, data.doc);
}

function retell(root) {
  const place = root.pointed;
  if (!place?.isConnected) return hideTip(root);
  const isWord = place.matches(".word");
  // Over the source words and under the target words, so that the curves stay in sight.
  const over = isWord && place.dataset.side === "source";
  showTip(root, root.tell(place), anchorOf(place), { described: isWord ? place : null, over });
}

function build(root, view, { selected, edits }) {
  if (view.links.length === 0 && view.source.shown.length === 0) {
    root.replaceChildren(element("p", "empty", "No word of the source sentence is inside an entity."));
    return;
  }
  const canvas = root.querySelector(".canvas") ?? element("div", "canvas");
  const focused = placeOf(canvas.getRootNode().activeElement);
  Object.assign(canvas, { root, view, edits });
  const curves = document.createElementNS(SVG, "svg");
  curves.setAttribute("class", "curves");
  curves.setAttribute("role", "group");
  curves.setAttribute("aria-label", "Links between the words above and below");
  canvas.replaceChildren(row(root, view, "source", selected?.[0]), curves, row(root, view, "target", selected?.[1]));
  if (!canvas.isConnected) {
    const scroll = element("div", "scroll");
    scroll.append(canvas);
    const hint = element("p", "hint");
    hint.setAttribute("role", "status");
    root.replaceChildren(scroll, hint);
  }
  root.querySelector(".legend")?.remove();
  root.append(legend(view));
  const redraw = () => draw(canvas);
  root.observer?.disconnect();
  root.observer = new ResizeObserver(redraw); // fonts that arrive late move the words too
  for (const each of [canvas, ...canvas.querySelectorAll(".words")]) root.observer.observe(each);
  redraw();
  const item = (focused && canvas.querySelector(focused)) ?? canvas.querySelector(".word, .fold");
  roam(canvas, item);
  if (focused && item.matches(focused)) item.focus();
}

// A selector of the word or link, to find it again when it was built anew.
function placeOf(node) {
  if (node?.matches?.(".word")) return `.word[data-side="${node.dataset.side}"][data-i="${node.dataset.i}"]`;
  if (node?.matches?.(".link")) return `.link[data-key="${node.dataset.key}"]`;
  return null;
}

function cellOf(curve) {
  return [Number(curve.dataset.source), Number(curve.dataset.target)];
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
  const { text, label, colour, group } = view[side].words[i];
  const button = element("button", shown ? "word" : "word dim");
  button.type = "button";
  button.tabIndex = -1;
  Object.assign(button.dataset, { side, i });
  if (group !== null) button.dataset.entity = group; // see chain.js
  if (label) {
    button.classList.add("entity");
    button.style.setProperty("--colour", colour);
  }
  button.append(element("bdi", "", text), element("small", "", label ? `${label} ${i}` : String(i)));
  button.setAttribute("aria-label", wordLines(view[side].words, i, [], [])[0]);
  return button;
}

// What is drawn: every link that anyone has, or had, or gold has, with what is known of it.
function shownLinks({ view, edits }) {
  const told = new Map(view.told.map((each) => [`${each.source}-${each.target}`, each]));
  const keys = new Set([...linksNow(view, edits).map((link) => link.key), ...told.keys()]);
  return [...keys]
    .map((key) => {
      const link = linkAt(view, edits, ...key.split("-").map(Number));
      const { colour, group } = view.source.words[link.source];
      return { gold: view.has_gold ? "no" : "", numbers: null, ...told.get(key), ...link, colour, group };
    })
    .sort((one, other) => one.source - other.source || one.target - other.target);
}

function paintLinks(canvas, edits) {
  if (canvas.edits === edits) return;
  canvas.edits = edits;
  draw(canvas);
}

// One curve for each link, from the middle of its source word to that of its target word.
function draw(canvas) {
  const { view } = canvas;
  const curves = canvas.querySelector(".curves");
  const frame = curves.getBoundingClientRect();
  const middle = (side, i) => {
    const box = canvas.querySelector(`.word[data-side="${side}"][data-i="${i}"]`)?.getBoundingClientRect();
    return box ? box.left + box.width / 2 - frame.left : null;
  };
  const active = canvas.getRootNode().activeElement;
  const focused = active?.matches?.(".link") ? active.dataset : null;
  const state = (name) => new Set([...curves.querySelectorAll(`.${name}`)].map((each) => each.dataset.key));
  const [hot, chosen] = [state("hot"), state("selected")];
  curves.replaceChildren();
  const links = shownLinks(canvas);
  canvas.links = links;
  // Gold lies under all links.
  for (const part of [outline, curve]) {
    for (const link of links) {
      const [from, to] = [middle("source", link.source), middle("target", link.target)];
      if (from === null || to === null || (part === outline && !isGilt(view, link))) continue;
      if (part === curve && !link.who && !link.changed && !isGilt(view, link)) continue;
      const drawn = part(link, from, to);
      if (part === curve) makeButton(drawn, view, link);
      drawn.classList.toggle("hot", hot.has(drawn.dataset.key));
      drawn.classList.toggle("selected", chosen.has(drawn.dataset.key));
      curves.append(drawn);
    }
  }
  if (focused) focusLink(canvas, focused);
  const reached = curves.querySelector('.link[tabindex="0"]') ?? curves.querySelector(".link");
  reached?.setAttribute("tabindex", "0");
  paintChain(canvas.root);
}

// A link that is no more leaves the focus to its source word.
function focusLink(canvas, { key, source }) {
  const place =
    canvas.querySelector(`.link[data-key="${key}"]`) ?? canvas.querySelector(`.word[data-side="source"][data-i="${source}"]`);
  roam(canvas, place);
  place.focus();
}

function makeButton(drawn, view, link) {
  drawn.setAttribute("role", "button");
  drawn.setAttribute("tabindex", "-1");
  drawn.setAttribute("aria-label", cellLines(view, view.best, link, link.gold, null).join(" "));
}

function curve(link, from, to) {
  const who = link.who || (link.changed ? "removed" : "missed");
  const group = groupOf(link, `link ${who}${link.sure || !link.who ? "" : " possible"}${link.changed ? " changed" : ""}`);
  if (link.who || link.changed) group.append(path("line", from, to));
  const at = ([x, y]) => [from + (to - from) * x, HEIGHT * y];
  if (who === "first" || who === "second") group.append(whoMark(who, ...at(WHO_AT)));
  if (link.changed) group.append(changedMark(...at(CHANGED_AT)));
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
  if (typeof link.group === "number") group.dataset.entity = link.group;
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

// The marks of the matrix: a ring and a diamond, and a corner for what was changed.
function whoMark(who, x, y) {
  return who === "first"
    ? shape("circle", "mark", { cx: x, cy: y, r: MARK })
    : shape("rect", "mark", {
        x: x - MARK, y: y - MARK, width: 2 * MARK, height: 2 * MARK, transform: `rotate(45 ${x} ${y})`,
      });
}

function changedMark(x, y) {
  const size = MARK + 1;
  return shape("path", "corner", { d: `M ${x - size} ${y - size} h ${2 * size} v ${2 * size} z` });
}

function shape(name, className, attributes) {
  const drawn = svg(name, className);
  for (const [attribute, value] of Object.entries(attributes)) drawn.setAttribute(attribute, value);
  return drawn;
}

function legend(view) {
  const box = element("div", "legend");
  const add = (link, text, [, y] = WHO_AT) => {
    const item = element("span", "item");
    const sample = svg("svg", "sample");
    const drawn = link.gold ? outline(link, 18, 18) : curve(link, 18, 18);
    drawn.removeAttribute("data-key");
    drawn.classList.remove("link", "outline");
    sample.append(drawn);
    sample.setAttribute("aria-hidden", "true");
    sample.setAttribute("viewBox", `6 ${HEIGHT * y - 12} 24 24`);
    item.append(sample, document.createTextNode(text));
    box.append(item);
  };
  const plain = { source: 0, target: 0, who: "both", gold: "", sure: true, colour: "", changed: false };
  const [one, other] = view.names;
  add(plain, view.names.length ? "link of both" : "link");
  if (view.names.length) {
    add({ ...plain, who: "first" }, `only ${one}`);
    add({ ...plain, who: "second" }, `only ${other}`);
  }
  add({ ...plain, sure: false }, "possible link");
  add({ ...plain, changed: true }, "changed by hand", CHANGED_AT);
  add({ ...plain, who: "", changed: true }, "removed by hand", CHANGED_AT);
  for (const gold of view.draw_gold ? ["sure", "possible"] : []) {
    if (view.told.some((link) => link.gold === gold)) add({ ...plain, who: "", gold }, `gold, ${gold}`);
  }
  return box;
}

function linesOf(canvas, place) {
  const { view, edits } = canvas;
  if (place.matches(".word")) return wordLinesOf(view, edits, place.dataset.side, Number(place.dataset.i));
  const link = canvas.links.find((each) => each.key === place.dataset.key);
  return cellLines(view, view.best, link, link.gold, link.numbers);
}

function wordLinesOf(view, edits, side, i) {
  const other = side === "source" ? "target" : "source";
  return wordLines(view[side].words, i, view[other].words, partners(view, edits, side, i));
}

// Along a row of words or the links; up and down to a partner, or from a link to its words.
function neighbour(canvas, item, key) {
  const { view, edits } = canvas;
  if (item.matches(".link")) {
    const links = [...canvas.querySelectorAll(".link")].sort((one, other) => order(one) - order(other));
    const at = links.indexOf(item);
    if (key === "ArrowRight") return links[at + 1];
    if (key === "ArrowLeft") return links[at - 1];
    if (key === "Home") return links[0];
    if (key === "End") return links.at(-1);
    const side = { ArrowUp: "source", ArrowDown: "target" }[key];
    return side ? canvas.querySelector(`.word[data-side="${side}"][data-i="${item.dataset[side]}"]`) : null;
  }
  const items = [...item.parentElement.children];
  const rtl = getComputedStyle(item.parentElement).direction === "rtl";
  const across = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[key];
  if (across) return items[items.indexOf(item) + across];
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
  const { side } = item.dataset;
  const other = { ArrowDown: "target", ArrowUp: "source" }[key];
  if (!other || other === side) return null;
  const [partner] = partners(view, edits, side, Number(item.dataset.i));
  const there = canvas.querySelector(`.words.${other}`);
  return (partner !== undefined && there.querySelector(`.word[data-i="${partner}"]`)) || nearest(there, item);
}

// Links from left to right, by their middles.
function order(link) {
  const { left, right } = link.getBoundingClientRect();
  return left + right;
}

function nearest(row, item) {
  const middle = (node) => node.getBoundingClientRect().left + node.getBoundingClientRect().width / 2;
  const away = (node) => Math.abs(middle(node) - middle(item));
  return [...row.children].reduce((one, other) => (away(other) < away(one) ? other : one));
}

// One word and one link can be reached with Tab; the arrows lead to the others.
function roam(canvas, item) {
  const kind = item.matches(".link") ? ".link" : ".word, .fold";
  for (const each of canvas.querySelectorAll('[tabindex="0"]')) if (each.matches(kind)) each.setAttribute("tabindex", "-1");
  item.setAttribute("tabindex", "0");
}

function highlight(canvas, place) {
  for (const each of canvas.querySelectorAll(".hot")) each.classList.remove("hot");
  canvas.classList.toggle("busy", Boolean(place));
  if (!place) return;
  place.classList.add("hot");
  const { side, i } = place.dataset;
  const links = place.matches(".link")
    ? [place.dataset]
    : canvas.links.filter((link) => link.who && link[side] === Number(i));
  for (const { source, target } of links) {
    for (const each of canvas.querySelectorAll(`[data-key="${source}-${target}"]`)) each.classList.add("hot");
    for (const [end, index] of [["source", source], ["target", target]]) {
      canvas.querySelector(`.word[data-side="${end}"][data-i="${index}"]`)?.classList.add("hot");
    }
  }
}

function paintSelection(canvas, selected) {
  const [i, j] = selected ?? [];
  for (const word of canvas.querySelectorAll(".word")) {
    const index = Number(word.dataset.i);
    word.setAttribute("aria-current", String(index === (word.dataset.side === "source" ? i : j)));
  }
  for (const each of canvas.querySelectorAll("[data-key]")) {
    each.classList.toggle("selected", each.dataset.key === `${i}-${j}`);
  }
}

function paintPicked(root, view) {
  const { picked } = root;
  for (const word of root.querySelectorAll(".word")) {
    const is = picked?.side === word.dataset.side && picked.index === Number(word.dataset.i);
    word.setAttribute("aria-pressed", String(is));
  }
  const other = picked?.side === "source" ? "target" : "source";
  const says = picked
    ? `${named(view[picked.side].words, picked.index)}: choose a ${other} word to link it with, or to change their link. Escape ends this.`
    : "To make a link, choose a word of each sentence. A click on a link changes it.";
  const hint = root.querySelector(".hint");
  if (hint.textContent !== says) hint.textContent = says;
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
