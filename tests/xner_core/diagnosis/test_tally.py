"""Errors counted, and the bars between the run's F1 and 1."""

from __future__ import annotations

import pytest

from tests.xner_core.diagnosis.sentences import diagnosed, diagonal, read, sentence
from xner_core.diagnosis.diagnose import diagnose_tagged
from xner_core.diagnosis.tally import Tally, total

ONE = [(2, 4, "LOC")]
GOLD = diagonal(*range(10))


def tally(*found: object) -> Tally:
    counted = Tally()
    for one in found:
        counted.count(one)  # type: ignore[arg-type]
    return counted


def test_the_bars_of_three_sentences() -> None:
    """One right, one lost to the tagger, one to the alignment: F1 1/2 → 4/5 → 1."""
    pair = sentence(ONE, ONE, GOLD)
    counted = tally(diagnosed(pair, GOLD), diagnosed(pair, GOLD, tagged=[]), diagnosed(pair, []))
    assert (counted.sentences, counted.gold) == (3, 3)
    bars = counted.bars()
    assert [bar["stage"] for bar in bars] == [
        "run",
        "ner",
        "alignment",
        "candidates",
        "solver",
        "scores",
        "gold",
    ]
    assert [bar["f1"] for bar in bars] == pytest.approx([0.5, 0.8, 1, 1, 1, 1, 1])
    assert [bar["difference"] for bar in bars] == pytest.approx([0.5, 0.3, 0.2, 0, 0, 0, 0])
    assert [(bar["gone"], bar["new"]) for bar in bars[:3]] == [(0, 0), (1, 0), (1, 0)]
    assert counted.errors == {("missed", "no source entity", "ner"): 1, ("missed", "no link", "alignment"): 1}


def test_a_step_may_do_harm() -> None:
    """Found by luck: the gold source entity, linked to other words, is projected there."""
    pair = sentence(ONE, [(6, 8, "LOC")], GOLD)
    bars = tally(diagnosed(pair, GOLD, tagged=ONE)).bars()
    assert [bar["f1"] for bar in bars] == [1, 0, 0, 0, 0, 1, 1]
    assert bars[1]["difference"] == -1
    assert (bars[1]["gone"], bars[1]["new"]) == (0, 2)
    assert (bars[5]["gone"], bars[5]["new"]) == (2, 0)


def test_an_untested_step_changes_nothing_and_the_rest_has_another_name() -> None:
    counted = tally(
        diagnosed(sentence([(2, 3, "LOC")], ONE), GOLD), diagnosed(sentence(ONE, ONE, GOLD), GOLD)
    )
    bars = {bar["stage"]: bar for bar in counted.bars()}
    assert list(bars) == ["run", "ner", "alignment", "candidates", "solver", "open", "gold"]
    assert (bars["ner"]["tested"], bars["alignment"]["tested"]) == (2, 1)
    assert bars["open"]["difference"] == pytest.approx(0.5)


def test_without_gold_source_entities_the_last_bar_has_another_name_too() -> None:
    bars = tally(diagnosed(sentence(ONE, None, GOLD), GOLD, tagged=[])).bars()
    assert [bar["stage"] for bar in bars[-2:]] == ["open", "source"]
    assert bars[-1]["difference"] == 1
    assert bars[-1]["gone"] == 1


def test_a_tagger_alone_has_two_bars() -> None:
    found = diagnose_tagged(sentence(ONE, None), read([(2, 3, "LOC")]) or ())
    bars = tally(found).bars()
    assert [(bar["stage"], bar["f1"]) for bar in bars] == [("run", 0), ("ner", 1)]


def test_without_gold_entities_there_are_no_bars() -> None:
    counted = tally(diagnosed(sentence([], ONE), GOLD))
    assert counted.bars() == []
    assert sum(counted.errors.values()) == 1


def test_languages_add_up() -> None:
    pair = sentence(ONE, ONE, GOLD)
    found = [diagnosed(pair, GOLD), diagnosed(pair, []), diagnosed(pair, GOLD, tagged=[])]
    together = total([tally(found[0]), tally(*found[1:])])
    assert together == tally(*found)
