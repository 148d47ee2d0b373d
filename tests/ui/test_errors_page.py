"""Errors: stages, kinds, filters and the list."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.demo import write_demo
from tests.gold_links import gold_links
from tests.ui.app import choose, open_app, rerun, texts
from xner_core.config import Choice
from xner_core.runs.config import RunConfig
from xner_core.runs.diagnose import ERRORS, diagnose_run
from xner_core.runs.folder import find_run
from xner_core.runs.jobs import DiagnosisJob, run_job
from xner_core.runs.run import run
from xner_core.runs.slices import all_slices, save_slice

pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache")]


def diagnosed(tmp_path: Path, spec: str, name: str = "heuristic on gold links", **fields: Any) -> str:
    """Do a run that loads no model and find its errors, and return its id."""
    pipeline = gold_links(tmp_path / "links.txt").model_copy(update={"projector": Choice(name="heuristic")})
    config = RunConfig(corpus=spec, name=name, pipeline=pipeline).model_copy(update=fields)
    found = find_run(str(run(config).path))
    job = DiagnosisJob(*found)
    job.folder.mkdir(parents=True)
    run_job(job.folder, lambda tell: diagnose_run(*found, job.folder / ERRORS, tell))
    return found[1].id


@pytest.fixture
def spec(tmp_path: Path) -> str:
    return write_demo(tmp_path / "corpus.jsonl", ["zh", "fi"], each=12)


@pytest.fixture
def run_id(tmp_path: Path, spec: str) -> str:
    return diagnosed(tmp_path, spec)


def tables(at: AppTest) -> list[Any]:
    """Figures, languages (where all are shown), kinds and errors."""
    return [each.value for each in at.dataframe]


def test_everything_adds_up(spec: str, run_id: str) -> None:
    at = open_app("errors", corpus=spec, erun=run_id)
    figures, languages, kinds, errors = tables(at)
    assert figures["F1"].iloc[-1] == 1
    assert figures["F1"].iloc[0] + figures["Adds"].sum() == pytest.approx(1)
    assert figures["Done by gold"].tolist()[:3] == ["The run", "Source entities", "Alignment"]
    assert languages["Language"].tolist() == ["Chinese (zh)", "Finnish (fi)"]
    assert (languages["F1"] + languages.drop(columns=["Language", "F1"]).sum(axis=1)).tolist() == [
        pytest.approx(1)
    ] * 2
    assert kinds["Errors"].sum() == len(errors) > 0
    assert kinds.drop(columns=["Kind", "More precisely", "Errors", "What it means"]).sum().sum() == len(
        errors
    )
    assert set(errors["Owed to"]) <= set(figures["Done by gold"])
    assert any(text.startswith(f"{len(errors):,} errors; ") for text in texts(at))
    assert f"{len(errors):,} of {len(errors):,} errors" in texts(at)
    [chart] = at.get("plotly_chart")
    assert "waterfall" in chart.proto.spec


def test_a_language_is_chosen_by_the_url(spec: str, run_id: str) -> None:
    at = open_app("errors", corpus=spec, erun=run_id)
    everything = tables(at)[3]
    at = choose(at, "elang", "fi")
    assert at.query_params["elang"] == "fi"
    figures, _, errors = tables(at)
    of_language = everything[everything["Language"] == "Finnish"]
    assert errors["Id"].tolist() == of_language["Id"].tolist() != []
    assert figures["F1"].iloc[0] == tables(open_app("errors", corpus=spec, erun=run_id))[1]["F1"].iloc[1]


def test_filters_leave_what_they_say(spec: str, run_id: str) -> None:
    everything = tables(open_app("errors", corpus=spec, erun=run_id))[3]
    first = everything.iloc[0]
    at = open_app(
        "errors",
        corpus=spec,
        erun=run_id,
        ekind=first["Kind"],
        edetail=first["More precisely"],
        elabel=first["Label"],
        estage="solver",
    )
    errors = tables(at)[3]
    kept = everything[
        (everything["Kind"] == first["Kind"])
        & (everything["More precisely"] == first["More precisely"])
        & (everything["Label"] == first["Label"])
        & (everything["Owed to"] == "Solver")
    ]
    assert errors["Id"].tolist() == kept["Id"].tolist() != []
    at.button(key="eclear").click()
    assert len(tables(rerun(at))[3]) == len(everything)
    assert "ekind" not in at.query_params


def test_the_search_looks_into_both_sentences_and_ids(spec: str, run_id: str) -> None:
    everything = tables(open_app("errors", corpus=spec, erun=run_id))[3]
    one = everything["Id"].iloc[0]
    found = tables(open_app("errors", corpus=spec, erun=run_id, eq=one.upper()))[3]
    assert set(found["Id"]) == {one}
    assert len(tables(open_app("errors", corpus=spec, erun=run_id, eq="the"))[3]) > 0
    at = open_app("errors", corpus=spec, erun=run_id, eq="nothing like this")
    assert "No error is left by these filters" in at.info[0].value
    assert at.get("download_button")[0].proto.disabled


def test_a_count_sets_the_filters(spec: str, run_id: str) -> None:
    at = open_app("errors", corpus=spec, erun=run_id)
    kinds = tables(at)[2]
    key = f"ekinds-{run_id}-all"
    row = int(kinds["Solver"].fillna(0).argmax())
    at.session_state[key] = {"selection": {"rows": [], "columns": [], "cells": [(row, "Solver")]}}
    at = rerun(at)
    assert (at.query_params["ekind"], at.query_params["edetail"], at.query_params["estage"]) == (
        kinds["Kind"][row],
        kinds["More precisely"][row],
        "solver",
    )
    assert len(tables(at)[3]) == kinds["Solver"][row]
    at = choose(at, "estage", "all")  # the cell is still selected, and stays silent
    assert "estage" not in at.query_params
    assert len(tables(at)[3]) == kinds["Errors"][row]
    at.session_state[key] = {"selection": {"rows": [], "columns": [], "cells": [(row, "Kind")]}}
    at = rerun(at)
    assert "edetail" not in at.query_params
    assert len(tables(at)[3]) == kinds[kinds["Kind"] == kinds["Kind"][row]]["Errors"].sum()
    at.session_state[key] = {"selection": {"rows": [], "columns": [], "cells": [(999, "Kind")]}}
    rerun(at)


def test_a_row_is_read_and_leads_to_inspect(spec: str, run_id: str) -> None:
    at = open_app("errors", corpus=spec, erun=run_id, elang="zh")
    key = next(each.key for each in at.dataframe if str(each.key).startswith("errors-"))
    at.session_state[key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    at = rerun(at)
    shown = texts(at)
    [sentence] = [text for text in shown if "Settled by" in text]
    assert sentence.endswith("Settled by the exact solver.")
    [link] = at.get("page_link")
    assert "sid=" in link.proto.query_string
    assert "projector=heuristic" in link.proto.query_string
    # No aligner of Inspect gives links from a file.
    assert any("it has no aligner links" in caption.value for caption in at.caption)


def test_filters_are_kept_under_a_name_applied_and_deleted(spec: str, run_id: str) -> None:
    save_slice("finnish", {"elang": "fi", "estage": "solver"})
    at = open_app("errors", corpus=spec, erun=run_id, ekind="missed")
    at.button(key="eapply").click()
    at = rerun(at)
    assert {key: at.query_params.get(key) for key in ("elang", "estage", "ekind")} == {
        "elang": "fi",
        "estage": "solver",
        "ekind": None,
    }
    at.button(key="edelete").click()
    at = rerun(at)
    assert all_slices() == []
    at.text_input(key="ename").input("mine")
    at.button(key="esave").click()
    rerun(at)
    assert [(one.name, one.filters) for one in all_slices()] == [
        ("mine", {"elang": "fi", "estage": "solver"})
    ]


def test_nothing_is_saved_without_a_name_or_a_filter(spec: str, run_id: str) -> None:
    assert open_app("errors", corpus=spec, erun=run_id).button(key="esave").disabled
    at = open_app("errors", corpus=spec, erun=run_id, ekind="missed")
    at.button(key="esave").click()
    assert any("printable characters" in text for text in texts(rerun(at)))
    assert all_slices() == []


def test_a_corpus_without_gold_is_told(tmp_path: Path) -> None:
    bare = write_demo(tmp_path / "bare.jsonl", each=2, without=["target_tags"])
    at = open_app("errors", corpus=bare)
    assert "no gold target entities" in at.info[0].value
    assert not at.dataframe


def test_no_error_at_all(tmp_path: Path) -> None:
    spec = write_demo(tmp_path / "easy.jsonl", ["de"], each=1)
    at = open_app("errors", corpus=spec, erun=diagnosed(tmp_path, spec))
    assert "Every entity is right" in at.success[0].value
    assert len(at.dataframe) == 1


def test_a_deleted_list_can_be_made_again(spec: str, run_id: str) -> None:
    job = DiagnosisJob(*find_run(run_id))
    (job.folder / ERRORS).unlink()
    at = open_app("errors", corpus=spec, erun=run_id)
    assert at.warning[0].value == "The list of errors was deleted."
    at.button[0].click()
    rerun(at)
    assert job.state().status == "running"


def test_the_errors_of_a_new_run_are_found_by_themselves(tmp_path: Path, spec: str) -> None:
    place = run(RunConfig(corpus=spec, name="new", pipeline=gold_links(tmp_path / "links.txt")))
    found = find_run(str(place.path))
    at = open_app("errors", corpus=spec, erun=found[1].id)
    assert DiagnosisJob(*found).state().status == "running"
    assert len(at.get("progress")) == 1
    assert not at.dataframe
