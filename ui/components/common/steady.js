// Holds a component where it is on the screen while the page draws anew what stands above it: the
// next click must not land on another cell because a line of text came or went.

const HELD = 2000; // milliseconds after a change, unless the reader scrolls or does something else first

function holdStill(root) {
  const release = () => (root.held = null);
  if (!root.releases) {
    root.releases = true;
    for (const each of ["wheel", "touchmove", "pointerdown", "keydown"]) addEventListener(each, release, { capture: true, passive: true });
  }
  const running = root.held;
  root.held = { top: root.getBoundingClientRect().top, until: performance.now() + HELD };
  if (running) return;
  const follow = () => {
    if (!root.held || !root.isConnected || performance.now() > root.held.until) return release();
    const moved = root.getBoundingClientRect().top - root.held.top;
    if (Math.abs(moved) >= 1) scrollerOf(root)?.scrollBy({ top: moved, behavior: "instant" });
    requestAnimationFrame(follow);
  };
  requestAnimationFrame(follow);
}

function scrollerOf(node) {
  for (let each = node.parentNode ?? node.host; each; each = each.parentNode ?? each.host) {
    if (each instanceof Element && /auto|scroll/.test(getComputedStyle(each).overflowY) && each.scrollHeight > each.clientHeight) return each;
  }
  return null;
}
