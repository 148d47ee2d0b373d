// What a person did with each sentence lately: which cell is selected, which links were changed.
//
// Protocol: the browser paints at once and sends the whole state of each sentence touched
// lately, with a sequence number; the server answers with the number it has taken in for
// the sentence shown. An answer older than what was sent is not painted, or quick clicks
// would be undone on the screen. Sentences left are still sent: the last click on one may
// not have reached the server when the page moved on. All matrices and link views of a page
// share the numbers, or two of them would send different clicks under the same one.
// `turn` counts what the page's buttons changed: the server adds clicks that were made before
// the browser heard of such a change to it, instead of taking their state as a whole. `version` is that of
// the links in the store that the browser was told last: nobody else's change is written over unseen.

const KEPT = 8; // sentences

function touched() {
  return (globalThis.xnerSentences ??= new Map()); // doc → {seq, turn, version, selected, edits}, the last touched one last
}

// edits: a Map "i-j" → "none", "sure" or "possible". Never changed, only replaced.
function current(data) {
  const sentences = touched();
  const known = sentences.get(data.doc);
  if (known && data.ack < known.seq) return known;
  const edits = new Map(data.edits.map(([i, j, state]) => [`${i}-${j}`, state]));
  const state = { seq: data.ack, turn: data.turn, version: data.version, selected: data.selected, edits };
  if (known) sentences.set(data.doc, state);
  return state;
}

function isSelected(selected, i, j) {
  return Boolean(selected) && selected[0] === i && selected[1] === j;
}

// change: a new `selected` or new `edits`, or both.
function touch(data, change, setStateValue) {
  const sentences = touched();
  const now = current(data);
  sentences.delete(data.doc);
  sentences.set(data.doc, { ...now, ...change, seq: now.seq + 1 });
  for (const doc of [...sentences.keys()].slice(0, -KEPT)) sentences.delete(doc);
  const sent = [...sentences].map(([doc, { edits, ...each }]) => ({
    doc,
    ...each,
    edits: [...edits].map(([key, state]) => [...key.split("-").map(Number), state]),
  }));
  setStateValue("changes", sent);
}
