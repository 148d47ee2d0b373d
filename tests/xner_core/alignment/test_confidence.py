"""What speaks for and against links."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.oracles.mutual_softmax import entropy_bits, probabilities
from tests.properties.strategies import similarities
from xner_core.alignment.confidence import link_confidence
from xner_core.errors import ConfigError
from xner_core.types import WordAlignment


def alignment(rows: list[list[float]], *links: tuple[int, int]) -> WordAlignment:
    return WordAlignment(tuple(sorted(links)), (), np.array(rows, dtype=np.float32))


def test_numbers_around_links() -> None:
    rows = [[0.9, 0.8, 0.2], [0.7, 0.85, 0.1]]
    found = link_confidence(alignment(rows, (0, 0), (0, 1), (1, 1), (1, 2)))
    assert found.links.tolist() == [[0, 0], [0, 1], [1, 1], [1, 2]]
    np.testing.assert_allclose(found.similarity, [0.9, 0.8, 0.85, 0.1])
    np.testing.assert_allclose(found.row_runner_up, [0.8, 0.9, 0.7, 0.85])
    np.testing.assert_allclose(found.column_runner_up, [0.7, 0.85, 0.8, 0.2])
    np.testing.assert_allclose(found.margin, [0.1, -0.1, 0.05, -0.75], rtol=1e-5)
    assert found.forward.tolist() == [True, False, True, False]
    assert found.reverse.tolist() == [True, False, True, False]


def test_directions_may_disagree() -> None:
    found = link_confidence(alignment([[0.9, 0.8], [0.1, 0.2]], (0, 0), (0, 1), (1, 1)))
    assert found.forward.tolist() == [True, False, True]
    assert found.reverse.tolist() == [True, True, False]


def test_between_equals_the_runner_up_is_as_similar_and_the_first_is_chosen() -> None:
    found = link_confidence(alignment([[0.5, 0.5, 0.1]], (0, 0), (0, 1)))
    np.testing.assert_allclose(found.row_runner_up, [0.5, 0.5])
    assert found.forward.tolist() == [True, False]


def test_entropy_is_a_share_of_the_most_that_it_could_be() -> None:
    # 4 : 1 at temperature 0.1 is an entropy of 0.7219 bits, of at most log2(2) = 1 bit.
    found = link_confidence(alignment([[0.5 + 0.1 * log(4), 0.5], [0.3, 0.3]]), temperature=0.1)
    np.testing.assert_allclose(found.source_entropy, [0.7219, 1], atol=1e-4)
    # Four equally similar words: 2 bits of at most 2.
    np.testing.assert_allclose(link_confidence(alignment([[0.4] * 4])).source_entropy, [1])


def test_a_sharp_choice_has_no_entropy() -> None:
    found = link_confidence(alignment([[1, 0], [0, 1]], (0, 0)), temperature=0.001)
    assert found.source_entropy.tolist() == found.target_entropy.tolist() == [0, 0]


def test_where_there_is_no_other_word() -> None:
    found = link_confidence(alignment([[0.4], [0.6]], (1, 0)))
    assert np.isnan(found.row_runner_up).all()
    np.testing.assert_allclose(found.column_runner_up, [0.4])
    np.testing.assert_allclose(found.margin, [0.2], rtol=1e-5)
    assert np.isnan(link_confidence(alignment([[0.4]], (0, 0))).margin).all()
    assert found.source_entropy.tolist() == [0, 0]
    assert 0 < found.target_entropy[0] < 1


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0), (2, 3)])
def test_without_links(shape: tuple[int, int]) -> None:
    found = link_confidence(WordAlignment((), (), np.zeros(shape, dtype=np.float32)))
    assert found.links.shape == (0, 2)
    assert found.similarity.shape == found.row_runner_up.shape == found.column_runner_up.shape == (0,)
    assert found.forward.shape == found.reverse.shape == (0,)
    assert (len(found.source_entropy), len(found.target_entropy)) == shape


def test_possible_links_are_judged_too() -> None:
    both = WordAlignment(((1, 1),), ((0, 0),), np.eye(2, dtype=np.float32))
    assert link_confidence(both).links.tolist() == [[0, 0], [1, 1]]


def test_without_similarities() -> None:
    with pytest.raises(ConfigError, match="there are none"):
        link_confidence(WordAlignment.of([(0, 0)]))


@given(similarities(least=1, most=5), st.sampled_from([0.01, 0.05]))
def test_every_number_is_that_of_a_plain_loop(similarity: NDArray[np.float32], temperature: float) -> None:
    rows = similarity.tolist()
    n_source, n_target = similarity.shape
    links = [(i, j) for i in range(n_source) for j in range(n_target)]
    found = link_confidence(alignment(rows, *links), temperature)
    for index, (i, j) in enumerate(links):
        column = [row[j] for row in rows]
        assert found.similarity[index] == rows[i][j]
        for runner_up, others in (
            (found.row_runner_up, rows[i][:j] + rows[i][j + 1 :]),
            (found.column_runner_up, column[:i] + column[i + 1 :]),
        ):
            assert runner_up[index] == max(others) if others else np.isnan(runner_up[index])
        assert found.forward[index] == (rows[i].index(max(rows[i])) == j)
        assert found.reverse[index] == (column.index(max(column)) == i)
    shares = [[probabilities(rows, i, j, temperature) for j in range(n_target)] for i in range(n_source)]
    for i in range(n_source):
        most = max(np.log2(n_target), 1e-9)
        expected = entropy_bits([shares[i][j][0] for j in range(n_target)]) / most
        assert found.source_entropy[i] == pytest.approx(expected, abs=1e-6)
    for j in range(n_target):
        most = max(np.log2(n_source), 1e-9)
        expected = entropy_bits([shares[i][j][1] for i in range(n_source)]) / most
        assert found.target_entropy[j] == pytest.approx(expected, abs=1e-6)
