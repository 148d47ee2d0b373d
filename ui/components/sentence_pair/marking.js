// Correcting entities: words are chosen, then given a label. Nothing is sent before a label, a boundary or
// a removal says what is meant. Entities are [start, end, label], end excluded.

function entitiesOf(data, side) {
  const waiting = waitingFor(data.doc, side);
  if (waiting?.value) return waiting.value;
  const view = data[side];
  return [...view.above, ...view.below].filter((lane) => lane.editable).flatMap((lane) => lane.spans.map(({ start, end, label }) => [start, end, label]));
}

// The sentence as it will be once the server has answered.
function asCorrected(data, side) {
  const view = data[side];
  const waiting = waitingFor(data.doc, side)?.value;
  if (!waiting) return view;
  const colours = new Map(data.correct.labels);
  const known = view.below.concat(view.above).filter((lane) => lane.editable).flatMap((lane) => lane.spans);
  const spans = waiting.map(([start, end, label]) => {
    const same = known.find((each) => each.start === start && each.end === end);
    const plain = { icon: "", hint: "", differs: false, style: "solid", group: same?.group ?? null };
    return { ...plain, start, end, label, colour: colours.get(label) ?? "#737B8C", says: `${label} · by hand` };
  });
  let isFirst = true;
  const changed = (lane) => {
    if (!lane.editable) return lane;
    const here = isFirst ? spans : [];
    isFirst = false;
    return { ...lane, by_hand: true, spans: here };
  };
  return { ...view, above: view.above.map(changed), below: view.below.map(changed) };
}

function chosen(root) {
  return root.chosen?.doc === root.data.doc ? root.chosen : null;
}

function choose(root, choice) {
  root.chosen = choice ? { doc: root.data.doc, ...choice } : null;
  paintChosen(root);
  drawMarking(root);
}

// A word, or the entity that it is in; of a chosen entity the word alone.
function chooseWord(root, side, i) {
  const now = chosen(root);
  const inside = entitiesOf(root.data, side).find(([start, end]) => start <= i && i < end);
  const isSame = (from, to) => now && now.side === side && now.from === from && now.to === to;
  if (isSame(i, i + 1)) return choose(root, null);
  if (inside && !isSame(inside[0], inside[1])) return choose(root, { side, anchor: inside[0], from: inside[0], to: inside[1] });
  choose(root, { side, anchor: i, from: i, to: i + 1 });
}

function chooseUpTo(root, side, i, from = i) {
  const now = chosen(root);
  const anchor = now?.side === side ? now.anchor : from;
  choose(root, { side, anchor, from: Math.min(anchor, i), to: Math.max(anchor, i) + 1 });
}

// The entity with just the words that are chosen, if there is one.
function chosenAmong(entities, now) {
  return entities.find(([start, end]) => start === now.from && end === now.to);
}

function shareWords([start, end], [from, to]) {
  return start < to && from < end;
}

function setEntities(root, side, entities) {
  setField(root.data, side, entities.sort((one, other) => one[0] - other[0] || one[1] - other[1]));
  root.draw();
}

// An entity takes the place of those whose words it takes, but not of those that it shared words with before.
function markAs(root, label) {
  const now = chosen(root);
  const name = label.trim().replace(/\s+/gu, "_").slice(0, 40);
  if (!now || !name) return;
  const all = entitiesOf(root.data, now.side);
  const own = chosenAmong(all, now);
  const range = [now.from, now.to];
  const kept = all.filter((each) => each !== own && (own || !shareWords(each, range)));
  const { side } = now;
  choose(root, null);
  if (own?.[2] !== name) setEntities(root, side, [...kept, [...range, name]]);
}

function removeChosen(root) {
  const now = chosen(root);
  if (!now) return;
  const range = [now.from, now.to];
  const all = entitiesOf(root.data, now.side);
  const own = chosenAmong(all, now);
  const kept = all.filter((each) => (own ? each !== own : !shareWords(each, range)));
  choose(root, null);
  if (kept.length < all.length) setEntities(root, now.side, kept);
}

