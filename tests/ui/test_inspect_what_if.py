"""Inspect: two projectors at once, pinned settings, sliders, gold, source entities; without a browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests import tiny
from tests.ui.app import choose, compared, component, grid, lane, open_app, open_panel, rerun, texts
from ui.components.settings import taggers
from ui.pinned import pin_text
from xner_core.config import Choice, PipelineConfig
from xner_core.ner.trained import TAGGERS

pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache")]

DIFFERENT = {"lang": "tr", "sid": "tr-river", "extraction": "itermax"}
"""A sentence for which greedy and exact matching differ."""
ITERMAX = PipelineConfig(extraction=Choice(name="itermax"))


def lanes(at: AppTest) -> list[str]:
    view = component(at, "sentence_pair")["target"]
    return [each["name"] for each in (*view["above"], *view["below"])]


def differing(at: AppTest, name: str) -> list[str]:
    """The words of a lane's entities that are marked as different."""
    view = component(at, "sentence_pair")["target"]
    [spans] = [each["spans"] for each in view["below"] if each["name"] == name]
    return [" ".join(view["words"][s["start"] : s["end"]]) for s in spans if s["differs"]]


def press(at: AppTest, seq: int, **values: str) -> AppTest:
    """Let the browser report that keys were pressed."""
    at.session_state["sentences"] = {"wanted": {"seq": seq, "values": values}}
    return rerun(at)


def test_any_two_projectors_stand_beside_each_other() -> None:
    at = open_app(**DIFFERENT, projector="greedy")
    assert lanes(at) == ["gold", "Greedy"]
    choose(at, "other", "ilp")
    assert lanes(at) == ["gold", "Greedy", "ILP"]
    assert at.query_params["other"] == "ilp"
    assert differing(at, "Greedy") == ["Tuna Nehri Budapeşte"]
    assert differing(at, "ILP") == ["Tuna Nehri", "Budapeşte"]
    assert "ILP and Greedy" in [each.value for each in at.subheader]
    assert any(text.startswith("ILP and Greedy differ: ILP's total is 0.83 higher") for text in compared(at))
    choose(at, "other", "heuristic")
    assert any(
        text == "Heuristic chooses the same." or text.startswith("Heuristic and Greedy differ")
        for text in compared(at)
    )
    assert at.get_by_key("other").options == ["nothing", "Heuristic", "ILP"]  # not the chosen one


def test_settings_are_pinned_and_others_compared_with_them() -> None:
    at = open_panel(open_app(**DIFFERENT), "what-if")
    pin = next(button for button in at.button if button.label == "Pin and compare")
    pin.click()
    rerun(at)
    assert at.query_params["pin"] == pin_text(ITERMAX)
    assert "Pinned: just these settings. Change any, and what that changes is said here." in texts(at)
    choose(at, "projector", "greedy")
    assert lanes(at) == ["gold", "Greedy", "pinned"]
    assert differing(at, "pinned") == ["Tuna Nehri", "Budapeşte"]
    says = texts(at)
    assert "Against pinned: 0 gained, 1 lost, 1 moved; total 2.50 instead of 3.33 (-0.83)." in says
    assert "“Budapest” (LOC) is lost: “Budapeşte” LOC → nothing." in says
    assert "Other than pinned: projector: ilp → greedy." in says
    assert lanes(open_app(**at.query_params)) == lanes(at)
    at.button(key="unpin").click()
    assert lanes(rerun(at)) == ["gold", "Greedy"]
    assert "pin" not in at.query_params


def test_totals_of_different_scores_are_not_compared() -> None:
    at = open_app(**DIFFERENT, pin=pin_text(ITERMAX), scorer="name")
    assert any("which cannot be compared: the scores are others" in text for text in texts(at))


@pytest.mark.parametrize("forged", ["x", "~~~", "projector~oracle", "![a](http://192.0.2.1/x.png)"])
def test_a_forged_pin_is_ignored(forged: str) -> None:
    at = open_app(**DIFFERENT, pin=forged)
    assert lanes(at) == ["gold", "ILP"]
    assert not any("pinned" in text for text in texts(at))


