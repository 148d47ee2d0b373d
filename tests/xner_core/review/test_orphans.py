"""Orphans: told from what is still there, and kept with all that was said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.xner_core.review.small import ORIGIN, entities, pair_of, say
from xner_core.corpora.index import CorpusIndex
from xner_core.corrections.events import SentenceKey
from xner_core.corrections.store import CorrectionStore
from xner_core.export.native_jsonl import NativeConfig, NativeFormat
from xner_core.review.orphans import Orphan, orphans, orphans_file
from xner_core.review.scope import PairKeys
from xner_core.types import Corpus, Sentence


def found_in(store: CorrectionStore, corpus: Corpus) -> list[Orphan]:
    touched = store.touched(ORIGIN.corpus)
    return orphans(touched, store.states(touched), PairKeys(CorpusIndex(corpus)))


def test_only_what_is_gone_is_an_orphan(corpus: Corpus, store: CorrectionStore) -> None:
    ada, rome, eva = (pair_of(corpus, name) for name in ("ada", "rome", "twin-1"))
    say(store, ada, status="approved")
    say(store, replace(rome, target=replace(rome.target, words=("Rom",))), status="rejected")
    say(store, replace(eva, id="gone"), "Bo", note="kept")
    found = found_in(store, corpus)
    assert [(each.stored.pair.id, each.why) for each in found] == [
        ("gone", "no such id"),
        ("rome", "other words"),
    ]
    assert found[0].state.note == "kept"
    assert found[1].stored.target.words == ("Rom",)


def test_a_pair_that_is_translated_is_no_orphan(corpus: Corpus, store: CorrectionStore) -> None:
    ada = pair_of(corpus, "ada")
    say(store, ada, status="approved")
    lacking = replace(ada, target=Sentence((), "de"))
    assert found_in(store, replace(corpus, pairs=(lacking,))) == []


def test_the_file_has_words_and_history(corpus: Corpus, store: CorrectionStore, tmp_path: Path) -> None:
    gone = replace(pair_of(corpus, "ada"), id="gone")
    say(store, gone, target_entities=entities((0, 1, "ORG")), links=((0, 1, "possible"), (1, 1, "none")))
    say(store, gone, "Bo", note="=1+1")
    found = found_in(store, corpus)
    histories = store.histories([each.stored.key for each in found])
    path = tmp_path / "orphans.jsonl"
    path.write_bytes(orphans_file(found, histories))
    [read] = NativeFormat(NativeConfig()).read(path)
    assert read.sample is not None
    assert SentenceKey.of(read.sample.pair) == SentenceKey.of(gone)
    assert read.sample.corrected.target_entities == entities((0, 1, "ORG"))
    assert set(read.sample.corrected.alignment.possible) == {(0, 1)}
    assert read.sample.note == "=1+1"
    assert [event["author"] for event in read.sample.history] == ["Ana", "Ana", "Bo"]
