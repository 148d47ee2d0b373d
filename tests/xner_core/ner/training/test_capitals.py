"""Capitals at random: never in names, and only as often as was asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import entity
from xner_core.ner.training.capitals import WORDS_CAPITALISED, with_capitals
from xner_core.types import Sentence

WORDS = ("we", "met", "de", "la", "Cruz", "in", "rome")
NAME = entity(2, 5)
TAGGED = [(Sentence(WORDS, "en", text="we met"), (NAME,))] * 200


def test_names_and_letters_stay_and_nothing_but_a_first_letter_changes() -> None:
    for (before, entities), (after, kept) in zip(TAGGED, with_capitals(TAGGED, 1.0, 1), strict=True):
        assert kept is entities
        assert after.words[2:5] == WORDS[2:5]
        assert [word.lower() for word in after.words] == [word.lower() for word in before.words]
        assert all(word[1:] == old[1:] for word, old in zip(after.words, before.words, strict=True))
        assert after.text is None or after == before


def test_how_many() -> None:
    half = with_capitals(TAGGED, 0.5, 1)
    changed = sum(after.text is None for after, _ in half)
    assert 70 < changed < 130
    whole = with_capitals(TAGGED, 1.0, 1)
    capitals = sum(after.words[i][0].isupper() for after, _ in whole for i in (0, 1, 5, 6))
    assert abs(capitals / (4 * len(whole)) - WORDS_CAPITALISED) < 0.07


@given(st.integers(0, 9))
def test_the_same_seed_makes_the_same(seed: int) -> None:
    assert with_capitals(TAGGED, 0.5, seed) == with_capitals(TAGGED, 0.5, seed)
    assert with_capitals(TAGGED, 0.5, seed) != with_capitals(TAGGED, 0.5, seed + 1)
    assert with_capitals(TAGGED, 0.0, seed) == TAGGED
