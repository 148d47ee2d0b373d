"""How sure a link is, by the similarities around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xner_core.alignment.extraction.directed import forward_links, reverse_links
from xner_core.alignment.extraction.softmax import softmax
from xner_core.errors import ConfigError
from xner_core.types import WordAlignment

ENTROPY_TEMPERATURE = 0.02
"""Measured with e5-small: of 0.002 to 0.1 the one whose entropies best tell wrong links from right ones."""


@dataclass(frozen=True, slots=True)
class LinkConfidence:
    """What speaks for and against the links of a sentence pair.

    Attributes:
        links: Source and target word of each link, in the alignment's order; int64, shape (links, 2).
        similarity: Of the two words, in [0, 1]; float32, shape (links,).
        row_runner_up: The source word's largest similarity to any other target word; NaN where
            the target sentence has no other; float32, shape (links,).
        column_runner_up: The target word's largest similarity to any other source word; NaN
            where the source sentence has no other; float32, shape (links,).
        forward: Whether the target word is the source word's most similar one; bool, shape (links,).
        reverse: Whether the source word is the target word's most similar one; bool, shape (links,).
        source_entropy: How undecided each source word is between the target words: the entropy
            in bits of its softmax over them, divided by that of a uniform one; 0 is certain, 1
            knows nothing; float64, shape (source words,).
        target_entropy: The same for each target word; float64, shape (target words,).
    """

    links: NDArray[np.int64]
    similarity: NDArray[np.float32]
    row_runner_up: NDArray[np.float32]
    column_runner_up: NDArray[np.float32]
    forward: NDArray[np.bool_]
    reverse: NDArray[np.bool_]
    source_entropy: NDArray[np.float64]
    target_entropy: NDArray[np.float64]

    @property
    def margin(self) -> NDArray[np.float32]:
        """The similarity less the larger one of both runner-ups'; negative where another word fits better.

        Of all these numbers the one that tells wrong links from right ones best (measured on
        English-French and Romanian-English gold links). NaN where there is no other word at all.
        """
        margin: NDArray[np.float32] = self.similarity - np.fmax(self.row_runner_up, self.column_runner_up)
        return margin


def link_confidence(alignment: WordAlignment, temperature: float = ENTROPY_TEMPERATURE) -> LinkConfidence:
    """Judge all links of an alignment, sure and possible, by its word similarities.

    Between equal similarities the first word counts as the most similar one, as in the
    extractions.

    Args:
        alignment: With similarities.
        temperature: Of the softmax that the entropies are taken of: the difference of similarity
            that makes a word e ≈ 2.7 times as probable.

    Raises:
        ConfigError: If the links were not made from similarities.
    """
    values = alignment.similarity
    if values is None:
        raise ConfigError(
            "the confidence of links is read from the similarities of the words, and there are none",
            hint="Align with a model such as e5-small",
        )
    links = np.array(alignment.links, dtype=np.int64).reshape(-1, 2)
    rows, columns = links.T
    return LinkConfidence(
        links,
        values[rows, columns],
        _best_other(values, rows, columns),
        _best_other(values.T, columns, rows),
        forward_links(values)[rows, columns],
        reverse_links(values)[rows, columns],
        _normalised_entropy(softmax(values, temperature, axis=1)),
        _normalised_entropy(softmax(values, temperature, axis=0).T),
    )


def _best_other(
    values: NDArray[np.float32], rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> NDArray[np.float32]:
    """The largest value in each link's row without the link itself; NaN where there is no other."""
    if values.shape[1] < 2:
        return np.full(len(rows), np.nan, dtype=np.float32)
    # The two largest of each row say it for all of its links.
    second, first = np.partition(values, -2, axis=1)[:, -2:].T
    best: NDArray[np.float32] = np.where(values[rows, columns] == first[rows], second[rows], first[rows])
    return best


def _normalised_entropy(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """Entropy in bits of each row, divided by the logarithm of its length; 0 where nothing is to choose."""
    length = probabilities.shape[1]
    if length < 2:
        return np.zeros(len(probabilities))
    # 0 · log 0 is 0: a probability too small for a float adds nothing.
    logarithms = np.log2(probabilities, out=np.zeros_like(probabilities), where=probabilities > 0)
    entropies: NDArray[np.float64] = -(probabilities * logarithms).sum(axis=1) / np.log2(length)
    return entropies.clip(0, 1)
