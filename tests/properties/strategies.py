"""Random entities, tags and matrices."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from xner_core.types import Entity, Span

LABELS = st.sampled_from(["PER", "LOC", "geo-loc"])


@st.composite
def tagged_sentences(draw: st.DrawFn) -> tuple[tuple[Entity, ...], int]:
    """Entities that share no word, some of them adjacent, and the length of their sentence."""
    pieces = draw(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 4), LABELS), max_size=6))
    entities, end = [], 0
    for gap, length, label in pieces:
        start = end + gap
        end = start + length
        entities.append(Entity(Span(start, end), label))
    return tuple(entities), end + draw(st.integers(0, 2))


def tag_lists(prefixes: str) -> st.SearchStrategy[list[str]]:
    """Tags in any order, correct or not."""
    tags = [f"{prefix}-{label}" for prefix in prefixes for label in ("PER", "LOC", "geo-loc")]
    return st.lists(st.sampled_from(["O", *tags]), max_size=12)


def similarities(least: int = 0, most: int = 6) -> st.SearchStrategy[NDArray[np.float32]]:
    """Matrices with values in [0, 1], ties included."""
    values = st.sampled_from([float(np.float32(i / 16)) for i in range(17)]) | st.floats(0, 1, width=32)
    return st.tuples(st.integers(least, most), st.integers(least, most)).flatmap(
        lambda shape: arrays.arrays(np.float32, shape, elements=values)
    )


def distinct_similarities(least: int = 0, most: int = 6) -> st.SearchStrategy[NDArray[np.float32]]:
    """Matrices without ties."""
    return st.tuples(st.integers(least, most), st.integers(least, most)).flatmap(
        lambda shape: st.permutations(range(shape[0] * shape[1])).map(
            lambda order: (np.array(order, dtype=np.float32).reshape(shape) + 1) / (shape[0] * shape[1] + 1)
        )
    )
