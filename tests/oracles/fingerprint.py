"""The fingerprint of a corpus: one plain JSON list a pair, hashed one after the other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from xner_core.types import Sentence, SentencePair


def fingerprint(pairs: Iterable[SentencePair]) -> str:
    """SHA-256 of what counts of each pair, in hexadecimal."""
    digest = hashlib.sha256()
    for pair in pairs:
        gold: Any = None
        if pair.gold_alignment is not None:
            gold = [
                list(map(list, side)) for side in (pair.gold_alignment.sure, pair.gold_alignment.possible)
            ]
        written = json.dumps(
            [pair.id, _sentence(pair.source), _sentence(pair.target), gold], ensure_ascii=False
        )
        digest.update(written.encode("utf-8"))
    return digest.hexdigest()


def _sentence(sentence: Sentence) -> list[Any]:
    entities: Any = None
    if sentence.entities is not None:
        entities = [[each.span.start, each.span.end, each.label] for each in sentence.entities]
    return [sentence.lang, list(sentence.words), entities, sentence.text]
