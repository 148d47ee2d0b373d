"""The Alignment page in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import drawn
from tests.sweeps import save_sweep
from xner_core.paths import data_folder
from xner_core.registry import COMPONENTS
from xner_core.runs.align_sweep import KIND

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Page]
Keep = Callable[[Page, str], None]
LAYERS = list(range(13))
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
EXTRACTIONS = list(COMPONENTS["extraction"])


@pytest.fixture
def run() -> Iterator[str]:
    """A saved sweep of all layers and extractions, which the server finds too."""
    rows = [
        {
            "layer": layer,
            "extraction": name,
            "aer": 0.07 + abs(layer - 7) / 50 + column / 40,
            "precision": 0.9,
            "recall": 0.8,
            "links": 100,
        }
        for layer in LAYERS
        for column, name in enumerate(EXTRACTIONS)
    ]
    best, default = rows[7 * len(EXTRACTIONS)], rows[8 * len(EXTRACTIONS) + 1]
    run = save_sweep(layers=LAYERS, extractions=EXTRACTIONS, rows=rows, best=best, default=default)
    yield run
    (data_folder() / "runs" / KIND / f"{run}.json").unlink()


def test_a_sweep_is_seen_at_one_look(address: str, open_page: Open, keep: Keep, run: str) -> None:
    page = open_page(f"{address}/alignment?run={run}", width=1600, height=1700)
    expect(page.get_by_text(f"Best: layer 7 with {EXTRACTIONS[0]}, AER .070")).to_be_visible()
    expect(page.locator(".js-plotly-plot .heatmap-label")).to_have_count(len(LAYERS) * len(EXTRACTIONS))
    table = page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible()
    assert page.evaluate(WIDER) <= 0
    keep(page, "alignment-light-1600")
    page.set_viewport_size({"width": 420, "height": 1700})
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".stApp")).to_have_css("color-scheme", "dark")
    expect(page.locator(".js-plotly-plot .heatmap-label")).to_have_count(len(LAYERS) * len(EXTRACTIONS))
    keep(page, "alignment-dark-420")
    assert page.evaluate(WIDER) <= 0

    table.click(position={"x": 17, "y": 35 + 35 + 17})  # the box of the second row
    link = page.get_by_role("link", name=f"Inspect with your choice: layer 6, {EXTRACTIONS[0]}")
    expect(link).to_be_visible()
    for width in (420, 1400):  # cells are narrow, and then wide
        page.set_viewport_size({"width": width, "height": 1700})
        mark = page.locator(".js-plotly-plot .heatmap-label")
        expect(mark).to_have_count(len(LAYERS) * len(EXTRACTIONS))
        page.wait_for_timeout(500)  # plotly follows the width a moment later
        drawn(page)
        layer, extraction = (3, 2) if width == 420 else (10, 0)
        box = mark.nth(layer * len(EXTRACTIONS) + extraction).bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(page).to_have_url(re.compile(f"a-pick={layer}[.]{EXTRACTIONS[extraction]}$"))
        name = f"Inspect with your choice: layer {layer}, {EXTRACTIONS[extraction]}"
        expect(page.get_by_role("link", name=name)).to_be_visible()
    page.get_by_role("link", name="Inspect with your choice").click()
    expect(page.get_by_role("heading", name="Inspect", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(f"aligner.e5-small.layer=10.*extraction={EXTRACTIONS[0]}"))
