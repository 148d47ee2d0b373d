// A box with what is known of the word, cell or link that is pointed at or has the focus.

const GAP = 8; // pixels

// anchor: the box to stand beside, under it unless there is no room or `over` asks otherwise.
function showTip(root, lines, anchor, { described = null, over = false } = {}) {
  let tip = root.querySelector(".tip");
  if (!tip) {
    tip = element("div", "tip");
    tip.id = "tip";
    tip.setAttribute("role", "tooltip");
    tip.setAttribute("popover", "manual"); // in the top layer nothing clips it
    root.append(tip);
  }
  tip.replaceChildren(...lines.map((line) => element("div", "", line)));
  tip.hidePopover?.();
  tip.showPopover?.();
  described?.setAttribute("aria-describedby", "tip");
  const { width, height } = tip.getBoundingClientRect();
  const below = anchor.bottom + GAP;
  const above = anchor.top - GAP - height;
  const left = (anchor.left + anchor.right - width) / 2;
  const isOver = above >= 0 && (over || below + height > innerHeight);
  tip.style.top = `${isOver ? above : below}px`;
  tip.style.left = `${Math.max(GAP, Math.min(left, document.documentElement.clientWidth - width - GAP))}px`;
}

function hideTip(root) {
  root.querySelector(".tip")?.hidePopover?.();
}

// Calls point(event, true or false) when the focus enters or leaves a part of a place by the keyboard.
// There is no on… property for this, so that a place listens once and the latest `point` is called.
function onFocus(root, place, point) {
  root.point = point;
  if (place.listens) return;
  place.listens = true;
  place.addEventListener("focusin", (event) => {
    if (event.target.matches(":focus-visible")) root.point(event, true);
  });
  place.addEventListener("focusout", (event) => root.point(event, false));
}
