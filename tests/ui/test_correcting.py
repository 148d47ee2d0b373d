"""Correcting on Inspect: what the browser reports is in the store at once, and nobody's work is lost."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.app import (
    act,
    component,
    correction,
    go_to,
    grid,
    lane,
    open_app,
    rerun,
    send_changes,
    set_field,
    texts,
)
from ui import corrections
from ui.components.link_buttons import NOT_SAVED
from xner_core.corpora import load
from xner_core.corrections.events import Event, SentenceKey

pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache")]
RIVER = [[1, 2, "LOC"], [4, 5, "LOC"], [6, 7, "LOC"]]


def open_river(**parameters: str) -> AppTest:
    """The Danube flows through Budapest and Belgrade: word by word in German."""
    return open_app(lang="de", sid="de-river", **parameters)


def history(sid: str = "de-river") -> tuple[Event, ...]:
    pairs = {pair.id: pair for pair in load("demo").pairs}
    return corrections.store().history(SentenceKey.of(pairs[sid]))


def source(at: AppTest) -> list[list[Any]]:
    return [list(each) for each in lane(at, "source", "entities")]


def link(at: AppTest, seq: int, *edits: list[Any], version: int | None = None) -> AppTest:
    seen = grid(at)["version"] if version is None else version
    reported = {"doc": grid(at)["doc"], "seq": seq, "selected": None, "edits": list(edits), "turn": 0}
    return send_changes(at, [{**reported, "version": seen}])


def test_a_corrected_source_entity_is_projected_at_once_and_what_changed_is_said() -> None:
    at = open_river()
    assert source(at) == RIVER
    set_field(at, "source", [[4, 5, "ORG"], [6, 7, "LOC"]], name="Ana")
    assert source(at) == [[4, 5, "ORG"], [6, 7, "LOC"]]
    assert [label for _, _, label in lane(at, "target", "ILP")] == ["ORG", "LOC"]
    assert "“Danube” (LOC), deleted: “Donau” (LOC) → nothing." in texts(at)
    assert "“Budapest” (LOC), now “Budapest” (ORG): “Budapest” (LOC) → “Budapest” (ORG)." in texts(at)
    [event] = history()
    assert (event.author, event.kind, event.before, event.origin.corpus) == (
        "Ana",
        "source_entities",
        None,
        "demo",
    )
    assert event.origin.config["projector"]["name"] == "ilp"
    assert component(at, "sentence_pair")["source"]["below"][0]["by_hand"]
    set_field(at, "source", None)
    assert source(at) == RIVER
    assert correction(at)["history"][0]["says"] == ["left the entities of the source to the tagger again"]


def test_corrected_target_entities_hold_and_the_projection_can_be_taken() -> None:
    at = open_river()
    set_field(at, "target", [[1, 3, "LOC"]])
    assert lane(at, "target", "corrected") == [(1, 3, "LOC")]
    assert len(lane(at, "target", "ILP")) == 3
    assert correction(at)["projection"].endswith("“Donau” (LOC), “Budapest” (LOC), “Belgrad” (LOC).")
    link(at, 1, [1, 1, "none"])
    assert lane(at, "target", "corrected") == [(1, 3, "LOC")]
    assert correction(at)["projection"].endswith("would now be: “Budapest” (LOC), “Belgrad” (LOC).")
    set_field(at, "target", None)
    assert (len(lane(at, "target", "ILP")), correction(at)["projection"]) == (2, "")


def test_undo_survives_a_change_of_sentence_another_page_and_a_new_visit() -> None:
    at = open_river()
    set_field(at, "note", "first", name="Ana")
    set_field(at, "source", [], name="Ana")
    at.button(key="step1").click()
    rerun(at)
    assert not correction(at)["can_undo"]
    at.button(key="step-1").click()
    rerun(at)
    go_to(at, "dashboard")
    again = open_river()
    assert source(again) == []
    assert not correction(again)["can_undo"]  # not Ana
    act(again, "undo", name="Ana")
    assert source(again) == RIVER
    act(again, "undo", name="Ana")
    assert (correction(again)["note"], correction(again)["can_undo"]) == ("", False)
    act(again, "redo", name="Ana")
    assert correction(again)["note"] == "first"


def test_status_note_and_reason_are_recorded_and_approving_goes_on() -> None:
    at = open_river()
    act(at, "reason", reason="as in the guidelines")
    set_field(at, "note", "see page 3")
    told, doc = correction(at), component(at, "sentence_pair")["doc"]
    acts = [
        {
            "n": 9,
            "doc": doc,
            "session": told["session"],
            "do": "set",
            "field": "status",
            "value": "approved",
            "version": 0,
        },
        {"n": 10, "doc": doc, "session": told["session"], "do": "next"},
    ]
    at.session_state["sentences"] = {"acts": {"acts": acts, "name": ""}}
    rerun(at)
    assert component(at, "sentence_pair")["doc"] != doc
    assert [(each.kind, each.after, each.reason) for each in history()] == [
        ("note", "see page 3", "as in the guidelines"),
        ("status", "approved", "as in the guidelines"),
    ]
    assert history()[0].author == "anonymous"
    at.button(key="step-1").click()
    rerun(at)
    assert (correction(at)["status"], correction(at)["ack"]) == ("approved", 10)


def test_an_earlier_state_is_restored() -> None:
    at = open_river()
    set_field(at, "source", [[4, 5, "ORG"]])
    set_field(at, "status", "rejected")
    first, second = history()
    act(at, "restore", number=first.number)
    assert (source(at), correction(at)["status"]) == ([[4, 5, "ORG"]], "created")
    act(at, "restore", number=0)
    assert source(at) == RIVER
    act(at, "restore", number=second.number)
    assert (source(at), correction(at)["status"]) == ([[4, 5, "ORG"]], "rejected")


def conflict() -> tuple[AppTest, AppTest]:
    """Two windows saw the same; Ben changed a link first, then Ana changed another one."""
    ana, ben = open_river(), open_river()
    set_field(ana, "note", "hm", name="Ana")
    act(ben, "name", name="Ben")
    link(ben, 1, [1, 2, "sure"])
    link(ana, 1, [4, 5, "sure"])
    return ana, ben


def test_the_later_of_two_windows_writes_nothing_and_sees_both() -> None:
    ana, _ = conflict()
    assert [event.author for event in history()] == ["Ana", "Ben"]
    assert grid(ana)["edits"] == [[1, 2, "sure"]]
    [unsaved] = correction(ana)["unsaved"]
    assert (
        unsaved["title"] == "Your change of the links is not saved: Ben changed the links since you saw them."
    )
    assert f"1 link changed by hand. {NOT_SAVED}" in texts(ana)
    assert unsaved["theirs"] == ["Ben linked source word 2 with target word 3 (sure)"]
    assert [each["lines"] for each in unsaved["values"]] == [
        ["“Danube” (1) and “fließt” (2): linked"],
        ["“Budapest” (4) and “und” (5): linked"],
    ]


@pytest.mark.parametrize(
    ("choice", "edits"),
    [
        ("keep", [[1, 2, "sure"]]),
        ("mine", [[4, 5, "sure"]]),
        ("both", [[1, 2, "sure"], [4, 5, "sure"]]),
    ],
)
def test_a_person_chooses_and_both_corrections_stay_in_the_history(choice: str, edits: list[Any]) -> None:
    ana, ben = conflict()
    act(ana, choice, unsaved=0, name="Ana")
    assert grid(ana)["edits"] == edits
    assert correction(ana)["unsaved"] == []
    assert ("Ben", ((1, 2, "sure"),)) in [(event.author, event.after) for event in history()]
    rerun(ben)
    assert grid(ben)["edits"] == edits
    told = [each["says"].split(" ")[0] for each in correction(ben)["news"]]
    assert told == ([] if choice == "keep" else ["Ana"])


def test_unsaved_work_comes_back_with_its_sentence() -> None:
    ana, _ = conflict()
    ana.button(key="step1").click()
    rerun(ana)
    assert (correction(ana)["unsaved"], correction(ana)["elsewhere"]) == ([], ["de-river"])
    ana.button(key="step-1").click()
    rerun(ana)
    assert len(correction(ana)["unsaved"]) == 1


def test_unsaved_work_is_set_again_in_another_session() -> None:
    """As the browser does after a reload, or when the server was started again."""
    ana, ben = conflict()
    set_field(ben, "note", "by Ben")
    act(ana, "reason", reason="seen in print")
    act(ana, "set", field="note", value="by Ana", version=0)
    set_field(ben, "source", [[0, 1, "LOC"]])
    act(ana, "set", field="source", value=[[0, 1, "ORG"]], version=0)
    kept = [each["again"] for each in correction(ana)["unsaved"]]
    assert [each["field"] for each in kept] == ["links", "note", "source"]
    reloaded = open_river()
    act(reloaded, "name", name="Ana")
    for each in kept:
        act(reloaded, "reason", reason=each["reason"])
        act(reloaded, "set", **{name: each[name] for name in ("field", "value", "version")})
    titles = [[each["title"] for each in correction(at)["unsaved"]] for at in (ana, reloaded)]
    assert titles[0] == titles[1]
    assert [each["again"] for each in correction(reloaded)["unsaved"]] == kept
    act(reloaded, "both", unsaved=0)
    act(reloaded, "mine", unsaved=0)
    assert grid(reloaded)["edits"] == [[1, 2, "sure"], [4, 5, "sure"]]
    assert (correction(reloaded)["note"], history()[-1].reason) == ("by Ana", "seen in print")


def test_what_cannot_be_set_again_is_not_offered() -> None:
    ana, ben = open_river(), open_river()
    act(ana, "name", name="Ana")
    link(ana, 1, [4, 5, "sure"])
    rerun(ben)
    link(ben, 1, [4, 5, "possible"])
    rerun(ana)
    act(ana, "undo", name="Ana")
    assert [each["again"] for each in correction(ana)["unsaved"]] == [None]
    for forged in ([[0, 99, "sure"]], [[0, 0, "maybe"]], "x", [1]):
        act(ben, "set", field="links", value=forged, version=2)
    assert len(history()) == 2


def test_the_same_link_cannot_be_both() -> None:
    ana, ben = open_river(), open_river()
    link(ben, 1, [1, 2, "sure"])
    link(ana, 1, [1, 2, "possible"])
    assert correction(ana)["unsaved"][0]["both"] is False
    act(ana, "both", unsaved=0)
    assert (grid(ana)["edits"], len(correction(ana)["unsaved"])) == ([[1, 2, "sure"]], 1)


def test_selecting_before_the_browser_heard_of_somebody_elses_links_is_no_conflict() -> None:
    ana, ben = open_river(), open_river()
    link(ben, 1, [1, 2, "sure"])
    rerun(ana)
    link(ana, 1, version=0)  # all that she knew, with another cell selected
    assert (grid(ana)["edits"], correction(ana)["unsaved"]) == ([[1, 2, "sure"]], [])
    assert len(history()) == 1


def test_clicks_of_a_burst_are_never_a_conflict_with_themselves() -> None:
    at = open_river()
    for seq in range(1, 6):  # the browser hears of none of its answers
        link(at, seq, *([i, 0, "sure"] for i in range(seq)), version=0)
    assert (len(grid(at)["edits"]), correction(at)["unsaved"]) == (5, [])


def test_after_a_restart_what_was_recorded_already_is_no_conflict() -> None:
    at = open_river()
    link(at, 1, [1, 2, "sure"])
    again = open_river()  # another session; the browser still reports what it did, and one click more
    link(again, 2, [1, 2, "sure"], [2, 2, "none"], version=0)
    assert (len(grid(again)["edits"]), correction(again)["unsaved"]) == (2, [])
    told, view = correction(again), component(again, "sentence_pair")
    old = {"n": 7, "doc": view["doc"], "session": "an earlier one", "do": "undo"}
    again.session_state["sentences"] = {"acts": {"acts": [old], "name": ""}}
    rerun(again)
    assert (len(grid(again)["edits"]), correction(again)["ack"], told["ack"]) == (2, 7, 0)


def test_undoing_what_somebody_else_changed_since_asks_first() -> None:
    ana, ben = open_river(), open_river()
    set_field(ana, "source", [], name="Ana")
    rerun(ben)
    set_field(ben, "source", [[1, 2, "ORG"]], name="Ben")
    rerun(ana)
    assert source(ana) == [[1, 2, "ORG"]]  # that she has seen it does not mean that she wants it gone
    act(ana, "undo", name="Ana")
    [unsaved] = correction(ana)["unsaved"]
    assert unsaved["title"].startswith("Undo is not saved: Ben changed the source entities")
    assert (source(ana), unsaved["mine"], unsaved["both"]) == ([[1, 2, "ORG"]], "Undo anyway", False)
    act(ana, "mine", unsaved=0, name="Ana")
    assert source(ana) == RIVER


FORGED_ACTS: list[dict[str, Any]] = [
    {"do": "set", "field": "source", "value": [[0, 99, "PER"]], "version": 0},
    {"do": "set", "field": "source", "value": "x", "version": 0},
    {"do": "set", "field": "source", "value": [], "version": "0"},
    {"do": "set", "field": "status", "value": "done", "version": 0},
    {"do": "set", "field": "note", "value": 3, "version": 0},
    {"do": "set", "field": "links", "value": [], "version": 0},
    {"do": "restore", "number": "1"},
    {"do": "mine", "unsaved": 0},
    {"do": "keep", "unsaved": -1},
    {"do": ["undo"]},
    {},
]
FORGED_REPORTS: list[object] = [
    "x",
    3,
    {"acts": 3},
    {"acts": [None, 3, {"n": "1"}, {"n": True}], "name": ["x"], "named": 98},
    {"name": "a\x00", "named": 99},
    {"name": "Eve", "named": "100"},
    {"name": "Eve", "named": 1},
]


def test_forged_acts_and_reports_change_nothing() -> None:
    at = open_river()
    for what in FORGED_ACTS:
        act(at, **{"do": "", **what})
        assert (history(), source(at), correction(at)["unsaved"]) == ((), RIVER, []), what
    assert correction(at)["ack"] == len(FORGED_ACTS)
    for forged in FORGED_REPORTS:
        at.session_state["sentences"] = {"acts": forged}
        rerun(at)
        assert (history(), correction(at)["ack"], correction(at)["author"]) == ((), len(FORGED_ACTS), ""), (
            forged
        )


def test_what_cannot_be_written_is_kept_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from xner_core.corrections.store import CorrectionStore
    from xner_core.errors import CorrectionError

    at = open_river()
    with monkeypatch.context() as broken:

        def refuse(*_: object, **__: object) -> None:
            raise CorrectionError("the disk is full", hint="Make room")

        broken.setattr(CorrectionStore, "record", refuse)
        set_field(at, "source", [])
    [unsaved] = correction(at)["unsaved"]
    assert unsaved["title"].startswith("Your change of the source entities is not saved. the disk is full")
    assert source(at) == RIVER
    act(at, "mine", unsaved=0)
    assert (source(at), correction(at)["unsaved"]) == ([], [])


def test_the_pinned_entity_stays_the_same_one() -> None:
    at = open_river(entity="2")
    set_field(at, "source", [[4, 5, "LOC"], [6, 7, "LOC"]])
    assert component(at, "sentence_pair")["pinned"] == 1
    set_field(at, "source", [[4, 5, "LOC"]])
    assert component(at, "sentence_pair")["pinned"] is None


def test_states_of_a_corpus_leave_out_other_words_under_the_same_id() -> None:
    at = open_river()
    set_field(at, "status", "approved")
    corpus = load("demo")
    assert {sid: said.status for sid, said in corrections.states(corpus).items()} == {"de-river": "approved"}
    other = load("demo:fr")
    assert corrections.states(other) == {}


def test_where_the_store_cannot_be_read_the_sentence_is_shown_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from xner_core.corrections.store import CorrectionStore
    from xner_core.errors import CorrectionError

    def refuse(*_: object) -> None:
        raise CorrectionError("the folder cannot be written")

    with monkeypatch.context() as broken:
        broken.setattr(CorrectionStore, "open", refuse)
        at = open_river()
        assert (source(at), correction(at)["problem"]) == (RIVER, "the folder cannot be written")
        set_field(at, "source", [])
        assert len(correction(at)["unsaved"]) == 1
    act(at, "mine", unsaved=0)
    assert (source(at), correction(at)["problem"]) == ([], "")


def test_a_name_that_was_given_on_another_page_is_not_taken_back_by_an_old_report() -> None:
    at = open_river()
    act(at, "reason", reason="", name="Ana")
    assert correction(at)["author"] == "Ana"
    at.session_state["xner:author"] = "Ben"  # as the field of another page does
    rerun(at)  # the browser still reports what it did
    assert correction(at)["author"] == "Ben"
