// The alignment matrix. Source words are rows, target words columns.

const STOPS = [
  [0, 34, 78], [18, 53, 112], [59, 73, 108], [87, 93, 109], [112, 113, 115], [138, 134, 120],
  [165, 156, 116], [195, 179, 105], [225, 204, 85], [254, 232, 56],
]; // cividis

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".root");
  const { ack, selected, ...view } = data;
  const signature = JSON.stringify(view);
  if (signature !== root.signature) {
    root.signature = signature;
    build(root, view);
  }
  const table = root.querySelector("table");
  if (!table) return;
  paintSelection(table, selection(data).selected);

  const choose = (cell) => {
    const here = [Number(cell.dataset.i), Number(cell.dataset.j)];
    const next = isSelected(selection(data).selected, ...here) ? null : here;
    paintSelection(table, next);
    select(data, next, setStateValue);
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
    if (event.key === "Escape") hideTip(root);
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
  const point = (event, on) => {
    const place = event.target.closest("td, th.row, th.column");
    cross(table, place, on);
    const lines = on && place ? lineOf(view, place) : null;
    if (lines) showTip(root, lines, place.getBoundingClientRect(), { described: place });
    else hideTip(root);
  };
  table.onmouseover = (event) => point(event, true);
  table.onmouseout = (event) => point(event, false);
  onFocus(root, table, point);
}

// What is said of a cell or of the word at the head of a row or column.
function lineOf(view, place) {
  const [i, j] = [place.dataset.i, place.dataset.j].map(Number);
  const [source, target] = [view.source.words, view.target.words];
  const linked = (side, index) => view.links.filter((link) => link[side] === index).map((link) => link[1 - side]);
  if (place.matches("th.row")) return wordLines(source, i, target, linked(0, i));
  if (place.matches("th.column")) return wordLines(target, j, source, linked(1, j));
  const row = view.rows.indexOf(i);
  const { similarity, forward, backward, best } = view.numbers ?? {};
  return cellLines(view, best, i, j, {
    who: view.links.find((link) => link[0] === i && link[1] === j)?.[2],
    gold: goldOf(view, i, j),
    numbers: similarity ? [similarity[row][j], forward[row][j], backward[row][j]] : null,
  });
}

function goldOf(view, i, j) {
  if (!view.has_gold) return "";
  const has = (links) => links.some((link) => link[0] === i && link[1] === j);
  return has(view.gold_sure) ? "sure" : has(view.gold_possible) ? "possible" : "no";
}

function build(root, view) {
  root.replaceChildren();
  if (!view.rows.length || !view.target.words.length) {
    root.append(element("p", "empty", "No word of the source sentence is inside an entity."));
    return;
  }
  const small = view.rows.length <= 20 && view.target.words.length <= 20;
  const table = element("table", small ? "small" : "");
  table.dir = view.target.dir === "rtl" ? "rtl" : "ltr";
  table.setAttribute("role", "grid");
  table.setAttribute("aria-label", "Word alignment: source words are rows, target words columns");
  const longest = Math.max(...view.target.words.map((word) => word.text.length));
  table.style.setProperty("--longest", Math.min(longest, 14));
  table.append(header(view), body(view, small));
  const scroll = element("div", "scroll");
  scroll.dir = table.dir; // so that it begins with the first word
  scroll.append(table);
  scrollTogether(scroll, view.doc);
  root.append(scroll, legend(view));
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

function body(view, small) {
  const links = new Map(view.links.map(([i, j, who]) => [`${i}-${j}`, who]));
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
      const value = view.cells.percent.length ? view.cells.percent[shown][j] : null;
      row.append(gridCell(view, i, j, value, links.get(`${i}-${j}`), small));
    });
    tbody.append(row);
  });
  return tbody;
}

function gridCell(view, i, j, value, who, small) {
  const cell = document.createElement("td");
  cell.dataset.i = i;
  cell.dataset.j = j;
  cell.tabIndex = -1;
  cell.setAttribute("role", "gridcell");
  const says = [`${view.source.words[i].text} – ${view.target.words[j].text}`];
  if (value !== null) {
    const [low, high] = view.cells.range;
    const [r, g, b] = colour(high > low ? (value - low) / (high - low) : 0);
    cell.style.background = `rgb(${r} ${g} ${b})`;
    cell.classList.add(0.299 * r + 0.587 * g + 0.114 * b > 125 ? "bright" : "dark");
    says.push(`${view.cells.name} ${share(value)}`);
  }
  if (who) says.push(linkedBy(view.names, who));
  const gold = goldOf(view, i, j);
  if (gold === "sure" || gold === "possible") {
    says.push(`gold link, ${gold}`);
    cell.classList.add("gold", gold);
  }
  cell.setAttribute("aria-label", says.join(", "));
  const text = small && value !== null ? String(value) : "";
  if (who) cell.append(element("span", `mark ${who}${text.length > 2 ? " full" : ""}`, text));
  else if (text) cell.append(element("span", "value", text));
  return cell;
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

function paintSelection(table, selected) {
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
  if (!cell?.matches("td")) return;
  table.querySelector(`th.row[data-i="${cell.dataset.i}"]`)?.classList.toggle("hot", on);
  table.querySelector(`th.column[data-j="${cell.dataset.j}"]`)?.classList.toggle("hot", on);
}

function cellAt(table, i, j) {
  return table.querySelector(`td[data-i="${i}"][data-j="${j}"]`);
}

function colour(share) {
  const at = Math.max(0, Math.min(1, share)) * (STOPS.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, STOPS.length - 1);
  return STOPS[below].map((value, k) => Math.round(value + (STOPS[above][k] - value) * (at - below)));
}
