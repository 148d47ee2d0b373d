"""Alignment error rate and its relatives: predicted links against gold ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from operator import add

from xner_core.types import WordAlignment


@dataclass(frozen=True, slots=True)
class AlignmentScores:
    """How well predicted links agree with gold ones, counted over all pairs together.

    The formulas are those of Och and Ney (2003), *A Systematic Comparison of Various
    Statistical Alignment Models*: with the predicted links A, the sure gold links S and
    the acceptable ones P (possible or sure),

        precision = |A ∩ P| / |A|
        recall    = |A ∩ S| / |S|
        AER       = 1 − (|A ∩ S| + |A ∩ P|) / (|A| + |S|)

    They leave open what 0 / 0 is: here precision is 0 where nothing was predicted, recall
    is 0 where no gold link is sure, and AER is 0 where both hold, as no link is wrong
    and none is missed.

    Attributes:
        n_predicted: |A|.
        n_sure: |S|.
        n_acceptable: |P|; sure links are among them.
        n_predicted_sure: |A ∩ S|.
        n_predicted_acceptable: |A ∩ P|.
    """

    n_predicted: int
    n_sure: int
    n_acceptable: int
    n_predicted_sure: int
    n_predicted_acceptable: int

    def __add__(self, other: AlignmentScores) -> AlignmentScores:
        """The figures of two sets of pairs together."""
        return AlignmentScores(*(map(add, astuple(self), astuple(other))))

    @property
    def precision(self) -> float:
        """Share of the predicted links that are acceptable, in [0, 1]."""
        return self.n_predicted_acceptable / self.n_predicted if self.n_predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the sure links that were predicted, in [0, 1]."""
        return self.n_predicted_sure / self.n_sure if self.n_sure else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def aer(self) -> float:
        """Alignment error rate, in [0, 1]; lower is better."""
        size = self.n_predicted + self.n_sure
        return 1 - (self.n_predicted_sure + self.n_predicted_acceptable) / size if size else 0.0


def score_alignment(gold: Sequence[WordAlignment], predicted: Sequence[WordAlignment]) -> AlignmentScores:
    """Count how predicted links agree with gold ones.

    Args:
        gold: Gold links of each pair, sure and possible.
        predicted: Links of each pair in the same order; those called possible count like the others.

    Raises:
        ValueError: If there are not as many of the one as of the other.
    """
    counts = [0, 0, 0, 0, 0]
    for right, found in zip(gold, predicted, strict=True):
        links, sure = set(found.links), set(right.sure)
        acceptable = sure.union(right.possible)
        sets = (links, sure, acceptable, links & sure, links & acceptable)
        counts = [count + len(each) for count, each in zip(counts, sets, strict=True)]
    return AlignmentScores(*counts)
