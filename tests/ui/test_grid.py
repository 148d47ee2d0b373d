"""The grid on the page: what it reports is taken in, acknowledged and put into words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.app import (
    PROMPT,
    act,
    choose,
    correction,
    go_to,
    grid,
    open_app,
    rerun,
    send_changes,
    texts,
)
from xner_core.alignment.e5_small import E5SmallAligner

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
    assert list(at.session_state["xner:documents"]) == [grid(at)["doc"]]


FORGED = ["text", 1, [], ["doc"], {"doc": {}}, [1], [{"doc": []}], [{"seq": 1}], [None]]


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_report_is_ignored(forged: object) -> None:
    at = open_app(lang="de")
    send_changes(at, forged)
    assert PROMPT in texts(at)


def edit(at: AppTest, seq: int, *edits: list[Any], selected: Any = None) -> AppTest:
    """Change links as the browser does."""
    reported = {"doc": grid(at)["doc"], "seq": seq, "selected": selected, "edits": list(edits), "turn": 0}
    return send_changes(at, [reported])


def open_river(**parameters: str) -> AppTest:
    """The Danube flows through Budapest and Belgrade: word by word in German."""
    return open_app(lang="de", sid="de-river", **parameters)


def projected(at: AppTest) -> list[tuple[int, int]]:
    return [(b["start"], b["end"]) for b in grid(at)["brackets"] if b["kind"] == "projected"]


def said(at: AppTest, start: str) -> str:
    """The only text that starts so."""
    [found] = [text for text in texts(at) if text.startswith(start)]
    return found


BEFORE_NOW = "By the changed links, projected before → now:\n“Danube” (LOC): “Donau” → “Donau fließt”"


def test_the_projection_follows_a_changed_link() -> None:
    at = open_river()
    links = grid(at)["links"]
    assert projected(at)[0] == (1, 2)
    assert "No link is changed: all are the aligner's." in texts(at)
    edit(at, 1, [1, 2, "sure"], selected=[1, 2])
    assert projected(at)[0] == (1, 3)
    assert grid(at)["links"] == links  # the browser lays the edits over what the aligner says
    assert (grid(at)["edits"], grid(at)["ack"]) == ([[1, 2, "sure"]], 1)
    assert "1 link changed by hand." in texts(at)
    about = said(at, "“Danube” (1) and “fließt” (2)").split("\n")
    assert about[:2] == [
        "“Danube” (1) and “fließt” (2): linked; no gold link.",
        "Changed by hand; the aligner says: no link.",
    ]
    assert "\n".join(about).endswith(BEFORE_NOW)
    edit(at, 2)
    assert projected(at)[0] == (1, 2)
    assert "No link is changed: all are the aligner's." in texts(at)


def test_every_projector_and_what_if_follow() -> None:
    at = open_river()
    edit(at, 1, [1, 1, "none"], [1, 3, "sure"], [2, 3, "none"], [3, 3, "none"])
    for projector in ("greedy", "heuristic", "ilp"):
        choose(at, "projector", projector)
        assert projected(at)[0] == (3, 4), projector


def test_a_possible_link_counts_and_is_said() -> None:
    at = open_river()
    edit(at, 1, [1, 2, "possible"], selected=[1, 2])
    assert projected(at)[0] == (1, 3)
    assert said(at, "“Danube” (1) and").startswith(
        "“Danube” (1) and “fließt” (2): linked as possible; no gold"
    )


def test_an_entity_without_links_is_projected_to_nothing() -> None:
    at = open_river()
    edit(at, 1, [1, 1, "none"])
    assert said(at, "Select two words").endswith("“Danube” (LOC): “Donau” → nothing")


def test_the_encoder_does_not_run_for_edits(monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_river()

    def refuse(*_: object) -> None:
        raise AssertionError("the encoder ran")

    monkeypatch.setattr(E5SmallAligner, "compare", refuse)
    for seq in range(1, 4):
        edit(at, seq, *([i, 0, "sure"] for i in range(1, seq + 1)))
    assert "3 links changed by hand." in texts(at)


def test_edits_survive_other_settings_sentences_and_pages() -> None:
    at = open_river()
    edit(at, 1, [1, 2, "sure"])
    choose(at, "extraction", "argmax")
    assert grid(at)["edits"] == [[1, 2, "sure"]]
    assert projected(at)[0] == (1, 3)
    at.button(key="step1").click()
    rerun(at)
    assert grid(at)["edits"] == []
    at.button(key="step-1").click()
    rerun(at)
    assert grid(at)["edits"] == [[1, 2, "sure"]]
    go_to(at, "dashboard")
    open_again = at.switch_page("pages/inspect.py")
    open_again.query_params.update({"lang": "de", "sid": "de-river"})
    assert grid(rerun(at))["edits"] == [[1, 2, "sure"]]


def test_edits_of_a_sentence_that_was_left_meanwhile_are_kept() -> None:
    at = open_river()
    doc = grid(at)["doc"]
    reported = {"doc": doc, "seq": 1, "selected": None, "edits": [[1, 2, "sure"]], "turn": 0}
    at.session_state["grid"] = {"changes": [reported]}
    at.button(key="step1").click()
    rerun(at)
    assert grid(at)["doc"] != doc
    at.button(key="step-1").click()
    assert grid(rerun(at))["edits"] == [[1, 2, "sure"]]


def press(at: AppTest, key: str) -> AppTest:
    at.button(key=f"links-{key}").click()
    return rerun(at)


def test_undo_and_redo() -> None:
    at = open_river()
    assert not correction(at)["can_undo"]
    edit(at, 1, [1, 2, "sure"])
    edit(at, 2, [1, 2, "possible"])
    act(at, "undo")
    assert grid(at)["edits"] == [[1, 2, "sure"]]
    assert (grid(at)["ack"], grid(at)["turn"]) == (2, 1)
    act(at, "undo")
    assert grid(at)["edits"] == []
    assert not correction(at)["can_undo"]
    act(at, "redo")
    act(at, "redo")
    assert grid(at)["edits"] == [[1, 2, "possible"]]
    assert not correction(at)["can_redo"]


def test_a_click_that_arrives_with_undo_is_what_is_undone() -> None:
    at = open_river()
    edit(at, 1, [1, 2, "sure"])
    reported = {"doc": grid(at)["doc"], "seq": 2, "selected": None, "edits": [], "turn": 0}
    at.session_state["grid"] = {"changes": [reported]}
    act(at, "undo")
    assert grid(at)["edits"] == [[1, 2, "sure"]]


def test_clearing_the_selected_words_and_resetting() -> None:
    at = open_river()
    assert at.button(key="links-clear-source").disabled
    assert at.button(key="links-clear-source").label == "Clear source word"
    edit(at, 1, [1, 3, "sure"], selected=[1, 2])
    assert at.button(key="links-clear-source").label == "Clear source word 1"
    press(at, "clear-source")
    assert grid(at)["edits"] == [[1, 1, "none"]]
    assert at.button(key="links-clear-source").disabled
    assert at.button(key="links-clear-target").label == "Clear target word 2"
    press(at, "clear-target")
    assert grid(at)["edits"] == [[1, 1, "none"], [2, 2, "none"]]
    press(at, "reset")
    assert grid(at)["edits"] == []
    assert at.button(key="links-reset").disabled
    act(at, "undo")
    assert len(grid(at)["edits"]) == 2


def test_what_is_compared_stays_as_its_aligner_says() -> None:
    at = open_river(extraction="itermax", compare="extraction.argmax", shown="beside")
    doc = grid(open_river())["doc"]
    edits = {"doc": doc, "seq": 1, "selected": None, "edits": [[1, 2, "sure"]], "turn": 0}
    send_changes(at, [edits])
    mine, other = (
        json.loads(c.proto.json)
        for c in at.get("bidi_component")
        if c.proto.component_name == "xner_alignment_grid"
    )
    assert (mine["editable"], other["editable"]) == (True, False)
    ends = [
        b["end"]
        for view in (mine, other)
        for b in view["brackets"]
        if (b["kind"], b["start"]) == ("projected", 1)
    ]
    assert ends == [3, 2]


@pytest.mark.parametrize("edits", [[[99, 0, "sure"]], [[0, 0, "certain"]], "x", [[0, 0]], [[0, 0, {}]]])
def test_forged_edits_are_ignored(edits: Any) -> None:
    at = open_river()
    send_changes(at, [{"doc": grid(at)["doc"], "seq": 1, "selected": None, "edits": edits, "turn": 0}])
    assert (grid(at)["ack"], grid(at)["edits"]) == (0, [])
