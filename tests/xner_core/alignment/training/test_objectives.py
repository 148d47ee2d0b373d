"""The losses against an oracle that goes cell by cell, on batches with padding."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from tests.oracles import self_training as oracle
from xner_core.alignment.training import objectives

TEMPERATURE = 0.05
WORDS = [([0, 0, 1, 2], [0, 1, 1]), ([0], [0, 1, 2, 2, 3]), ([0, 1, 2], [0, 1, 2])]
"""Source and target words of the subwords of each pair of the batch."""


def _padded(rows: list[torch.Tensor], fill: float) -> torch.Tensor:
    return torch.nn.utils.rnn.pad_sequence(rows, True, fill)


@pytest.fixture
def pairs() -> list[tuple[torch.Tensor, torch.Tensor]]:
    rng = np.random.default_rng(3)
    return [tuple(torch.tensor(rng.normal(size=(len(side), 5))).float() for side in pair) for pair in WORDS]


@pytest.fixture
def words() -> tuple[torch.Tensor, torch.Tensor]:
    source, target = ([torch.tensor(pair[side]) for pair in WORDS] for side in (0, 1))
    return _padded(source, -1), _padded(target, -1)


@pytest.fixture
def values(pairs: list[tuple[torch.Tensor, torch.Tensor]]) -> torch.Tensor:
    # What stands in the padding must not matter.
    source, target = (_padded([pair[side] for pair in pairs], 7.0) for side in (0, 1))
    return objectives.similarity(source, target)


def _loops(pairs: list[tuple[torch.Tensor, torch.Tensor]]) -> list[list[list[float]]]:
    return [oracle.similarity(source.tolist(), target.tolist()) for source, target in pairs]


def test_similarity_is_the_aligners(
    pairs: list[tuple[torch.Tensor, torch.Tensor]], values: torch.Tensor
) -> None:
    for (source, target), row, expected in zip(pairs, values, _loops(pairs), strict=True):
        np.testing.assert_allclose(row[: len(source), : len(target)], expected, atol=1e-6)


def test_both_directions_sum_up_to_one(
    values: torch.Tensor, words: tuple[torch.Tensor, torch.Tensor], pairs: list[tuple[torch.Tensor, ...]]
) -> None:
    masks = [side >= 0 for side in words]
    forward, reverse = objectives.log_probabilities(values, *masks, TEMPERATURE)
    for i, (source, target) in enumerate(pairs):
        n, m = len(source), len(target)
        expected = oracle.directions(values[i, :n, :m].tolist(), TEMPERATURE)
        np.testing.assert_allclose(forward[i, :n, :m].exp(), expected[0], rtol=2e-4)
        np.testing.assert_allclose(reverse[i, :n, :m].exp(), expected[1], rtol=2e-4)
        np.testing.assert_allclose(forward[i, :n].exp().sum(dim=1), 1, rtol=1e-5)


def test_links_are_mutual(values: torch.Tensor, words: tuple[torch.Tensor, torch.Tensor]) -> None:
    links = objectives.mutual_links(values, *(side >= 0 for side in words))
    for i, (source, target) in enumerate(WORDS):
        found = {(int(a), int(b)) for a, b in links[i].nonzero()}
        assert found == oracle.mutual(values[i, : len(source), : len(target)].tolist())
        assert found


@pytest.mark.parametrize("unit", ["subwords", "words"])
def test_self_training(values: torch.Tensor, words: tuple[torch.Tensor, torch.Tensor], unit: str) -> None:
    masks = [side >= 0 for side in words]
    links = objectives.mutual_links(values, *masks)
    directions = objectives.log_probabilities(values, *masks, TEMPERATURE)
    if unit == "words":
        links, *directions = objectives.of_words(links, *directions, *words)
    loss = objectives.self_training_loss(*directions, links, *masks)
    expected = []
    for i, (source, target) in enumerate(WORDS):
        own = (source, target) if unit == "words" else (list(range(len(source))), list(range(len(target))))
        expected.append(
            oracle.self_training(values[i, : len(source), : len(target)].tolist(), TEMPERATURE, *own)
        )
    assert float(loss) == pytest.approx(np.mean(expected), rel=1e-4)
    assert len(set(np.round(expected, 3))) > 1


def test_agreement(values: torch.Tensor, words: tuple[torch.Tensor, torch.Tensor]) -> None:
    masks = [side >= 0 for side in words]
    loss = objectives.agreement_loss(*objectives.log_probabilities(values, *masks, TEMPERATURE), *masks)
    expected = [
        oracle.agreement(values[i, : len(source), : len(target)].tolist(), TEMPERATURE)
        for i, (source, target) in enumerate(WORDS)
    ]
    assert float(loss) == pytest.approx(np.mean(expected), rel=1e-4)


def test_perfect_agreement_is_minus_one() -> None:
    masks = [torch.ones(1, 3, dtype=torch.bool)] * 2
    directions = objectives.log_probabilities(torch.eye(3)[None], *masks, 0.01)
    assert float(objectives.agreement_loss(*directions, *masks)) == pytest.approx(-1)


def test_no_gradient_through_the_links_and_none_into_padding() -> None:
    source = torch.randn(1, 3, 4, requires_grad=True)
    target = torch.randn(1, 4, 4, requires_grad=True)
    masks = torch.tensor([[True, True, False]]), torch.tensor([[True, True, True, False]])
    values = objectives.similarity(source, target)
    links = objectives.mutual_links(values, *masks)
    assert not links.requires_grad
    words = torch.tensor([[0, 0, -1]]), torch.tensor([[0, 1, 1, -1]])
    parts = objectives.of_words(links, *objectives.log_probabilities(values, *masks, 0.05), *words)
    objectives.self_training_loss(parts[1], parts[2], parts[0], *masks).backward()
    assert source.grad is not None
    assert target.grad is not None
    assert source.grad[0, :2].abs().sum() > 0
    assert source.grad[0, 2].abs().sum() == target.grad[0, 3].abs().sum() == 0
    assert torch.isfinite(source.grad).all()


def test_a_link_that_is_impossible_as_yet_keeps_the_loss_finite() -> None:
    values = torch.tensor([[[1.0, 0.0], [1.0, 0.0]]], requires_grad=True)
    masks = [torch.ones(1, 2, dtype=torch.bool)] * 2
    directions = objectives.log_probabilities(values, *masks, 0.001)
    everything = torch.ones(1, 2, 2, dtype=torch.bool)
    words = torch.tensor([[0, 1]])
    _, forward, reverse = objectives.of_words(everything, *directions, words, words)
    loss = objectives.self_training_loss(forward, reverse, everything, *masks)
    loss.backward()
    assert torch.isfinite(loss)
    assert values.grad is not None
    assert torch.isfinite(values.grad).all()


def test_guessing_words_left_out() -> None:
    logits = torch.tensor([[2.0, 0.0, -1.0], [0.0, 0.0, 0.0]])
    expected = [math.log(math.e**2 + 1 + math.exp(-1)) - 2, math.log(3)]
    found = float(objectives.translation_lm_loss(logits, torch.tensor([0, 2])))
    assert found == pytest.approx(np.mean(expected), rel=1e-5)
    nothing = objectives.translation_lm_loss(torch.zeros(0, 3), torch.zeros(0, dtype=torch.long))
    assert float(nothing) == 0


def test_telling_translations_from_others() -> None:
    expected = np.mean([math.log(1 + math.exp(-2)), math.log(1 + math.exp(-1))])
    found = float(objectives.parallel_loss(torch.tensor([2.0, -1.0]), torch.tensor([1.0, 0.0])))
    assert found == pytest.approx(expected, rel=1e-5)
