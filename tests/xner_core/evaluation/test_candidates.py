"""Candidate recall by hand."""

from __future__ import annotations

import pytest

from tests.builders import entity, spans
from xner_core.evaluation import candidate_recall

GOLD = [(entity(0, 2, "PER"), entity(3, 4, "LOC")), (), (entity(1, 2, "LOC"),)]
CANDIDATES = [spans((0, 2), (0, 1), (3, 5)), spans((0, 1)), spans((1, 2), (0, 2))]


def test_the_share_of_gold_spans_among_the_candidates_of_their_sentence() -> None:
    assert candidate_recall(GOLD, CANDIDATES) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("labels", "share"), [(["PER"], 1), (["LOC"], 0.5), (["LOC", "PER"], 2 / 3), (["X"], 0)]
)
def test_only_the_labels_asked_for_count(labels: list[str], share: float) -> None:
    assert candidate_recall(GOLD, CANDIDATES, labels) == pytest.approx(share)


def test_an_empty_list_of_labels_is_no_label() -> None:
    assert candidate_recall(GOLD, CANDIDATES, []) == 0


def test_candidates_of_another_sentence_do_not_help() -> None:
    assert candidate_recall([(entity(0, 1),), ()], [(), spans((0, 1))]) == 0


def test_nothing_to_find_is_0_as_in_the_other_figures() -> None:
    assert candidate_recall([], []) == 0
    assert candidate_recall([()], [spans((0, 1))]) == 0


def test_sentences_must_correspond() -> None:
    with pytest.raises(ValueError, match="zip"):
        candidate_recall(GOLD, CANDIDATES[:2])
