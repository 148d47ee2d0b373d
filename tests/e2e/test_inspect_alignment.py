"""Links and values of the alignment in a real browser: drawn, pointed at, compared."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import GRID, drawn

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.usefixtures("uncorrected")]
Open = Callable[..., Page]
Keep = Callable[[Page, str], None]
TIP = ".tip:popover-open"


def word(page: Page, side: str, index: int) -> Locator:
    return page.locator(f'.word[data-side="{side}"][data-i="{index}"]')


def left(place: Locator) -> float:
    box = place.bounding_box()
    assert box is not None
    return box["x"]


def lines(page: Page) -> list[str]:
    """What the tip says."""
    return page.locator(f"{TIP} > div").all_inner_texts()


def test_each_link_is_a_curve_between_its_words(address: str, open_page: Open, keep: Keep) -> None:
    page = open_page(
        f"{address}/?lang=de&sid=de-river&extraction=itermax&compare=extraction.argmax&view=links",
        height=1300,
    )
    expect(page.get_by_text("8 links in both, 1 only by itermax, 0 only by argmax.")).to_be_visible()
    curves = page.locator(".link")
    expect(curves).to_have_count(9)
    expect(page.locator(".link.first circle.mark")).to_have_count(1)  # told by shape too
    curve = page.locator('.link[data-key="1-1"] .line')
    start = curve.evaluate("path => { const p = path.getPointAtLength(0); return [p.x, p.y]; }")
    middle_and_bottom = curve.evaluate(
        """path => {
          const frame = path.ownerSVGElement.getBoundingClientRect();
          const word = path.getRootNode().querySelector('.word[data-side="source"][data-i="1"]');
          const box = word.getBoundingClientRect();
          return [(box.left + box.right) / 2 - frame.left, box.bottom - frame.top];
        }"""
    )
    assert start == pytest.approx(middle_and_bottom, abs=5)
    keep(page, "inspect-links")


def test_pointing_at_a_link_tells_its_numbers_and_enter_selects_it(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/?lang=de&sid=de-river&view=links")
    link = page.locator('.link[data-key="1-1"]')
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Danube” (1) and “Donau” (1): linked; sure gold link.").last).to_be_visible()
    page.wait_for_timeout(300)  # what is seen may be the tip, and the answer still under way
    drawn(page)
    link.locator(".hit").hover(force=True)
    expect(page.locator(TIP)).to_contain_text("“Danube” (1) and “Donau” (1): linked; sure gold link.")
    told = lines(page)
    assert len(told) == 4
    expect(word(page, "target", 1)).to_have_class(re.compile(r"\bhot\b"))
    for line in told:  # the server says the same of what is selected
        expect(page.get_by_text(line).last).to_be_visible()
    page.get_by_role("radio", name="Matrix").click()
    selected = page.locator(f'{GRID} td[aria-selected="true"]')
    expect(selected).to_have_attribute("data-i", "1")
    page.mouse.move(0, 0)
    selected.hover()
    expect(page.locator(TIP)).to_be_visible()
    assert lines(page) == told


def test_the_link_view_is_used_with_keys_alone(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/?lang=de&sid=de-river&view=links")
    word(page, "source", 0).focus()
    for key in ("ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    expect(word(page, "target", 1)).to_be_focused()
    expect(page.locator(TIP)).to_contain_text("Linked with “Danube” (1)")
    page.keyboard.press("Enter")
    expect(word(page, "target", 1)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status").filter(has_text="“Donau” (1): choose a source word")).to_be_visible()
    page.keyboard.press("Escape")
    expect(word(page, "target", 1)).to_have_attribute("aria-pressed", "false")
    for key in ("Enter", "ArrowUp", "ArrowRight", "Enter"):  # the first word and the second
        page.keyboard.press(key)
    made = page.locator('.link[data-key="2-1"]')
    expect(made).to_have_class(re.compile("both changed"))
    expect(page.get_by_text("“flows” (2) and “Donau” (1): linked; no gold link.").last).to_be_visible()
    expect(word(page, "source", 2)).to_be_focused()  # focus stays after the answer
    made.focus()
    page.keyboard.press(" ")
    expect(made).to_have_class(re.compile("both possible changed"))
    expect(made).to_be_focused()
    page.keyboard.press("ArrowLeft")
    found = page.locator('.link[data-key="1-1"]')
    expect(found).to_be_focused()
    page.keyboard.press("Delete")
    expect(found).to_have_class(re.compile("removed changed"))
    expect(found).to_have_attribute("aria-label", re.compile("not linked.*the aligner says: link"))
    expect(page.get_by_text("2 links changed by hand.")).to_be_visible()
    expect(page.get_by_text("“Danube” (LOC): “Donau” → nothing")).to_be_visible()
    expect(found).to_be_focused()


def test_links_are_changed_by_clicks(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/?lang=ar&sid=ar-intro&view=links", dark=True)
    link = page.locator('.link[data-key="0-1"]')
    for classes in ("link both possible changed", "link removed changed", "link both"):
        link.locator(".hit").dispatch_event("click")
        expect(link).to_have_class(re.compile(f"^{classes}( hot| selected| chain-hot)*$"))
    word(page, "source", 0).click()
    word(page, "target", 4).click()
    expect(page.locator('.link[data-key="0-4"]')).to_have_count(1)
    expect(page.get_by_text("1 link changed by hand.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator('.link[data-key="0-4"]')).to_have_count(0)


def test_arabic_words_run_from_the_right_and_others_are_folded(
    address: str, open_page: Open, keep: Keep
) -> None:
    page = open_page(f"{address}/?lang=ar&sid=ar-long&view=links", dark=True)
    expect(page.locator(".words.target")).to_have_attribute("dir", "rtl")
    assert left(word(page, "target", 1)) > left(word(page, "target", 2))
    assert left(word(page, "source", 3)) < left(word(page, "source", 4))
    fold = page.locator(".words.source .fold").first
    fold.click()
    expect(word(page, "source", 0)).to_be_focused()
    word(page, "target", 2).focus()
    page.keyboard.press("ArrowRight")
    expect(word(page, "target", 1)).to_be_focused()
    keep(page, "inspect-links-arabic-dark")


def test_two_alignments_are_told_by_shape_in_the_matrix(address: str, open_page: Open, keep: Keep) -> None:
    page = open_page(
        f"{address}/?lang=ar&sid=ar-long&extraction=itermax&compare=extraction.forward&cells=links",
        width=1600,
        dark=True,
    )
    counts = page.get_by_text("links in both")
    expect(counts).to_have_text(re.compile(r"\d+ links in both, \d+ only by itermax, \d+ only by forward\."))
    both, first, second = map(int, re.findall(r"\d+", counts.inner_text()))
    assert min(both, first, second) > 0
    page.get_by_text("all", exact=True).click()
    for who, n in (("both", both), ("first", first), ("second", second)):
        expect(page.locator(f"{GRID} td .mark.{who}")).to_have_count(n)
    page.get_by_role("radio", name="Side by side").click()
    expect(page.locator(GRID)).to_have_count(2)
    page.locator(GRID).nth(1).locator("td").first.click()
    expect(page.locator(f'{GRID} td[aria-selected="true"]')).to_have_count(2)
    expect(page.get_by_text("“According” (0) and").first).to_be_visible()
    keep(page, "inspect-side-by-side")