def test_weights_of_the_fused_score_slide() -> None:
    at = open_panel(open_app(lang="de", scorer="fused"), "what-if")
    assert [at.slider(key=f"scorer.fused.parts.{i}").value for i in (0, 1)] == [0.7, 0.3]
    at.slider(key="scorer.fused.parts.1").set_value(1.2)
    rerun(at)
    assert at.query_params["scorer.fused.parts"] == "0.7*alignment:words + 1.2*name"
    assert "What name adds: 1.2 × its score" in component(at, "candidate_panel")["parts"][1]["help"]
    at.slider(key="scorer.fused.threshold").set_value(1.5)
    rerun(at)
    assert at.query_params["scorer.fused.threshold"] == "1.5"
    again = open_panel(open_app(**at.query_params), "what-if")
    assert again.slider(key="scorer.fused.parts.1").value == 1.2
    open_panel(again, "options")
    assert again.text_input(key="scorer.fused.parts").value == "0.7*alignment:words + 1.2*name"


def test_a_formula_that_cannot_be_read_has_no_sliders() -> None:
    at = open_panel(open_app(lang="de", scorer="fused", **{"scorer.fused.parts": "2*"}), "what-if")
    assert [error.value for error in at.error] == ["This cannot be shown:"]
    assert not [each for each in at.slider if "parts" in str(each.key)]


def test_a_value_beyond_the_usual_end_of_a_slider_is_kept() -> None:
    at = open_panel(open_app(lang="de", **{"candidates.aligned.max_words": "50"}), "what-if")
    assert (
        at.slider(key="candidates.aligned.max_words").value,
        at.query_params["candidates.aligned.max_words"],
    ) == (
        50,
        "50",
    )


def test_a_shorter_n_gram_changes_the_projection() -> None:
    at = open_app(lang="de", sid="de-intro", **{"candidates.aligned.max_words": "1"})
    assert [end - start for start, end, _ in lane(at, "target", "ILP")] == [1, 1]


def test_options_of_the_heuristic_slide_where_it_is_chosen() -> None:
    at = open_panel(open_app(lang="de", projector="heuristic"), "what-if")
    slid = {str(each.key).rpartition(".")[2] for each in at.slider}
    assert slid == {"max_words", "merge_distance", "length_ratio", "keep"}
    at.toggle(key="projector.heuristic.only_i").set_value(True)
    assert rerun(at).query_params["projector.heuristic.only_i"] == "True"


def test_gold_is_switched_off_everywhere() -> None:
    at = open_app(lang="de", sid="de-intro")
    at.toggle(key="gold").set_value(False)
    rerun(at)
    assert at.query_params["gold"] == "False"
    assert lanes(at) == ["ILP"]
    view = component(at, "sentence_pair")
    assert {span["icon"] for span in view["target"]["below"][0]["spans"]} == {""}
    assert view["legend"] == []
    assert not any("gold" in text.casefold() for text in texts(at))
    assert (grid(at)["gold_sure"], {b["kind"] for b in grid(at)["brackets"]}) == ([], {"projected"})
    assert lane(at, "source", "entities")  # what is projected stays


def test_what_went_wrong_is_named_with_its_stage() -> None:
    at = open_app(lang="zh", sid="zh-one-for-three", projector="heuristic")
    assert any(markdown.value == "**Where it went wrong**" for markdown in at.markdown)
    [first, _] = [text for text in texts(at) if "To mend it" in text]
    assert first.endswith("To mend it, choose ILP.")
    right = open_app(lang="de", sid="de-intro")
    assert not any(markdown.value == "**Where it went wrong**" for markdown in right.markdown)


def test_source_entities_come_from_the_chosen_tagger(tmp_path: Path) -> None:
    row = {
        "id": "one",
        "source_lang": "en",
        "target_lang": "de",
        "source_tokens": ["Angela", "Merkel", "visited", "Paris", "."],
        "source_tags": ["O"] * 5,
        "target_tokens": ["Angela", "Merkel", "besuchte", "Paris", "."],
    }
    path = tmp_path / "corpus.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    assert lane(open_app(corpus=f"jsonl:{path}"), "source", "entities") == []
    found = lane(open_app(corpus=f"jsonl:{path}", ner="spacy"), "source", "entities")
    assert (3, 4, "LOC") in found