// Moves the start or the end of what is chosen; an entity is changed with it, up to its neighbours.
function moveBoundary(root, which, step) {
  const now = chosen(root);
  if (!now) return;
  const range = [now.from, now.to];
  range[which === "start" ? 0 : 1] += step;
  if (range[0] < 0 || range[1] > root.data[now.side].words.length || range[0] >= range[1]) return;
  const all = entitiesOf(root.data, now.side);
  const own = chosenAmong(all, now);
  if (own) {
    const others = all.filter((each) => each !== own);
    if (others.some((each) => shareWords(each, range) && !shareWords(each, own))) return;
    choose(root, { side: now.side, anchor: range[0], from: range[0], to: range[1] });
    setEntities(root, now.side, [...others, [...range, own[2]]]);
  } else choose(root, { side: now.side, anchor: range[0], from: range[0], to: range[1] });
}

function paintChosen(root) {
  const now = chosen(root);
  for (const word of root.querySelectorAll(".text")) {
    const i = Number(word.dataset.i);
    const is = Boolean(now) && now.side === word.dataset.side && now.from <= i && i < now.to;
    word.classList.toggle("chosen", is);
    word.setAttribute("aria-checked", String(is));
  }
}

function drawMarking(root) {
  const { data } = root;
  const { labels, by_hand, projection } = data.correct;
  const now = chosen(root);
  const box = root.parts.marking;
  const own = now && chosenAmong(entitiesOf(data, now.side), now);
  const signature = JSON.stringify([data.doc, now, own, labels, by_hand, projection]);
  if (box.signature === signature) return;
  box.signature = signature;
  const focused = box.getRootNode().activeElement?.dataset?.act;
  const says = element("div", "says");
  says.setAttribute("role", "status");
  const buttons = element("div", "buttons");
  const add = (name, label, run, title = "") => {
    const button = element("button", "action", label);
    button.type = "button";
    button.dataset.act = name;
    if (title) button.title = title;
    button.onclick = run;
    buttons.append(button);
    return button;
  };
  if (now) {
    const view = data[now.side];
    const words = element("bdi", "quoted", view.words.slice(now.from, now.to).join(" "));
    words.lang = view.lang;
    says.append(own ? "" : "Mark ", words, own ? ` is ${own[2]}; make it:` : " as:");
    labels.slice(0, 20).forEach(([label, colour], index) => {
      const key = index < 9 ? `${index + 1}` : "";
      const button = add(`label-${label}`, label, () => markAs(root, label), key ? `Key: ${key}` : "");
      button.classList.add("label");
      button.style.setProperty("--colour", colour);
      button.setAttribute("aria-pressed", String(own?.[2] === label));
      if (key) button.prepend(element("kbd", "", key), " ");
    });
    const free = element("input", "free");
    free.placeholder = "other label";
    free.maxLength = 40;
    free.setAttribute("aria-label", "Another label; Enter takes it");
    free.dataset.act = "free";
    free.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Enter") markAs(root, free.value);
      if (event.key === "Escape") choose(root, null);
    };
    buttons.append(free);
    const edges = [["start", -1, "Start earlier", "Alt + Shift + arrow"], ["start", 1, "Start later", "Alt + Shift + arrow"], ["end", -1, "End earlier", "Alt + arrow"], ["end", 1, "End later", "Alt + arrow"]];
    for (const [which, step, label, key] of edges) add(`${which}${step}`, label, () => moveBoundary(root, which, step), `Key: ${key}`);
    if (own) add("remove", "Remove", () => removeChosen(root), "Key: Delete");
    add("cancel", "Cancel", () => choose(root, null), "Key: Esc");
  } else {
    says.textContent = "To correct an entity, choose its words: click the first and Shift + click the last one, or Space and Shift + arrows.";
    if (by_hand.source) add("source-found", "Source entities as found", () => setEntitiesAsFound(root, "source"), "Takes back all corrections of the source entities");
    if (by_hand.target) add("target-found", "Take the projection", () => setEntitiesAsFound(root, "target"), "Takes back all corrections of the target entities");
  }
  const would = projection && !now ? [element("div", "would", projection)] : [];
  box.replaceChildren(says, ...would, buttons);
  if (focused) (box.querySelector(`[data-act="${CSS.escape(focused)}"]`) ?? roaming(root, now?.side ?? root.lastSide))?.focus();
}

function setEntitiesAsFound(root, side) {
  setField(root.data, side, null);
  root.draw();
}

function roaming(root, side) {
  return root.querySelector(`.text[data-side="${side ?? "source"}"][tabindex="0"]`);
}

