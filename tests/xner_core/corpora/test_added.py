"""Corpora that a user added."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import entity
from xner_core.corpora import load
from xner_core.corpora.added import add_corpus, add_pasted, added_corpora, corpus_file, remove_corpus
from xner_core.errors import CorpusError
from xner_core.types import Sentence, SentencePair, WordAlignment

SOURCE = Sentence(("New", "York"), "en", (entity(0, 2, "LOC"),), "New York")
TARGET = Sentence(("Nueva", "York"), "es")
PAIRS = [
    SentencePair("a", SOURCE, TARGET, WordAlignment.of([(0, 0)], [(1, 1)]), "a note"),
    SentencePair("b", Sentence((), "en"), Sentence(("Ola",), "pt", ())),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path))
    return tmp_path / "corpora"


def test_what_is_added_is_loaded_and_described() -> None:
    added = add_corpus("  My  corpus ", PAIRS, "doccano: a.jsonl")
    assert load(added.spec).pairs == tuple(PAIRS)
    assert added_corpora() == ([added], [])
    assert (added.spec, added.title, added.origin) == ("added:my-corpus", "My corpus", "doccano: a.jsonl")
    assert (added.n_pairs, added.n_complete, added.n_linked) == (2, 1, 1)
    assert (added.n_source_gold, added.n_target_gold) == (1, 1)
    assert (added.source_languages, added.target_languages) == (("en",), ("es", "pt"))


def test_the_newest_stands_first() -> None:
    names = [add_corpus(title, PAIRS, "").name for title in ("b", "c", "a")]
    assert [corpus.name for corpus in added_corpora().corpora] == names[::-1]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\x\0y", "c-x-y"),
        ("..", "corpus"),
        ("Ελλάδα 2", "ελλάδα-2"),
        ("pasted", "pasted-2"),
        ("x" * 300, "x" * 40),
        ("-rf", "rf"),
    ],
)
def test_a_name_is_safe(folder: Path, title: str, name: str) -> None:
    assert add_corpus(title, PAIRS, "").name == name
    assert corpus_file(name) == folder / f"{name}.jsonl"
    assert load(f"added:{name}").pairs


def test_equal_titles_get_names_of_their_own() -> None:
    first, second = add_corpus("News", PAIRS[:1], ""), add_corpus("news!", PAIRS, "")
    assert (first.name, second.name) == ("news", "news-2")
    assert [len(load(each.spec).pairs) for each in (first, second)] == [1, 2]


@pytest.mark.parametrize(("title", "pairs", "what"), [(" ", PAIRS, "no name"), ("x", [], "no sentences")])
def test_what_cannot_be_added(folder: Path, title: str, pairs: list[SentencePair], what: str) -> None:
    with pytest.raises(CorpusError, match=what):
        add_corpus(title, pairs, "")
    assert not folder.exists()


@pytest.mark.parametrize("name", ["none", "", "../a", "a/b", ".hidden", "x" * 300, "a.jsonl"])
def test_a_name_that_none_has(folder: Path, name: str) -> None:
    add_corpus("There", PAIRS, "")
    (folder.parent / "a.jsonl").write_text("{}")
    with pytest.raises(CorpusError, match="no added corpus") as raised:
        load(f"added:{name}")
    assert raised.value.hint == "There are: there"
    with pytest.raises(CorpusError, match="no added corpus"):
        remove_corpus(name)


def test_a_removed_corpus_is_moved_away_whole(folder: Path) -> None:
    kept, gone = add_corpus("kept", PAIRS, ""), add_corpus("gone", PAIRS, "")
    sentences = (folder / "gone.jsonl").read_bytes()
    place = remove_corpus(gone.name)
    assert [corpus.name for corpus in added_corpora().corpora] == [kept.name]
    assert place.parent == folder.parent / "removed"
    assert place.read_bytes() == sentences
    assert place.with_suffix(".json").exists()
    with pytest.raises(CorpusError, match="no added corpus"):
        load(gone.spec)
    assert add_corpus("gone", PAIRS[:1], "").name == "gone"
    remove_corpus("gone")
    assert len(list(place.parent.glob("*.jsonl"))) == 2


def test_files_that_describe_nothing_are_passed_over(folder: Path) -> None:
    corpus = add_corpus("good", PAIRS, "")
    (folder / "bad.json").write_text("{")
    (folder / "alone.json").write_text(corpus.model_dump_json().replace('"name":"good"', '"name":"alone"'))
    found = added_corpora()
    assert found.corpora == [corpus]
    assert sorted(notice.split("/")[-1] for notice in found.notices) == [
        "alone.json has no sentences beside it and was passed over.",
        "bad.json does not describe a corpus and was passed over.",
    ]


def test_pasted_sentences_collect_in_one_corpus() -> None:
    first = add_pasted(SOURCE, TARGET)
    missing = add_pasted(Sentence((), "en"), TARGET)
    corpus = load("added:pasted")
    assert corpus.pairs == (first, missing)
    assert corpus.pairs[1].source.is_missing
    assert added_corpora().corpora[0].n_pairs == 2


def test_a_pasted_pair_is_there_once_and_its_id_is_its_own() -> None:
    first = add_pasted(SOURCE, TARGET)
    assert add_pasted(SOURCE, TARGET) == first
    other_language = add_pasted(SOURCE, Sentence(TARGET.words, "gl"))
    assert other_language.id == f"{first.id}-2"
    assert len(load("added:pasted").pairs) == 2


def test_nothing_cannot_be_pasted() -> None:
    with pytest.raises(CorpusError, match="there is no sentence"):
        add_pasted(Sentence((), "en"), Sentence((), "de"))


def test_a_broken_file_of_pasted_sentences_is_not_overwritten(folder: Path) -> None:
    add_pasted(SOURCE, TARGET)
    (folder / "pasted.jsonl").write_text("broken\n")
    with pytest.raises(CorpusError, match="not JSON"):
        add_pasted(TARGET, SOURCE)
    assert (folder / "pasted.jsonl").read_text() == "broken\n"
