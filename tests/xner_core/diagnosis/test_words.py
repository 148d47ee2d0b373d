"""Errors in plain words."""

from __future__ import annotations

from dataclasses import replace

from tests.xner_core.diagnosis.sentences import diagnosed, diagonal, only, sentence
from xner_core.diagnosis import sentence_of
from xner_core.diagnosis.details import DETAILS
from xner_core.diagnosis.steps import STAGES
from xner_core.diagnosis.words import DETAIL_HELP, KIND_HELP, STAGE_HELP, STAGE_TITLES
from xner_core.evaluation.spans import KINDS

ONE = [(2, 4, "LOC")]
GOLD = diagonal(*range(10))


def test_everything_has_words() -> None:
    assert list(STAGE_TITLES) == list(STAGE_HELP) == list(STAGES)
    assert list(KIND_HELP) == list(KINDS)
    assert list(DETAIL_HELP) == list(DETAILS)


def test_a_missed_entity() -> None:
    pair = sentence(ONE, ONE, GOLD)
    assert (
        sentence_of(only(diagnosed(pair, [])), pair)
        == "“t2 t3” (LOC) is missed: no word link joins it to a source entity of its label. "
        "Settled by gold word links."
    )


def test_a_spurious_one() -> None:
    pair = sentence([], [], GOLD)
    assert (
        sentence_of(only(diagnosed(pair, GOLD, tagged=ONE)), pair)
        == "“t2 t3” (LOC) is spurious: gold has no further entity of its label. "
        "Settled by gold source entities."
    )


def test_boundary_and_label() -> None:
    pair = sentence([(2, 3, "LOC")], ONE)
    assert (
        sentence_of(only(diagnosed(pair, GOLD)), pair)
        == "“t2” (LOC) is found as “t2 t3” (LOC): all of its words and more. "
        "Owed to the scores or to what could not be tested, for want of gold: word links."
    )
    pair = sentence(ONE, [(2, 4, "ORG")], GOLD)
    assert (
        sentence_of(only(diagnosed(pair, GOLD)), pair)
        == "“t2 t3” (LOC) is labelled ORG: the source entity has that label already. "
        "Nothing settles it: gold has no source entity of its label left for it."
    )


def test_every_stage_has_its_sentence() -> None:
    pair = sentence(ONE, ONE, GOLD)
    error = only(diagnosed(pair, []))
    said = {sentence_of(replace(error, stage=stage), pair) for stage in STAGES}
    assert len(said) == len(STAGES)


def test_words_that_run_from_right_to_left_are_isolated() -> None:
    pair = sentence(ONE, ONE, GOLD)
    words = (*pair.target.words[:2], "جامعة", "أنقرة", *pair.target.words[4:])
    arabic = replace(pair, target=replace(pair.target, words=words))
    assert sentence_of(only(diagnosed(arabic, [])), arabic).startswith("“\u2068جامعة أنقرة\u2069” (LOC)")
