"""Spans, links and problems refuse what cannot be."""

from __future__ import annotations

import numpy as np
import pytest

from tests.builders import entity, spans
from xner_core.errors import ProjectionError
from xner_core.types import (
    Corpus,
    Match,
    Projection,
    ProjectionProblem,
    ScoreMatrix,
    Sentence,
    SentencePair,
    Span,
    WordAlignment,
)


@pytest.mark.parametrize(("start", "end"), [(2, 2), (3, 2), (-1, 1)])
def test_span_is_never_empty_or_negative(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="0 <= start < end"):
        Span(start, end)


def test_span_length() -> None:
    assert len(Span(2, 5)) == 3


@pytest.mark.parametrize(
    ("other", "shares"),
    [((0, 2), False), ((0, 3), True), ((2, 5), True), ((3, 4), True), ((4, 9), True), ((5, 9), False)],
)
def test_spans_overlap_where_they_share_a_word(other: tuple[int, int], shares: bool) -> None:
    assert Span(2, 5).overlaps(Span(*other)) is shares
    assert Span(*other).overlaps(Span(2, 5)) is shares


def test_surface_joins_the_words_of_a_span() -> None:
    assert Sentence(("in", "New", "York", "."), "en").surface(Span(1, 3)) == "New York"


def test_a_link_that_is_sure_and_possible_is_sure() -> None:
    alignment = WordAlignment.of([(1, 0), (0, 1), (1, 0)], [(1, 0), (2, 2), (0, 0)])
    assert alignment.sure == ((0, 1), (1, 0))
    assert alignment.possible == ((0, 0), (2, 2))
    assert alignment.links == ((0, 0), (0, 1), (1, 0), (2, 2))


def test_alignment_as_a_matrix() -> None:
    matrix = WordAlignment.of([(0, 1)], [(1, 2)]).matrix(2, 3)
    assert matrix.tolist() == [[False, True, False], [False, False, True]]
    assert WordAlignment(()).matrix(2, 1).tolist() == [[False], [False]]


def test_languages_in_order_of_appearance() -> None:
    source = Sentence(("a",), "en")
    pairs = tuple(
        SentencePair(str(i), source, Sentence(("b",), lang)) for i, lang in enumerate(("uk", "de", "uk"))
    )
    assert Corpus("x", pairs, (), "").languages == ("uk", "de")


def _problem(shape: tuple[int, int], last: int) -> ProjectionProblem:
    scores = ScoreMatrix(np.zeros(shape), {})
    return ProjectionProblem((entity(0, 1),), spans((0, 1), (1, last)), scores, WordAlignment(()), 2, 3)


def test_a_problem_whose_parts_fit() -> None:
    assert _problem((1, 2), last=3).n_target == 3


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_score_must_be_finite(bad: float) -> None:
    scores = ScoreMatrix(np.array([[0.5, bad]]), {})
    with pytest.raises(ProjectionError, match="not finite"):
        ProjectionProblem((entity(0, 1),), spans((0, 1), (1, 2)), scores, WordAlignment(()), 2, 3)


def test_a_candidate_is_listed_once() -> None:
    scores = ScoreMatrix(np.array([[0.5, 0.5]]), {})
    with pytest.raises(ProjectionError, match="twice"):
        ProjectionProblem((entity(0, 1),), spans((0, 1), (0, 1)), scores, WordAlignment(()), 2, 3)


def test_a_problem_needs_a_score_for_every_entity_and_candidate() -> None:
    with pytest.raises(ProjectionError, match="1 source entities and 2 candidates"):
        _problem((2, 2), last=3)


def test_a_candidate_must_lie_in_the_target_sentence() -> None:
    with pytest.raises(ProjectionError, match="behind the last of the 3 target words"):
        _problem((1, 2), last=4)


def test_target_entities_in_order_of_their_spans() -> None:
    matches = (Match(0, entity(3, 4), 1.0), Match(1, entity(0, 2, "LOC"), 0.5))
    projection = Projection(matches, (), 1.5, None, "feasible")
    assert projection.target_entities == (entity(0, 2, "LOC"), entity(3, 4))
