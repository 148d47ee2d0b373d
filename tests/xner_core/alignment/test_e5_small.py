"""The embedded aligner on whole pairs."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest

from xner_core.alignment.e5_small import E5SmallAligner, E5SmallConfig
from xner_core.alignment.extraction import Argmax, Itermax
from xner_core.corpora import load
from xner_core.types import Link, Sentence, SentencePair


def _pair(source: list[str], target: list[str]) -> SentencePair:
    return SentencePair("a", Sentence(tuple(source), "en"), Sentence(tuple(target), "de"))


def _links(aligner: E5SmallAligner, pairs: list[SentencePair]) -> list[set[Link]]:
    return [set(Itermax().align(similarity).sure) for similarity in aligner.compare(pairs)]


def test_a_translation_is_aligned_word_by_word(float32_aligner: E5SmallAligner) -> None:
    pair = _pair(["Ada", "lives", "in", "London", "."], ["Ada", "wohnt", "in", "London", "."])
    assert _links(float32_aligner, [pair]) == [{(i, i) for i in range(5)}]


@pytest.mark.parametrize("lang", ["de", "uk", "ar", "zh", "hi"])
def test_gold_links_of_the_demonstration_are_found(float32_aligner: E5SmallAligner, lang: str) -> None:
    pairs = list(load(f"demo:{lang}").pairs)
    hits = [
        (link in pair.gold_alignment.links)
        for pair, links in zip(pairs, _links(float32_aligner, pairs), strict=True)
        for link in links
    ]
    assert sum(hits) / len(hits) > 0.75


def test_a_sentence_of_1200_words_is_aligned_to_its_end(float32_aligner: E5SmallAligner) -> None:
    words = ["the", "river", "near", "our", "old", "town", "rises", "when", "snow", "melts"]
    text = [f"{word}{i}" if i % 3 == 0 else word for i, word in enumerate(words * 120)]
    (similarity,) = float32_aligner.compare([_pair(text, text)])
    assert len(similarity.source.vectors) > 3 * 510
    links = Argmax().align(similarity).sure
    assert max(links) == (1_199, 1_199)
    # A sentence is its own best translation, behind the first window too.
    for first, last in ((0, 400), (400, 800), (800, 1_200)):
        own = sum((i, i) in set(links) for i in range(first, last))
        assert own / (last - first) > 0.98


def test_zero_width_words_do_not_break_a_pair(float32_aligner: E5SmallAligner) -> None:
    pair = _pair(["\u200b", "Ada", "\ufeff"], ["Ada", "\u200d"])
    (similarity,) = float32_aligner.compare([pair])
    alignment = Argmax().align(similarity)
    assert (1, 0) in alignment.sure
    assert alignment.similarity is not None
    assert alignment.similarity.shape == (3, 2)


def test_more_pairs_than_a_chunk_stay_in_order(float32_aligner: E5SmallAligner) -> None:
    pairs = [_pair([str(i)], ["x"] * (1 + i % 3)) for i in range(300)]
    found = list(float32_aligner.compare(pairs))
    assert [s.target.n_words for s in found] == [1 + i % 3 for i in range(300)]
    (alone,) = float32_aligner.compare(pairs[299:])
    np.testing.assert_allclose(found[299].values, alone.values, atol=1e-4)


def test_bfloat16_links_agree_with_float32(float32_aligner: E5SmallAligner) -> None:
    pairs = [pair for lang in ("de", "uk", "zh") for pair in load(f"demo:{lang}").pairs]
    exact = _links(float32_aligner, pairs)
    rounded = _links(E5SmallAligner(E5SmallConfig(precision="bfloat16")), pairs)
    shared = sum(len(a & b) for a, b in zip(exact, rounded, strict=True))
    assert 2 * shared / sum(len(a) + len(b) for a, b in zip(exact, rounded, strict=True)) > 0.95


def test_release_lets_the_model_go_and_the_next_call_brings_it_back() -> None:
    aligner = E5SmallAligner(E5SmallConfig(layer=(1,), precision="float32"))
    pair = _pair(["Ada", "lives"], ["Ada", "wohnt"])
    (before,) = aligner.compare([pair])
    model = weakref.ref(aligner._encoder)
    assert model() is not None
    aligner.release()
    gc.collect()
    assert model() is None
    (after,) = aligner.compare([pair])
    np.testing.assert_array_equal(before.values, after.values)
