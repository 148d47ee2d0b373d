"""The Alignment page: saved sweeps, new ones, and the least certain links."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import AttributeDictionary

from tests.demo import write_demo
from tests.sweeps import save_sweep
from tests.ui.app import choose, open_app, open_panel, rerun, texts
from ui.components.uncertain_links import TOP
from xner_core.corpora import load
from xner_core.paths import data_folder
from xner_core.registry import COMPONENTS
from xner_core.runs.align_sweep import KIND
from xner_core.runs.jobs import Job, SweepJob, UncertainLinksJob
from xner_core.runs.saved import saved_runs

pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache")]
PATIENCE_SECONDS = 120


@pytest.fixture
def spec(tmp_path: Path) -> str:
    return write_demo(tmp_path / "corpus.jsonl", ["de", "fr"], each=3)


def select_row(at: AppTest, row: int) -> AppTest:
    """Select a row of the only table."""
    [table] = at.dataframe
    key = table.proto.id.split("-", 2)[2]  # the element's id ends in the key
    at.session_state[key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return rerun(at)


def links(at: AppTest) -> list[tuple[str, dict[str, str]]]:
    """Label and parameters of the links on the page."""
    from urllib.parse import parse_qsl

    found = [link.proto for link in at.get("page_link")]
    return [(link.label, dict(parse_qsl(link.query_string, keep_blank_values=True))) for link in found]


def wait_for(at: AppTest, condition: Callable[[AppTest], bool], job: Job) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not condition(rerun(at)):
        assert time.monotonic() < until, (job.folder / "log.txt").read_text()
        time.sleep(0.3)


def test_without_a_sweep_the_page_says_how_to_make_one() -> None:
    at = open_app("alignment")
    [info] = at.info
    assert "No sweep has been saved yet" in info.value
    assert at.button(key="start").label == "Start"
    assert not at.get("plotly_chart")


def test_every_figure_stands_in_its_place() -> None:
    save_sweep()
    at = open_app("alignment")
    assert "Best: layer 7 with union, AER .062; the default (layer 5, argmax) has .250." in texts(at)
    drawn, _ = json.loads(at.get("plotly_chart")[0].proto.spec)["data"]
    assert drawn["text"] == [[".250", ".500"], [".125", "<b>.062</b>"]]
    table = at.dataframe[0].value
    assert [list(row) for row in table.itertuples(index=False)] == [
        [7, "union", 0.0625, "best", 0.75, 0.5, 9],
        [7, "argmax", 0.125, "", 0.75, 0.5, 9],
        [5, "argmax", 0.25, "default", 0.75, 0.5, 9],
        [5, "union", 0.5, "", 0.75, 0.5, 9],
    ]
    assert list(table.columns) == ["Layer", "Extraction", "AER", "Note", "Precision", "Recall", "Links"]
    captions = [caption.value for caption in at.caption]
    assert "AER by hand · 24 sentences · computed 2026-01-02T03:04:05+00:00" in captions
    assert any("Solid frame: the best. Dotted frame: the default." in caption for caption in captions)


def test_a_sweep_of_f1_has_the_highest_first() -> None:
    rows = [
        {"layer": 7, "extraction": name, "f1": f1, "precision": 0.5, "recall": 0.5, "support": 3}
        for name, f1 in (("argmax", 0.25), ("union", 0.75))
    ]
    save_sweep(measure="f1", layers=[7], rows=rows, best=rows[1], default=None)
    at = open_app("alignment")
    assert list(at.dataframe[0].value["F1"]) == [0.75, 0.25]
    assert "Gold" in at.dataframe[0].value.columns
    assert not any("Dotted" in caption.value for caption in at.caption)


def test_the_latest_is_shown_until_another_is_chosen() -> None:
    first, second = save_sweep("demo:fr"), save_sweep("demo:de")
    at = open_app("alignment")
    picker = at.get_by_key("run")
    assert picker.options == [
        "The latest: e5-small on demo:de · AER · 24 sentences · 2026-01-02 03:04",
        "e5-small on demo:de · AER · 24 sentences · 2026-01-02 03:04",
        "e5-small on demo:fr · AER · 24 sentences · 2026-01-02 03:04",
    ]
    assert at.query_params == {}
    choose(at, "run", first)
    assert at.query_params == {"run": first}
    assert links(at)[0][1]["corpus"] == "demo:fr"
    assert links(open_app("alignment", run=second))[0][1]["corpus"] == "demo:de"
    assert open_app("alignment", run="gone").query_params == {}


def test_a_file_that_is_no_run_is_named() -> None:
    save_sweep()
    (data_folder() / "runs" / KIND / "bad.json").write_text("{")
    at = open_app("alignment")
    assert any("bad.json is not a saved run" in text for text in texts(at))
    assert len(at.get("plotly_chart")) == 1


def test_a_row_leads_to_inspect_with_its_layer_and_extraction() -> None:
    save_sweep()
    at = open_app("alignment")
    given = {"q": "", "aligner": "e5-small", "corpus": "demo:de"}
    best = {**given, "aligner.e5-small.layer": "7", "extraction": "union"}
    assert links(at) == [("Inspect with the best: layer 7, union", best)]
    chosen = {**given, "aligner.e5-small.layer": "5", "extraction": "argmax"}
    select_row(at, 2)
    assert links(at) == [("Inspect with your choice: layer 5, argmax", chosen)]
    assert at.query_params["a-pick"] == "5.argmax"
    arrived = open_panel(open_app(**chosen), "options")
    assert arrived.get_by_key("extraction").value == "argmax"
    assert arrived.get_by_key("aligner.e5-small.layer").value == "5"


def test_a_cell_of_the_picture_leads_where_its_row_leads() -> None:
    save_sweep()
    at = open_app("alignment")
    marks = json.loads(at.get("plotly_chart")[0].proto.spec)["data"][1]
    key = at.get("plotly_chart")[0].proto.id.split("-", 2)[2]
    point = {"customdata": marks["customdata"][0], "curve_number": 1, "point_index": 0}
    at.session_state[key] = AttributeDictionary({"selection": {"points": [point]}})
    rerun(at)
    picture = links(at)
    assert picture[0][0] == "Inspect with your choice: layer 5, argmax"
    assert at.query_params == {"a-pick": "5.argmax"}
    assert links(open_app("alignment", **at.query_params)) == picture
    select_row(at, 3)
    assert links(at)[0][0] == "Inspect with your choice: layer 5, union"
    for gone in ("9.argmax", "![x](y)"):
        assert links(open_app("alignment", **{"a-pick": gone}))[0][0].startswith("Inspect with the best")


@pytest.mark.parametrize("row", [99, -1])
def test_a_row_that_is_not_there_is_none(row: int) -> None:
    save_sweep()
    assert links(select_row(open_app("alignment"), row))[0][0].startswith("Inspect with the best")


def test_what_inspect_cannot_show_has_no_link() -> None:
    save_sweep(aligner="encoder:some/model")
    assert links(open_app("alignment")) == []
    save_sweep(corpus="a.src-tgt with a.gold")
    assert "corpus" not in links(open_app("alignment"))[0][1]


def test_a_sweep_is_started_watched_and_shown(spec: str) -> None:
    old = save_sweep()
    at = open_app("alignment", corpus=spec, run=old)
    at.get_by_key("sweep-layers").set_value("7")
    at.get_by_key("sweep-extractions").set_value(["argmax", "itermax"])
    rerun(at)
    asked = {"measure": "aer", "layers": "7", "extractions": ["argmax", "itermax"], "limit": 100}
    job = SweepJob(load(spec), aligner="e5-small", **asked)
    assert job.state().status == "new"
    at.button(key="start").click()
    rerun(at)
    assert job.state().status == "running"
    assert len(at.get("progress")) == 1
    wait_for(at, lambda at: not at.get("progress"), job)
    assert job.state().status == "done", job.state().error
    assert "This is the sweep that is shown." in texts(at)
    assert len(at.dataframe[0].value) == 2
    assert at.query_params == {"corpus": spec}

    choose(at, "run", old)
    assert len(at.dataframe[0].value) == 4
    at.button(key="show").click()
    rerun(at)
    assert len(at.dataframe[0].value) == 2

    [new, _] = saved_runs(KIND).runs
    (data_folder() / "runs" / KIND / f"{new.id}.json").unlink()
    rerun(at)
    at.button(key="start").click()
    rerun(at)
    assert job.state().status == "running"


def test_a_sweep_that_failed_says_why(spec: str) -> None:
    job = SweepJob(load(spec), aligner="e5-small", measure="aer", limit=100)
    job.folder.mkdir(parents=True)
    (job.folder / "error.json").write_text(json.dumps({"message": "no **links** here"}))
    at = open_app("alignment", corpus=spec)
    assert [error.value for error in at.error] == ["The sweep failed:"]
    assert "no **links** here" in texts(at)


def test_bad_layers_are_refused_before_anything_starts() -> None:
    save_sweep()
    at = open_app("alignment", corpus="demo:de")
    at.get_by_key("sweep-layers").set_value("0-99999999")
    rerun(at)
    assert any("names no layers" in text for text in texts(at))
    assert not at.button
    assert len(at.get("plotly_chart")) == 1  # what is saved stays


def test_all_extractions_are_offered() -> None:
    assert open_app("alignment").get_by_key("sweep-extractions").options == list(COMPONENTS["extraction"])


def finish_links(spec: str) -> UncertainLinksJob:
    """Leave behind what a job that listed links leaves behind."""
    corpus = load(spec)
    job = UncertainLinksJob(corpus, "de", 100, TOP)
    job.folder.mkdir(parents=True)
    link = {
        "pair": corpus.pairs[1].id,
        "source": 0,
        "target": 1,
        "source_word": "**a**",
        "target_word": "\u200b",
        "similarity": 0.75,
        "other_target": "c",
        "other_source": None,
        "margin": -0.5,
        "directions": "source only",
        "of_entity": False,
    }
    of_entity = {**link, "pair": corpus.pairs[0].id, "margin": None, "of_entity": True}
    made = {"time": "2026-01-02T03:04:05+00:00"}
    result = {"links": [link, of_entity], "entity_links": [of_entity], "n_pairs": 3, "n_links": 40}
    (job.folder / "result.json").write_text(json.dumps({**result, "provenance": made}))
    return job


def test_the_least_certain_links_are_listed_and_lead_to_inspect(spec: str) -> None:
    finish_links(spec)
    at = open_app("alignment", corpus=spec, view="links", lang="de")
    first, second = load(spec).pairs[:2]
    table = at.dataframe[0].value
    assert list(table.iloc[0]) == [
        -0.5, "**a**", "∅", 0.75, "c", None, "source only", "", " ".join(second.source.words)
    ]  # fmt: skip
    assert list(table["Entity"]) == ["", "✓"]
    assert links(at) == []
    select_row(at, 0)
    assert links(at) == [("Inspect this sentence", {"q": "", "corpus": spec, "lang": "de", "sid": second.id})]
    assert " ".join(second.target.words) in texts(at)

    at.get_by_key("entities").set_value(True)
    rerun(at)
    assert at.query_params == {"corpus": spec, "view": "links", "lang": "de", "entities": "True"}
    assert list(at.dataframe[0].value["Sentence"]) == [" ".join(first.source.words)]
    assert links(at) == []  # the selection was the other table's
    [count] = [caption.value for caption in at.caption if "least certain" in caption.value]
    assert count.startswith("The 1 least certain of 40 links in 3 sentences, of those of entities")


def test_links_are_computed_by_themselves(spec: str) -> None:
    at = open_app("alignment", corpus=spec, view="links", lang="fr")
    assert len(at.get("progress")) == 1
    job = UncertainLinksJob(load(spec), "fr", 100, TOP)
    wait_for(at, lambda at: len(at.dataframe) == 1, job)
    margins = list(at.dataframe[0].value["Margin"].dropna())
    assert margins == sorted(margins)
    assert len(margins) > 10


def test_many_sentences_wait_for_the_button(spec: str) -> None:
    at = open_app("alignment", corpus=spec, view="links", lang="de", first="300")
    assert [button.label for button in at.button] == ["Align the first 300 sentences"]
    assert UncertainLinksJob(load(spec), "de", 300, TOP).state().status == "new"
