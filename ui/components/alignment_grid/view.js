// The alignment matrix. Source words are rows, target words columns.
//
// Protocol: the browser paints at once and sends the whole state of each sentence touched
// lately, with a sequence number; the server answers with the number it has taken in for
// the sentence shown. An answer older than what was sent is not painted, or quick clicks
// would be undone on the screen. Sentences left are still sent: the last click on one may
// not have reached the server when the page moved on.

const STOPS = [
  [0, 34, 78], [18, 53, 112], [59, 73, 108], [87, 93, 109], [112, 113, 115], [138, 134, 120],
  [165, 156, 116], [195, 179, 105], [225, 204, 85], [254, 232, 56],
]; // cividis
const KEPT = 8; // sentences

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".root");
  const sentences = (root.sentences ??= new Map()); // doc → {seq, selected}, the last touched one last
  let state = sentences.get(data.doc);
  if (!state || data.ack >= state.seq) state = { seq: data.ack, selected: data.selected };
  if (sentences.has(data.doc)) sentences.set(data.doc, state);
  const { ack, selected, ...view } = data;
  const signature = JSON.stringify(view);
  if (signature !== root.signature) {
    root.signature = signature;
    build(root, view);
  }
  const table = root.querySelector("table");
  paintSelection(table, state.selected);
  if (!table) return;

  const choose = (cell) => {
    const here = [Number(cell.dataset.i), Number(cell.dataset.j)];
    const again = state.selected && state.selected[0] === here[0] && state.selected[1] === here[1];
    state.selected = again ? null : here;
    paintSelection(table, state.selected);
    state.seq += 1;
    sentences.delete(data.doc);
    sentences.set(data.doc, state);
    for (const doc of [...sentences.keys()].slice(0, -KEPT)) sentences.delete(doc);
    setStateValue("changes", [...sentences].map(([doc, { seq, selected }]) => ({ doc, seq, selected })));
  };
  table.onclick = (event) => {
    const cell = event.target.closest("td");
    if (cell) {
      focusCell(table, cell);
      choose(cell);
    }
  };
  table.onkeydown = (event) => {
    const cell = event.target.closest("td");
    if (!cell) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(cell);
      return;
    }
    const next = neighbour(table, cell, event);
    if (next) {
      event.preventDefault();
      focusCell(table, next);
    }
  };
  table.onmouseover = (event) => cross(table, event.target.closest("td"), true);
  table.onmouseout = (event) => cross(table, event.target.closest("td"), false);
}

function build(root, view) {
  root.replaceChildren();
  if (!view.rows.length || !view.target.words.length) {
    root.append(element("p", "empty", "No word of the source sentence is inside an entity."));
    return;
  }
  const range = extent(view.similarity);
  const small = view.rows.length <= 20 && view.target.words.length <= 20;
  const table = element("table", small ? "small" : "");
  table.dir = view.target.dir === "rtl" ? "rtl" : "ltr";
  table.setAttribute("role", "grid");
  table.setAttribute("aria-label", "Word alignment: source words are rows, target words columns");
  const longest = Math.max(...view.target.words.map((word) => word.text.length));
  table.style.setProperty("--longest", Math.min(longest, 14));
  table.append(header(view), body(view, range, small));
  const scroll = element("div", "scroll");
  scroll.append(table);
  root.append(scroll, legend(view, range));
  const first = table.querySelector("td");
  if (first) first.tabIndex = 0;
}

function header(view) {
  const head = document.createElement("thead");
  const words = document.createElement("tr");
  words.append(spacer("corner"));
  view.target.words.forEach((word, j) => {
    const cell = element("th", "column");
    cell.scope = "col";
    cell.dataset.j = j;
    cell.title = word.label ? `${j} ${word.text} · ${word.label}` : `${j} ${word.text}`;
    const label = element("div", "slant");
    label.lang = view.target.lang;
    label.append(element("bdi", "", word.text), element("small", "", String(j)));
    cell.append(label);
    words.append(cell);
  });
  head.append(words);
  for (const kind of ["gold", "projected"]) {
    const brackets = view.brackets.filter((each) => each.kind === kind);
    if (brackets.length) head.append(bracketRow(brackets, kind, view.target.words.length));
  }
  return head;
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
    }
    row.append(cell);
    j = bracket ? bracket.end : j + 1;
  }
  return row;
}

function spacer(className) {
  const cell = element("th", className);
  cell.setAttribute("role", "presentation");
  return cell;
}

