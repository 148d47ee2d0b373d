"""A file of one language becomes pairs that wait for their translation."""

from __future__ import annotations

from pathlib import Path

import pytest

from xner_core.corpora import load
from xner_core.errors import CorpusError
from xner_core.types import Entity, Sentence, Span

ADA = Entity(Span(0, 1), "PER")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "de.conll"
    path.write_text("Ada\tB-PER\nsingt\tO\n\nHi\tO\n\nHi\tO\n", encoding="utf-8")
    return path


def test_sentences_are_targets(file: Path) -> None:
    corpus = load(f"tagged:{file}")
    missing = Sentence((), "en")
    assert [(pair.source, pair.target) for pair in corpus.pairs] == [
        (missing, Sentence(("Ada", "singt"), "de", (ADA,))),
        (missing, Sentence(("Hi",), "de", ())),
        (missing, Sentence(("Hi",), "de", ())),
    ]
    assert corpus.notices == ("de.conll: language 'de' taken from the file's name",)


def test_sentences_are_sources(file: Path) -> None:
    pair = load(f"tagged:{file}?lang=eng&side=source&other_lang=twi").pairs[0]
    assert (pair.source, pair.target) == (Sentence(("Ada", "singt"), "eng", (ADA,)), Sentence((), "twi"))


def test_ids_come_from_the_words_and_their_side(file: Path) -> None:
    targets, sources = (load(f"tagged:{file}?side={side}").pairs for side in ("target", "source"))
    assert len({pair.id for pair in (*targets, *sources)}) == 6
    assert targets[2].id == f"{targets[1].id}-2"
    file.write_text("Hi\tO\n\nAda\tB-PER\nsingt\tO\n", encoding="utf-8")
    assert load(f"tagged:{file}").pairs[1].id == targets[0].id


def test_a_file_without_tags_has_no_entities(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Ada\nsingt\n", encoding="utf-8")
    corpus = load(f"tagged:{tmp_path / 'x.txt'}")
    assert corpus.pairs[0].target == Sentence(("Ada", "singt"), "und", None)


def test_english_sentences_alone(file: Path) -> None:
    pair = load(f"tagged:{file}?lang=eng").pairs[0]
    assert (pair.source, pair.target.lang) == (Sentence((), "und"), "eng")


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ("lang=en&other_lang=eng", "both sides would be English"),
        ("other_lang=deu", "both sides would be German"),
        ("other_lang=nonsense", "'nonsense' is not a language code"),
        ("lang=nonsense", "'nonsense' is not a language code"),
        ("side=left", "side: Input should be 'source' or 'target'"),
    ],
)
def test_options_that_make_no_sense(file: Path, options: str, what: str) -> None:
    with pytest.raises(CorpusError, match=what) as raised:
        load(f"tagged:{file}?{options}")
    assert raised.value.hint


def test_no_file() -> None:
    with pytest.raises(CorpusError, match="a tagged corpus needs a file") as raised:
        load("tagged:?lang=de")
    assert raised.value.hint == "Write tagged:FILE"
