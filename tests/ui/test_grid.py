"""The grid on the page: what it reports is taken in, acknowledged and put into words."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.app import PROMPT, choose, go_to, grid, open_app, rerun, send_changes, texts

pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache")]
DESCRIPTION = "“Keller” (1) and “Keller” (1): linked; sure gold link.\nSimilarity 0.99"


def change(doc: str, seq: int, selected: Any) -> dict[str, Any]:
    return {"doc": doc, "seq": seq, "selected": selected}


def is_described(at: AppTest) -> bool:
    return any(text.startswith(DESCRIPTION) for text in texts(at))


def test_a_selected_cell_is_described_and_acknowledged() -> None:
    at = open_app(lang="de")
    assert PROMPT in texts(at)
    send_changes(at, [change(grid(at)["doc"], 3, [1, 1])])
    assert is_described(at)
    assert PROMPT not in texts(at)
    assert (grid(at)["ack"], grid(at)["selected"]) == (3, [1, 1])


def test_rows_are_source_words_and_columns_target_words() -> None:
    at = open_app(lang="de", sid="de-one-for-three")  # 12 source words, 9 target words
    doc = grid(at)["doc"]
    send_changes(at, [change(doc, 1, [11, 8])])
    assert grid(at)["selected"] == [11, 8]
    send_changes(at, [change(doc, 2, [8, 11])])
    assert grid(at)["selected"] == [11, 8]


def test_deselecting_brings_the_prompt_back() -> None:
    at = open_app(lang="de")
    doc = grid(at)["doc"]
    send_changes(at, [change(doc, 1, [1, 1])])
    send_changes(at, [change(doc, 2, None)])
    assert PROMPT in texts(at)
    assert (grid(at)["ack"], grid(at)["selected"]) == (2, None)


def test_a_late_event_is_neither_shown_nor_acknowledged() -> None:
    at = open_app(lang="de")
    doc = grid(at)["doc"]
    send_changes(at, [change(doc, 4, [1, 1])])
    send_changes(at, [change(doc, 2, [0, 0])])
    assert is_described(at)
    assert grid(at)["ack"] == 4


def test_each_sentence_keeps_its_own_cell() -> None:
    at = open_app(lang="de")
    first = grid(at)["doc"]
    send_changes(at, [change(first, 7, [1, 1])])
    at.button(key="step1").click()
    rerun(at)  # the browser still reports what was done with the first sentence
    assert grid(at)["doc"] != first
    assert (grid(at)["ack"], grid(at)["selected"]) == (0, None)
    assert PROMPT in texts(at)
    send_changes(at, [change(grid(at)["doc"], 1, [0, 2])])
    assert (grid(at)["ack"], grid(at)["selected"]) == (1, [0, 2])
    at.button(key="step-1").click()
    rerun(at)
    assert (grid(at)["doc"], grid(at)["ack"], grid(at)["selected"]) == (first, 7, [1, 1])
    assert is_described(at)


def test_the_same_sentence_of_another_corpus_is_another_document() -> None:
    at = open_app(corpus="demo", lang="de")
    doc = grid(at)["doc"]
    send_changes(at, [change(doc, 1, [1, 1])])
    other = open_app(corpus="demo:de")
    assert grid(other)["doc"] != doc
    send_changes(other, [change(doc, 1, [1, 1])])
    assert grid(other)["selected"] is None


def test_a_selection_survives_other_settings_and_a_visit_to_the_dashboard() -> None:
    at = open_app(lang="de", corpus="demo")
    send_changes(at, [change(grid(at)["doc"], 1, [1, 1])])
    choose(at, "extraction", "argmax")
    choose(at, "rows-short", "entities")
    assert grid(at)["selected"] == [1, 1]
    go_to(at, "dashboard")
    go_to(at, "inspect")
    assert grid(at)["selected"] == [1, 1]


@pytest.mark.parametrize(
    "cell", [[6, 0], [0, 6], [-1, 0], [True, False], ["0", "0"], [0.0, 0.0], [0], "00", {"i": 0}, 10**30]
)
def test_a_forged_cell_is_ignored(cell: object) -> None:
    at = open_app(lang="de")
    send_changes(at, [change(grid(at)["doc"], 1, cell)])
    assert PROMPT in texts(at)
    assert (grid(at)["ack"], grid(at)["selected"]) == (0, None)


def test_a_click_that_arrives_after_its_sentence_was_left_is_kept() -> None:
    at = open_app(lang="de")
    first = grid(at)["doc"]
    at.session_state["grid"] = {"changes": [change(first, 2, [1, 1])]}  # in one message with the next click
    at.button(key="step1").click()
    rerun(at)
    assert grid(at)["doc"] != first
    assert (grid(at)["ack"], grid(at)["selected"]) == (0, None)
    send_changes(at, [change(first, 3, [0, 0]), change(grid(at)["doc"], 1, [0, 2])])
    assert (grid(at)["ack"], grid(at)["selected"]) == (1, [0, 2])
    at.button(key="step-1").click()
    rerun(at)
    assert (grid(at)["doc"], grid(at)["ack"], grid(at)["selected"]) == (first, 3, [0, 0])


def test_a_change_of_a_sentence_never_shown_is_ignored() -> None:
    at = open_app(lang="de")
    send_changes(at, [change("elsewhere/de-intro", 2, [1, 1])])
    assert "xner:grid:elsewhere/de-intro" not in at.session_state


FORGED = ["text", 1, [], ["doc"], {"doc": {}}, [1], [{"doc": []}], [{"seq": 1}], [None]]


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_report_is_ignored(forged: object) -> None:
    at = open_app(lang="de")
    send_changes(at, forged)
    assert PROMPT in texts(at)
