// The alignment matrix. Source words are rows, target words columns.

const STOPS = [
  [0, 34, 78], [18, 53, 112], [59, 73, 108], [87, 93, 109], [112, 113, 115], [138, 134, 120],
  [165, 156, 116], [195, 179, 105], [225, 204, 85], [254, 232, 56],
]; // cividis
const EVEN = 0.179; // black and white are as far from this luminance, 4.6 : 1
const AT_ONCE = 4000; // cells; in a larger matrix a row is filled when it comes near the part that is seen
const PLACES = "td:not(.later), th.row, th.column"; // what can be pointed at
const FIRST = 24; // rows that are filled before the first paint even so

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".root");
  const { ack, turn, version, selected, edits, brackets, target, ...rest } = data;
  const view = { ...rest, brackets, target };
  // What follows from changed links is no part of it: the matrix stays while links are changed.
  const signature = JSON.stringify([rest, target.dir, target.words.map((word) => word.text)]);
  if (signature !== root.signature) {
    root.signature = signature;
    root.projected = "";
    build(root, view);
  }
  const grid = root.grid;
  if (!grid) return;
  grid.view = view;
  const { table } = grid;
  const projected = JSON.stringify([brackets, target.words.map((word) => word.group)]);
  if (projected !== root.projected) {
    root.projected = projected;
    paintProjection(grid);
  }

  // A matrix of what another aligner says shows just that.
  const editsNow = () => (view.editable ? current(data).edits : new Map());
  const paint = () => {
    paintLinks(grid, editsNow());
    paintSelection(grid, current(data).selected);
    retell(root);
  };
  const act = (change) => {
    holdStill(root);
    touch(data, change, setStateValue);
    paint();
  };
  const choose = (cell) => {
    const here = [Number(cell.dataset.i), Number(cell.dataset.j)];
    act({ selected: isSelected(current(data).selected, ...here) ? null : here });
  };
  const set = (cell, stateOf) => {
    const here = [Number(cell.dataset.i), Number(cell.dataset.j)];
    const { state } = linkAt(view, editsNow(), ...here);
    act({ selected: here, edits: withState(view, editsNow(), ...here, stateOf(state)) });
  };
  const clear = (head) => {
    const side = head.matches("th.row") ? "source" : "target";
    const index = Number(side === "source" ? head.dataset.i : head.dataset.j);
    act({ edits: withoutWord(view, editsNow(), side, index) });
  };
  table.onclick = (event) => {
    const place = event.target.closest(PLACES);
    if (!place) return;
    focusPlace(grid, place);
    if (!place.matches("td")) return;
    if (view.editable) set(place, (state) => view.next[state]);
    else choose(place);
  };
  table.onkeydown = (event) => {
    const place = event.target.closest(PLACES);
    if (!place || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const isCell = place.matches("td");
    const removes = event.key === "Delete" || event.key === "Backspace";
    if (event.key === "Escape") {
      root.pointed = null;
      hideTip(root);
      if (current(data).selected) {
        event.preventDefault();
        act({ selected: null });
      }
    } else if (isCell && (event.key === "Enter" || (event.key === " " && !view.editable))) {
      event.preventDefault();
      choose(place);
    } else if (isCell && event.key === " ") {
      event.preventDefault();
      set(place, (state) => view.next[state]);
    } else if (view.editable && removes) {
      event.preventDefault();
      if (isCell) set(place, () => "none");
      else clear(place);
    } else {
      const next = neighbour(grid, place, event.key);
      if (!next) return;
      event.preventDefault();
      focusPlace(grid, next);
    }
  };
  const point = (event, on) => {
    const place = event.target.closest(PLACES);
    cross(grid, place, on);
    root.pointed = on ? place : null;
    retell(root);
  };
  root.tell = (place) => linesOf(view, editsNow(), place);
  table.onmouseover = (event) => point(event, true);
  table.onmouseout = (event) => point(event, false);
  onFocus(root, table, point);
  paint();
  followChain(root, data.doc);
}

function retell(root) {
  const place = root.pointed;
  if (place?.isConnected) showTip(root, root.tell(place), place.getBoundingClientRect(), { described: place });
  else hideTip(root);
}

// What is said of a cell or of the word at the head of a row or column.
function linesOf(view, edits, place) {
  const [i, j] = [place.dataset.i, place.dataset.j].map(Number);
  const [source, target] = [view.source.words, view.target.words];
  if (place.matches("th.row")) return wordLines(source, i, target, partners(view, edits, "source", i));
  if (place.matches("th.column")) return wordLines(target, j, source, partners(view, edits, "target", j));
  const row = view.rows.indexOf(i);
  const { similarity, forward, backward, best } = view.numbers ?? {};
  const numbers = similarity ? [similarity[row][j], forward[row][j], backward[row][j]] : null;
  return cellLines(view, best, linkAt(view, edits, i, j), goldOf(view, i, j), numbers);
}

