"""The memory of encoded sentences."""

from __future__ import annotations

import numpy as np

from xner_core.alignment.embedding_cache import EmbeddingCache, Encoded


def _encoded(n_subwords: int) -> Encoded:
    """Takes 100 bytes a subword: 23 numbers of 4 bytes, and one of 8."""
    return Encoded(np.zeros((n_subwords, 23), np.float32), np.zeros(n_subwords, np.int64))


def test_what_was_put_is_there_until_cleared() -> None:
    cache, sentence = EmbeddingCache(1_000), _encoded(2)
    assert cache.get("a") is None
    cache.put("a", sentence)
    assert cache.get("a") is sentence
    cache.clear()
    assert cache.get("a") is None
    assert len(cache) == 0


def test_those_used_longest_ago_make_room() -> None:
    cache = EmbeddingCache(1_000)
    for name in "abc":
        cache.put(name, _encoded(3))
    assert cache.get("a") is not None
    cache.put("d", _encoded(3))
    assert [name for name in "abcd" if cache.get(name)] == ["a", "c", "d"]
    cache.put("e", _encoded(7))  # takes the place of two
    assert [name for name in "acde" if cache.get(name)] == ["d", "e"]


def test_the_bytes_are_counted_right_when_an_entry_is_replaced() -> None:
    cache = EmbeddingCache(1_000)
    for _ in range(50):
        cache.put("a", _encoded(4))
    cache.put("b", _encoded(6))
    assert cache.get("a")
    assert cache.get("b")
    cache.put("a", _encoded(5))
    assert cache.get("b") is None


def test_clearing_gives_the_room_back() -> None:
    cache = EmbeddingCache(1_000)
    cache.put("a", _encoded(10))
    cache.clear()
    cache.put("b", _encoded(5))
    cache.put("c", _encoded(5))
    assert cache.get("b")


def test_what_is_larger_than_the_cache_is_not_kept() -> None:
    cache = EmbeddingCache(1_000)
    cache.put("a", _encoded(11))
    assert len(cache) == 0
    cache.put("b", _encoded(10))
    assert cache.get("b")
