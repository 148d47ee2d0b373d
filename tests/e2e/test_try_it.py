"""Try it in a real browser: sentences of 200 words, of which only the picture scrolls."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Page]
Keep = Callable[[Page, str], None]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
NAMES = ["Angela", "Merkel", "met", "Barack", "Obama", "in", "Paris", "and"]
NAMES_ARABIC = ["التقت", "أنجيلا", "ميركل", "باراك", "أوباما", "في", "باريس", "و"]
LONG_WORD = "Donaudampfschiff" * 8


def of_200(words: list[str]) -> str:
    return " ".join([*(words * 25)[:199], LONG_WORD])


def test_of_200_words_only_the_picture_scrolls(address: str, open_page: Open, keep: Keep) -> None:
    marks = "0-2.PER_3-5.PER"
    page = open_page(f"{address}/try_it?example=own&tl=ar&marks={marks}", width=1400, height=1300)
    texts = page.locator("textarea")
    for text, words in ((texts.nth(0), NAMES), (texts.nth(1), NAMES_ARABIC)):
        text.fill(of_200(words))
        text.press("ControlOrMeta+Enter")
    expect(page.locator(".source .word")).to_have_count(200)
    assert page.evaluate(WIDER) <= 0
    page.get_by_role("radio", name="4 Choose").click()
    expect(page.locator(".candidate.chosen").first).to_be_attached()
    rows = page.locator(".scroll")
    for width, dark in ((1400, False), (420, True)):
        page.set_viewport_size({"width": width, "height": 1300})
        page.emulate_media(color_scheme="dark" if dark else "light")
        expect(rows.nth(1)).to_have_js_property("dir", "rtl")
        for row in rows.all():
            assert row.evaluate("each => each.scrollWidth - each.clientWidth") > 1000
            row.evaluate("each => { each.scrollLeft = 0; }")
        assert page.evaluate(WIDER) <= 0
        keep(page, f"try-it-200-words-{width}")
        # The first words of both are seen, and the last ones once one of the rows is scrolled.
        expect(page.locator(".source .word").first).to_be_in_viewport()
        expect(page.locator(".target .word").first).to_be_in_viewport()
        rows.nth(0).evaluate("each => { each.scrollLeft = each.scrollWidth; }")
        for side in ("source", "target"):
            expect(page.locator(f".{side} .word").last).to_be_in_viewport()
            expect(page.locator(f".{side} .word").first).not_to_be_in_viewport()
    rows.nth(0).focus()
    expect(rows.nth(0)).to_be_focused()  # so that the arrows scroll it
