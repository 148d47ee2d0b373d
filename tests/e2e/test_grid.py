"""The alignment grid's protocol: nothing a person does is lost on the way to the server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import GRID, drawn

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.usefixtures("uncorrected")]
Open = Callable[..., Page]

# Clicks the n first cells of row k on row k, so that each click is another cell.
BURST = """async (gap) => {
  const find = (root) => {
    const table = root.querySelector('table[aria-label^="Word alignment"]');
    if (table) return table;
    for (const each of root.querySelectorAll('*')) {
      const inside = each.shadowRoot && find(each.shadowRoot);
      if (inside) return inside;
    }
  };
  for (let k = 0; k < 10; k++) {
    const rows = find(document).querySelectorAll('tbody tr');
    rows[k % rows.length].querySelectorAll('td')[k % 5].click();
    await new Promise((resolve) => setTimeout(resolve, gap));
  }
}"""


def said(page: Page, text: str) -> Locator:
    """What the page says under the grid; the tip over it may say the same."""
    return page.get_by_test_id("stText").filter(has_text=text)


def selected(page: Page) -> tuple[str, str] | None:
    """The selected cell on the screen, as indices of source and target word."""
    cell = page.locator(f'{GRID} td[aria-selected="true"]')
    if cell.count() == 0:
        return None
    assert cell.count() == 1
    return str(cell.get_attribute("data-i")), str(cell.get_attribute("data-j"))


def changed(page: Page) -> int:
    """How many links of the sentence are marked as changed on the screen."""
    return page.locator(f"{GRID} td.changed").count()


def under_way(page: Page) -> None:
    """Wait for whatever is still under way, and for an answer that would be one too many."""
    page.wait_for_timeout(300)
    drawn(page)


def expect_description(page: Page) -> None:
    """The server describes the very cell that the screen shows as selected, in this sentence's words."""
    cell = selected(page)
    if cell is None:
        expect(page.get_by_text("Select two words to read about them")).to_be_visible()
        return
    source = page.locator(f'{GRID} th.row[data-i="{cell[0]}"] bdi').inner_text()
    target = page.locator(f'{GRID} th.column[data-j="{cell[1]}"] bdi').inner_text()
    expect(said(page, f"“{source}” ({cell[0]}) and “{target}” ({cell[1]}): ")).to_be_visible()


def test_the_grid_is_used_with_keys_alone(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/?lang=de&sid=de-intro")
    page.locator(f"{GRID} td").first.focus()
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(said(page, "“Keller” (1) and “Keller” (1): linked; sure gold link.")).to_be_visible()
    focused = page.locator(f"{GRID} td:focus")
    expect(focused).to_have_attribute("data-j", "1")  # focus stays after the answer
    for key in ("End", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    expect(said(page, "“Maria” (0) and “.” (5): not linked")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Select two words to read about them")).to_be_visible()
    expect(said(page, "No link is changed")).to_be_visible()  # Enter only selects


def test_links_are_changed_with_keys_alone(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/?lang=de&sid=de-river")
    cell = page.locator(f'{GRID} td[data-i="1"][data-j="2"]')
    cell.focus()
    page.keyboard.press(" ")
    label = "Danube – fließt, similarity 0.68, linked, changed by hand; the aligner says: no link, gold link"
    expect(cell).to_have_attribute("aria-label", label.removesuffix(", gold link"))
    expect(page.locator(f"{GRID} th.bracket.projected").first).to_have_attribute("colspan", "2")
    expect(said(page, "“Danube” (LOC): “Donau” → “Donau fließt”")).to_be_visible()
    expect(cell).to_be_focused()
    page.keyboard.press(" ")
    expect(cell.locator(".mark.maybe")).to_be_visible()
    # Changes that reach the server together are one step to undo.
    expect(said(page, "“fließt” (2): linked as possible")).to_be_visible()
    page.keyboard.press("Delete")
    expect(said(page, "No link is changed")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(cell.locator(".mark.maybe")).to_be_visible()
    expect(page.get_by_role("button", name="Redo")).to_be_enabled()
    page.wait_for_timeout(300)  # its key works a moment later
    page.keyboard.press("Control+Shift+z")
    expect(said(page, "No link is changed")).to_be_visible()
    for key in ("Home", "ArrowLeft", "Delete"):  # the head of the row: all links of its word
        page.keyboard.press(key)
    expect(page.locator(f'{GRID} th.row[data-i="1"]')).to_be_focused()
    expect(said(page, "“Danube” (LOC): “Donau” → nothing")).to_be_visible()
    for key in ("ArrowUp", "ArrowRight", "ArrowUp", "Backspace"):
        page.keyboard.press(key)
    expect(page.locator(f'{GRID} th.column[data-j="0"]')).to_be_focused()
    expect(said(page, "2 links changed by hand.")).to_be_visible()


@pytest.mark.parametrize("gap", [0, 20, 60])
def test_of_ten_quick_clicks_none_is_lost(address: str, open_page: Open, gap: int) -> None:
    page = open_page(f"{address}/?lang=sw&sid=sw-late-train")
    expect(page.locator(GRID)).to_be_visible()
    page.evaluate(BURST, gap)
    assert selected(page) == ("9", "4")
    assert changed(page) == 10
    expect(said(page, "“late” (9) and")).to_be_visible()
    expect(said(page, "10 links changed by hand.")).to_be_visible()
    under_way(page)
    assert changed(page) == 10
    assert selected(page) == ("9", "4")
    expect(said(page, "“late” (9) and")).to_be_visible()


@pytest.mark.parametrize("after", [30, 110])
def test_a_burst_does_not_reach_the_next_sentence(address: str, open_page: Open, after: int) -> None:
    page = open_page(f"{address}/?lang=sw&sid=sw-late-train")
    expect(page.locator(GRID)).to_be_visible()
    following = page.get_by_role("button", name="Next")
    in_the_midst = f"(next, after) => {{ ({BURST})(20); setTimeout(() => next.click(), after); }}"
    following.evaluate(in_the_midst, after)
    first_word = page.locator(f"{GRID} th.row bdi").first
    expect(first_word).to_have_text("George")
    under_way(page)  # the rest of the burst goes to whichever sentence is shown
    expect_description(page)
    page.get_by_role("button", name="Previous").click()
    expect(first_word).to_have_text("The")
    under_way(page)
    assert selected(page) is not None  # what was clicked before the change is kept
    expect_description(page)
    here = changed(page)
    following.click()
    expect(first_word).to_have_text("George")
    under_way(page)
    assert (here + changed(page), min(here, 1)) == (10, 1)  # each click is on one of the two sentences
