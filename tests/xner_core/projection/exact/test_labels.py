"""The walk over the words against every choice, and what it gives up at."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.xner_core.projection.exact.components import (
    best,
    component_of,
    frame_of,
    is_choice,
    random_component,
    random_prices,
    taste,
    worth,
)
from xner_core.projection.exact.instance import UNLIMITED, Component
from xner_core.projection.exact.labels import LimitError, walk


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("priced", [False, True])
def test_it_finds_the_best_and_among_equals_the_best_taste(seed: int, priced: bool) -> None:
    rng = np.random.default_rng(seed)
    for _ in range(80):
        component = random_component(rng)
        optimum = best(component)
        prices = random_prices(rng, component) if priced else np.zeros(len(component.most))
        frame = frame_of(component, prices)
        for threshold in (-math.inf, optimum[0] - 1e-6):
            found = walk(component, frame, threshold, UNLIMITED)
            assert found is not None
            assert is_choice(component, found)
            assert (worth(component, found), taste(component, found)) == optimum
        assert walk(component, frame, optimum[0] + 0.5, UNLIMITED) is None


def test_the_first_column_counts_more_than_all_that_follow() -> None:
    # One long span, or two short ones whose later columns sum up to more.
    pairs = [(0, 0, 2, 4), (0, 0, 1, 2), (1, 1, 2, 2)]
    component = component_of(pairs, [0, 0], [1, 1], [[3, 1, 1], [0, 99, 99]])
    found = walk(component, frame_of(component, np.zeros(2)), 0, UNLIMITED)
    assert found is not None
    assert taste(component, found) == [3, 0]


def test_more_labels_than_allowed_are_too_many() -> None:
    component = _tiling(4, 8)
    frame = frame_of(component, np.zeros(4))
    needed = next(n for n in range(10_000) if _fits(component, n))
    assert needed > 8  # words
    with pytest.raises(LimitError):
        walk(component, frame, -math.inf, needed - 1)


def test_after_the_deadline_it_gives_up() -> None:
    component = _tiling(2, 3)
    with pytest.raises(LimitError):
        walk(component, frame_of(component, np.zeros(2), deadline=-math.inf), -math.inf, UNLIMITED)


def test_a_beam_keeps_few_labels_and_its_answer_may_not_be_the_best() -> None:
    # Having word 0 twice over looks best after word 1 and leaves entity 1 nothing.
    component = component_of([(0, 0, 1, 4), (1, 0, 1, 5), (1, 1, 2, 9), (0, 1, 2, 1)], [0, 0], [1, 1])
    frame = frame_of(component, np.zeros(2))
    values = {beam: worth(component, walk(component, frame, 0, UNLIMITED, beam) or []) for beam in (1, 2, 9)}
    assert values == {1: 6, 2: 13, 9: 13}


@pytest.mark.parametrize("beam", [1, 3])
def test_with_a_beam_the_answer_is_still_a_choice(beam: int) -> None:
    rng = np.random.default_rng(beam)
    for _ in range(80):
        component = random_component(rng)
        found = walk(component, frame_of(component, random_prices(rng, component)), -math.inf, 10**6, beam)
        assert found is None or is_choice(component, found)
        assert found is None or worth(component, found) <= best(component)[0]


def _fits(component: Component, limit: int) -> bool:
    try:
        walk(component, frame_of(component, np.zeros(len(component.most))), -math.inf, limit)
    except LimitError:
        return False
    return True


def _tiling(n_entities: int, n_words: int) -> Component:
    """Every entity may have any span of up to three words, and scores its length."""
    pairs = [
        (entity, a, b, b - a)
        for entity in range(n_entities)
        for a in range(n_words)
        for b in range(a + 1, min(n_words, a + 3) + 1)
    ]
    return component_of(pairs, [0] * n_entities, [1] * n_entities)
