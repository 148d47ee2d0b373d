"""Corrections and Export in a real browser: from a correction to similar ones, to files and back."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.builders import entity
from tests.e2e.conftest import drawn
from tests.xner_core.review.small import pair_of, small_config, small_corpus
from xner_core.corrections.events import Change, Origin, SentenceKey
from xner_core.corrections.store import CorrectionStore
from xner_core.runs.config import RunConfig
from xner_core.runs.run import run
from xner_core.types import Corpus

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Page]
Keep = Callable[[Page, str], None]
ROW = 35


def prepared(folder: Path) -> tuple[Corpus, str]:
    """A small corpus, one sentence of which was corrected, and a run over it that loads no model."""
    corpus, config = small_corpus(folder), small_config(folder)
    manifest = run(RunConfig(corpus=corpus.spec, name="by links", pipeline=config)).manifest()
    assert manifest is not None
    origin = Origin(corpus.spec, corpus.fingerprint, None, config.model_dump(mode="json"))
    change = Change("source_entities", (entity(0, 1, "ORG"),), _version(corpus, "twin-1"))
    CorrectionStore.open().record(pair_of(corpus, "twin-1"), [change], author="Ana", origin=origin)
    return corpus, manifest.id


def _version(corpus: Corpus, name: str) -> int:
    return _state(corpus, name).versions["source_entities"]


def _state(corpus: Corpus, name: str) -> Any:
    return CorrectionStore.open().state(SentenceKey.of(pair_of(corpus, name)))


def test_a_correction_is_found_and_applied_to_similar_sentences(
    address: str, open_page: Open, keep: Keep, tmp_path: Path
) -> None:
    corpus, _ = prepared(tmp_path)
    page = open_page("about:blank", width=1400)
    page.clock.install()
    page.goto(f"{address}/corrections?{urlencode({'corpus': corpus.spec})}")
    listed = page.get_by_test_id("stDataFrame").last
    listed.locator("canvas").first.wait_for()
    origin = Origin(corpus.spec, corpus.fingerprint)
    changes = [Change("note", "new", _state(corpus, "rome").versions["note"])]
    CorrectionStore.open().record(pair_of(corpus, "rome"), changes, author="Bo", origin=origin)
    page.clock.fast_forward(31_000)  # nobody clicks anything
    expect(page.get_by_text("By Bo", exact=True)).to_be_visible()
    keep(page, "corrections-news")
    page.get_by_role("button", name="Show what is new").click()
    expect(page.get_by_text("recorded in this corpus since")).to_have_count(0)
    expect(page.get_by_text("2 of 2 sentences")).to_be_visible()
    listed.click(position={"x": 15, "y": 2.5 * ROW})
    expect(page.get_by_text("Any of these states can be restored")).to_be_visible()
    link = page.get_by_role("link", name="Open in Inspect")
    expect(link).to_have_attribute("href", re.compile("lang=de&sid=twin-1"))
    keep(page, "corrections")

    page.get_by_role("radio", name="Apply to similar").click()
    expect(page.get_by_text("“eva” (PER) should be “eva” (ORG).")).to_be_visible()
    apply = page.get_by_role("button", name=re.compile("^Correct [0-9]+ sentence"))
    expect(apply).to_be_disabled()
    found = page.get_by_test_id("stDataFrame").last
    found.locator("canvas").first.wait_for()
    drawn(page)
    found.click(position={"x": 15, "y": 1.5 * ROW})
    page.get_by_role("textbox", name="Your name").fill("Cy")
    page.get_by_role("textbox", name="Your name").press("Enter")
    expect(apply).to_be_enabled()
    apply.click()
    expect(page.get_by_text("1 sentence was corrected as one step.")).to_be_visible()
    state = _state(corpus, "twin-2")
    assert (state.source_entities, state.authors) == ((entity(0, 1, "ORG"),), ("Cy",))
    keep(page, "corrections-similar")
    page.get_by_role("button", name="Undo all of it").click()
    expect(page.get_by_text("Taken back in 1 of 1 sentences.")).to_be_visible()
    assert _state(corpus, "twin-2").source_entities is None


def test_an_export_is_downloaded_read_changed_and_imported(
    address: str, open_page: Open, keep: Keep, tmp_path: Path
) -> None:
    corpus, run_id = prepared(tmp_path)
    asked = {"corpus": corpus.spec, "xrun": run_id, "scope": "edited"}
    page = open_page(f"{address}/export?{urlencode(asked)}", width=1400, height=1600)
    expect(page.get_by_role("button", name=re.compile("^Download 1 sentence "))).to_be_visible()
    origin = Origin(corpus.spec, corpus.fingerprint)
    changes = [Change("source_entities", (), _version(corpus, "rome"))]  # another count beside the buttons
    CorrectionStore.open().record(pair_of(corpus, "rome"), changes, author="Bo", origin=origin)
    page.get_by_role("combobox", name="Format").click()
    page.get_by_role("option", name="CoNLL-2003").click()
    expect(page.get_by_role("button", name=re.compile("^Download 2 sentences "))).to_be_visible()
    expect(page.get_by_role("radio", name="Edited (2)")).to_be_checked()

    asked = {"corpus": corpus.spec, "xrun": run_id, "format": "doccano"}
    page = open_page(f"{address}/export?{urlencode(asked)}", width=1400, height=1600)
    expect(page.get_by_role("heading", name="What the files lack")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile(r"^Download 5 sentences \(ZIP")).click()
    keep(page, "export")
    assert waiting.value.suggested_filename == "small-jsonl-doccano.zip"
    with zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes())) as archive:
        [name] = [each for each in archive.namelist() if each.endswith(".jsonl")]
        rows = [json.loads(line) for line in archive.read(name).decode().splitlines()]
        assert archive.read("about/losses.csv").decode("utf-8-sig").startswith("sentence,kind,side")
    [eva] = [row for row in rows if row["pair_id"] == "twin-1" and row["side"] == "source"]
    assert (eva["text"], eva["label"]) == ("Eva sings", [[0, 3, "ORG"]])

    for row in rows:
        if row["pair_id"] == "ada" and row["side"] == "target":
            assert row["text"][0:3] == "Ada"
            row["label"] = [[0, 3, "LOC"]]
    file = tmp_path / "edited.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    page.get_by_role("radio", name="Import").click()
    page.locator('input[type="file"]').set_input_files(file)
    expect(page.get_by_text("What would change: target entities in 1.")).to_be_visible()
    expect(page.get_by_role("combobox", name="Format")).to_have_value("doccano JSONL (as it seems)")
    keep(page, "import")
    page.get_by_role("button", name="Take over 1 sentence as corrections").click()
    expect(page.get_by_text("1 sentence was corrected as one step.")).to_be_visible()
    assert _state(corpus, "ada").target_entities == (entity(0, 1, "LOC"),)