function goldOf(view, i, j) {
  if (!view.has_gold) return "";
  const has = (links) => links.some((link) => link[0] === i && link[1] === j);
  return has(view.gold_sure) ? "sure" : has(view.gold_possible) ? "possible" : "no";
}

function build(root, view) {
  root.grid?.observer?.disconnect();
  root.grid?.sizes.disconnect();
  root.grid = null;
  root.replaceChildren();
  if (!view.rows.length || !view.target.words.length) {
    root.append(element("p", "empty", "No word of the source sentence is inside an entity."));
    return;
  }
  const small = view.rows.length <= 20 && view.target.words.length <= 20;
  const table = element("table", small ? "small" : "");
  table.classList.toggle("compared", view.names.length > 0);
  table.dir = view.target.dir === "rtl" ? "rtl" : "ltr";
  table.setAttribute("role", "grid");
  table.setAttribute("aria-label", "Word alignment: source words are rows, target words columns");
  table.setAttribute("aria-colcount", view.target.words.length + 1);
  const longest = Math.max(...view.target.words.map((word) => word.text.length));
  table.style.setProperty("--longest", Math.min(longest, 14));
  const grid = { view, table, small, edits: new Map(), painted: new Set(), gold: goldMap(view) };
  grid.head = header(view);
  grid.rows = view.rows.map((i) => rowOf(view, i));
  grid.rowOf = new Map(grid.rows.map((row) => [Number(row.dataset.i), row]));
  const body = document.createElement("tbody");
  body.append(...grid.rows);
  const head = document.createElement("thead");
  head.append(grid.head);
  table.append(head, body);
  const scroll = element("div", "scroll");
  scroll.dir = table.dir; // so that it begins with the first word
  scroll.append(table);
  root.grid = grid;
  const later = view.rows.length * view.target.words.length > AT_ONCE;
  for (const row of later ? grid.rows.slice(0, FIRST) : grid.rows) fill(grid, row);
  scrollTogether(scroll, view.doc);
  root.append(scroll, legend(view));
  padScroll(grid, scroll);
  if (later) fillLater(grid, scroll);
  grid.current = grid.rows[0].cells[1];
  grid.current.tabIndex = 0;
}

function fillLater(grid, scroll) {
  grid.observer = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) if (isIntersecting) fill(grid, target);
    },
    { root: scroll, rootMargin: "300px 0px" },
  );
  for (const row of grid.rows) if (row.later) grid.observer.observe(row);
}

function goldMap(view) {
  const kinds = new Map(view.gold_possible.map(([i, j]) => [`${i}-${j}`, "possible"]));
  for (const [i, j] of view.gold_sure) kinds.set(`${i}-${j}`, "sure");
  return kinds;
}

function header(view) {
  const words = document.createElement("tr");
  words.append(spacer("corner"));
  view.target.words.forEach((word, j) => {
    const cell = element("th", "column");
    cell.scope = "col";
    cell.dataset.j = j;
    cell.tabIndex = -1;
    const label = element("div", "slant");
    label.lang = view.target.lang;
    label.append(element("bdi", "", word.text), element("small", "", String(j)));
    cell.append(label);
    words.append(cell);
  });
  return words;
}

// What a projection says: brackets over the columns, and the entity that each target word belongs to.
function paintProjection({ table, view, head }) {
  for (const each of table.querySelectorAll("tr.brackets")) each.remove();
  for (const kind of ["gold", "projected"]) {
    const brackets = view.brackets.filter((each) => each.kind === kind);
    if (brackets.length) table.tHead.append(bracketRow(brackets, kind, view.target.words.length));
  }
  view.target.words.forEach(({ group, colour }, j) => {
    const cell = head.cells[j + 1];
    nameEntity(cell, group);
    cell.style.setProperty("--colour", colour);
  });
}

// A cell that gets the focus must not stay hidden under the heads, which stick. An observer is told of their
// size once the page is laid out; asking for it would have the page laid out once more.
function padScroll(grid, scroll) {
  grid.sizes = new ResizeObserver(() => {
    scroll.style.scrollPaddingBlockStart = `${grid.table.tHead.offsetHeight + 4}px`;
    scroll.style.scrollPaddingInlineStart = `${grid.head.cells[0].offsetWidth + 4}px`;
  });
  grid.sizes.observe(grid.table.tHead);
  grid.sizes.observe(grid.head.cells[0]);
}

