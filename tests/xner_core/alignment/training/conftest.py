"""A tiny encoder and a tiny corpus to train it on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests import tiny
from xner_core.types import Sentence, SentencePair


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two layers of random weights; a word left out looks like an unknown one."""
    from transformers import AutoTokenizer

    folder = tiny.save_tagger(tmp_path_factory.mktemp("encoder"))
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tokenizer.mask_token = "[UNK]"
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def pairs() -> list[SentencePair]:
    """Sentences of four words whose translations have the same words in another order."""
    rng = np.random.default_rng(1)
    words = ["ada", "bo", "cy", "dee", "eve", "fi", "gus", "hal"]
    found = []
    for number in range(24):
        chosen = rng.choice(words, 4, replace=False)
        source, target = (tuple(str(word) for word in rng.permutation(chosen)) for _ in range(2))
        found.append(SentencePair(str(number), Sentence(source, "en"), Sentence(target, "de")))
    return found


@pytest.fixture
def parallel(pairs: list[SentencePair], tmp_path: Path) -> str:
    """The spec of a file with the pairs."""
    lines = (f"{' '.join(pair.source.words)} ||| {' '.join(pair.target.words)}\n" for pair in pairs)
    (tmp_path / "own.txt").write_text("".join(lines), encoding="utf-8")
    return f"parallel:{tmp_path / 'own.txt'}?source_lang=en&target_lang=de"
