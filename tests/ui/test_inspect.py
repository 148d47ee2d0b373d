"""Inspect on the demonstration corpus, without a browser."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.app import (
    choose,
    compared,
    component,
    go_to,
    grid,
    lane,
    open_app,
    open_panel,
    pairs,
    rerun,
    texts,
    words,
)
from xner_core.corpora import load
from xner_core.registry import COMPONENTS
from xner_core.types import Entity, SentencePair

pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache")]

DIFFERENT = {"lang": "tr", "sid": "tr-river", "extraction": "itermax"}
"""A sentence for which greedy and exact matching differ."""


def demo_pair(sid: str) -> SentencePair:
    """A pair of the demonstration corpus by its id, which starts with the language."""
    return next(pair for pair in load(f"demo:{sid.partition('-')[0]}").pairs if pair.id == sid)


def spans(entities: tuple[Entity, ...] | None) -> list[tuple[int, int, str]]:
    assert entities is not None
    return [(e.span.start, e.span.end, e.label) for e in entities]


def test_every_language_shows_its_first_sentence() -> None:
    corpus = load("demo")
    at = open_app()
    for lang in corpus.languages:
        choose(at, "lang", lang)
        first = next(pair for pair in corpus.pairs if pair.target.lang == lang)
        view, sentences = grid(at), component(at, "sentence_pair")
        assert words(view["source"]) == sentences["source"]["words"] == list(first.source.words)
        assert words(view["target"]) == sentences["target"]["words"] == list(first.target.words)
        assert view["target"]["lang"] == lang
        assert view["target"]["dir"] == ("rtl" if lang in {"ar", "he"} else "ltr")
        assert view["doc"] == f"{corpus.fingerprint[:12]}/{first.id}"


@pytest.mark.parametrize("sid", ["de-long", "ar-river", "zh-one-for-three"])
def test_the_grid_holds_together(sid: str) -> None:
    view = grid(open_app(lang=sid[:2], sid=sid))
    n_source, n_target = len(view["source"]["words"]), len(view["target"]["words"])
    for kind in ("links", "gold_sure", "gold_possible"):
        assert all(0 <= i < n_source and 0 <= j < n_target for i, j, *_ in view[kind]), kind
    assert len(view["links"]) >= min(n_source, n_target) / 2
    assert view["cells"]["name"] == "similarity"
    assert len(view["cells"]["percent"]) == len(view["rows"])
    assert {len(row) for row in view["cells"]["percent"]} == {n_target}
    values = [value for row in view["cells"]["percent"] for value in row]
    assert 0 <= min(values) < max(values) <= 100
    assert all(0 <= b["start"] < b["end"] <= n_target for b in view["brackets"])
    assert (view["ack"], view["selected"]) == (0, None)


def test_gold_links_come_from_the_corpus() -> None:
    gold = demo_pair("ar-reordering").gold_alignment
    assert gold is not None
    assert gold.possible
    view = grid(open_app(lang="ar", sid="ar-reordering"))
    assert [tuple(link) for link in view["gold_sure"]] == list(gold.sure)
    assert [tuple(link) for link in view["gold_possible"]] == list(gold.possible)


def test_entities_stand_in_their_lanes() -> None:
    at = open_app(lang="de", sid="de-one-for-three")
    pair = demo_pair("de-one-for-three")
    assert lane(at, "source", "entities") == spans(pair.source.entities)
    assert lane(at, "target", "gold") == lane(at, "target", "ILP") == spans(pair.target.entities)
    assert "Against gold: 3 correct." in texts(at)
    assert f"What is hard here: {pair.note}" in texts(at)


def test_the_projector_is_switched() -> None:
    at = open_app(**DIFFERENT)
    assert texts(at)[0].startswith("ILP projects 3 of 3 entities; total score 3.33 (no matching")
    choose(at, "projector", "greedy")
    assert texts(at)[0].startswith("Greedy projects 2 of 3 entities; total score 2.50")
    assert "“Budapest” (LOC) is not projected: all its candidates share a word with another match." in texts(
        at
    )
    assert len(lane(at, "target", "Greedy")) == 2
    assert {b["kind"] for b in grid(at)["brackets"]} == {"projected", "gold"}
    choose(at, "projector", "heuristic")
    assert texts(at)[0].startswith("Heuristic projects ")
    assert at.query_params == {**DIFFERENT, "projector": "heuristic"}


def test_every_projector_and_extraction_can_be_chosen() -> None:
    at = open_app(lang="de", sid="de-river")
    assert at.get_by_key("projector").options == ["Heuristic", "Greedy", "ILP"]
    links = {}
    for extraction in COMPONENTS["extraction"]:
        choose(at, "extraction", extraction)
        links[extraction] = pairs(grid(at))
    assert len(links["itermax"]) > len(links["argmax"])
    assert links["match"] != links["itermax"]
    assert {i for i, _ in links["match"]} == set(range(8))  # no word of the shorter sentence is left out


def test_words_that_are_spelled_alike_are_linked() -> None:
    view = grid(open_app(lang="de", sid="de-intro"))
    source, target = words(view["source"]), words(view["target"])
    names = [[source.index(name), target.index(name)] for name in ("Maria", "Keller", "Hamburg")]
    assert all(link in pairs(view) for link in names)


def test_step_by_step_through_the_sentences() -> None:
    at = open_app(lang="de")
    ids = [pair.id for pair in load("demo:de").pairs]
    before, after = at.button(key="step-1"), at.button(key="step1")
    assert (before.disabled, after.disabled) == (True, False)
    at.button(key="step1").click()
    assert rerun(at).query_params["sid"] == ids[1]
    at.button(key="step-1").click()
    assert "sid" not in rerun(at).query_params
    choose(at, "sid", ids[-1])
    assert at.button(key="step1").disabled
    assert grid(at)["doc"].endswith(f"/{ids[-1]}")


def test_another_language_starts_with_its_first_sentence() -> None:
    at = open_app(lang="de", sid="de-river")
    choose(at, "lang", "fr")
    assert at.selectbox(key="sid").value == "fr-intro"
    assert at.query_params == {"lang": "fr"}


def test_choices_survive_a_visit_to_the_dashboard() -> None:
    chosen = {"corpus": "demo:de", "sid": "de-river", "projector": "greedy", "extraction": "match"}
    at = open_app(**chosen)
    go_to(at, "dashboard")
    assert at.query_params == {"corpus": "demo:de"}
    go_to(at, "inspect")
    assert at.query_params == chosen
    assert grid(at)["doc"].endswith("/de-river")
    assert texts(at)[0].startswith("Greedy projects")


def test_searching_looks_at_both_sentences_and_the_id() -> None:
    at = open_app(lang="de")
    for needle, sid in {
        "GROẞBRITANNIEN": "de-one-for-three",
        "danube": "de-river",
        "e-lawsui": "de-lawsuit",
    }.items():
        at.text_input(key="q").set_value(needle)
        rerun(at)
        assert at.selectbox(key="sid").options[0].startswith("1 · ")
        assert len(at.selectbox(key="sid").options) == 1
        assert grid(at)["doc"].endswith(f"/{sid}")
        assert at.query_params["q"] == needle


def test_a_search_without_result_says_so() -> None:
    at = open_app(lang="de", q="no such text")
    assert [info.value for info in at.info] == ["No sentence has that text. Clear the search to see all."]
    assert not at.get("bidi_component")
    at.text_input(key="q").set_value("")
    assert grid(rerun(at))["doc"].endswith("/de-intro")


def test_long_sentences_start_with_the_rows_of_entities() -> None:
    at = open_app(lang="de", sid="de-long")
    pair = demo_pair("de-long")
    inside = [i for start, end, _ in spans(pair.source.entities) for i in range(start, end)]
    assert grid(at)["rows"] == inside
    choose(at, "rows-long", "all")
    assert grid(at)["rows"] == list(range(len(pair.source.words)))
    choose(at, "sid", "de-river")
    assert grid(at)["rows"] == list(range(8))


def rows(at: AppTest, entity: int) -> dict[str, dict[str, Any]]:
    """The listed candidates of a source entity by their words."""
    groups = component(at, "candidate_panel")["entities"]
    [found] = [each["rows"] for each in groups if each["entity"] == entity]
    return {row["words"]: row for row in found}


def test_candidates_say_why() -> None:
    at = open_app(**DIFFERENT, projector="greedy")
    view = component(at, "candidate_panel")
    assert [(each["text"], each["label"]) for each in view["entities"]] == [
        ("Danube", "LOC"),
        ("Budapest", "LOC"),
        ("Belgrade", "LOC"),
    ]
    everything = [row for each in view["entities"] for row in each["rows"]]
    assert [row["text"] for row in everything if row["marked"]] == ["Tuna Nehri Budapeşte", "Belgrad'dan"]
    assert [row["text"] for row in everything if "ILP" in row["chosen"]] == [
        "Tuna Nehri",
        "Budapeşte",
        "Belgrad'dan",
    ]
    assert all(row["regret"] == 0 for row in everything if "ILP" in row["chosen"])
    budapest = rows(at, 1)["2"]
    assert budapest["why"] == [
        ["overlaps “Tuna Nehri Budapeşte”, chosen for “Danube”", ["Greedy"]],
        ["chosen", ["ILP"]],
    ]


def test_a_regret_is_what_forcing_the_candidate_costs() -> None:
    at = open_app(**DIFFERENT)
    # Danube 1.5 and Belgrade 1.0, nothing left for Budapest: 2.5 instead of 3.33.
    assert rows(at, 0)["0–2"]["regret"] == pytest.approx(10 / 3 - 2.5, abs=1e-4)


def test_all_candidates_of_an_entity_are_shown_on_request() -> None:
    at = open_app(lang="de", sid="de-long", scorer="soft-alignment")
    few = component(at, "candidate_panel")["entities"]
    assert any(each["more"] for each in few)
    crowded = next(each for each in few if each["more"])
    wanted = {"doc": grid(at)["doc"], "entity": crowded["entity"]}
    at.session_state["candidate-panel"] = {"everything": wanted}
    [many] = [
        each
        for each in component(rerun(at), "candidate_panel")["entities"]
        if each["entity"] == crowded["entity"]
    ]
    assert (many["more"], many["least"]) == (0, True)
    assert len(many["rows"]) == len(crowded["rows"]) + crowded["more"]
    for forged in ({**wanted, "doc": "another"}, {**wanted, "entity": True}, {**wanted, "entity": 99}, 7):
        at.session_state["candidate-panel"] = {"everything": forged}
        assert component(rerun(at), "candidate_panel")["entities"] == few


def test_greedy_and_ilp_are_compared_in_words() -> None:
    says = compared(open_app(**DIFFERENT))
    assert "ILP: 3.33 in total; no matching has a larger total." in says
    assert "Greedy: 2.50 in total; at most 3.50 is possible." in says
    assert "“Danube” → “Tuna Nehri Budapeşte” LOC, score 1.50." in says
    assert "“Budapest” (LOC): greedy chooses nothing, ILP “Budapeşte” (+1.00)." in says
    assert sum(text.startswith(("Margin ", "A tie: ")) for text in says) == 1
    assert "Greedy chooses the same." in compared(open_app(lang="de", sid="de-intro"))


def test_a_fused_score_shows_its_parts() -> None:
    at = open_app(lang="de", sid="de-intro", scorer="fused")
    assert [part["name"] for part in component(at, "candidate_panel")["parts"]] == ["alignment:words", "name"]
    for row in rows(at, 0).values():
        assert sum(row["parts"]) == pytest.approx(row["score"], abs=2e-4)
        assert len(row["adds"]) == 2
    open_panel(at, "options")
    assert at.get_by_key("candidates").value == "ngrams"  # links alone do not decide
    choose(at, "scorer", "alignment")
    assert at.get_by_key("candidates").value == "aligned"
    assert component(at, "candidate_panel")["parts"] == []


def test_only_scores_that_work_at_once_are_offered() -> None:
    at = open_panel(open_app(lang="de"), "options")
    assert at.get_by_key("scorer").options == ["alignment", "soft-alignment", "name", "fused"]
    assert at.get_by_key("candidates").options == ["aligned", "ngrams"]


def test_options_are_drawn_from_the_config_and_kept_in_the_url() -> None:
    at = open_panel(open_app(lang="tr", sid="tr-river"), "what-if")
    choose(at, "projector.ilp.relation", "==")
    at.slider(key="projector.ilp.n_proj").set_value(2)
    rerun(at)
    assert at.query_params["projector.ilp.relation"] == "=="
    assert at.query_params["projector.ilp.n_proj"] == "2"
    assert any("lacks 1 of the projections" in text for text in texts(at))
    assert any(text.startswith("Only ranges between linked words") for text in texts(at))
    again = open_app(**at.query_params)
    assert texts(again) == texts(at)
    assert open_panel(again, "what-if").slider(key="projector.ilp.n_proj").value == 2
    open_panel(at, "options")
    at.toggle(key="projector.ilp.strict").set_value(True)
    assert any("(the constraint cannot be met)" in text for text in texts(rerun(at)))


@pytest.mark.parametrize("forged", ["many", "-1", "1e9", "nan", ""])
def test_a_forged_option_falls_back_to_its_default(forged: str) -> None:
    at = open_app(lang="tr", sid="tr-river", **{"projector.ilp.n_proj": forged})
    assert "projector.ilp.n_proj" not in at.query_params
    assert open_panel(at, "what-if").slider(key="projector.ilp.n_proj").value == 1


def test_an_option_that_cannot_be_is_explained() -> None:
    at = open_app(lang="tr", sid="tr-river", **{"projector.ilp.prefer": "longest"})
    assert any("prefer" in text and "longest" not in text[:10] for text in texts(at))
    assert [error.value for error in at.error] == ["This cannot be shown:"]


def test_a_sentence_without_entities() -> None:
    at = open_app(lang="de", sid="de-none-soup")
    assert "The source sentence has no entities, so there is nothing to project." in texts(at)
    assert "Rightly, nothing is tagged in the translation." in texts(at)
    assert [info.value for info in at.info] == [
        "There is nothing to list: no source entity has a candidate with a score."
    ]
    assert lane(at, "source", "entities") == lane(at, "target", "ILP") == []
    assert grid(at)["links"]  # words are aligned all the same
    choose(at, "rows-short", "entities")
    assert grid(at)["rows"] == grid(at)["cells"]["percent"] == []
