"""Dashboard in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.e2e.conftest import drawn

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Page]
Keep = Callable[[Page, str], None]
PICTURE = ".js-plotly-plot"


def _open(open_page: Open, url: str) -> Page:
    """Open the dashboard of a small part of the demonstration; who comes first computes it."""
    page = open_page(url, height=1600)
    expect(page.locator(PICTURE).first).to_be_visible(timeout=120_000)
    drawn(page)
    return page


def _settled(place: Locator) -> FloatRect:
    """Where it is, once plotly has laid the picture out."""
    before, box = None, place.bounding_box()
    while box is None or box != before:
        place.page.wait_for_timeout(150)
        before, box = box, place.bounding_box()
    return box


def test_f1_is_computed_shown_and_kept(address: str, open_page: Open, keep: Keep) -> None:
    page = open_page(f"{address}/dashboard")
    expect(page.locator(PICTURE)).to_be_visible(timeout=120_000)
    for language in ("German (de)", "Yoruba (yo)", "Chinese (zh)"):
        expect(page.locator(".ytick text", has_text=language)).to_be_visible()
    for method in ("Heuristic", "Greedy", "ILP"):
        expect(page.locator(".legendtext", has_text=method)).to_be_visible()
    expect(page.get_by_text(re.compile("strict IOB2 .* 336 sentences"))).to_be_visible()
    keep(page, "dashboard")
    page.reload()
    expect(page.locator(PICTURE)).to_be_visible(timeout=15_000)  # the runs are kept
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
        for n in range(200)
    ]
    page = open_page(f"{address}/dashboard?corpus={corpus_file(*rows)}")
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.locator(PICTURE)).to_be_visible(timeout=120_000)
    expect(page.locator(".ytick text")).to_have_text("German (de)n 400")


def test_the_corpus_goes_along_to_the_other_page(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/?corpus=demo:fr")
    expect(page.get_by_text("Target · French")).to_be_visible()
    page.get_by_role("link", name="Dashboard").click()
    expect(page.locator(".ytick text")).to_contain_text("French (fr)", timeout=120_000)
    page.get_by_role("link", name="Inspect").click()
    expect(page.get_by_text("Target · French")).to_be_visible()


@pytest.mark.parametrize(
    ("parameters", "mark", "chosen"),
    [
        ("&d-picture=heatmap", ".scatterlayer .trace path.point >> nth=2", "Heuristic · French (fr)"),
        (
            "&show=buckets",
            ".barlayer .trace >> nth=1 >> path >> nth=0",
            "Greedy · all languages · Entity length: 1",
        ),
    ],
)
def test_a_mark_leads_to_its_sentences(
    parameters: str, mark: str, chosen: str, address: str, open_page: Open
) -> None:
    page = _open(open_page, f"{address}/dashboard?corpus=demo:fr{parameters}")
    box = _settled(page.locator(mark).first)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_text(f"Chosen: {chosen}.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d+ sentences, \d+ with errors that count here"))).to_be_visible()
    assert "d-pick=" in page.url
    page.reload()
    expect(page.get_by_text(f"Chosen: {chosen}.")).to_be_visible()


def test_by_keyboard_from_the_table_to_inspect(address: str, open_page: Open) -> None:
    page = _open(open_page, f"{address}/dashboard?corpus=demo:fr")
    page.get_by_role("button", name="Save the table").focus()
    page.keyboard.press("Shift+Tab")  # into the table before it
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    expect(page.get_by_text(re.compile(r"Chosen: \w+ · French"))).to_be_visible()
    page.get_by_test_id("data-grid-canvas").nth(1).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    link = page.get_by_role("link", name="Inspect this sentence")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Target · French")).to_be_visible()
    assert "sid=" in page.url


def test_pictures_and_tables_are_saved(address: str, open_page: Open, tmp_path: Path) -> None:
    page = _open(open_page, f"{address}/dashboard?corpus=demo:fr&d-file=svg")
    page.locator(PICTURE).hover()
    with page.expect_download() as picture:
        page.locator(".modebar-btn").first.click()
    assert picture.value.suggested_filename == "f1-dots.svg"
    picture.value.save_as(tmp_path / "picture.svg")
    drawing = (tmp_path / "picture.svg").read_text(encoding="utf-8")
    assert "French (fr)" in drawing
    assert "fill: rgb(255, 255, 255)" in drawing
    with page.expect_download() as table:
        page.get_by_role("button", name="Save the table (CSV)").click()
    table.value.save_as(tmp_path / "table.csv")
    assert (tmp_path / "table.csv").read_text(encoding="utf-8-sig").startswith("Language,Method,F1,From,To,")
