"""A stop-watch inside the page: from a click to the frame that shows what it changed.

It runs in the page itself, so that what the browser is driven with does not count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_PATIENCE_MS = 30_000
_QUIET_MS = 250
"""Without a change for so long, the page is done."""
_IS_DONE = """(quiet) => {
  const { painted, done } = stopwatch.record;
  return painted > 0 && performance.now() - Math.max(painted, done) > quiet;
}"""

SCRIPT = """
() => {
  if (window.stopwatch) return;
  // All of an element's text, that in shadow roots too, and the classes that mark cells.
  const text = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    let all = node.shadowRoot ? text(node.shadowRoot) : "";
    for (const child of node.childNodes) if (child.nodeName !== "STYLE") all += text(child);
    return all;
  };
  const every = (selector, root = document, found = []) => {
    found.push(...root.querySelectorAll(selector));
    for (const { shadowRoot } of root.querySelectorAll("*"))
      if (shadowRoot) every(selector, shadowRoot, found);
    return found;
  };
  const read = (selector) => every(selector).map(text).join("|");
  window.stopwatch = {
    every,
    read,
    // The clock starts at the next event of a kind; it stops in the frame that paints another text.
    arm(selector, kind, attribute) {
      const look = attribute
        ? () => every(selector).map((each) => each.getAttribute(attribute) ?? "").join("|")
        : () => read(selector);
      const before = look();
      const record = (this.record = { started: null, painted: null, done: 0 });
      const changes = new MutationObserver(() => (record.done = performance.now()));
      const frame = () => {
        if (record.painted === null) {
          const now = look();
          if (now && now !== before) {
            record.painted = -1;  // seen; the message comes after this frame was painted
            const channel = new MessageChannel();
            channel.port1.onmessage = () => (record.painted = performance.now());
            channel.port2.postMessage(0);
          }
        }
        if (record.painted === null) requestAnimationFrame(frame);
      };
      window.addEventListener(
        kind,
        () => {
          record.started = performance.now();
          changes.observe(document.body, { subtree: true, childList: true, characterData: true });
          requestAnimationFrame(frame);
        },
        { capture: true, once: true },
      );
    },
  };
}
"""

# The times are counted from the beginning of the navigation, as performance.now() does.
_WATCH = """
(selector) => {
  const visit = (window.visit = { title: 0, content: 0 });
  const seen = (name) => {
    visit[name] = -1;
    const channel = new MessageChannel();
    channel.port1.onmessage = () => (visit[name] = performance.now());
    channel.port2.postMessage(0);
  };
  const frame = () => {
    if (!visit.title && document.querySelector("h1, h2")?.textContent.trim()) seen("title");
    if (!visit.content && stopwatch.read(selector)) seen("content");
    if (!visit.title || !visit.content) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
"""


def time_click(
    page: Page, selector: str, act: Callable[[], Any], event: str = "mouseup", attribute: str = ""
) -> tuple[float, float]:
    """Measure one action.

    Args:
        page: The page.
        selector: What changes; every element that it names, in shadow roots too.
        act: Clicks or types.
        event: What starts the clock.
        attribute: What of the elements is looked at; their text where empty.

    Returns:
        Milliseconds from the event until the change is painted, and until the last change of the page.
    """
    page.evaluate(SCRIPT)
    page.evaluate("([s, e, a]) => stopwatch.arm(s, e, a)", [selector, event, attribute])
    act()
    page.wait_for_function(_IS_DONE, arg=_QUIET_MS, timeout=_PATIENCE_MS)
    record = page.evaluate("() => stopwatch.record")
    return record["painted"] - record["started"], max(record["painted"], record["done"]) - record["started"]


def time_visit(browser: Browser, url: str, selector: str) -> dict[str, float]:
    """Visit an address for the first time in a fresh browser window.

    Args:
        browser: The browser.
        url: The address.
        selector: What makes up the content; in shadow roots too.

    Returns:
        Milliseconds from the request on until the `title` and the `content` are painted.
    """
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.add_init_script(f"({SCRIPT})(); ({_WATCH})({selector!r});")
    page.goto(url)
    page.wait_for_function("() => window.visit?.content > 0", timeout=4 * _PATIENCE_MS)
    found: dict[str, float] = page.evaluate("() => visit")
    context.close()
    return found
