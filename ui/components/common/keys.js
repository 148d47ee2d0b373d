// Keys of the page. Each sets one of the page's choices to the next of its values; off while somebody
// types, and with any modifier.
//
// What is wanted is sent with a number, and nothing more before the server says that it has it: presses
// in the meantime are gathered. Two messages on their way would overwrite each other, and the server
// would take the URL of the first for the browser's back button. A choice is named like its parameter
// in the URL.

function listenToKeys({ bindings, now, ack }, tell) {
  const wanted = (globalThis.xnerWanted ??= { seq: 0, sent: {}, next: {} });
  const send = () => {
    if (wanted.ack < wanted.seq || !Object.keys(wanted.next).length) return;
    wanted.seq = Math.max(wanted.seq, wanted.ack) + 1;
    wanted.sent = wanted.next;
    wanted.next = {};
    tell({ seq: wanted.seq, values: wanted.sent });
  };
  wanted.ack = ack;
  if (ack >= wanted.seq) wanted.sent = {};
  wanted.press = (key) => {
    const [choice, values] = bindings[key] ?? [];
    if (!choice) return false;
    const present = wanted.next[choice] ?? wanted.sent[choice] ?? now[choice];
    const next = values[(values.indexOf(present) + 1) % values.length];
    if (next !== present) {
      wanted.next[choice] = next;
      send();
    }
    return true;
  };
  send();
  if (wanted.listens) return;
  wanted.listens = true;
  const places = "input, textarea, select, [contenteditable=true], [role=combobox], [role=dialog]";
  document.addEventListener("keydown", (event) => {
    const typing = event.composedPath().some((each) => each.matches?.(places));
    if (typing || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (wanted.press(event.key.toLowerCase())) event.preventDefault();
  });
}
