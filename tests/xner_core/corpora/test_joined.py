"""Entities and translations are joined on the text of the target sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from datasets import Dataset, Features, Translation
from hypothesis import given
from hypothesis import strategies as st

from tests.hub_folders import converted, tagged
from xner_core.corpora import load
from xner_core.corpora.joined import text_key
from xner_core.errors import CorpusError
from xner_core.types import Entity, Sentence, Span, WordAlignment

ENTITIES = "Ada\tB-PER\nayimba\tO\n.\tO\n\nBob\tB-PER\n\nRoma\tB-LOC\n!\tO\n"


@pytest.fixture
def ner(tmp_path: Path) -> str:
    (tmp_path / "lg.conll").write_text(ENTITIES, encoding="utf-8")
    return f"tagged:{tmp_path / 'lg.conll'}?lang=lug"


def bars(folder: Path, text: str, langs: str = "source_lang=en&target_lang=lg") -> str:
    (folder / "mt.txt").write_text(text, encoding="utf-8")
    return f"parallel:{folder / 'mt.txt'}?{langs}"


def row(source: str, target: str, **more: Any) -> str:
    words = {"source_tokens": source.split(), "target_tokens": target.split()}
    return json.dumps({"source_lang": "en", "target_lang": "lug"} | words | more)


def test_sources_come_from_the_second_corpus(ner: str, tmp_path: Path) -> None:
    mt = bars(tmp_path, "To Rome ||| ROMA\nUnused ||| Tewali\nAda sings . ||| “ ada ayimba”\n")
    corpus = load(f"joined:{ner}|{mt}")
    assert [(pair.source, pair.target) for pair in corpus.pairs] == [
        (
            Sentence(("Ada", "sings", "."), "en"),
            Sentence(("Ada", "ayimba", "."), "lug", (Entity(Span(0, 1), "PER"),)),
        ),
        (Sentence(("To", "Rome"), "en"), Sentence(("Roma", "!"), "lug", (Entity(Span(0, 1), "LOC"),))),
    ]
    bob = load(ner).pairs[1]
    assert [pair.id for pair in corpus.pairs] == [load(ner).pairs[0].id, load(ner).pairs[2].id]
    assert corpus.notices == (
        f"2 of 3 sentences of {ner} were found in {mt}",
        f"1 left out, first {bob.id}: 'Bob'",
    )
    assert corpus.spec == f"joined:{ner}|{mt}"


def test_either_side_may_be_the_target(ner: str, tmp_path: Path) -> None:
    forward = load(f"joined:{ner}|" + bars(tmp_path, "Ada sings ||| Ada ayimba\n"))
    backward = load(
        f"joined:{ner}|" + bars(tmp_path, "Ada ayimba ||| Ada sings\n", "source_lang=lug&target_lang=en")
    )
    assert forward.pairs == backward.pairs


def test_the_first_of_equal_texts_is_used(ner: str, tmp_path: Path) -> None:
    mt = bars(tmp_path, "One ||| Bob\nTwo ||| bob !\nThree ||| BOB\n")
    corpus = load(f"joined:{ner}|{mt}")
    assert [pair.source.words for pair in corpus.pairs] == [("One",)]
    assert corpus.notices[0] == f"{mt}: 2 sentences left out, having the same text as one before"


def test_sentences_with_one_text_share_a_translation(tmp_path: Path) -> None:
    (tmp_path / "lg.conll").write_text("Bob\tB-PER\n\nbob\tO\n", encoding="utf-8")
    corpus = load(f"joined:tagged:{tmp_path / 'lg.conll'}?lang=lug|" + bars(tmp_path, "Bob! ||| Bob\n"))
    assert [pair.source.words for pair in corpus.pairs] == [("Bob!",), ("Bob!",)]
    assert corpus.notices == (corpus.notices[0],)


def test_what_the_parallel_corpus_knows_is_kept(ner: str, tmp_path: Path) -> None:
    rows = [
        row("Ada sings .", "Ada ayimba .", alignment="0-0 1p1", source_tags=["B-PER", "O", "O"], note="easy"),
        row("Bob", "bob", alignment="0-0"),
    ]
    (tmp_path / "mt.jsonl").write_text("\n".join(rows), encoding="utf-8")
    first, second = load(f"joined:{ner}|jsonl:{tmp_path / 'mt.jsonl'}").pairs
    assert first.gold_alignment == WordAlignment(((0, 0),), ((1, 1),))
    assert first.source.entities == (Entity(Span(0, 1), "PER"),)
    assert first.note == "easy"
    assert second.gold_alignment is None  # made for other words


def test_links_are_turned_with_their_pair(ner: str, tmp_path: Path) -> None:
    turned = row("Ada ayimba .", "She sings", alignment="0-0 1p0", source_lang="lug", target_lang="en")
    (tmp_path / "mt.jsonl").write_text(turned, encoding="utf-8")
    [pair] = load(f"joined:{ner}|jsonl:{tmp_path / 'mt.jsonl'}").pairs
    assert pair.source.words == ("She", "sings")
    assert pair.gold_alignment == WordAlignment(((0, 0),), ((0, 1),))


def test_both_sides_may_be_of_the_hub(tmp_path: Path) -> None:
    entities = converted(tmp_path / "ner", {"lug": {"test": tagged([("Ada ayimba .", "B-PER O O")])}})
    texts = Dataset.from_dict(
        {"translation": [{"en": "Ada sings.", "lug": "Ada ayimba."}]},
        features=Features({"translation": Translation(languages=("en", "lug"))}),
    )
    mt = converted(tmp_path / "mt", {"en-lug": {"test": texts}})
    [pair] = load(f"joined:hub:{entities}?config=lug|hub:{mt}?config=en-lug&split=test").pairs
    assert pair.source == Sentence(("Ada", "sings", "."), "en", None, "Ada sings.")
    assert pair.target == Sentence(("Ada", "ayimba", "."), "lug", (Entity(Span(0, 1), "PER"),))


def test_nothing_in_common(ner: str, tmp_path: Path) -> None:
    long = "word " * 20
    with pytest.raises(CorpusError, match="no sentence of") as raised:
        load(f"joined:{ner}|" + bars(tmp_path, f"Hi ||| {long}\n"))
    assert str(raised.value.where).startswith("joined:tagged:")
    assert raised.value.hint == (
        "Both must hold the same sentences; their first ones are 'Ada ayimba .' and "
        f"'{long[:60]}…'"
    )  # fmt: skip


@pytest.mark.parametrize("langs", ["source_lang=en", "source_lang=lug&target_lang=lg", "target_lang=de"])
def test_the_side_is_not_clear(ner: str, tmp_path: Path, langs: str) -> None:
    with pytest.raises(CorpusError, match=r"one side of .* must be in 'lg', its languages are") as raised:
        load(f"joined:{ner}|" + bars(tmp_path, "Bob ||| Bob\n", langs))
    assert "target_lang=" in str(raised.value.hint)


def test_the_first_corpus_needs_entities(tmp_path: Path) -> None:
    mt = bars(tmp_path, "Bob ||| Bob\n")
    with pytest.raises(CorpusError, match="target sentences without entities"):
        load(f"joined:{mt}|{mt}")


def test_the_first_corpus_has_one_language(tmp_path: Path) -> None:
    rows = [row("a", "b", target_tags=["O"]), row("a", "b", target_tags=["O"], target_lang="de")]
    (tmp_path / "ner.jsonl").write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(CorpusError, match="has the target languages lug, de"):
        load(f"joined:jsonl:{tmp_path / 'ner.jsonl'}|" + bars(tmp_path, "Bob ||| Bob\n"))


@pytest.mark.parametrize(
    "where",
    ["", "demo:de", "demo:de|", "|demo:de", "demo:de|nonsense:x", "a|b", "demo:de|joined:demo:de|demo:fr"],
)
def test_what_is_not_two_specs(where: str) -> None:
    with pytest.raises(CorpusError, match="is not two corpus specs with a bar between them"):
        load(f"joined:{where}")


def test_a_bar_within_a_file_name_is_no_bar(tmp_path: Path) -> None:
    (tmp_path / "a|b").write_text(ENTITIES, encoding="utf-8")
    mt = bars(tmp_path, "Bob ||| Bob\n")
    assert len(load(f"joined:tagged:{tmp_path / 'a|b'}?lang=lg | {mt}").pairs) == 1


def test_what_goes_wrong_in_a_part_is_named_there(ner: str) -> None:
    with pytest.raises(CorpusError, match="there is no such file") as raised:
        load(f"joined:{ner}|parallel:nothing.txt")
    assert raised.value.where == "nothing.txt"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Straße", "STRASSE", True),
        ("ﬁn", "Fin", True),
        ("e\u0301", "é", True),
        ("“ Ada ” !", "ada", True),
        ("n’a", "n'a", True),
        ("nʼa", "n'a", True),
        ("１２", "12", True),
        ("…", "...", True),
        ("…", "!", False),
        ("", "!", False),
        ("ka", "kà", False),
        ("कि", "क", False),
    ],
)
def test_texts_that_are_alike(one: str, other: str, alike: bool) -> None:
    keys = (text_key(Sentence(tuple(text.split()), "lg")) for text in (one, other))
    assert (next(keys) == next(keys)) is alike


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_how_a_text_is_cut_does_not_matter(words: list[str]) -> None:
    key = text_key(Sentence(tuple(words), "lg"))
    assert key == text_key(Sentence(tuple("".join(words)), "lg"))
    assert key == text_key(Sentence((key,), "lg"))
