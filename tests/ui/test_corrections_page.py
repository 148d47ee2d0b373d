"""Corrections: counts, the list, the queue, similar sentences, agreement and orphans."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.app import choose, open_app, rerun, texts
from tests.ui.jobs_at_once import jobs_at_once
from tests.xner_core.review.small import entities, pair_of, small_config, small_corpus
from ui.components import correction_agreement
from xner_core.config import PipelineConfig
from xner_core.corrections.events import Change, Origin, SentenceKey
from xner_core.corrections.store import CorrectionStore
from xner_core.runs.config import RunConfig
from xner_core.runs.run import run
from xner_core.types import Corpus, SentencePair

__all__ = ["jobs_at_once"]
pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache", "jobs_at_once")]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return small_corpus(tmp_path)


@pytest.fixture
def config(tmp_path: Path) -> PipelineConfig:
    return small_config(tmp_path)


@pytest.fixture
def run_id(corpus: Corpus, config: PipelineConfig) -> str:
    """A run that loads no model."""
    manifest = run(RunConfig(corpus=corpus.spec, name="by links", pipeline=config)).manifest()
    assert manifest is not None
    return manifest.id


def say(
    corpus: Corpus, config: PipelineConfig, pair: SentencePair, author: str = "Ana", **values: Any
) -> None:
    store = CorrectionStore.open()
    state = store.state(SentenceKey.of(pair))
    changes = [Change(kind, value, state.versions[kind]) for kind, value in values.items()]  # type: ignore
    origin = Origin(corpus.spec, corpus.fingerprint, None, config.model_dump(mode="json"))
    store.record(pair, changes, author=author, origin=origin)


def state_of(corpus: Corpus, name: str) -> Any:
    return CorrectionStore.open().state(SentenceKey.of(pair_of(corpus, name)))


def table(at: AppTest, column: str) -> Any:
    """The first table that has a column."""
    return next(each.value for each in at.dataframe if column in each.value)


def select(at: AppTest, beginning: str, *rows: int) -> AppTest:
    key = next(str(each.key) for each in at.dataframe if str(each.key).startswith(beginning))
    at.session_state[key] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    return rerun(at)


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("done", "Nobody has corrected or reviewed"),
        ("similar", "Nobody has corrected entities or links"),
        ("agreement", "Nobody has corrected or reviewed"),
        ("orphans", "Every sentence that was corrected here is still in the corpus"),
    ],
)
def test_where_nothing_was_done_it_says_what_to_do(corpus: Corpus, view: str, said: str) -> None:
    at = open_app("corrections", corpus=corpus.spec, cview=view)
    assert at.info[0].value.startswith(said)
    assert not at.dataframe


def test_what_was_done_is_counted_listed_and_told(corpus: Corpus, config: PipelineConfig) -> None:
    say(corpus, config, pair_of(corpus, "ada"), target_entities=(), status="approved", note="**x**")
    say(corpus, config, pair_of(corpus, "ada"), "Bo", links=((0, 1, "sure"),))
    say(corpus, config, pair_of(corpus, "rome"), "Bo", status="rejected")
    at = open_app("corrections", corpus=corpus.spec)
    assert [(each.label, each.value) for each in at.metric] == [
        ("Approved", "1"),
        ("Rejected", "1"),
        ("Needs review", "0"),
        ("Edited", "1"),
        ("Not reviewed", "3"),
    ]
    assert table(at, "Author").values.tolist() == [["Bo", 2], ["Ana", 1]]
    listed = table(at, "Changed")
    assert listed["Id"].tolist() == ["rome", "ada"]  # what was changed last comes first
    assert listed["Changed"].tolist() == ["status", "target entities, links, status, note"]
    at = select(at, "corrected-", 1)
    assert table(at, "What")["What"].tolist() == [
        "linked source word 1 with target word 2 (sure)",
        "set the target to have no entity; set the status to approved; wrote a note",
    ]
    assert "Ada met Bo ." in texts(at)
    assert "Note: **x**" in texts(at)
    [link] = at.get("page_link")
    assert "sid=ada" in link.proto.query_string


def test_filters_leave_what_they_say(corpus: Corpus, config: PipelineConfig) -> None:
    say(corpus, config, pair_of(corpus, "ada"), target_entities=(), status="approved")
    say(corpus, config, pair_of(corpus, "rome"), "Bo", status="rejected", note="Odd")
    say(corpus, config, pair_of(corpus, "none"), "Bo", links=((0, 1, "sure"),))
    for asked, left in (
        ({"cstatus": "approved"}, ["ada"]),
        ({"cauthor": "Bo"}, ["none", "rome"]),
        ({"ckind": "links"}, ["none"]),
        ({"cq": "ROM"}, ["rome"]),
        ({"cq": "odd"}, ["rome"]),
        ({"cq": "regnet", "cauthor": "Bo"}, ["none"]),
    ):
        at = open_app("corrections", corpus=corpus.spec, **asked)
        assert table(at, "Changed")["Id"].tolist() == left, asked
    at = open_app("corrections", corpus=corpus.spec, cstatus="approved", cauthor="Bo")
    assert "No sentence is left" in at.info[0].value
    at.button(key="cclear").click()
    at = rerun(at)
    assert len(table(at, "Changed")) == 3
    assert "cstatus" not in at.query_params


def test_the_queue_leaves_out_what_was_reviewed(corpus: Corpus, config: PipelineConfig, run_id: str) -> None:
    asked = {"corpus": corpus.spec, "cview": "queue", "crun": run_id}
    before = table(open_app("corrections", **asked), "Need")
    assert before["Need"].is_monotonic_decreasing
    first, last = before["Id"].iloc[0], before["Id"].iloc[-1]
    say(corpus, config, pair_of(corpus, first), status="approved")
    say(corpus, config, pair_of(corpus, last), status="needsReview")
    at = open_app("corrections", **asked)
    after = table(at, "Need")
    assert after["Id"].tolist() == [last, *before["Id"].tolist()[1:-1]]
    assert after["Status"].iloc[0] == "needs review"
    [progress] = at.get("progress")
    assert progress.proto.text == "Reviewed: 1 of 5 sentences"
    assert f"sid={last}" in at.get("page_link")[0].proto.query_string
    at = select(at, "queue-", 1)
    assert f"sid={after['Id'].iloc[1]}" in at.get("page_link")[1].proto.query_string
    for name in after["Id"]:
        say(corpus, config, pair_of(corpus, name), status="rejected")
    assert "the queue is empty" in open_app("corrections", **asked).success[0].value


def test_similar_sentences_are_ticked_corrected_and_taken_back(
    corpus: Corpus, config: PipelineConfig
) -> None:
    say(corpus, config, pair_of(corpus, "twin-1"), source_entities=entities((0, 1, "ORG")))
    at = open_app("corrections", corpus=corpus.spec, cview="similar")
    assert at.selectbox(key="cstep").options == [
        "twin-1 · Ana set the entities of the source to ORG (word 1)"
    ]
    assert "“eva” (PER) should be “eva” (ORG)." in texts(at)
    assert table(at, "Before → after")["Id"].tolist() == ["twin-2"]
    assert at.button(key="similar-apply").disabled  # none is ticked to begin with
    at = select(at, "similar-", 0)
    at.text_input(key="author-name").set_value("Cy")
    at.button(key="similar-apply").click()
    at = rerun(at)
    assert at.success[0].value == "1 sentence was corrected as one step."
    state = state_of(corpus, "twin-2")
    assert (state.source_entities, state.authors) == (entities((0, 1, "ORG")), ("Cy",))
    history = CorrectionStore.open().history(SentenceKey.of(pair_of(corpus, "twin-2")))
    assert [(event.action, event.reason) for event in history] == [("similar", "As in twin-1 (event 1)")]
    at.button(key="similar-applied-undo").click()
    at = rerun(at)
    assert "Taken back in 1 of 1 sentences." in [info.value for info in at.info]
    assert state_of(corpus, "twin-2").source_entities is None
    assert state_of(corpus, "twin-1").source_entities == entities((0, 1, "ORG"))


def test_what_somebody_changes_meanwhile_is_not_overwritten(corpus: Corpus, config: PipelineConfig) -> None:
    say(corpus, config, pair_of(corpus, "twin-1"), source_entities=entities((0, 1, "ORG")))
    at = select(open_app("corrections", corpus=corpus.spec, cview="similar"), "similar-", 0)
    say(corpus, config, pair_of(corpus, "twin-2"), "Bo", source_entities=entities((0, 1, "LOC")))
    at = rerun(at)
    assert at.selectbox(key="cstep").value == "1"  # still the one that was looked at
    assert any("1 change was recorded in this corpus since" in each.value for each in at.warning)
    at.button(key="similar-apply").click()
    at = rerun(at)
    assert state_of(corpus, "twin-2").source_entities == entities((0, 1, "LOC"))
    assert any("1 sentence stays" in each.value for each in at.warning)
    assert any("Bo changed the source entities" in text for text in texts(at))


def _watched(spec: str, n_events: int, last: object) -> None:
    """A page that was drawn at some moment."""
    from ui import cache
    from ui.components import as_of

    seen = as_of.Moment(n_events, "", last)  # type: ignore[arg-type]
    as_of._tell(cache.corpus(spec), seen, "Show what is new", None, False)


def test_who_corrected_while_nothing_was_clicked_is_told(corpus: Corpus, config: PipelineConfig) -> None:
    for name in ("ada", "rome"):
        say(corpus, config, pair_of(corpus, name), "Cy", status="approved")
    say(corpus, config, pair_of(corpus, "ada"), "Bo", note="new")
    first = state_of(corpus, "rome").updated
    for seen, n, names in (((0, None), "3 changes were", "By Cy, Bo"), ((2, first), "1 change was", "By Bo")):
        told = dict(zip(("spec", "n_events", "last"), (corpus.spec, *seen), strict=True))
        at = rerun(AppTest.from_function(_watched, kwargs=told))
        [warning] = at.warning
        assert warning.value.startswith(f"{n} recorded in this corpus since")
        assert texts(at) == [names]
    at = open_app("corrections", corpus=corpus.spec)
    assert not at.warning


def test_agreement(corpus: Corpus, config: PipelineConfig, run_id: str) -> None:
    asked = {"corpus": corpus.spec, "cview": "agreement", "crun": run_id}
    ada = pair_of(corpus, "ada")
    say(corpus, config, ada, target_entities=entities((0, 1, "PER")))
    assert "Only one person" in open_app("corrections", **asked).info[0].value
    say(corpus, config, ada, "Bo", status="rejected")
    assert "No two people have judged" in open_app("corrections", **asked).info[0].value
    say(corpus, config, ada, "Bo", target_entities=entities((0, 1, "PER"), (2, 3, "PER")))
    at = open_app("corrections", **asked)
    [row] = table(at, "F1").to_dict("records")
    assert (row["One"], row["Other"], row["Sentences"], row["In common"]) == ("Ana", "Bo", 1, 1)
    assert row["F1"] == pytest.approx(2 / 3)
    assert row["Alpha, marked words"] < row["Alpha"]
    say(corpus, config, pair_of(corpus, "rome"), "Bo", target_entities=())
    at = rerun(at)
    assert table(at, "F1")["F1"].tolist() == [row["F1"]]  # as of when it was asked for
    at.button(key="renew").click()
    assert not rerun(at).warning
    at = choose(at, "cside", "source")
    assert at.query_params["cside"] == "source"
    assert "No two people have judged" in at.info[0].value


def test_orphans_are_shown_and_applied_to_nothing(corpus: Corpus, config: PipelineConfig) -> None:
    ada = pair_of(corpus, "ada")
    other = replace(ada, target=replace(ada.target, words=("Ada", "sah", "Bo")))
    say(corpus, config, other, target_entities=(), note="kept")
    at = open_app("corrections", corpus=corpus.spec, cview="orphans")
    [row] = table(at, "Why").to_dict("records")
    assert (row["Id"], row["Why"], row["Target"], row["Note"]) == (
        "ada",
        "its id has other words now",
        "Ada sah Bo",
        "kept",
    )
    assert at.get("download_button")[0].proto.label == "Download as JSON lines"
    at = select(at, "orphans-", 0)
    assert table(at, "What")["What"].tolist() == ["set the target to have no entity; wrote a note"]
    at = choose(at, "cview", "done")
    assert at.info[0].value.startswith("Nobody has corrected")


def test_where_it_is_kept_is_said(tmp_path: Path) -> None:
    at = open_app("corrections", cview="store")
    said = dict(table(at, "Value").values.tolist())
    assert said["Kind"] == "SQLite file"
    assert said["Place"] == str(tmp_path / "data" / "corrections.sqlite")
    assert at.code[0].value.startswith("xner db backup ")


def test_a_password_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XNER_DATABASE_URL", "postgresql://ana:secret@127.0.0.1:1/xner")
    at = open_app("corrections", cview="store")
    assert at.error[0].value == "This cannot be shown:"
    assert not any("secret" in text for text in texts(at))


def test_every_figure_of_agreement_is_explained() -> None:
    counts = dict.fromkeys(("n_sentences", "n_identical", "n_a", "n_b", "n_both", "n_unknown"), 0)
    none: dict[str, Any] = {"f1": None, "interval": None, "alpha": {"value": None}}
    row = correction_agreement._row({"a": "", "b": "", **counts, **none, "alpha_marked": {"value": None}})
    assert set(correction_agreement._HELP) == set(row) - {"One", "Other"}