function bracketRow(brackets, kind, n) {
  const row = element("tr", "brackets");
  row.append(element("th", "kind", kind));
  for (let j = 0; j < n; ) {
    const bracket = brackets.find((each) => each.start === j);
    const cell = bracket ? element("th", `bracket ${kind}`) : spacer();
    if (bracket) {
      cell.colSpan = bracket.end - bracket.start;
      cell.style.setProperty("--colour", bracket.colour);
      cell.textContent = bracket.label;
      cell.title = `${bracket.label} · ${kind}`;
      nameEntity(cell, bracket.group);
    }
    row.append(cell);
    j = bracket ? bracket.end : j + 1;
  }
  return row;
}

// See chain.js.
function nameEntity(node, group, pins = node) {
  if (group === null) {
    delete node.dataset.entity;
    delete pins.dataset.pin;
  } else {
    node.dataset.entity = group;
    pins.dataset.pin = "";
  }
}

function spacer(className) {
  const cell = element("th", className);
  cell.setAttribute("role", "presentation");
  return cell;
}

// A row with its head; its cells come with `fill`.
function rowOf(view, i) {
  const word = view.source.words[i];
  const row = document.createElement("tr");
  row.dataset.i = i;
  const head = element("th", "row");
  head.scope = "row";
  head.dataset.i = i;
  head.tabIndex = -1;
  const text = element("bdi", "", word.text);
  text.lang = view.source.lang;
  text.dir = view.source.dir;
  head.append(text);
  nameEntity(row, word.group, head);
  if (word.label) {
    head.classList.add("entity");
    row.style.setProperty("--colour", word.colour);
    head.append(element("small", "tag", word.label));
  }
  head.append(element("small", "", String(i)));
  const room = element("td", "later");
  room.colSpan = view.target.words.length;
  row.append(head, room);
  row.later = true;
  return row;
}

function fill(grid, row) {
  if (!row.later) return;
  row.later = false;
  grid.observer?.unobserve(row);
  const i = Number(row.dataset.i);
  const shown = grid.rows.indexOf(row);
  const percent = grid.view.cells.percent[shown];
  row.lastElementChild.remove();
  row.append(...grid.view.target.words.map((_, j) => cellOf(grid, i, j, percent?.[j])));
  for (const cell of row.querySelectorAll("td")) {
    paintCell(grid, cell, linkAt(grid.view, grid.edits, i, Number(cell.dataset.j)));
  }
  if (grid.selected?.[0] === i) paintSelection(grid, grid.selected);
}

