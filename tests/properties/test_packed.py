"""Packed pairs are what they were packed from, however they are asked for."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.pairs import pairs
from xner_core.corpora.build import content, make_corpus
from xner_core.corpora.index import CorpusIndex
from xner_core.corpora.packed import PackedPairs
from xner_core.types import Corpus, Sentence, SentencePair

some = st.lists(pairs(), min_size=1, max_size=4, unique_by=lambda pair: pair.id)


def packed(given_: list[SentencePair]) -> PackedPairs:
    return PackedPairs.of(given_, [content(pair) for pair in given_])


@settings(max_examples=50)
@given(some, st.slices(4), st.integers(-5, 5))
def test_they_behave_as_a_tuple(given_: list[SentencePair], part: slice, at: int) -> None:
    expected = tuple(given_)
    found = packed(given_)
    assert tuple(found) == expected
    assert found == expected
    assert expected == found
    assert hash(found) == hash(expected)
    assert found != expected[:-1]
    assert found[part] == expected[part]
    assert len(found) == len(expected)
    if -len(expected) <= at < len(expected):
        assert found[at] == expected[at]
    else:
        try:
            found[at]
        except IndexError:
            pass
        else:
            raise AssertionError("there is no such pair")


@settings(max_examples=50)
@given(some, st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2))
def test_they_survive_a_file(given_: list[SentencePair], about: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.arrow"
        packed(given_).write(path, about)
        found, said = PackedPairs.read(path)
        assert found == tuple(given_)
        assert found == packed(given_)
        assert said == about


@settings(max_examples=50)
@given(some, st.sampled_from(["en", "zh-Hant", "xx"]), st.text(max_size=2), st.booleans())
def test_the_index_finds_what_a_look_at_each_pair_finds(
    given_: list[SentencePair], lang: str, text: str, is_packed: bool
) -> None:
    corpus = make_corpus("x", given_, [])
    if is_packed:
        corpus = Corpus("x", packed(given_), (), corpus.fingerprint)
    wanted = text.casefold().strip()
    expected = [
        pair
        for pair in given_
        if pair.target.lang == lang
        and (
            not wanted or wanted in f"{pair.id} {' '.join(pair.source.words + pair.target.words)}".casefold()
        )
    ]
    found = CorpusIndex(corpus).find(lang, text)
    assert list(found) == [pair.id for pair in expected]
    assert list(found.values()) == expected
    assert found.stretch(0, 2) == expected[:2]
    for pair in given_:
        place = expected.index(pair) if pair in expected else None
        assert found.place(pair.id) == place
        assert found.get(pair.id) == (None if place is None else pair)
        assert place is None or found.id_at(place) == pair.id
    assert list(CorpusIndex(corpus).all().values()) == given_
    assert corpus.languages == tuple(dict.fromkeys(pair.target.lang for pair in given_))


def test_upper_and_lower_case_are_the_same_and_half_a_character_is_nowhere() -> None:
    pair = SentencePair("A1", Sentence(("Ada",), "en"), Sentence(("Straße",), "de"))
    index = CorpusIndex(make_corpus("x", [pair], []))
    for text in (" STRASSE ", "straße", "ADA", "a1 ada strasse"):
        assert list(index.find("de", text)) == ["A1"]
    for text in ("\ud800", "ada  strasse"):
        assert list(index.find("de", text)) == []
    assert index.position("\ud800") == -1
