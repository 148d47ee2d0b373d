// The candidates, one group of rows for each source entity.

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".root");
  const signature = JSON.stringify(data);
  if (root.signature !== signature) {
    const same = root.doc === data.doc;
    const top = same ? root.querySelector(".scroll").scrollTop : 0; // asking for it lays the page out
    root.signature = signature;
    root.doc = data.doc;
    root.replaceChildren(build(data));
    if (same) root.querySelector(".scroll").scrollTop = top;
  }
  const table = root.querySelector("table");
  followChain(root, data.doc, ({ pinned }) => {
    if (pinned !== root.inSight && pinned !== null) comeIntoSight(root);
    root.inSight = pinned;
  });
  table.onclick = (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const entity = button.dataset.all === "" ? null : Number(button.dataset.all);
    setStateValue("everything", { doc: data.doc, entity });
  };
  table.onkeydown = (event) => {
    if (event.key === "Escape") hideTip(root);
    const row = event.target.closest("tr.candidate");
    const next = row && !event.shiftKey && neighbour(table, row, event.key);
    if (!next) return;
    event.preventDefault();
    roam(table, next);
    next.focus();
  };
  const point = (event, on) => {
    const place = event.target.closest("tr.candidate, th[data-help]");
    if (!on || !place) return hideTip(root);
    const cell = place.matches("th") ? place : place.querySelector(".score");
    const lines = place.matches("th") ? [place.dataset.help] : place.says;
    if (lines.length) showTip(root, lines, cell.getBoundingClientRect(), { described: place });
    else hideTip(root);
  };
  table.onmouseover = (event) => point(event, true);
  table.onmouseout = (event) => point(event, false);
  onFocus(root, table, point);
}

function build(view) {
  const scroll = element("div", "scroll");
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "Candidates");
  scroll.tabIndex = -1;
  const table = element("table");
  table.append(element("caption", "", `Candidates of each source entity, the best first; ${view.caption}.`));
  const head = element("thead");
  const row = element("tr");
  const columns = [
    ["#", "rank", "number", view.help.rank],
    ["Candidate", "candidate", "", view.help.candidate],
    ["Words", "words", "", view.help.words],
    ["Score", "score", "number", view.help.score],
    ...view.parts.map((part) => [part.name, "part", "number", part.help]),
    ["Regret", "regret", "number", view.help.regret],
    ["Chosen by", "chosen", "", view.help.chosen],
    ["Why", "why", "", view.help.why],
  ];
  for (const [name, , kind, help] of columns) {
    const cell = element("th", kind);
    cell.scope = "col";
    cell.dataset.help = help;
    cell.tabIndex = 0;
    cell.append(element("span", "", name));
    row.append(cell);
  }
  head.append(row);
  table.append(head, ...view.entities.map((entity) => group(view, entity, columns.length)));
  const first = table.querySelector("tr.candidate");
  if (first) first.tabIndex = 0;
  scroll.append(table);
  return scroll;
}

function group(view, entity, width) {
  const body = element("tbody");
  body.dataset.entity = entity.entity;
  body.style.setProperty("--colour", entity.colour);
  const head = element("tr", "entity");
  const cell = element("th");
  cell.scope = "rowgroup";
  cell.colSpan = width;
  const name = element("bdi", "", entity.text);
  name.lang = entity.lang;
  name.dir = entity.dir;
  cell.append(name, element("span", "label", entity.label));
  if (entity.more || entity.least) {
    const more = element("button", "more", entity.least ? "Show the best only" : `Show more: ${entity.more} more have a score`);
    more.type = "button";
    more.dataset.all = entity.least ? "" : entity.entity;
    cell.append(more);
    if (entity.least && entity.more) cell.append(element("span", "rest", `${entity.more} more are not listed`));
  }
  head.append(cell);
  body.append(head, ...entity.rows.map((row) => candidate(view, row)));
  return body;
}

function candidate(view, row) {
  const line = element("tr", `candidate ${row.marked ? "marked" : "rejected"}`);
  line.tabIndex = -1;
  line.dataset.pin = "";
  line.says = says(row);
  const name = element("bdi", "", row.text);
  name.lang = view.lang;
  name.dir = view.dir;
  const candidate = element("td", "candidate-text");
  candidate.append(name);
  const why = element("td", "why");
  row.why.forEach(([reason, projectors], at) => {
    if (at) why.append(document.createTextNode("; "));
    if (row.why.length > 1) why.append(element("span", "who", `${projectors.join(", ")}: `));
    why.append(element("span", "", reason));
  });
  line.append(
    element("td", "number", row.rank === null ? "–" : String(row.rank)),
    candidate,
    element("td", "words", row.words),
    element("td", "number score", number(row.score)),
    ...view.parts.map((_, at) => element("td", "number", number(row.parts[at] ?? null))),
    element("td", "number", number(row.regret)),
    element("td", "chosen", row.chosen.length ? `✓ ${row.chosen.join(", ")}` : ""),
    why,
  );
  return line;
}

function says(row) {
  const lines = row.adds.length ? [...row.adds, `Score: ${number(row.score)}`] : [];
  if (row.regret !== null) {
    const costs = row.regret > 0 ? `Forcing it lowers the largest total by ${row.regret.toFixed(2)}.`
      : row.chosen.includes("ILP") ? "It is part of the largest total."
      : "A tie: forcing it costs nothing.";
    lines.push(costs);
  }
  return lines;
}

function number(value) {
  return value === null ? "–" : value.toFixed(2);
}

function neighbour(table, row, key) {
  const rows = [...table.querySelectorAll("tr.candidate")];
  if (key === "Home") return rows[0];
  if (key === "End") return rows.at(-1);
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  return step ? rows[rows.indexOf(row) + step] : null;
}

function roam(table, row) {
  for (const each of table.querySelectorAll('tr[tabindex="0"]')) each.tabIndex = -1;
  row.tabIndex = 0;
}

// Only the panel scrolls: the page must not jump.
function comeIntoSight(root) {
  const scroll = root.querySelector(".scroll");
  const body = root.querySelector("tbody.chain-pinned");
  if (!scroll || !body || body.contains(root.getRootNode().activeElement)) return;
  const head = root.querySelector("thead").getBoundingClientRect().height;
  const [box, frame] = [body.getBoundingClientRect(), scroll.getBoundingClientRect()];
  if (box.top < frame.top + head || box.bottom > frame.bottom) scroll.scrollTop += box.top - frame.top - head;
}
