"""The page Try it without a browser."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.app import component, go_to, open_app, rerun, texts
from ui.components.try_pair import EXAMPLES, MOST_WORDS
from ui.state import LONGEST_IN_URL
from xner_core.corpora.added import added_corpora
from xner_core.corpora.demo import DemoLoader
from xner_core.corpora.spec import parse_spec

pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache")]
OWN = {
    "example": "own",
    "src": "Ada Lovelace never lived in Bonn.",
    "tgt": "Ada Lovelace hat nie in Bonn gelebt.",
}


def walk(at: AppTest) -> dict[str, Any]:
    return component(at, "try_walk")


def own(**parameters: str) -> AppTest:
    return open_app("try_it", **OWN | parameters)


def entities(at: AppTest) -> list[tuple[int, int, str]]:
    return [(each["start"], each["end"], each["label"]) for each in walk(at)["entities"]]


def report(at: AppTest, seq: int, marked: object, doc: str | None = None) -> AppTest:
    """Let the browser say which entities were marked."""
    told = {"doc": walk(at)["doc"] if doc is None else doc, "seq": seq, "entities": marked}
    at.session_state["try-walk"] = {"marked": told}
    return rerun(at)


def infos(at: AppTest) -> list[str]:
    return [info.value for info in at.info]


def test_the_examples_are_sentences_of_the_demonstration_of_all_kinds() -> None:
    known = {pair.id: pair.target.lang for pair in DemoLoader().load(parse_spec("demo")).pairs}
    assert {known[sid] for sid in EXAMPLES.values()} == set(EXAMPLES)
    assert len(EXAMPLES) >= 6
    assert {"ar", "zh", "fi"} <= set(EXAMPLES)  # from the right, without spaces, agglutinative


def test_it_starts_with_the_source_sentence_of_an_example() -> None:
    at = open_app("try_it")
    assert at.header[0].value == "Try it"
    assert at.subheader[0].value == "1 · Which names are in the source sentence?"
    assert walk(at)["target"] is None
    assert "4 entities, marked by hand for this example." in texts(at)
    assert at.query_params == {}


def test_next_leads_step_by_step_to_the_choice() -> None:
    at = open_app("try_it", example="fi")
    for step in (2, 3, 4):
        at.get_by_key("try-next").click()
        rerun(at)
        assert walk(at)["step"] == step
        assert at.query_params["step"] == str(step)
    assert at.get_by_key("try-next").disabled
    assert "A “Prague” (LOC) becomes “Prahasta”: its only candidate, score 1.00." in texts(at)
    assert any(text.startswith("Total score 3.00. The second best choice") for text in texts(at))
    at.get_by_key("try-back").click()
    assert walk(rerun(at))["step"] == 3
    assert list(at.dataframe[0].value["Candidate"]) == ["Prahasta", "Wieniin", "perjantaina"]


def test_ones_own_sentences_are_cut_and_tagged() -> None:
    at = own()
    assert walk(at)["source"]["words"] == ["Ada", "Lovelace", "never", "lived", "in", "Bonn", "."]
    assert entities(at) == [(0, 2, "PER"), (5, 6, "LOC")]
    assert "2 entities, marked by spaCy, a program that finds names." in texts(at)


def test_a_permalink_holds_the_sentences_languages_step_and_marks() -> None:
    at = own(tl="gsw", step="2", marks="0-2.ORG")
    assert (walk(at)["step"], entities(at)) == (2, [(0, 2, "ORG")])
    assert at.query_params == OWN | {"tl": "gsw", "step": "2", "marks": "0-2.ORG"}


def test_marks_are_taken_in_once_and_only_about_this_pair() -> None:
    at = report(own(), 1, [[4, 5, "ORG"]])
    assert entities(at) == [(4, 5, "ORG")]
    assert at.query_params["marks"] == "4-5.ORG"
    assert walk(at)["ack"] == 1
    assert entities(report(at, 1, [[0, 1, "PER"]])) == [(4, 5, "ORG")]  # heard already
    assert entities(report(at, 2, [[0, 1, "PER"]], doc="other")) == [(4, 5, "ORG")]
    assert entities(report(at, 3, [[0, 99, "PER"]])) == [(4, 5, "ORG")]
    at.get_by_key("tgt").set_value("Bonn.")
    assert entities(rerun(at)) == [(0, 2, "PER"), (5, 6, "LOC")]  # another pair, other entities
    assert "marks" not in at.query_params


def test_without_entities_there_is_no_next_step() -> None:
    at = own(src="It rains.", tgt="Es regnet.", step="3")
    assert walk(at)["step"] == 1
    assert at.get_by_key("try-next").disabled
    assert any(text.startswith("No entity was found") for text in texts(at))
    at = report(at, 1, [[1, 2, "MISC"]])
    assert not at.get_by_key("try-next").disabled
    at = report(at, 2, [])
    assert (at.query_params["marks"], at.get_by_key("try-next").disabled) == ("none", True)


def test_a_language_without_a_tagger_asks_for_marks() -> None:
    at = own(sl="yo", src="Ada ń gbé ní Bonn.")
    assert entities(at) == []
    assert any("finds names in Yoruba is installed" in text for text in texts(at))


def test_what_is_missing_or_bad_is_said() -> None:
    assert infos(open_app("try_it", example="own"))[0].startswith("Write at least one sentence.")
    assert infos(own(tl="en-GB"))[0].startswith("Both languages are English.")
    assert infos(own(tgt="\u200b"))[0].startswith("The target sentence has no words")
    assert infos(own(src="a " * (MOST_WORDS + 1)))[0].startswith(
        f"The source sentence has {MOST_WORDS + 1} words"
    )
    assert any("is no language that is known" in text for text in texts(own(tl="nonsense")))


def test_a_sentence_alone_wants_a_translator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.components.missing_sentence._available", lambda *_: [])
    at = own(src="")
    assert "The source sentence (English) is missing." in texts(at)
    assert not at.get("bidi_component")


def test_a_long_text_stays_out_of_the_url_and_in_the_session() -> None:
    text = "Ada sings. " * (LONGEST_IN_URL // 11 + 1)
    at = open_app("try_it", **OWN | {"src": ""})
    at.get_by_key("src").set_value(text)
    rerun(at)
    assert "src" not in at.query_params
    go_to(at, "corpora")
    at = go_to(at, "try_it")
    assert at.get_by_key("src").value == text
    at.get_by_key("src").set_value("Ada.")
    assert rerun(at).query_params["src"] == "Ada."


def test_ones_own_sentences_go_on_to_inspect_with_the_marks() -> None:
    at = own(step="4", marks="0-2.ORG")
    at.get_by_key("try-inspect").click()
    rerun(at)
    assert at.header[0].value == "Inspect"
    [corpus] = added_corpora().corpora
    assert (at.query_params["corpus"], corpus.n_source_gold) == (corpus.spec, 1)
    entity = component(at, "sentence_pair")["source"]["below"][0]["spans"][0]
    assert (entity["start"], entity["end"], entity["label"]) == (0, 2, "ORG")


def test_start_again_forgets_what_was_typed() -> None:
    at = own(step="4")
    at.get_by_key("try-again").click()
    rerun(at)
    assert at.query_params == {"example": "own"}
    assert (at.get_by_key("src").value, at.get_by_key("tgt").value) == ("", "")
