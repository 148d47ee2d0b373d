"""The name score, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tests.builders import entity, spans
from xner_core.config import Choice
from xner_core.scoring.name import NameScore, NameScoreConfig
from xner_core.types import AlignedPair, Sentence, SentencePair, WordAlignment


def raw(source: str, target: str, method: str = "ratio") -> float:
    """The score of two texts as wholes."""
    a, b = tuple(source.split()), tuple(target.split())
    pair = SentencePair("x", Sentence(a, "en"), Sentence(b, "und"))
    scorer = NameScore(NameScoreConfig.model_validate({"method": method}))
    found = scorer.score(AlignedPair(pair, (entity(0, len(a)),), WordAlignment.of([])), spans((0, len(b))))
    return float(found.parts["name"].raw.item())


@pytest.mark.parametrize(
    ("source", "target", "score"),
    [
        ("Paris", "Paris", 1),
        ("Paris", "PARIS", 1),
        ("Lodz", "Łódź", 1),
        ("Boris Godunov", "Борис Годунов", 1),
        ("Paris", "Parijs", 1 - 1 / 11),  # one letter to insert, in 11 letters
        ("Paris", "Pariz", 1 - 2 / 10),  # one to delete, one to insert
        ("ab cd", "abcd", 1 - 1 / 9),
        ("ab", "cd", 0),
    ],
)
def test_hand_worked_scores(source: str, target: str, score: float) -> None:
    assert raw(source, target) == pytest.approx(score)


def test_what_leaves_nothing_in_latin_letters_is_like_nothing() -> None:
    assert raw("\ue000", "\ue001") == 0
    assert raw("\ue000", "Paris") == 0
    assert raw("Paris", "\ue000") == 0


def test_token_sort_takes_words_in_any_order() -> None:
    assert raw("Angela Merkel", "Merkel Angela") < 0.6
    assert raw("Angela Merkel", "Merkel Angela", "token_sort") == 1
    assert Choice(name="name:token_sort").build("scorer").config.method == "token_sort"


def test_the_threshold_drops_what_is_hardly_alike() -> None:
    pair = SentencePair("x", Sentence(("Paris",), "en"), Sentence(("Pariz", "sap", "Parma"), "und"))
    aligned = AlignedPair(pair, (entity(0, 1),), WordAlignment.of([]))
    found = NameScore().score(aligned, spans((0, 1), (1, 2), (2, 3), (0, 2)))
    np.testing.assert_allclose(found.parts["name"].raw, [[0.8, 0.25, 0.6, 10 / 14]], atol=1e-12)
    np.testing.assert_allclose(found.values, [[0.8, 0, 0.6, 10 / 14]])
