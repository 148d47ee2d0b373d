// What a person does with sentences, as acts that the server takes in one after the other.
//
// Protocol: each act has a number, and all that the server has not said it has are sent together, so that
// quick ones do not overwrite each other on the way. What is not answered yet is painted as if it were.
// `set` carries the version of its field that the browser was told; the others name the session of the
// server, as they must not be done again after it was started anew.
// What could not be saved waits in the server's session for its person to choose. The tab's own storage has it
// too, with what is still under way: a session that does not know it (after a reload, or when the server was
// started anew) is told it again, over the version that its person saw, and finds the same conflict.

const NAME = "xner-inspector-author"; // in the browser's own storage
const UNSAVED = "xner-inspector-unsaved"; // in the tab's storage, which a reload leaves
const LOOK_EVERY = 30000; // milliseconds

function queue() {
  return (globalThis.xnerActs ??= { n: 0, waiting: [], tell: null, name: "", named: 0, unsaved: storedUnsaved() });
}

function listenToActs({ session, ack, author, named }, tell) {
  const now = queue();
  if (!now.looks) {
    now.looks = setInterval(lookAgain, LOOK_EVERY);
    addEventListener("focus", lookAgain);
  }
  Object.assign(now, { session, tell, n: Math.max(now.n, ack) });
  now.waiting = now.waiting.filter((each) => each.n > ack);
  // The name may be given on another page too: the server's is the latest, unless a later one is under way.
  if (named >= now.named) now.name = author;
  else if (now.saidTo !== session) say();
  if (!now.name && !now.named && storedName()) setName(storedName());
}

function say() {
  const now = queue();
  const { tell, waiting, name, named, looked = 0 } = now;
  now.saidTo = now.session;
  tell?.({ acts: [...waiting], name, named, looked });
}

// What others did is asked for when somebody comes back to the window, and now and then while they look at it.
function lookAgain() {
  const now = queue();
  if (!now.tell || document.visibilityState !== "visible") return;
  now.looked = Date.now();
  say();
}

function act(doc, what) {
  const now = queue();
  now.n += 1;
  now.waiting.push({ n: now.n, doc, session: now.session, ...what });
  storeUnsaved();
  say();
}

// What the server says of a sentence replaces what is kept of it; but a session that does not know is told first.
function keepUnsaved({ doc, correct }) {
  const now = queue();
  const known = now.unsaved[doc];
  if (known && known.session !== correct.session) {
    for (const { reason, ...edit } of known.edits) {
      if (reason) act(doc, { do: "reason", reason });
      act(doc, { do: "set", ...edit });
    }
  }
  const edits = correct.unsaved.map(({ again }) => again).filter(Boolean);
  if (edits.length) now.unsaved[doc] = { session: correct.session, edits };
  else delete now.unsaved[doc];
  storeUnsaved();
}

function unsavedElsewhere(doc) {
  return Object.keys(queue().unsaved).filter((each) => each !== doc).map((each) => each.slice(each.indexOf("/") + 1));
}

function storeUnsaved() {
  const { unsaved, waiting } = queue();
  const kept = Object.fromEntries(Object.entries(unsaved).map(([doc, each]) => [doc, { ...each, edits: [...each.edits] }]));
  for (const each of waiting) {
    if (each.do !== "set") continue;
    const { doc, session, field, value, version } = each;
    (kept[doc] ??= { session, edits: [] }).edits.push({ field, value, version });
  }
  try {
    if (Object.keys(kept).length) sessionStorage.setItem(UNSAVED, JSON.stringify(kept));
    else sessionStorage.removeItem(UNSAVED);
  } catch {
    // a browser that keeps nothing: it asks before the page is left
  }
}

function storedUnsaved() {
  try {
    return JSON.parse(sessionStorage.getItem(UNSAVED)) ?? {};
  } catch {
    return {};
  }
}

// Sets a field; what is waiting to be set to just that is not said again.
function setField(data, field, value) {
  act(data.doc, { do: "set", field, value, version: data.correct.versions[field] });
}

// What is waiting for the server, or undefined.
function waitingFor(doc, field) {
  return queue().waiting.findLast((each) => each.doc === doc && each.do === "set" && each.field === field);
}

function setName(name) {
  const now = queue();
  now.name = name.split(/\s+/u).filter(Boolean).join(" ");
  now.named = Date.now();
  try {
    if (now.name) localStorage.setItem(NAME, now.name);
    else localStorage.removeItem(NAME);
  } catch {
    // a browser that keeps nothing: the name holds for this visit
  }
  say();
}

function storedName() {
  try {
    return localStorage.getItem(NAME) ?? "";
  } catch {
    return "";
  }
}

function isTyping(event) {
  return event.composedPath().some((each) => each.matches?.("input, textarea, select, [contenteditable=true], [role=combobox], [role=dialog]"));
}
