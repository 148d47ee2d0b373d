"""The corpora that figures are published for load whole."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from xner_core.corpora import load


@pytest.mark.parametrize("lang", ["de", "es", "it"])
def test_europarl(europarl: Path, lang: str) -> None:
    files = [europarl / f"{code}-europarl.test.conll02" for code in ("en", lang)]
    corpus = load(f"conll:{files[0]},{files[1]}")
    assert len(corpus.pairs) == 799
    assert len({pair.id for pair in corpus.pairs}) == 799
    assert corpus.languages == (lang,)
    assert not any("repaired" in notice for notice in corpus.notices)
    for path, sentences in zip(
        files, ([p.source for p in corpus.pairs], [p.target for p in corpus.pairs]), strict=True
    ):
        content = path.read_bytes().decode()
        counts = {
            label: len(re.findall(rf"\tB-{label}$", content, re.MULTILINE))
            for label in ("PER", "ORG", "LOC", "MISC")
        }
        labels = [entity.label for sentence in sentences for entity in sentence.entities or ()]
        assert {label: labels.count(label) for label in counts} == counts
        assert sum(counts.values()) == len(labels) > 600
        assert sum(len(s.words) for s in sentences) == len(re.findall(r"^.+\t\S+$", content, re.MULTILINE))


@pytest.mark.parametrize(("lang", "source"), [("ewe", "fr"), ("lug", "en"), ("twi", "en")])
def test_masakhaner(masakhaner: Path, lang: str, source: str) -> None:
    path = masakhaner / f"{lang}.dev.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    corpus = load(f"jsonl:{path}")
    assert [pair.id for pair in corpus.pairs] == [row["id"] for row in rows]
    assert {(pair.source.lang, pair.target.lang) for pair in corpus.pairs} == {(source, lang)}
    assert not any("repaired" in notice for notice in corpus.notices)
    for pair, row in zip(corpus.pairs, rows, strict=True):
        assert pair.source.entities is None
        assert pair.source.words
        assert "".join(pair.source.words) == "".join(row["source_text"].split())
        assert len(pair.target.entities) == sum(tag.startswith("B-") for tag in row["target_tags"])
