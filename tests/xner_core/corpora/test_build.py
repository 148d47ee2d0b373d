"""Fingerprints and ids tell content apart."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from tests.builders import entity
from xner_core.corpora.build import ContentIds, make_corpus
from xner_core.types import Sentence, SentencePair, WordAlignment

SOURCE = Sentence(("New", "York"), "en", (entity(0, 2, "LOC"),), "New York")
TARGET = Sentence(("Nueva", "York"), "es", None)
PAIR = SentencePair("a", SOURCE, TARGET, WordAlignment.of([(0, 0)], [(1, 1)]))

CHANGES = {
    "id": replace(PAIR, id="b"),
    "source word": replace(PAIR, source=replace(SOURCE, words=("New", "Yorks"))),
    "word boundary": replace(PAIR, target=replace(TARGET, words=("Nueva York",))),
    "language": replace(PAIR, target=replace(TARGET, lang="ca")),
    "label": replace(PAIR, source=replace(SOURCE, entities=(entity(0, 2, "ORG"),))),
    "span": replace(PAIR, source=replace(SOURCE, entities=(entity(0, 1, "LOC"),))),
    "no entities, not unknown ones": replace(PAIR, target=replace(TARGET, entities=())),
    "text": replace(PAIR, source=replace(SOURCE, text=None)),
    "links": replace(PAIR, gold_alignment=WordAlignment.of([(0, 0)])),
    "sureness": replace(PAIR, gold_alignment=WordAlignment.of([(0, 0), (1, 1)])),
    "no links": replace(PAIR, gold_alignment=None),
}


def test_equal_content_has_an_equal_fingerprint() -> None:
    assert make_corpus("x", [PAIR], []).fingerprint == make_corpus("y", iter([PAIR]), ["n"]).fingerprint


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_of_content_changes_the_fingerprint(change: str) -> None:
    before = make_corpus("x", [PAIR], []).fingerprint
    assert make_corpus("x", [CHANGES[change]], []).fingerprint != before


def test_the_fingerprint_is_that_of_earlier_versions() -> None:
    """Corrections and runs hang on it."""
    written = (
        '["a", ["en", ["New", "York"], [[0, 2, "LOC"]], "New York"], '
        '["es", ["Nueva", "York"], null, null], [[[0, 0]], [[1, 1]]]]'
    )
    assert make_corpus("x", [PAIR], []).fingerprint == hashlib.sha256(written.encode()).hexdigest()


def test_order_changes_the_fingerprint() -> None:
    other = CHANGES["id"]
    assert make_corpus("x", [PAIR, other], []).fingerprint != make_corpus("x", [other, PAIR], []).fingerprint


def test_repeated_pairs_are_numbered() -> None:
    ids = ContentIds()
    first, other, second, third = (ids.next(("a",), (target,)) for target in ("b", "c", "b", "b"))
    assert first != other
    assert (second, third) == (f"{first}-2", f"{first}-3")


def test_ids_know_where_the_source_ends() -> None:
    ids = ContentIds()
    names = [ids.next(*pair) for pair in [(("a", "b"), ("c",)), (("a",), ("b", "c")), (("a b",), ("c",))]]
    assert len(set(names)) == 3
    assert not any("-" in name for name in names)
