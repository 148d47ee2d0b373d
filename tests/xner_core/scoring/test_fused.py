"""Fused scores: formulas, weights, thresholds and names of the parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from tests.builders import entity, spans
from xner_core.config import Choice
from xner_core.errors import ConfigError, XnerError
from xner_core.scoring.alignment import AlignmentScore
from xner_core.scoring.fused import FusedConfig, FusedPart, FusedScore, parse_formula
from xner_core.types import (
    AlignedPair,
    ScoreMatrix,
    ScorePart,
    Sentence,
    SentencePair,
    Span,
    WordAlignment,
)

PAIR = AlignedPair(
    SentencePair("x", Sentence(("Anna", "in", "Rom"), "en"), Sentence(("Anna", "i", "Roma"), "und")),
    (entity(0, 1), entity(2, 3, "LOC")),
    WordAlignment.of([(0, 0), (1, 1), (2, 1), (2, 2)]),
)
WORDS = spans((0, 1), (1, 2), (2, 3))
ALIGNMENT = np.array([[1, 0, 0], [0, 1, 1]])
NAME = np.array([[1, 0, 2 / 8], [0, 0, 6 / 7]])  # Anna and Roma share an a, Rom and Roma three letters


def test_the_weighted_sum() -> None:
    found = Choice(name="fused:0.5*alignment + 2*name", options={"threshold": 0}).build("scorer")
    scores = found.score(PAIR, WORDS)
    np.testing.assert_allclose(scores.values, 0.5 * ALIGNMENT + 2 * np.where(NAME > 0.6, NAME, 0), rtol=1e-6)


def test_parts_keep_their_raw_scores_and_thresholds() -> None:
    scores = FusedScore(FusedConfig(parts=parse_formula("0.5*alignment+2*name"))).score(PAIR, WORDS)
    assert list(scores.parts) == ["alignment", "name"]
    np.testing.assert_allclose(scores.parts["alignment"].raw, ALIGNMENT)
    np.testing.assert_allclose(scores.parts["name"].raw, NAME, atol=1e-12)
    assert [part.weight for part in scores.parts.values()] == [0.5, 2]
    assert [part.threshold for part in scores.parts.values()] == [0, 0.6]


def test_the_threshold_is_on_the_sum() -> None:
    fused = Choice(name="fused:0.5*alignment+0.5*name", options={"threshold": 0.6}).build("scorer")
    np.testing.assert_allclose(fused.score(PAIR, WORDS).values, [[1, 0, 0], [0, 0, 0.5 + 3 / 7]])


def test_parts_have_options_of_their_own() -> None:
    parts = [{"name": "alignment"}, {"name": "name", "weight": 0.1, "options": {"threshold": 0.9}}]
    fused = Choice(name="fused", options={"parts": parts, "threshold": 0}).build("scorer")
    expected = ALIGNMENT + 0.1 * np.array([[1, 0, 0], [0, 0, 0]])
    np.testing.assert_allclose(fused.score(PAIR, WORDS).values, expected)


def test_parts_of_the_same_scorer_have_names_of_their_own() -> None:
    fused = Choice(name="fused:alignment + alignment:words + alignment + name + name:token_sort").build(
        "scorer"
    )
    names = ["alignment", "alignment:words", "alignment (2)", "name", "name:token_sort"]
    assert list(fused.score(PAIR, WORDS).parts) == names


@pytest.mark.parametrize(
    ("formula", "parts"),
    [
        ("name", [("name", 1)]),
        ("0.5*alignment+0.5*ner:any", [("alignment", 0.5), ("ner:any", 0.5)]),
        ("  .5 * alignment  +  2e-1*name ", [("alignment", 0.5), ("name", 0.2)]),
        ("1*translation:facebook/m2m100_418M", [("translation:facebook/m2m100_418M", 1)]),
    ],
)
def test_formulas(formula: str, parts: list[tuple[str, float]]) -> None:
    assert parse_formula(formula) == tuple(FusedPart(name=name, weight=weight) for name, weight in parts)


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        ("", "a scorer is missing"),
        ("alignment +", "a scorer is missing"),
        ("0.5*", "a scorer is missing"),
        ("much*alignment", "'much', the weight of 'alignment'"),
        ("*alignment", "'', the weight of 'alignment'"),
        ("-1*alignment", "'-1', the weight of 'alignment'"),
        ("0*alignment", "'0', the weight of 'alignment'"),
        ("nan*alignment", "'nan', the weight of 'alignment'"),
        ("inf*alignment", "'inf', the weight of 'alignment'"),
        ("alignment + 0.5*nmae", "there is no scorer called 'nmae'"),
        ("alignment + name:loud", "bad options for the scorer 'name': method"),
        ("alignment + fused", "cannot be part of another"),
        ("fused:name", "cannot be part of another"),
    ],
)
def test_bad_formulas_say_what_is_wrong(formula: str, says: str) -> None:
    with pytest.raises(ConfigError) as raised:
        Choice(name="fused", options={"parts": formula}).build("scorer")
    assert says in raised.value.what
    assert raised.value.hint


@pytest.mark.parametrize("parts", [[], [{"weight": 1}], [{"name": "name", "colour": "red"}], 3, None])
def test_bad_parts(parts: Any) -> None:
    with pytest.raises(ConfigError, match="bad options for the scorer 'fused': parts"):
        Choice(name="fused", options={"parts": parts}).build("scorer")


def test_what_a_part_lacks_is_told_by_the_part() -> None:
    with pytest.raises(XnerError, match="target_ner"):
        Choice(name="fused:alignment+ner:any").build("scorer").score(PAIR, WORDS)


def test_the_default_adds_up_links_and_names() -> None:
    assert [part.name for part in FusedConfig().parts] == ["alignment:words", "name"]
    assert sum(part.weight for part in FusedConfig().parts) == 1


def test_models_of_the_parts_are_named_and_released(monkeypatch: pytest.MonkeyPatch) -> None:
    fused = FusedScore(FusedConfig(parts=parse_formula("name + alignment + name:token_sort")))
    released = []
    for index, (_, _, scorer) in enumerate(fused._scorers):
        monkeypatch.setattr(scorer, "model_ids", (f"model-{index // 2}",), raising=False)
        monkeypatch.setattr(scorer, "release", lambda index=index: released.append(index))
    assert fused.model_ids == ("model-0", "model-1")
    fused.release()
    assert released == [0, 1, 2]


def test_weights_are_multiplied_where_a_part_has_one_of_its_own() -> None:
    class Threefold(AlignmentScore):
        def score(self, aligned: AlignedPair, candidates: Sequence[Span]) -> ScoreMatrix:
            return ScoreMatrix.of({"x": ScorePart(ALIGNMENT.astype(float), 3, 0.5)})

    fused = FusedScore(FusedConfig(parts=parse_formula("0.5*alignment"), threshold=0))
    fused._scorers = [(label, weight, Threefold()) for label, weight, _ in fused._scorers]
    scores = fused.score(PAIR, WORDS)
    assert (scores.parts["alignment"].weight, scores.parts["alignment"].threshold) == (1.5, 0.5)
    np.testing.assert_allclose(scores.values, 1.5 * ALIGNMENT)
