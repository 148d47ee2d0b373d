"""Link by link the same as the simalign package on the same model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from simalign import SentenceAligner

from tests.properties.strategies import similarities
from xner_core.alignment.e5_small import E5SmallAligner
from xner_core.alignment.embedded import embedded_model
from xner_core.alignment.extraction import Argmax, Itermax, ItermaxConfig, MaximumWeightMatch
from xner_core.alignment.extraction.distortion import distorted
from xner_core.corpora import load

EXTRACTIONS = {"inter": Argmax(), "itermax": Itermax(), "mwmf": MaximumWeightMatch()}


@pytest.fixture(scope="module")
def simalign() -> SentenceAligner:
    return SentenceAligner(model=str(embedded_model()), layer=7, matching_methods="mai")


# Other pairs for each language; `python -m benchmarks.alignment` compares as many as one likes.
@pytest.mark.parametrize(
    ("lang", "first", "count"),
    [
        ("de", 0, 10),
        *(pytest.param(lang, first, 20, marks=pytest.mark.study) for lang, first in (("es", 4), ("it", 8))),
    ],
)
def test_links_on_europarl(
    europarl: Path,
    simalign: SentenceAligner,
    float32_aligner: E5SmallAligner,
    lang: str,
    first: int,
    count: int,
) -> None:
    files = ",".join(str(europarl / f"{code}-europarl.test.conll02") for code in ("en", lang))
    pairs = load(f"conll:{files}").pairs[first::12][:count]
    assert len(pairs) == count
    for pair, similarity in zip(pairs, float32_aligner.compare(pairs), strict=True):
        expected = simalign.get_word_aligns(list(pair.source.words), list(pair.target.words))
        for method, extraction in EXTRACTIONS.items():
            found = extraction.align(similarity)
            assert list(found.sure) == expected[method], (pair.id, method)


@settings(max_examples=150)
@given(similarities(least=1, most=8), st.integers(1, 5))
def test_itermax_on_any_matrix(similarity: NDArray[np.float32], iterations: int) -> None:
    found = Itermax(ItermaxConfig(iterations=iterations)).extract(similarity)
    np.testing.assert_array_equal(found, SentenceAligner.iter_max(similarity, iterations) > 0)


@given(similarities(least=1, most=8), st.floats(0, 1))
def test_distortion_on_any_matrix(similarity: NDArray[np.float32], strength: float) -> None:
    expected = SentenceAligner.apply_distortion(similarity, strength)
    np.testing.assert_allclose(distorted(similarity, strength), expected, rtol=0, atol=1e-12)
