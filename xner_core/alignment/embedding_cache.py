"""Sentences that were encoded lately, so that none is encoded twice."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MEBIBYTE = 1 << 20


class Encoded(NamedTuple):
    """A sentence as a model sees it.

    Attributes:
        vectors: float32, shape (subwords, dimensions).
        words: Index of the word that each subword belongs to; int64.
    """

    vectors: NDArray[np.float32]
    words: NDArray[np.int64]


class EmbeddingCache:
    """Keeps the sentences used last, up to a number of bytes; safe for threads.

    Args:
        max_bytes: How much the vectors may take together.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._entries: OrderedDict[Hashable, Encoded] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Encoded | None:
        """What is kept under a key; the key counts as used."""
        with self._lock:
            if key not in self._entries:
                return None
            self._entries.move_to_end(key)
            return self._entries[key]

    def put(self, key: Hashable, encoded: Encoded) -> None:
        """Keep a sentence; those that were used longest ago make room for it."""
        with self._lock:
            if key in self._entries:
                self._bytes -= _size(self._entries.pop(key))
            self._entries[key] = encoded
            self._bytes += _size(encoded)
            while self._bytes > self._max_bytes:
                _, oldest = self._entries.popitem(last=False)
                self._bytes -= _size(oldest)

    def clear(self) -> None:
        """Forget all sentences."""
        with self._lock:
            self._entries.clear()
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._entries)


def _size(encoded: Encoded) -> int:
    return encoded.vectors.nbytes + encoded.words.nbytes


EMBEDDINGS = EmbeddingCache(128 * MEBIBYTE)
"""Shared by all aligners: about 2,000 sentences of the embedded encoder."""
