// Which cell, so which pair of words, is selected in each sentence.
//
// Protocol: the browser paints at once and sends the whole state of each sentence touched
// lately, with a sequence number; the server answers with the number it has taken in for
// the sentence shown. An answer older than what was sent is not painted, or quick clicks
// would be undone on the screen. Sentences left are still sent: the last click on one may
// not have reached the server when the page moved on. All matrices and link views of a page
// share the numbers, or two of them would send different clicks under the same one.

const KEPT = 8; // sentences

function touched() {
  return (globalThis.xnerSentences ??= new Map()); // doc → {seq, selected}, the last touched one last
}

function selection(data) {
  const sentences = touched();
  const known = sentences.get(data.doc);
  if (known && data.ack < known.seq) return known;
  const state = { seq: data.ack, selected: data.selected };
  if (known) sentences.set(data.doc, state);
  return state;
}

function isSelected(selected, i, j) {
  return Boolean(selected) && selected[0] === i && selected[1] === j;
}

function select(data, cell, setStateValue) {
  const sentences = touched();
  const { seq } = selection(data);
  sentences.delete(data.doc);
  sentences.set(data.doc, { seq: seq + 1, selected: cell });
  for (const doc of [...sentences.keys()].slice(0, -KEPT)) sentences.delete(doc);
  setStateValue("changes", [...sentences].map(([doc, each]) => ({ doc, ...each })));
}