function body(view, [low, high], small) {
  const links = pairs(view.links);
  const sure = pairs(view.gold_sure);
  const possible = pairs(view.gold_possible);
  const tbody = document.createElement("tbody");
  view.rows.forEach((i, shown) => {
    const word = view.source.words[i];
    const row = document.createElement("tr");
    const head = element("th", "row");
    head.scope = "row";
    head.dataset.i = i;
    const text = element("bdi", "", word.text);
    text.lang = view.source.lang;
    text.dir = view.source.dir;
    head.append(text);
    if (word.label) {
      head.classList.add("entity");
      head.style.setProperty("--colour", word.colour);
      head.append(element("small", "tag", word.label));
    }
    head.append(element("small", "", String(i)));
    row.append(head);
    view.target.words.forEach((target, j) => {
      const value = view.similarity.length ? view.similarity[shown][j] : null;
      const key = `${i}-${j}`;
      const gold = sure.has(key) ? "gold sure" : possible.has(key) ? "gold possible" : "";
      row.append(gridCell(word.text, target.text, i, j, value, links.has(key), gold, low, high, small));
    });
    tbody.append(row);
  });
  return tbody;
}

function gridCell(source, target, i, j, value, linked, gold, low, high, small) {
  const cell = document.createElement("td");
  cell.dataset.i = i;
  cell.dataset.j = j;
  cell.tabIndex = -1;
  cell.setAttribute("role", "gridcell");
  const says = [`${source} – ${target}`];
  if (value !== null) {
    const share = high > low ? (value - low) / (high - low) : 0;
    const [r, g, b] = colour(share);
    cell.style.background = `rgb(${r} ${g} ${b})`;
    cell.classList.add(0.299 * r + 0.587 * g + 0.114 * b > 125 ? "bright" : "dark");
    says.push(`similarity ${(value / 100).toFixed(2)}`);
  }
  if (linked) says.push("link");
  if (gold) says.push(gold.split(" ").join(" link, "));
  cell.title = says.join(" · ");
  cell.setAttribute("aria-label", says.join(", "));
  if (gold) cell.className += ` ${gold}`;
  if (linked) cell.classList.add("linked");
  if (linked || small) {
    const mark = element("span", linked ? "disc" : "value", small && value !== null ? String(value) : "");
    cell.append(mark);
  }
  return cell;
}

function legend(view, [low, high]) {
  const row = element("div", "legend");
  if (view.similarity.length) {
    const scale = element("span", "scale");
    scale.style.background = `linear-gradient(to right, ${STOPS.map((c) => `rgb(${c.join(" ")})`).join(", ")})`;
    row.append(
      element("span", "", `similarity ${(low / 100).toFixed(2)}`),
      scale,
      element("span", "", `${(high / 100).toFixed(2)} (this sentence’s own range; cells: percent)`),
    );
  }
  const add = (className, text) => {
    const item = element("span", "item");
    item.append(element("i", className), document.createTextNode(text));
    row.append(item);
  };
  add("sample linked", "link");
  if (view.gold_sure.length) add("sample sure", "gold, sure");
  if (view.gold_possible.length) add("sample possible", "gold, possible");
  return row;
}

function paintSelection(table, selected) {
  if (!table) return;
  for (const cell of table.querySelectorAll('td[aria-selected="true"]')) cell.setAttribute("aria-selected", "false");
  if (!selected) return;
  cellAt(table, selected[0], selected[1])?.setAttribute("aria-selected", "true");
}

function focusCell(table, cell) {
  for (const each of table.querySelectorAll('td[tabindex="0"]')) each.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus();
}

function neighbour(table, cell, event) {
  const rtl = table.dir === "rtl";
  const row = cell.parentElement;
  const cells = (of) => [...of.querySelectorAll("td")];
  const column = cells(row).indexOf(cell);
  const across = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
  if (across) return cells(row)[column + across];
  if (event.key === "Home") return cells(row)[0];
  if (event.key === "End") return cells(row).at(-1);
  const down = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key];
  return down ? cells(down)[column] : null;
}

function cross(table, cell, on) {
  if (!cell) return;
  table.querySelector(`th.row[data-i="${cell.dataset.i}"]`)?.classList.toggle("hot", on);
  table.querySelector(`th.column[data-j="${cell.dataset.j}"]`)?.classList.toggle("hot", on);
}

function cellAt(table, i, j) {
  return table.querySelector(`td[data-i="${i}"][data-j="${j}"]`);
}

function extent(rows) {
  let low = 100;
  let high = 0;
  for (const row of rows) for (const value of row) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return low <= high ? [low, high] : [0, 100];
}

function colour(share) {
  const at = Math.max(0, Math.min(1, share)) * (STOPS.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, STOPS.length - 1);
  return STOPS[below].map((value, k) => Math.round(value + (STOPS[above][k] - value) * (at - below)));
}

function pairs(links) {
  return new Set(links.map(([i, j]) => `${i}-${j}`));
}

function element(name, className, text) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}
