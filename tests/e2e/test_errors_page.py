"""Errors in a real browser: from a count to an error and its way to Inspect."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.gold_links import gold_links
from xner_core.config import Choice
from xner_core.runs.config import RunConfig
from xner_core.runs.run import run

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Page]
Keep = Callable[[Page, str], None]
ROW = 35
EVIL_ID = "![a](stolen.png)"


def made(tmp_path: Path, spec: str) -> str:
    """Do a run that loads no model, where the server finds it, and return its id."""
    pipeline = gold_links(tmp_path / "links.txt")
    with (tmp_path / "links.txt").open("a", encoding="utf-8") as links:
        links.write(f"{EVIL_ID}\t0-0 2-2\n")
    pipeline = pipeline.model_copy(update={"projector": Choice(name="heuristic")})
    manifest = run(RunConfig(corpus=spec, name="by gold links", pipeline=pipeline)).manifest()
    assert manifest is not None
    return manifest.id


def test_a_count_leads_to_its_errors_and_these_to_inspect(
    address: str, open_page: Open, keep: Keep, tmp_path: Path
) -> None:
    asked = {"corpus": "demo:zh", "erun": made(tmp_path, "demo:zh")}
    page = open_page(f"{address}/errors?{urlencode(asked)}", width=1400, height=1900)
    expect(page.get_by_text("What each stage costs")).to_be_visible()
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    expect(page.locator(".ytick text", has_text="Source entities")).to_be_visible()
    kinds = page.locator('[data-testid="stDataFrame"]').nth(1)
    kinds.locator("canvas").first.wait_for()
    kinds.click(position={"x": 30, "y": 1.5 * ROW})  # the kind of the most errors
    expect(page.get_by_role("button", name="Show all")).to_be_visible()
    asked["ekind"] = "missed"
    expect(page).to_have_url(f"{address}/errors?{urlencode(asked)}")
    keep(page, "errors")

    again = open_page(page.url, width=420, height=2400, dark=True, own=True)  # a permalink
    expect(again.get_by_role("button", name="Show all")).to_be_visible()
    keep(again, "errors-narrow-dark")

    errors = page.locator('[data-testid="stDataFrame"]').nth(2)
    errors.locator("canvas").first.wait_for()
    errors.click(position={"x": 15, "y": 1.5 * ROW})
    expect(page.get_by_text("is missed:").first).to_be_visible()
    link = page.get_by_role("link", name="Inspect under the settings of the run")
    expect(link).to_have_attribute("href", re.compile("lang=zh&sid=zh-.*&projector=heuristic"))


def test_words_that_mean_harm_are_words(
    address: str, open_page: Open, corpus_file: Callable[..., str], tmp_path: Path
) -> None:
    evil = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![a](stolen.png)", "=1+1", "$x$"]
    row = {
        "id": EVIL_ID,
        "source_lang": "en",
        "target_lang": "de",
        "source_tokens": evil,
        "source_tags": ["B-PER", "O", "B-LOC", "O", "O"],
        "target_tokens": evil,
        "target_tags": ["B-LOC", "B-PER", "B-ORG", "B-LOC", "O"],
    }
    spec = corpus_file(row)
    page = open_page(
        f"{address}/errors?{urlencode({'corpus': spec, 'erun': made(tmp_path, spec)})}", height=1900
    )
    expect(page.get_by_text("Kinds of error")).to_be_visible()
    errors = page.locator('[data-testid="stDataFrame"]').nth(2)
    errors.locator("canvas").first.wait_for()
    errors.click(position={"x": 15, "y": 1.5 * ROW})
    expect(page.get_by_text(" ".join(evil)).first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_test_id("stDownloadButton").get_by_role("button").click()
    written = download.value.path().read_text(encoding="utf-8")
    assert "'=1+1" in written
    assert ",=1+1" not in written
