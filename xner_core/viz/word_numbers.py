"""The numbers of each pair of words, as they are shown: rounded once, so that every place says the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Rival(NamedTuple):
    """The most similar other word.

    Attributes:
        word: Its index.
        similarity: In thousandths.
        ahead: Whether it is the most similar of all, so that the pair in question is not.
    """

    word: int
    similarity: int
    ahead: bool


@dataclass(frozen=True)
class WordNumbers:
    """Similarities of the words of a pair, and what follows from them.

    Attributes:
        similarity: In [0, 1], shape (source words, target words).
        forward: P(target | source), each row sums up to 1; same shape.
        backward: P(source | target), each column sums up to 1; same shape.
        source_entropy: How undecided each source word is, 0 to 1; shape (source words,).
        target_entropy: How undecided each target word is, 0 to 1; shape (target words,).
    """

    similarity: NDArray[np.floating]
    forward: NDArray[np.floating]
    backward: NDArray[np.floating]
    source_entropy: NDArray[np.floating]
    target_entropy: NDArray[np.floating]

    def thousandths(self) -> NDArray[np.int64]:
        """The similarities in thousandths."""
        return _whole(self.similarity, 1000)

    def of_cell(self, source: int, target: int) -> list[int]:
        """Similarity in thousandths, forward and backward probability in percent."""
        shares = percent(np.array([self.forward[source, target], self.backward[source, target]]))
        return [int(np.rint(self.similarity[source, target] * 1000)), *shares.tolist()]

    def row_rival(self, source: int, target: int) -> Rival | None:
        """The target word that is most similar to a source word, besides the one given; None without any."""
        return _rival(self.similarity[source], target)

    def column_rival(self, source: int, target: int) -> Rival | None:
        """The source word that is most similar to a target word, besides the one given; None without any."""
        return _rival(self.similarity[:, target], source)

    def best_two(self) -> dict[str, Any]:
        """The two most similar words of each word, the first ones between equals.

        Returns:
            `source` and `target`: for each of its words up to two pairs of the other
            sentence's word and its similarity in thousandths. A word's rival is the first
            that is not the word in question.
        """
        return {
            "source": [_best_two(row) for row in self.similarity],
            "target": [_best_two(column) for column in self.similarity.T],
        }


def percent(values: NDArray[np.floating]) -> NDArray[np.int64]:
    """Shares or probabilities in percent."""
    return _whole(values, 100)


def _whole(values: NDArray[np.floating], times: int) -> NDArray[np.int64]:
    whole: NDArray[np.int64] = np.rint(values * times).astype(np.int64)
    return whole


def _best_two(values: NDArray[np.floating]) -> list[list[int]]:
    order = np.argsort(-values, kind="stable")[:2]
    return [[int(index), int(np.rint(values[index] * 1000))] for index in order]


def _rival(values: NDArray[np.floating], besides: int) -> Rival | None:
    for place, (index, similarity) in enumerate(_best_two(values)):
        if index != besides:
            return Rival(index, similarity, ahead=place == 0)
    return None
