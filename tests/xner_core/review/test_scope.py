"""Which pairs a scope has, and what is said when it has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.demo import write_demo
from tests.xner_core.review.small import entities
from xner_core.corpora import load
from xner_core.corpora.build import content
from xner_core.corpora.index import CorpusIndex
from xner_core.corpora.packed import PackedPairs
from xner_core.corrections.events import UNTOUCHED, SentenceKey, SentenceState
from xner_core.errors import ExportError
from xner_core.review.scope import SCOPES, WHAT, ChosenPairs, Filter, PairKeys, ScopePicker
from xner_core.types import Corpus, Sentence, SentencePair

APPROVED = SentenceState(status="approved")
EDITED = SentenceState(target_entities=())


def made(*langs: str) -> Corpus:
    """Pairs p0, p1, … with these target languages."""
    pairs = tuple(
        SentencePair(f"p{i}", Sentence(("one", f"w{i}"), "en"), Sentence(("Wort", f"v{i}"), lang))
        for i, lang in enumerate(langs)
    )
    return Corpus("made up", pairs, (), "0")


def states(corpus: Corpus, said: Mapping[int, SentenceState]) -> dict[SentenceKey, SentenceState]:
    return {SentenceKey.of(corpus.pairs[at]): state for at, state in said.items()}


def test_counts_by_hand() -> None:
    corpus = made("de", "de", "fr", "de", "fr")
    said = {
        0: APPROVED,
        1: SentenceState(status="rejected", target_entities=()),
        2: SentenceState(links=((0, 0, "none"),)),
        3: SentenceState(status="needsReview", note="?"),
    }
    picker = ScopePicker(CorpusIndex(corpus), states(corpus, said))
    assert picker.counts(Filter("V1")) == {
        "all": 5,
        "filtered": 1,
        "reviewed": 2,
        "edited": 2,
        "created": 2,
        "approved": 1,
        "rejected": 1,
        "needsReview": 1,
    }
    german = ScopePicker(CorpusIndex(corpus), states(corpus, said), "de")
    assert [german.counts()[scope] for scope in ("all", "edited", "created")] == [3, 1, 0]
    assert [pair.id for pair in picker.pairs("edited")] == ["p1", "p2"]
    assert set(WHAT) == set(SCOPES)


@settings(max_examples=40)
@given(st.data())
def test_a_filter_finds_what_has_all_it_asks_for(data: st.DataObject) -> None:
    corpus = made(*data.draw(st.lists(st.sampled_from(["de", "fr"]), min_size=1, max_size=8)))
    n = len(corpus.pairs)
    known = st.sampled_from([APPROVED, EDITED, SentenceState(status="needsReview")])
    said = data.draw(st.dictionaries(st.integers(0, n - 1), known))
    lang = data.draw(st.sampled_from([None, "de", "fr"]))
    looked_for = Filter(
        data.draw(st.sampled_from(["", "w1", "WORT", "nowhere"])),
        data.draw(st.sampled_from([None, "approved", "created"])),
        data.draw(st.none() | st.frozensets(st.sampled_from(["p0", "p1", "p5", "other"]))),
    )
    expected = [
        at
        for at, pair in enumerate(corpus.pairs)
        if lang in (None, pair.target.lang)
        and looked_for.text.lower() in " ".join((pair.id, *pair.source.words, *pair.target.words)).lower()
        and looked_for.status in (None, said.get(at, UNTOUCHED).status)
        and (looked_for.ids is None or pair.id in looked_for.ids)
    ]
    picker = ScopePicker(CorpusIndex(corpus), states(corpus, said), lang)
    assert picker.positions("filtered", looked_for).tolist() == expected


def test_what_was_said_of_other_words_under_the_same_id_does_not_count() -> None:
    corpus = made("de")
    before = replace(corpus.pairs[0], source=Sentence(("other", "words"), "en"))
    picker = ScopePicker(CorpusIndex(corpus), {SentenceKey.of(before): EDITED})
    assert picker.counts()["edited"] == 0
    picker = ScopePicker(
        CorpusIndex(corpus), {SentenceKey.of(before): EDITED, **states(corpus, {0: APPROVED})}
    )
    assert [picker.counts()[scope] for scope in ("edited", "approved")] == [0, 1]


def test_a_pair_that_waits_for_its_translation_goes_by_its_id() -> None:
    whole = made("de").pairs[0]
    corpus = Corpus("made up", (replace(whole, target=Sentence((), "de")),), (), "0")
    picker = ScopePicker(CorpusIndex(corpus), {SentenceKey.of(whole): EDITED})
    assert picker.counts()["edited"] == 1


def test_an_empty_scope_says_why() -> None:
    corpus = made("de", "fr")
    index = CorpusIndex(corpus)
    picker = ScopePicker(index, {}, "de")
    with pytest.raises(ExportError, match=r"nobody has corrected entities or links .* language 'de'"):
        picker.pairs("edited")
    with pytest.raises(ExportError, match="nobody has approved or rejected"):
        picker.pairs("reviewed")
    with pytest.raises(ExportError, match="has the status needsReview"):
        picker.pairs("needsReview")
    with pytest.raises(ExportError, match="there is no id 'p9'"):
        picker.pairs("filtered", Filter(ids=frozenset({"p9"})))
    with pytest.raises(ExportError, match="the filter finds no sentence pair"):
        picker.pairs("filtered", Filter("nowhere"))
    with pytest.raises(ExportError, match="the corpus has no sentence pair in the language 'it'"):
        ScopePicker(index, {}, "it").pairs("all")


def test_pairs_are_cut_like_a_list(tmp_path: Path) -> None:
    corpus = load(write_demo(tmp_path / "corpus.jsonl", ["de"], each=6))
    chosen = ScopePicker(CorpusIndex(corpus), {}).pairs("all")
    assert isinstance(chosen, ChosenPairs)
    assert list(chosen) == list(corpus.pairs)
    assert (chosen[2:4], chosen[-1], len(chosen)) == (list(corpus.pairs[2:4]), corpus.pairs[-1], 6)


def test_a_packed_corpus_counts_the_same() -> None:
    corpus = made("de", "fr", "de")
    packed = replace(corpus, pairs=PackedPairs.of(corpus.pairs, [content(pair) for pair in corpus.pairs]))
    said = states(corpus, {0: APPROVED, 2: SentenceState(source_entities=entities((0, 1, "PER")))})
    index = CorpusIndex(packed)
    keys = PairKeys(index)
    for _ in range(2):  # known the second time
        assert (
            ScopePicker(index, said, "de", keys).counts()
            == ScopePicker(CorpusIndex(corpus), said, "de").counts()
        )
