"""Dashboard in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Page]
Keep = Callable[[Page, str], None]


def test_f1_is_computed_shown_and_kept(address: str, open_page: Open, keep: Keep) -> None:
    page = open_page(f"{address}/dashboard")
    expect(page.locator(".js-plotly-plot")).to_be_visible(timeout=120_000)
    for language in ("German (de)", "Yoruba (yo)", "Chinese (zh)"):
        expect(page.locator(".ytick text", has_text=language)).to_be_visible()
    for projector in ("Heuristic", "Greedy", "ILP"):
        expect(page.locator(".legendtext", has_text=projector)).to_be_visible()
    expect(page.get_by_text(re.compile("strict IOB2 .* 336 sentences"))).to_be_visible()
    keep(page, "dashboard")
    page.reload()
    expect(page.locator(".js-plotly-plot")).to_be_visible(timeout=15_000)  # from the cache
    expect(page.get_by_role("progressbar")).to_have_count(0)


def test_progress_is_visible(address: str, open_page: Open, corpus_file: Callable[..., str]) -> None:
    new = uuid4().hex  # or the result of an earlier run would be found
    rows = [
        {
            "id": f"{new}-{n}",
            "source_lang": "en",
            "target_lang": "de",
            "source_tokens": ["Anna", "saw", "Bonn", str(n)],
            "source_tags": ["B-PER", "O", "B-LOC", "O"],
            "target_tokens": ["Anna", "sah", "Bonn", str(n)],
            "target_tags": ["B-PER", "O", "B-LOC", "O"],
        }
        for n in range(600)
    ]
    page = open_page(f"{address}/dashboard?corpus={corpus_file(*rows)}")
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.locator(".js-plotly-plot")).to_be_visible(timeout=120_000)
    expect(page.locator(".ytick text")).to_have_text("German (de)")


def test_the_corpus_goes_along_to_the_other_page(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/?corpus=demo:fr")
    expect(page.get_by_text("Target · French")).to_be_visible()
    page.get_by_role("link", name="Dashboard").click()
    expect(page.locator(".ytick text")).to_have_text("French (fr)", timeout=120_000)
    page.get_by_role("link", name="Inspect").click()
    expect(page.get_by_text("Target · French")).to_be_visible()
