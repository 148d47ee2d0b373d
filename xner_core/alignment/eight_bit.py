"""Encoders computed in 8-bit integers by CTranslate2: on a CPU about twice as fast as in bfloat16.

The weights of a layer are rounded once, the activations of each subword as they come,
each with a scale of its own. The rounded model is kept in the cache folder.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xner_core.files import made_once
from xner_core.paths import cache_folder

_LAYOUT = 1
"""Raise it when the rounded form changes, so that an older one is not used."""
_LOADERS = {"bert": "BertLoader", "roberta": "RobertaLoader", "xlm-roberta": "RobertaLoader"}
"""What CTranslate2 reads a type of model with."""


def can_be_rounded(encoder: Any) -> bool:
    """Whether CTranslate2 is installed and can compute this encoder in integers on this processor."""
    if encoder.config.model_type not in _LOADERS or find_spec("ctranslate2") is None:
        return False
    import ctranslate2

    return "int8" in ctranslate2.get_supported_compute_types("cpu")


def rounded_model(
    load: Callable[[], Any], tokenizer: Callable[[], Any], version: object, cache: Path | None = None
) -> Path:
    """The folder of the encoder's rounded form; makes it where that has not happened.

    Safe when several processes start at once or one is killed half way: it is written
    beside its place and moved there whole.

    Args:
        load: Loads the encoder in float32, cut to the layers that are wanted; called where it
            has to be rounded.
        tokenizer: Loads the encoder's tokenizer; called where it has to be rounded.
        version: What the weights depend on, such as the model's name, times and layer.
        cache: The folder to keep it in; the project's cache folder where None.
    """
    name = hashlib.sha256(repr((_LAYOUT, version)).encode()).hexdigest()[:16]
    folder = (cache or cache_folder()) / "models" / f"int8-{name}"
    return made_once(folder, lambda place: _round(load(), tokenizer(), place))


def _round(encoder: Any, tokenizer: Any, folder: Path) -> None:
    from ctranslate2.converters import transformers as converters

    # What the converter asks for and transformers 5 does not say any more.
    encoder.config.position_embedding_type = "absolute"
    encoder.config.num_hidden_layers = len(encoder.encoder.layer)
    specification = getattr(converters, _LOADERS[encoder.config.model_type])()(encoder, tokenizer)
    specification.validate()
    specification.optimize(quantization="int8")
    specification.save(str(folder))


class RoundedEncoder:
    """An encoder in 8-bit integers, which answers with the output of its last layer.

    Args:
        folder: What `rounded_model` made.
    """

    def __init__(self, folder: Path) -> None:
        import ctranslate2

        self._n_threads = _n_threads()
        # Batches beside each other scale better than several threads on one.
        self._encoder = ctranslate2.Encoder(
            str(folder), compute_type="int8", inter_threads=self._n_threads, intra_threads=1
        )
        if "torch" in sys.modules:
            # CTranslate2 sets the number of threads for the whole process, where torch has it from too.
            sys.modules["torch"].set_num_threads(self._n_threads)

    def encode(self, batches: Sequence[Sequence[list[int]]]) -> Iterator[list[NDArray[np.float32]]]:
        """Encode batches of inputs, special tokens included.

        Yields:
            For each batch, in order, one array for each input, shape (subwords, 1, dimensions).
        """
        with ThreadPoolExecutor(self._n_threads) as pool:
            yield from pool.map(self._encode, batches)

    def _encode(self, batch: Sequence[list[int]]) -> list[NDArray[np.float32]]:
        states = np.asarray(self._encoder.forward_batch(list(batch)).last_hidden_state)
        return [states[row, : len(each)][:, None].copy() for row, each in enumerate(batch)]


def _n_threads() -> int:
    """How many threads torch computes in, or would: it is not imported for that, which takes seconds."""
    if "torch" in sys.modules:
        return int(sys.modules["torch"].get_num_threads())
    asked = os.environ.get("OMP_NUM_THREADS", "")
    return int(asked) if asked.isdigit() and int(asked) else os.cpu_count() or 1
