"""Which marked part of a translation is which entity, and which words it has."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xner_core.translation.markers import MarkedRange
from xner_core.types import Span

Similarities = NDArray[np.float64]

_GRID = 10**6
"""Similarities count as equal that differ by less than a millionth."""


@dataclass(frozen=True, slots=True)
class Found:
    """What became of the marked entities of a text.

    Attributes:
        places: Entity → the range that holds it; the ranges do not overlap.
        doubled: The entities that had further ranges.
    """

    places: dict[int, MarkedRange]
    doubled: frozenset[int]


def spelling_similarity(
    texts: Sequence[str], translated: Sequence[str], originals: Sequence[str]
) -> Similarities:
    """How alike marked texts and entities are spelled, in [0, 1].

    An entity may have been translated or left as it was, so the more similar of both counts:
    rapidfuzz's ratio, 1 - (letters to insert or delete) / (letters of both), without regard to case.

    Args:
        texts: What stood between marks.
        translated: Each entity, translated on its own.
        originals: Each entity, as it was marked.

    Returns:
        float64, shape (entities, texts).
    """
    from rapidfuzz import fuzz, process

    columns = [_plain(text) for text in texts]
    rows = [_plain(text) for text in (*translated, *originals)]
    values = process.cdist(rows, columns, scorer=fuzz.ratio, dtype=np.float64) / 100
    both: Similarities = values.reshape(2, len(translated), len(columns)).max(axis=0)
    return both


def find_again(ranges: Sequence[MarkedRange], n: int, similarity: Similarities, threshold: float) -> Found:
    """Say which range is which of `n` entities.

    A mark's number decides where it has one; of several ranges with one number the first is
    taken. The others are matched by similarity, so that the sum is greatest, as
    EasyProject does one by one (Chen et al. 2023, arXiv 2211.15613); equal
    entities keep their order. As there, a last range belongs to the last entity, whatever its
    spelling, where there are as many ranges as entities. Of ranges that overlap the most similar
    one is kept, the shorter where similarity decides nothing.

    Args:
        ranges: What the marks held, in order.
        n: Number of entities that were marked, in order of the text.
        similarity: Shape (n, ranges).
        threshold: The least similarity that makes a match.
    """
    places: dict[int, int] = {}
    doubled: set[int] = set()
    for index, marked in enumerate(ranges):
        if marked.number is not None:
            if marked.number in places:
                doubled.add(marked.number)
            else:
                places[marked.number] = index
    rest = [entity for entity in range(n) if entity not in places]
    unnumbered = [index for index, marked in enumerate(ranges) if marked.number is None]
    matched = _matched(similarity[np.ix_(rest, unnumbered)], threshold)
    places |= {rest[row]: unnumbered[column] for row, column in matched.items()}
    free = [index for index in unnumbered if index not in places.values()]
    left = [entity for entity in rest if entity not in places]
    if len(ranges) == n and len(free) == len(left) == 1 and ranges[free[0]].sure:
        places[left[0]] = free.pop()
    for index in free:
        nearest = int(similarity[:, index].argmax())
        if similarity[nearest, index] >= threshold:
            doubled.add(nearest)
    apart = _apart({entity: ranges[index] for entity, index in places.items()}, places, similarity)
    return Found(apart, frozenset(doubled))


def word_ranges(words: Sequence[str], text: str) -> list[tuple[int, int]] | None:
    """The characters of each word in the text that the words were cut from or joined to.

    Returns:
        Half-open ranges, or None where the text has anything else than the words, white space and
        what cannot be seen.
    """
    ranges, place = [], 0
    for word in words:
        while not text.startswith(word, place):
            if place == len(text) or not _is_between_words(text[place]):
                return None
            place += 1
        ranges.append((place, place + len(word)))
        place += len(word)
    return ranges if all(map(_is_between_words, text[place:])) else None


def to_words(places: dict[int, MarkedRange], words: Sequence[tuple[int, int]]) -> dict[int, Span]:
    """The words that each range has a part in.

    A word that two ranges have a part in belongs to the one with more of its characters, the
    first of equals. A range that is left without words is left out.
    """
    in_order = sorted(places.items(), key=lambda item: item[1].start)
    owned: dict[int, list[int]] = {}
    for index, (start, end) in enumerate(words):
        parts = [(min(end, held.end) - max(start, held.start), entity) for entity, held in in_order]
        most = max((part for part, _ in parts), default=0)
        if most > 0:
            owned.setdefault(next(entity for part, entity in parts if part == most), []).append(index)
    return {entity: Span(indices[0], indices[-1] + 1) for entity, indices in owned.items()}


def trimmed(span: Span, words: Sequence[str], original: str) -> Span:
    """A span without the punctuation at its end that a translator drew between the marks."""
    end = span.end
    while end - span.start > 1 and _is_punctuation(words[end - 1]) and not original.endswith(words[end - 1]):
        end -= 1
    return Span(span.start, end)


def _is_between_words(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in {"Cc", "Cf"}


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _is_punctuation(word: str) -> bool:
    return all(unicodedata.category(character) == "Po" for character in word)


def _matched(similarity: Similarities, threshold: float) -> dict[int, int]:
    """Match rows and columns so that the sum is greatest, in their order where that decides nothing."""
    from scipy.optimize import linear_sum_assignment

    rows, columns = similarity.shape
    if not rows or not columns:
        return {}
    allowed = similarity >= threshold
    out_of_order = np.subtract.outer(np.arange(rows), np.arange(columns)) ** 2
    # Squares are least in order; all of them together count less than a step of the grid.
    step = min(rows, columns) * out_of_order.max() + 1
    values = np.where(allowed, np.rint(similarity * _GRID) * step - out_of_order, 0)
    chosen = zip(*linear_sum_assignment(values, maximize=True), strict=True)
    return {int(row): int(column) for row, column in chosen if allowed[row, column]}


def _apart(
    held: dict[int, MarkedRange], places: dict[int, int], similarity: Similarities
) -> dict[int, MarkedRange]:
    """Leave out ranges that overlap better ones."""

    def rank(entity: int) -> tuple[float, int, int]:
        place = held[entity]
        numbered = place.number is not None
        likeness = 1.0 if numbered else float(similarity[entity, places[entity]])
        return -likeness, place.end - place.start, place.start

    kept: dict[int, MarkedRange] = {}
    for entity in sorted(held, key=rank):
        place = held[entity]
        if all(place.end <= other.start or other.end <= place.start for other in kept.values()):
            kept[entity] = place
    return kept
