// What two words are to each other: by the aligner, by the person who changed it, by another alignment.

const lists = new WeakMap(); // view → Map "i-j" → [the aligner's state, the compared alignment's state]

function foundOf(view) {
  if (!lists.has(view)) lists.set(view, new Map(view.links.map(([i, j, ...states]) => [`${i}-${j}`, states])));
  return lists.get(view);
}

// who: "both", "first", "second" or ""; sure: of whoever has it; found: the aligner's state;
// changed: whether it is not that any more.
function linkAt(view, edits, i, j) {
  const key = `${i}-${j}`;
  const [found, second] = foundOf(view).get(key) ?? ["none", "none"];
  const state = edits.get(key) ?? found;
  const [one, other] = [state !== "none", second !== "none"];
  const who = one && (other || !view.names.length) ? "both" : one ? "first" : other ? "second" : "";
  return { source: i, target: j, key, who, state, found, changed: state !== found, sure: (one ? state : second) === "sure" };
}

// All that anyone has or had, in order.
function linksNow(view, edits) {
  const keys = new Set([...foundOf(view).keys(), ...edits.keys()]);
  const links = [...keys].map((key) => linkAt(view, edits, ...key.split("-").map(Number)));
  return links.sort((one, other) => one.source - other.source || one.target - other.target);
}

function partners(view, edits, side, index) {
  const other = side === "source" ? "target" : "source";
  return linksNow(view, edits).filter((link) => link.who && link[side] === index).map((link) => link[other]);
}

// The edits with a link in another state; what the aligner says anyway is no edit.
function withState(view, edits, i, j, state) {
  const changed = new Map(edits);
  changed.delete(`${i}-${j}`);
  if (linkAt(view, changed, i, j).found !== state) changed.set(`${i}-${j}`, state);
  return changed;
}

function withoutWord(view, edits, side, index) {
  return linksNow(view, edits)
    .filter((link) => link[side] === index)
    .reduce((left, link) => withState(view, left, link.source, link.target, "none"), edits);
}
