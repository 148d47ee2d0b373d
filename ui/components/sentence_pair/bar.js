// Under the sentences: who corrects, the status, a note, undo and redo, the history; and what others did.

function buildBar(root) {
  const parts = {};
  const bar = element("div", "bar");
  const field = (name, label, placeholder, longest) => {
    const box = element("label", `field ${name}`);
    const input = element("input");
    input.placeholder = placeholder;
    input.maxLength = longest;
    input.onkeydown = (event) => {
      if (event.ctrlKey || event.metaKey) return;
      event.stopPropagation(); // a letter typed is no key of the page
      if (event.key === "Enter") input.blur();
    };
    box.append(element("span", "", label), input);
    bar.append(box);
    parts[name] = input;
  };
  const button = (name, label, title, run) => {
    const made = element("button", "action", label);
    made.type = "button";
    made.title = title;
    made.onclick = run;
    parts[name] = made;
    return made;
  };
  const status = element("div", "status");
  status.setAttribute("role", "group");
  status.setAttribute("aria-label", "Status of the sentence");
  parts.status = status;
  bar.append(status);
  const steps = element("div", "steps");
  steps.append(
    button("undo", "Undo", "Take your last change of this sentence back. Key: Ctrl + Z", () => act(root.data.doc, { do: "undo" })),
    button("redo", "Redo", "Make it again. Key: Ctrl + Shift + Z", () => act(root.data.doc, { do: "redo" })),
    button("history", "History", "Who did what, and any earlier state", () => showHistory(root, !root.showsHistory)),
  );
  bar.append(steps);
  field("note", "Note", "a remark on this sentence", 2000);
  field("reason", "Reason", "why, if you like", 2000);
  field("name", "Your name", root.data.correct.anonymous, 80);
  parts.anonymous = element("span", "when", `Without a name your work is kept as “${root.data.correct.anonymous}”.`);
  bar.append(parts.anonymous);
  parts.note.onchange = () => setField(root.data, "note", parts.note.value);
  parts.reason.onchange = () => act(root.data.doc, { do: "reason", reason: parts.reason.value });
  parts.name.onchange = () => {
    setName(parts.name.value);
    drawBar(root);
  };
  parts.marking = element("div", "marking");
  parts.marking.setAttribute("role", "group");
  parts.marking.setAttribute("aria-label", "Correct entities");
  parts.conflicts = element("div", "conflicts");
  parts.news = element("div", "news");
  parts.news.setAttribute("role", "status");
  parts.past = element("div", "past");
  root.parts = parts;
  return [parts.marking, parts.conflicts, parts.news, bar, parts.past];
}

function drawBar(root) {
  const { data, parts } = root;
  const { correct, doc } = data;
  const isHere = parts.doc === doc;
  parts.doc = doc;
  const focused = root.getRootNode().activeElement;
  const write = (input, text) => {
    if (!isHere || focused !== input) input.value = text;
  };
  write(parts.note, waitingFor(doc, "note")?.value ?? correct.note);
  write(parts.reason, queue().waiting.findLast((each) => each.doc === doc && each.do === "reason")?.reason ?? correct.reason);
  write(parts.name, queue().name);
  parts.anonymous.hidden = Boolean(queue().name);
  const now = waitingFor(doc, "status")?.value ?? correct.status;
  if (parts.status.childElementCount !== correct.statuses.length) {
    parts.status.replaceChildren(
      ...correct.statuses.map(([value, name]) => {
        const made = element("button", "action", name);
        made.type = "button";
        made.dataset.value = value;
        made.title = { approved: "Key for approve and next: Ctrl + Enter", needsReview: "Key: F" }[value] ?? "";
        made.onclick = () => setStatus(root, value);
        return made;
      }),
    );
  }
  for (const each of parts.status.children) each.setAttribute("aria-pressed", String(each.dataset.value === now));
  // Not disabled: a button that has the focus would lose it.
  const can = (button, is) => {
    button.setAttribute("aria-disabled", String(!is));
    button.classList.toggle("off", !is);
  };
  const mine = queue().waiting.some((each) => each.doc === doc);
  can(parts.undo, correct.can_undo || mine);
  can(parts.redo, correct.can_redo);
  if (!isHere) root.showsHistory = false;
  drawHistory(root);
  drawNews(root);
  drawConflicts(root);
}

function setStatus(root, value) {
  const now = waitingFor(root.data.doc, "status")?.value ?? root.data.correct.status;
  setField(root.data, "status", value === now ? "created" : value);
  root.draw();
}

function showHistory(root, shows) {
  root.showsHistory = shows;
  drawHistory(root);
}