// Relative luminance as WCAG 2 has it, from 0 to 1.
function luminance(...channels) {
  const [r, g, b] = channels.map((each) => {
    const share = each / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function cellOf({ view, gold }, i, j, value) {
  const cell = document.createElement("td");
  cell.dataset.i = i;
  cell.dataset.j = j;
  cell.tabIndex = -1;
  cell.setAttribute("role", "gridcell");
  if (value !== undefined) {
    const [low, high] = view.cells.range;
    const [r, g, b] = colour(high > low ? (value - low) / (high - low) : 0);
    cell.style.background = `rgb(${r} ${g} ${b})`;
    cell.className = luminance(r, g, b) > EVEN ? "bright" : "dark";
    cell.value = value;
  }
  const kind = gold.get(`${i}-${j}`);
  if (kind) cell.classList.add("gold", kind);
  return cell;
}

// Paints the cells whose link is another one than on the screen.
function paintLinks(grid, edits) {
  const now = linksNow(grid.view, edits);
  const before = grid.painted;
  grid.edits = edits;
  grid.painted = new Set(now.map((link) => link.key));
  const gone = [...before].filter((key) => !grid.painted.has(key));
  for (const key of [...grid.painted, ...gone]) {
    const [i, j] = key.split("-").map(Number);
    const cell = filledCell(grid, i, j);
    if (cell) paintCell(grid, cell, linkAt(grid.view, edits, i, j));
  }
}

function paintCell({ view, small, gold }, cell, link) {
  const { who, sure, changed, found } = link;
  const look = `${who} ${sure} ${changed} ${found}`;
  if (cell.look === look) return;
  cell.look = look;
  const { value } = cell;
  const says = [`${view.source.words[link.source].text} – ${view.target.words[link.target].text}`];
  if (value !== undefined) says.push(`${view.cells.name} ${share(value)}`);
  if (who) says.push(linkedBy(view.names, link));
  if (changed) says.push(`changed by hand; the aligner says: ${SAID[found]}`);
  const kind = gold.get(link.key);
  if (kind) says.push(`gold link, ${kind}`);
  cell.setAttribute("aria-label", says.join(", "));
  cell.classList.toggle("changed", changed);
  const text = small && value !== undefined ? String(value) : "";
  if (who) cell.replaceChildren(element("span", markClass(link) + (text.length > 2 ? " full" : ""), text));
  else if (text) cell.replaceChildren(element("span", "value", text));
  else if (cell.firstChild) cell.replaceChildren();
}

function markClass({ who, sure }) {
  return `mark ${who}${sure ? "" : " maybe"}`;
}

function legend(view) {
  const row = element("div", "legend");
  if (view.cells.percent.length) {
    const [low, high] = view.cells.range;
    const scale = element("span", "scale");
    scale.style.background = `linear-gradient(to right, ${STOPS.map((c) => `rgb(${c.join(" ")})`).join(", ")})`;
    const own = low > 0 || high < 100 ? "this sentence’s own range; cells: percent" : "cells: percent";
    row.append(
      element("span", "", `${view.cells.name} ${share(low)}`),
      scale,
      element("span", "", `${share(high)} (${own})`),
    );
  }
  const add = (className, text) => {
    const item = element("span", "item");
    item.append(element("i", className), document.createTextNode(text));
    row.append(item);
  };
  const [one, other] = view.names;
  add("mark both", view.names.length ? "link of both" : "link");
  if (view.names.length) {
    add("mark first", `only ${one}`);
    add("mark second", `only ${other}`);
  }
  add("mark both maybe", "possible link");
  if (view.editable) add("sample changed", "changed by hand");
  if (view.gold_sure.length) add("sample sure", "gold, sure");
  if (view.gold_possible.length) add("sample possible", "gold, possible");
  return row;
}

// Matrices of the same sentence side by side show the same part of it.
function scrollTogether(scroll, doc) {
  const follow = ({ detail }) => {
    if (!scroll.isConnected) removeEventListener("xner-scroll", follow);
    else if (detail.doc === doc && detail.from !== scroll) {
      if (scroll.scrollTop !== detail.top) scroll.scrollTop = detail.top;
      if (scroll.scrollLeft !== detail.left) scroll.scrollLeft = detail.left;
    }
  };
  addEventListener("xner-scroll", follow);
  scroll.onscroll = () => {
    const detail = { doc, from: scroll, top: scroll.scrollTop, left: scroll.scrollLeft };
    dispatchEvent(new CustomEvent("xner-scroll", { detail }));
  };
}

function paintSelection(grid, selected) {
  grid.selected = selected;
  const cell = selected ? filledCell(grid, ...selected) : null;
  if (cell === grid.marked) return;
  grid.marked?.setAttribute("aria-selected", "false");
  cell?.setAttribute("aria-selected", "true");
  grid.marked = cell;
}

function focusPlace(grid, place) {
  grid.current.tabIndex = -1;
  grid.current = place;
  place.tabIndex = 0;
  place.focus();
}

// The heads of the columns are row -1, those of the rows column -1.
function neighbour(grid, place, key) {
  const row = grid.rows.indexOf(place.parentElement);
  const column = place.cellIndex - 1;
  const last = grid.view.target.words.length - 1;
  const forwards = grid.table.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (key === "ArrowRight" || key === "ArrowLeft") return placeAt(grid, row, column + (key === forwards ? 1 : -1));
  if (key === "ArrowDown") return placeAt(grid, row + 1, column);
  if (key === "ArrowUp") return placeAt(grid, row - 1, column);
  if (key === "Home") return placeAt(grid, row, 0);
  if (key === "End") return placeAt(grid, row, last);
  return null;
}

function placeAt(grid, row, column) {
  if (row < -1 || column < -1 || (row === -1 && column === -1)) return null;
  if (row === -1) return grid.head.cells[column + 1] ?? null;
  if (!grid.rows[row]) return null;
  fill(grid, grid.rows[row]);
  return grid.rows[row].cells[column + 1] ?? null;
}

// The cell of two words; null where its row is left out, or not filled yet.
function filledCell(grid, i, j) {
  const row = grid.rowOf.get(i);
  return row && !row.later ? row.cells[j + 1] : null;
}

function cross(grid, cell, on) {
  if (!cell?.matches("td")) return;
  cell.parentElement.cells[0].classList.toggle("hot", on);
  grid.head.cells[cell.cellIndex]?.classList.toggle("hot", on);
}

function colour(share) {
  const at = Math.max(0, Math.min(1, share)) * (STOPS.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, STOPS.length - 1);
  return STOPS[below].map((value, k) => Math.round(value + (STOPS[above][k] - value) * (at - below)));
}