function focusWord(root, side, i) {
  const word = root.querySelector(`.text[data-side="${side}"][data-i="${i}"]`);
  if (!word) return;
  for (const each of root.querySelectorAll(`.text[data-side="${side}"][tabindex="0"]`)) each.tabIndex = -1;
  word.tabIndex = 0;
  root.lastSide = side;
  word.focus();
}

function listenToWords(root) {
  if (root.marks) return;
  root.marks = true;
  root.addEventListener("click", (event) => {
    const word = event.target.closest?.(".text");
    const segment = event.target.closest?.(".segment.filled[data-side]");
    if (word) {
      const [side, i] = [word.dataset.side, Number(word.dataset.i)];
      focusWord(root, side, i);
      if (event.shiftKey) chooseUpTo(root, side, i);
      else chooseWord(root, side, i);
    } else if (segment) chooseSegment(root, segment);
  });
  root.addEventListener("mousedown", (event) => {
    if (event.shiftKey && event.target.closest?.(".text")) event.preventDefault(); // no blue text
  });
  root.addEventListener("keydown", (event) => onWordKey(root, event));
  // Before the keys of the page and of the chain hear of it.
  const listen = (event) => {
    if (!root.isConnected) return document.removeEventListener("keydown", listen, true);
    onMarkKey(root, event);
  };
  document.addEventListener("keydown", listen, true);
}

function chooseSegment(root, segment) {
  const [side, from, to] = [segment.dataset.side, Number(segment.dataset.start), Number(segment.dataset.end)];
  const now = chosen(root);
  const isSame = now && now.side === side && now.from === from && now.to === to;
  choose(root, isSame ? null : { side, anchor: from, from, to });
}

// Keys on a word or on an entity's box.
function onWordKey(root, event) {
  if (event.ctrlKey || event.metaKey) return;
  const word = event.target.closest?.(".text");
  const segment = event.target.closest?.(".segment.filled[data-side]");
  const handled = () => {
    event.preventDefault();
    event.stopPropagation(); // Shift + arrow is the page's next sentence
  };
  if (segment) {
    const isKey = event.key === "Delete" || event.key === "Backspace" || (event.altKey && /^Arrow(Left|Right)$/.test(event.key));
    if (event.key === " ") {
      handled();
      chooseSegment(root, segment);
    } else if (isKey) {
      const [side, from, to] = [segment.dataset.side, Number(segment.dataset.start), Number(segment.dataset.end)];
      choose(root, { side, anchor: from, from, to });
      onMarkKey(root, event);
    }
    return;
  }
  if (!word || event.altKey) return;
  const [side, i] = [word.dataset.side, Number(word.dataset.i)];
  const view = root.data[side];
  const forward = view.dir === "rtl" ? -1 : 1;
  const to = { ArrowRight: i + forward, ArrowLeft: i - forward, Home: 0, End: view.words.length - 1 }[event.key];
  if (to !== undefined) {
    handled();
    if (to < 0 || to >= view.words.length) return;
    focusWord(root, side, to);
    if (event.shiftKey) chooseUpTo(root, side, to, i);
  } else if (event.key === " " || (event.key === "Enter" && !word.dataset.entity)) {
    handled();
    if (event.shiftKey) chooseUpTo(root, side, i);
    else chooseWord(root, side, i);
  }
}

// Keys that hold while words are chosen, wherever the focus is.
function onMarkKey(root, event) {
  const now = chosen(root);
  if (!now || event.defaultPrevented || isTyping(event) || event.ctrlKey || event.metaKey) return;
  const path = event.composedPath();
  const isElsewhere = !path.includes(root) && path[0] !== document.body; // a matrix has a Delete of its own
  const forward = root.data[now.side].dir === "rtl" ? -1 : 1;
  const step = { ArrowRight: forward, ArrowLeft: -forward }[event.key];
  const label = /^[1-9]$/.test(event.key) ? root.data.correct.labels[Number(event.key) - 1]?.[0] : null;
  let run = null;
  if (event.altKey) run = step && !isElsewhere && (() => moveBoundary(root, event.shiftKey ? "start" : "end", step));
  else if (event.key === "Escape") run = () => choose(root, null);
  else if (!isElsewhere && (event.key === "Delete" || event.key === "Backspace")) run = () => removeChosen(root);
  else if (/^[1-9]$/.test(event.key)) run = () => label && markAs(root, label);
  if (!run) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // 1, 2 and 3 are the page's projectors, Esc lets go of what is pinned
  run();
}