function drawHistory(root) {
  const { parts, data, showsHistory } = root;
  parts.history.setAttribute("aria-expanded", String(Boolean(showsHistory)));
  parts.history.textContent = data.correct.history.length ? `History (${data.correct.history.length})` : "History";
  const signature = JSON.stringify([showsHistory, data.doc, showsHistory ? data.correct.history : 0]);
  if (parts.past.signature === signature) return;
  parts.past.signature = signature;
  parts.past.replaceChildren();
  if (!showsHistory) return;
  if (!data.correct.history.length) {
    parts.past.append(element("p", "says", "Nobody has corrected this sentence yet. What you correct is kept at once."));
    return;
  }
  const list = element("ol", "list");
  const restore = (number, label) => {
    const button = element("button", "action", "Restore");
    button.type = "button";
    button.setAttribute("aria-label", `Restore: ${label}`);
    button.onclick = () => act(data.doc, { do: "restore", number });
    return button;
  };
  for (const { number, who, when, says, reason, is_now } of data.correct.history) {
    const item = element("li");
    const line = element("span");
    line.append(element("bdi", "who", who), ` ${says.join("; ")}`);
    item.append(line, element("span", "when", timeOf(when)));
    if (reason) item.append(element("bdi", "reason", `Reason: ${reason}`));
    item.append(is_now ? element("span", "when", "this is what holds now") : restore(number, timeOf(when)));
    list.append(item);
  }
  const first = element("li");
  first.append(element("span", "", "before anybody corrected it"), restore(0, "before anybody corrected it"));
  list.append(first);
  parts.past.append(list);
}

function drawNews(root) {
  const { news, problem } = root.data.correct;
  const elsewhere = [...new Set([...root.data.correct.elsewhere, ...unsavedElsewhere(root.data.doc)])];
  const signature = JSON.stringify([news, elsewhere, problem, root.data.correct.unsaved.length]);
  if (root.parts.news.signature === signature) return;
  root.parts.news.signature = signature;
  const lines = news.map(({ says, when }) => element("div", "line", `${says} (${agoOf(when)})`));
  if (problem) lines.push(element("div", "line", `Corrections cannot be read now. ${problem}`));
  if (elsewhere.length) lines.push(element("div", "line", `Something of yours is not saved yet; choose on: ${elsewhere.join(", ")}.`));
  root.parts.news.replaceChildren(...lines);
  onbeforeunload = root.data.correct.unsaved.length || elsewhere.length ? (event) => event.preventDefault() : null;
}

function drawConflicts(root) {
  const { data, parts } = root;
  const signature = JSON.stringify([data.doc, data.correct.unsaved]);
  if (parts.conflicts.signature === signature) return;
  parts.conflicts.signature = signature;
  parts.conflicts.replaceChildren(
    ...data.correct.unsaved.map(({ title, theirs, values, keep, mine, both }, at) => {
      const box = element("section", "conflict");
      box.setAttribute("role", "alert");
      box.append(element("strong", "", title), ...theirs.map((line) => element("div", "line", line)));
      if (values.length) {
        const beside = element("div", "beside");
        for (const { name, lines } of values) {
          const column = element("div");
          column.append(element("b", "", name), ...lines.map((line) => element("div", "line", line)));
          beside.append(column);
        }
        box.append(beside);
      }
      const buttons = element("div", "buttons");
      const choices = [["keep", keep], ["mine", mine], ...(both ? [["both", "Both"]] : [])];
      for (const [choice, label] of choices) {
        const button = element("button", "action", label);
        button.type = "button";
        button.onclick = () => act(data.doc, { do: choice, unsaved: at });
        buttons.append(button);
      }
      box.append(buttons);
      return box;
    }),
  );
}

function timeOf(iso) {
  return new Date(iso).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

function agoOf(iso) {
  const minutes = Math.round((Date.now() - new Date(iso)) / 60000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} ${minutes === 1 ? "minute" : "minutes"} ago`;
  return timeOf(iso);
}

function listenToBar(root) {
  const listen = (event) => {
    if (!root.isConnected) return document.removeEventListener("keydown", listen);
    if (event.defaultPrevented || event.altKey) return;
    const ctrl = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    const isOurs = event.composedPath().includes(root);
    let run = null;
    if (ctrl && key === "enter" && (isOurs || !isTyping(event))) run = () => approveAndGoOn(root);
    else if (isTyping(event)) return;
    else if (ctrl && key === "z") run = () => act(root.data.doc, { do: event.shiftKey ? "redo" : "undo" });
    else if (!ctrl && !event.shiftKey && key === "f") run = () => setStatus(root, "needsReview");
    if (!run) return;
    event.preventDefault();
    run();
  };
  document.addEventListener("keydown", listen);
}

function approveAndGoOn(root) {
  root.getRootNode().activeElement?.blur?.(); // what is being typed is taken first
  setField(root.data, "status", "approved");
  act(root.data.doc, { do: "next" });
  root.draw();
}
