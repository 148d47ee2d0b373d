"""The corpora that figures are measured on, where they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

TUNED_ON = ("demo", "MasakhaNER2")
"""Defaults are chosen on these; Europarl-NER is only reported."""


def corpora(data: Path) -> Iterator[tuple[str, str, list[str] | None]]:
    """Name, corpus spec and labels that count, of each corpus that is there."""
    yield "demo (14 languages)", "demo", None
    for lang in ("lug", "twi", "ewe"):
        path = data / "masakhaner2-mafand" / f"{lang}.dev.jsonl"
        if path.exists():
            yield f"MasakhaNER2 × MAFAND {lang}", f"jsonl:{path}", ["PER", "ORG", "LOC"]
    for lang in ("de", "es", "it"):
        spec = europarl(data, lang)
        if spec:
            yield f"Europarl-NER {lang}", spec, None


def europarl(data: Path, lang: str) -> str:
    """The spec of English Europarl-NER and its translation; empty where the files are missing."""
    source, target = (data / "europarl-ner" / f"{x}-europarl.test.conll02" for x in ("en", lang))
    return f"conll:{source},{target}" if target.exists() else ""
