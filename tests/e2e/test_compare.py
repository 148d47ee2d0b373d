"""Compare in a real browser: from a count to its sentence on Inspect."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Page]
Keep = Callable[[Page, str], None]
ROW, HEADER = 35, 35
NAME, FIGURES, COUNT = 190, 6 * 84, 110
"""Widths of the table's columns in pixels: the language, six figures, a count."""


def test_a_count_leads_to_its_sentences_and_these_to_inspect(
    address: str, open_page: Open, keep: Keep
) -> None:
    page = open_page(f"{address}/compare?corpus=demo:fr&b=heuristic", width=1500, height=1500)
    expect(page.get_by_text("ILP less Heuristic is +")).to_be_visible()
    table = page.locator('[data-testid="stDataFrame"]').first
    table.locator("canvas").first.wait_for()
    table.click(position={"x": NAME + FIGURES + COUNT / 2, "y": HEADER + ROW / 2})  # both right
    expect(page.get_by_text("French (fr) · Both right:")).to_be_visible()
    expect(page).to_have_url(f"{address}/compare?corpus=demo%3Afr&b=heuristic&csort=both")
    table.click(position={"x": NAME + FIGURES + 1.5 * COUNT, "y": HEADER + ROW / 2})  # only A right
    expect(page.get_by_text("French (fr) · Only A right:")).to_be_visible()
    expect(page.locator('[data-testid="stDataFrame"]')).to_have_count(2)  # the list before is gone
    keep(page, "compare")

    sentences = page.locator('[data-testid="stDataFrame"]').nth(1)
    sentences.locator("canvas").first.wait_for()
    sentences.click(position={"x": 15, "y": HEADER + ROW / 2})
    page.get_by_role("link", name="Inspect under the settings of B").click()
    expect(page.get_by_text("Target · French")).to_be_visible()
    expect(page.get_by_role("radio", name="Heuristic")).to_be_checked()
