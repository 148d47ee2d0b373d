"""Real corpora of one language, and their join with translations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.hub_folders import tagged, with_card
from xner_core.corpora import load
from xner_core.tags import encode
from xner_core.types import Sentence

pytestmark = pytest.mark.xdist_group("real data")


@pytest.mark.parametrize("lang", ["ewe", "lug", "twi"])
def test_two_halves_of_a_corpus_find_each_other(lang: str, masakhaner: Path, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in (masakhaner / f"{lang}.dev.jsonl").open(encoding="utf-8")]
    sentences = (
        "\n".join(map("\t".join, zip(row["target_tokens"], row["target_tags"], strict=True))) for row in rows
    )
    (tmp_path / "ner.conll").write_text("\n\n".join(sentences), encoding="utf-8")
    # As a translation corpus has it: running text, in another order.
    with (tmp_path / "mt.jsonl").open("w", encoding="utf-8") as file:
        for row in reversed(rows):
            target = "".join(row["target_tokens"]).upper()
            pair = {key: row[key] for key in ("source_lang", "target_lang", "source_text")}
            file.write(json.dumps(pair | {"target_tokens": [target]}) + "\n")
    ner = f"tagged:{tmp_path / 'ner.conll'}?lang={lang}&other_lang={rows[0]['source_lang']}"
    corpus = load(f"joined:{ner}|jsonl:{tmp_path / 'mt.jsonl'}")
    whole = load(f"jsonl:{masakhaner / f'{lang}.dev.jsonl'}")
    assert len(corpus.pairs) == len(whole.pairs) == len(rows) > 500
    assert [pair.target for pair in corpus.pairs] == [pair.target for pair in whole.pairs]
    # Of sentences with one text the first translation is taken.
    same = sum(pair.source == other.source for pair, other in zip(corpus.pairs, whole.pairs, strict=True))
    assert same >= len(rows) - 2
    assert any(notice.startswith(f"{len(rows):,} of {len(rows):,} sentences") for notice in corpus.notices)


@pytest.mark.parametrize("lang", ["de", "en", "es", "it"])
def test_a_corpus_of_one_language(lang: str, wikineural: Path) -> None:
    other = "en" if lang != "en" else "de"
    corpus = load(f"tagged:{wikineural / f'{lang}.test.conll02'}?other_lang={other}")
    assert len(corpus.pairs) == 1000
    assert {pair.source for pair in corpus.pairs} == {Sentence((), other)}
    assert {entity.label for pair in corpus.pairs for entity in pair.target.entities or ()} == {
        "LOC",
        "MISC",
        "ORG",
        "PER",
    }


def test_the_hubs_layout_holds_the_same(europarl: Path, tmp_path: Path) -> None:
    labels = [f"{prefix}-{label}" for label in ("PER", "ORG", "LOC", "MISC") for prefix in "BI"]
    files = {lang: europarl / f"{lang}-europarl.test.conll02" for lang in ("en", "de")}
    configs = {}
    for lang, file in files.items():
        sentences = [pair.target for pair in load(f"tagged:{file}?lang={lang}&other_lang=tw").pairs]
        rows = [(" ".join(s.words), " ".join(encode(s.entities or (), len(s.words)))) for s in sentences]
        configs[lang] = {"test": tagged(rows, ["O", *labels])}
    folder = with_card(tmp_path / "europarl-ner", configs)
    corpus = load(f"hub:{folder}?config=de&parallel=en")
    expected = load(f"conll:{files['en']},{files['de']}?source_lang=en&target_lang=de")
    assert corpus.pairs == expected.pairs
    assert corpus.fingerprint == expected.fingerprint
    assert len(corpus.pairs) == 799
