"""What every corpus loader promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xner_core.corpora import load
from xner_core.corpora.jsonl import write_pairs
from xner_core.errors import CorpusError
from xner_core.languages import is_language
from xner_core.paths import data_folder
from xner_core.registry import COMPONENTS
from xner_core.tags import decode, encode
from xner_core.types import Corpus

CONLL = "Ada\tB-PER\nKing\tI-PER\nlives\tO\n\nHi\tO\n\nHi\tO\n"
JSON_LINE = (
    '{"source_lang": "en", "target_lang": "de", "source_text": "Ada sings.", "target_tokens": ["Ada"]}\n'
)
ROW = '{"tokens": ["Ada", "King"], "ner_tags": ["B-PER", "I-PER"]}\n'
each_loader = pytest.mark.parametrize("kind", COMPONENTS["corpus"])


@pytest.fixture
def corpus(kind: str, tmp_path: Path) -> Corpus:
    return load(_sample(kind, tmp_path))


def _sample(kind: str, folder: Path) -> str:
    """A spec that the loader can read; a new loader needs its own here."""
    if kind == "demo":
        return "demo:de"
    if kind == "conll":
        for lang in ("en", "de"):
            (folder / f"{lang}.conll").write_text(CONLL, encoding="utf-8")
        return f"conll:{folder / 'en.conll'},{folder / 'de.conll'}"
    if kind == "jsonl":
        (folder / "a.jsonl").write_text(JSON_LINE * 2, encoding="utf-8")
        return f"jsonl:{folder / 'a.jsonl'}"
    if kind == "parallel":
        (folder / "a.txt").write_text("Ada sings ||| Ada singt\nHi ||| Hi\n", encoding="utf-8")
        return f"parallel:{folder / 'a.txt'}"
    if kind == "tagged":
        (folder / "de.conll").write_text(CONLL, encoding="utf-8")
        return f"tagged:{folder / 'de.conll'}"
    if kind == "hub":
        (folder / "test.jsonl").write_text(ROW * 2, encoding="utf-8")
        return f"hub:{folder}?lang=de"
    if kind == "joined":
        parallel = f"{_sample('parallel', folder)}?source_lang=en&target_lang=de"
        return f"joined:{_sample('tagged', folder)}|{parallel}"
    if kind == "added":
        path = data_folder() / "corpora" / "sample.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_pairs(path, load("demo:de").pairs)
        return "added:sample"
    pytest.fail(f"the corpus loader {kind!r} has no sample here")


@each_loader
def test_pairs_have_unique_ids(corpus: Corpus) -> None:
    assert len(corpus.pairs) >= 2
    assert all(pair.id for pair in corpus.pairs)
    assert len({pair.id for pair in corpus.pairs}) == len(corpus.pairs)


@each_loader
def test_sentences_are_well_formed(corpus: Corpus) -> None:
    for pair in corpus.pairs:
        assert not (pair.source.is_missing and pair.target.is_missing)
        for sentence in (pair.source, pair.target):
            assert all(word.strip(" \t\r\n") == word != "" for word in sentence.words)
            assert is_language(sentence.lang)


@each_loader
def test_entities_can_be_written_and_read_again(corpus: Corpus) -> None:
    for pair in corpus.pairs:
        for sentence in (pair.source, pair.target):
            if sentence.entities is not None:
                tags = encode(sentence.entities, len(sentence.words))
                assert decode(tags) == (sentence.entities, [])


@each_loader
def test_loading_twice_gives_the_same(kind: str, tmp_path: Path) -> None:
    spec = _sample(kind, tmp_path)
    assert load(spec) == load(spec)


@each_loader
def test_it_says_what_it_was_loaded_from(kind: str, tmp_path: Path) -> None:
    spec = _sample(kind, tmp_path)
    assert load(spec).spec == spec


@each_loader
def test_fingerprint_and_notices(corpus: Corpus) -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", corpus.fingerprint)
    assert all(notice and "\n" not in notice for notice in corpus.notices)


@each_loader
@pytest.mark.parametrize("where", ["no/such/place", "no/such/place,nor/here"])
def test_a_place_that_is_not_there(kind: str, where: str) -> None:
    with pytest.raises(CorpusError) as raised:
        load(f"{kind}:{where}")
    assert "no/such/place" in str(raised.value.where)
    assert raised.value.hint


@each_loader
def test_an_option_that_it_does_not_have(kind: str, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no_such_option"):
        load(f"{_sample(kind, tmp_path)}?no_such_option=1")
