// The chain: which source entity is hot (pointed at, or with the focus) and which one is pinned.
//
// Source entity, its words and links, its candidates and its target entities are one chain. All
// components of a page show the same entity at once, without the server. An entity is named by its
// index among the source entities of the sentence (`group` of a span in sentence_view.py).
//
// A component that takes part
//   1. gives each element that belongs to an entity `data-entity="2"` (or "2 3" where it belongs to
//      several); elements that pin their entity when they are clicked, or Enter is pressed on them,
//      have `data-pin` too;
//   2. calls followChain(root, doc) each time it gets data, with the sentence's `doc` as in the
//      selection: it listens to the mouse and the focus under root, and marks the elements with the
//      classes chain-hot and chain-pinned (chain.css draws both);
//   3. calls it again, or paintChain(root), when it has built elements anew.
// Where that is not enough, followChain(root, doc, painted) calls painted({ hot, pinned }) after each change.
// pointAt(doc, entity or null) and pin(doc, entity or null) do the same by hand.
//
// The sentence pair alone leads: it says which sentence is shown, tells the server what was pinned
// and hears from it what the URL names (leadChain). What others say of another sentence is ignored:
// they may still show the one before.

function chain() {
  return (globalThis.xnerChain ??= { doc: null, hot: null, pinned: null, seq: 0, sent: 0, ack: 0, tell: null });
}

function followChain(root, doc, painted = null) {
  root.chainDoc = doc;
  root.chainPainted = painted;
  if (!root.inChain) {
    root.inChain = true;
    const repaint = () => {
      if (root.isConnected) paintChain(root);
      else removeEventListener("xner-chain", repaint);
    };
    addEventListener("xner-chain", repaint);
    const entityAt = (event) => {
      const names = event.target.closest?.("[data-entity]")?.dataset.entity;
      return names ? Number(names.split(" ")[0]) : null;
    };
    root.addEventListener("mouseover", (event) => pointAt(root.chainDoc, entityAt(event)));
    root.addEventListener("mouseleave", () => pointAt(root.chainDoc, null));
    root.addEventListener("focusin", (event) => {
      if (event.target.matches(":focus-visible")) pointAt(root.chainDoc, entityAt(event));
    });
    root.addEventListener("focusout", () => pointAt(root.chainDoc, null));
    const choose = (event) => {
      const place = event.target.closest?.("[data-pin]");
      const entity = place ? entityAt(event) : null;
      if (entity !== null) pin(root.chainDoc, chain().pinned === entity ? null : entity);
      return entity !== null;
    };
    root.addEventListener("click", choose);
    root.addEventListener("keydown", (event) => {
      // On a button the browser makes a click of it.
      if (event.key === "Enter" && !event.target.matches("button") && choose(event)) event.preventDefault();
    });
  }
  paintChain(root);
}

function paintChain(root) {
  const { doc, hot, pinned } = chain();
  const here = doc === root.chainDoc;
  for (const [name, entity] of [["chain-hot", hot], ["chain-pinned", pinned]]) {
    const wanted = here && entity !== null ? `[data-entity~="${entity}"]` : null;
    for (const each of root.querySelectorAll(`.${name}`)) if (!wanted || !each.matches(wanted)) each.classList.remove(name);
    for (const each of wanted ? root.querySelectorAll(wanted) : []) each.classList.add(name);
  }
  root.chainPainted?.({ hot: here ? hot : null, pinned: here ? pinned : null });
}

function pointAt(doc, entity) {
  const now = chain();
  if (doc !== now.doc || now.hot === entity) return;
  now.hot = entity;
  dispatchEvent(new CustomEvent("xner-chain"));
}

function pin(doc, entity) {
  const now = chain();
  if (doc !== now.doc || now.pinned === entity) return;
  now.pinned = entity;
  now.seq += 1;
  dispatchEvent(new CustomEvent("xner-chain"));
  report();
}

// One report at a time: a second one on its way while the server writes the first into the URL would
// make it take the URL for the browser's back button.
function report() {
  const now = chain();
  if (!now.tell || now.ack < now.sent || now.sent === now.seq) return;
  now.sent = now.seq;
  now.tell({ doc: now.doc, seq: now.seq, entity: now.pinned });
}

// pinned: what the server says; ack: the number of the last pin that it has taken in. Its word
// counts unless a later pin is under way.
function leadChain({ doc, pinned, ack }, tell) {
  const now = chain();
  if (!now.tell) {
    document.addEventListener("keydown", (event) => {
      const typing = event.composedPath()[0]?.matches?.("input, textarea, select, [contenteditable]");
      if (event.key === "Escape" && !event.defaultPrevented && !typing) pin(now.doc, null);
    });
  }
  Object.assign(now, { tell, ack });
  if (doc !== now.doc) now.hot = null;
  else if (ack < now.seq) return report();
  const seq = Math.max(now.seq, ack);
  Object.assign(now, { doc, pinned, seq, sent: seq });
  dispatchEvent(new CustomEvent("xner-chain"));
}
