"""A run is described, started, watched, looked at and deleted."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.gold_links import gold_links

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Page]
Keep = Callable[[Page, str], None]


def test_a_run_from_the_form_to_its_figures(
    address: str, open_page: Open, keep: Keep, tmp_path: Path
) -> None:
    pipeline = gold_links(tmp_path / "links.txt")
    chosen = {"show": "new", "corpus": "demo:de", "aligner": pipeline.aligner.name, "candidates": "ngrams"}
    page = open_page(f"{address}/runs?{urlencode(chosen)}", width=1400)
    page.get_by_label("Name").fill("By gold links")
    page.get_by_label("Name").press("Enter")
    keep(page, "runs-new")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_text("demo:de · projection · 24 sentences")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("by-gold-links"))).to_be_visible()
    expect(page.get_by_text("Published figures for these languages")).to_be_visible()
    keep(page, "runs-done")
    assert "show=" not in page.url
    again = open_page(page.url, width=420, dark=True, own=True)
    expect(again.get_by_text("strict IOB2 (seqeval)")).to_be_visible()
    keep(again, "runs-done-narrow-dark")
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("heading", name=re.compile("by-gold-links"))).to_have_count(0)
