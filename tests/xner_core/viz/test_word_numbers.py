"""The numbers that are shown agree with those that links are judged by."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from xner_core.alignment.confidence import link_confidence
from xner_core.types import WordAlignment
from xner_core.viz.word_numbers import WordNumbers

SIMILARITIES = st_numpy.arrays(
    np.float32,
    st.tuples(st.integers(1, 5), st.integers(1, 5)),
    elements=st.sampled_from([0.1, 0.5, 0.7, 0.9]),
)


def of(similarity: np.ndarray) -> WordNumbers:
    rows, columns = similarity.shape
    return WordNumbers(similarity, similarity, similarity, np.zeros(rows), np.zeros(columns))


@given(similarity=SIMILARITIES)
def test_rivals_are_the_runner_ups_of_link_confidence(similarity: np.ndarray) -> None:
    cells = tuple(np.ndindex(*similarity.shape))
    confidence = link_confidence(WordAlignment(cells, similarity=similarity))
    for k, cell in enumerate(cells):
        row, column = of(similarity).row_rival(*cell), of(similarity).column_rival(*cell)
        for rival, runner_up, first in (
            (row, confidence.row_runner_up[k], confidence.forward[k]),
            (column, confidence.column_runner_up[k], confidence.reverse[k]),
        ):
            assert (rival is None) == np.isnan(runner_up)
            if rival is not None:
                assert rival.similarity == round(float(runner_up) * 1000)
                assert rival.ahead != first


def test_a_rival_is_another_word() -> None:
    numbers = of(np.array([[0.9, 0.2, 0.9]], np.float32))
    assert numbers.row_rival(0, 0) == (2, 900, False)
    assert numbers.row_rival(0, 2) == (0, 900, True)
    assert numbers.column_rival(0, 1) is None
    assert numbers.best_two() == {
        "source": [[[0, 900], [2, 900]]],
        "target": [[[0, 900]], [[0, 200]], [[0, 900]]],
    }