def test_taggers_that_work_at_once_are_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))
    assert taggers("en") == ["auto", "gold", "spacy"]
    assert taggers("tlh") == ["auto", "gold"]
    folder = Path(tiny.save_tagger(tmp_path / "mine"))
    TAGGERS.write_record(folder, {})
    TAGGERS.note(folder)
    assert taggers("en")[-1] == "trained:mine"


def test_keys_set_the_projector_the_view_and_gold() -> None:
    at = open_app(**DIFFERENT)
    said = component(at, "sentence_pair")["keys"]
    assert said["now"] == {"view": "matrix", "gold": "True", "projector": "ilp"}
    assert said["bindings"]["2"] == ["projector", ["greedy"]]
    press(at, 1, projector="greedy")
    assert at.query_params["projector"] == "greedy"
    assert component(at, "sentence_pair")["keys"]["ack"] == 1
    press(at, 1, projector="heuristic")  # said before
    assert at.query_params["projector"] == "greedy"
    press(at, 2, view="links", gold="False")
    assert (at.query_params["view"], at.query_params["gold"]) == ("links", "False")
    assert component(at, "sentence_pair")["keys"]["now"]["gold"] == "False"
    press(at, 3, gold="True")
    assert "gold" not in at.query_params


@pytest.mark.parametrize("forged", [{"projector": "oracle"}, {"corpus": "/etc"}, {"gold": True}, None, [1]])
def test_forged_keys_change_nothing(forged: Any) -> None:
    at = open_app(**DIFFERENT)
    at.session_state["sentences"] = {"wanted": {"seq": 1, "values": forged}}
    assert rerun(at).query_params == DIFFERENT


def pinned(at: AppTest, entity: Any, *, seq: Any = 1, doc: str | None = None) -> AppTest:
    """Let the browser report that an entity was pinned."""
    doc = component(at, "sentence_pair")["doc"] if doc is None else doc
    at.session_state["sentences"] = {"pinned": {"doc": doc, "seq": seq, "entity": entity}}
    return rerun(at)


def test_a_pinned_entity_is_in_the_url_until_the_sentence_changes() -> None:
    at = open_app(**DIFFERENT)
    assert (component(at, "sentence_pair")["pinned"], component(at, "sentence_pair")["ack"]) == (None, 0)
    pinned(at, 2)
    assert at.query_params["entity"] == "2"
    assert component(at, "sentence_pair")["ack"] == 1
    assert component(open_app(**at.query_params), "sentence_pair")["pinned"] == 2
    choose(at, "projector", "greedy")
    assert at.query_params["entity"] == "2"
    pinned(at, None, seq=2)
    assert "entity" not in at.query_params
    pinned(at, 1, seq=3)
    choose(at, "sid", "tr-intro")
    assert "entity" not in at.query_params
    assert component(at, "sentence_pair")["pinned"] is None


def test_a_pinned_entity_goes_with_another_language_too() -> None:
    at = pinned(open_app(lang="tr"), 1)
    assert at.query_params == {"lang": "tr", "entity": "1"}
    choose(at, "lang", "fr")
    assert at.query_params == {"lang": "fr"}
    assert component(at, "sentence_pair")["pinned"] is None


@pytest.mark.parametrize("entity", [-1, 3, True, "x", 1.5, [0], "9" * 5000])
def test_a_forged_entity_is_ignored(entity: Any) -> None:
    at = pinned(open_app(**DIFFERENT), entity)
    assert "entity" not in at.query_params
    assert "entity" not in open_app(**DIFFERENT, entity=str(entity)).query_params


def test_a_pin_of_another_sentence_is_ignored() -> None:
    at = pinned(open_app(**DIFFERENT), 1, doc="another/one")
    assert "entity" not in at.query_params
    assert component(at, "sentence_pair")["ack"] == 1
