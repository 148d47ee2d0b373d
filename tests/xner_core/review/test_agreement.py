"""Agreement against values worked out by hand and Krippendorff's own examples."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import entity
from tests.properties.problems import entities as disjoint
from tests.xner_core.review.small import entities, pair_of, say
from tests.xner_core.review.told_events import KEY, Teller
from xner_core.config import PipelineConfig
from xner_core.corrections.events import SentenceKey, SentenceState
from xner_core.corrections.store import CorrectionStore
from xner_core.evaluation.entities import score_entities
from xner_core.review.agreement import (
    Judgement,
    agreement,
    agreements,
    has_judged,
    nominal_alpha,
    view,
)
from xner_core.review.agreement_report import corpus_agreement
from xner_core.types import Corpus, Entity


def units(one: str, other: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [((a,), (b,)) for a, b in zip(one.split(), other.split(), strict=True)]


@pytest.mark.parametrize(
    ("one", "other", "alpha"),
    [
        # Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), A: binary data, two observers.
        ("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0", 0.095),
        # The same, B: nominal data, two observers.
        ("a a b b d c c c e d d a", "b a b b b c c c e d d d", 0.692),
    ],
)
def test_krippendorffs_examples(one: str, other: str, alpha: float) -> None:
    found = nominal_alpha(units(one, other))
    assert found.value == pytest.approx(alpha, abs=0.0005)
    assert nominal_alpha(units(other, one)).value == pytest.approx(found.value)


def test_alpha_is_undefined_where_nothing_differs() -> None:
    assert nominal_alpha([]).value is None
    assert nominal_alpha(units("a a", "a a")).value is None
    assert nominal_alpha(units("a b", "a b")).value == 1


def _coincidences(pairs: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> float | None:
    """Alpha by coincidences: 1 − (n − 1) · Σ o(c ≠ k) / Σ n(c) · n(k), c ≠ k."""
    totals = Counter(value for pair in pairs for value in pair)
    n = totals.total()
    expected = n * n - sum(count * count for count in totals.values())
    observed = 2 * sum(a != b for a, b in pairs)
    return None if not expected else 1 - (n - 1) * observed / expected


value = st.sampled_from([(), ("PER",), ("LOC",), ("LOC", "PER")])


@given(st.lists(st.tuples(value, value), max_size=12))
def test_alpha_by_coincidences(pairs: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
    assert nominal_alpha(pairs).value == pytest.approx(_coincidences(pairs))


def judged(n_words: int, a: list[Entity], b: list[Entity]) -> Judgement:
    return Judgement(KEY, n_words, tuple(a), tuple(b))


def test_by_hand() -> None:
    found = agreement(
        "Ana",
        "Bo",
        [
            judged(6, [entity(0, 2), entity(3, 4, "LOC")], [entity(0, 2), entity(3, 5, "LOC")]),
            judged(4, [entity(0, 1)], [entity(0, 1, "ORG")]),
            judged(2, [], []),
        ],
        n_unknown=2,
    )
    assert (found.n_sentences, found.n_identical, found.n_unknown) == (3, 1, 2)
    assert (found.n_a, found.n_b, found.n_both) == (3, 3, 1)
    assert found.f1 == pytest.approx(2 / 6)
    assert (found.alpha.n_words, found.alpha.n_agreed) == (12, 10)
    # Values: PER 2+3, LOC 1+2, ORG 1, none 8+7: n = 24; Do = 2·2/24; De = (24² − 25 − 9 − 1 − 225)/(24·23).
    assert found.alpha.value == pytest.approx(1 - (4 / 24) / ((576 - 260) / (24 * 23)))
    assert (found.alpha_marked.n_words, found.alpha_marked.n_agreed) == (5, 3)
    # PER 5, LOC 3, ORG 1, none 1: n = 10.
    assert found.alpha_marked.value == pytest.approx(1 - (4 / 10) / ((100 - 36) / (10 * 9)))
    assert found.interval is not None
    assert found.interval.low <= found.f1 <= found.interval.high


def test_where_neither_has_an_entity_nothing_is_defined() -> None:
    found = agreement("Ana", "Bo", [judged(3, [], [])])
    assert (found.f1, found.interval, found.alpha.value, found.alpha_marked.value) == (None,) * 4
    assert found.n_identical == 1
    assert agreement("Ana", "Bo", []).f1 is None


def test_overlapping_entities_are_compared_as_sets() -> None:
    nested = [entity(0, 3, "ORG"), entity(1, 2, "LOC")]
    found = agreement("Ana", "Bo", [judged(4, nested, nested[::-1])])
    assert (found.f1, found.alpha.value, found.alpha.n_agreed) == (1, 1, 4)
    part = agreement("Ana", "Bo", [judged(4, nested, nested[:1])])
    assert part.f1 == pytest.approx(2 / 3)
    assert part.alpha.n_agreed == 3


pairs = st.lists(st.tuples(disjoint(6), disjoint(6)), min_size=1, max_size=4)


@given(pairs, st.randoms(use_true_random=False))
def test_f1_is_that_of_the_evaluation_whoever_is_gold_and_however_spans_are_ordered(
    given_pairs: list[tuple[tuple[Entity, ...], tuple[Entity, ...]]], random: st.random.Random
) -> None:
    found = agreement("Ana", "Bo", [judged(6, list(a), list(b)) for a, b in given_pairs])
    shuffled = [
        judged(6, random.sample(a, len(a)), random.sample(b, len(b)))
        for a, b in (tuple(map(list, pair)) for pair in given_pairs)
    ]
    assert agreement("Ana", "Bo", shuffled) == found
    swapped = agreement("Bo", "Ana", [judged(6, list(b), list(a)) for a, b in given_pairs])
    assert swapped.f1 == found.f1
    assert swapped.alpha.value == pytest.approx(found.alpha.value)
    one, other = zip(*given_pairs, strict=True)
    scored = score_entities(one, other, [6] * len(one))
    assert (found.f1 or 0) == pytest.approx(scored.f1)


PER, LOC = entity(0, 1), entity(1, 2, "LOC")


def test_a_view_is_how_it_was_after_the_authors_last_event() -> None:
    events = (
        Teller()
        .says("Ana", "target_entities", (PER,))
        .says("Bo", "target_entities", (PER, LOC))
        .says("Ana", "note", "hm")
        .says("Bo", "target_entities", ())
        .events
    )
    ana, bo = view(events, "Ana"), view(events, "Bo")
    assert ana is not None
    assert bo is not None
    assert (ana.target_entities, bo.target_entities) == ((PER, LOC), ())
    assert view(events, "Cy") is None


def test_who_has_judged() -> None:
    def judges(teller: Teller) -> tuple[bool, bool]:
        return has_judged(teller.events, "Ana", "source"), has_judged(teller.events, "Ana", "target")

    assert judges(Teller()) == (False, False)
    assert judges(Teller().says("Ana", "target_entities", (PER,))) == (False, True)
    assert judges(Teller().says("Ana", "source_entities", (PER,))) == (True, False)
    assert judges(Teller().says("Bo", "target_entities", (PER,))) == (False, False)
    assert judges(Teller().says("Ana", "links", ()).says("Ana", "note", "x")) == (False, False)
    assert judges(Teller().says("Ana", "status", "approved")) == (True, True)
    assert judges(Teller().says("Ana", "status", "rejected")) == (False, False)
    withdrawn = Teller().says("Ana", "status", "approved").says("Ana", "status", "created", "undo")
    assert judges(withdrawn) == (False, False)
    undone = Teller().says("Ana", "target_entities", (PER,)).says("Ana", "target_entities", None, "undo")
    assert judges(undone) == (False, False)
    assert judges(undone.says("Ana", "target_entities", (PER,), "redo")) == (False, True)
    twice = Teller().says("Ana", "target_entities", (PER,)).says("Ana", "target_entities", (LOC,))
    assert judges(twice.says("Ana", "target_entities", (PER,), "undo")) == (False, True)


def test_only_sentences_that_both_have_judged_are_compared() -> None:
    keys = [SentenceKey(f"s{at}", "0" * 64) for at in range(4)]
    both = Teller(keys[0]).says("Bo", "target_entities", (PER,)).says("Ana", "target_entities", (PER, LOC))
    approved = Teller(keys[1]).says("Ana", "target_entities", (LOC,)).says("Bo", "status", "approved")
    one = Teller(keys[2]).says("Ana", "target_entities", (LOC,)).says("Bo", "note", "x")
    unknown = Teller(keys[3]).says("Cy", "target_entities", (LOC,)).says("Bo", "target_entities", None)
    histories = {teller.key: teller.events for teller in (unknown, one, approved, both)}

    def entities_of(key: SentenceKey, state: SentenceState) -> tuple[Entity, ...] | None:
        return state.target_entities

    found = agreements(histories, lambda key: 3, entities_of)
    assert [(each.a, each.b, each.n_sentences, each.n_unknown) for each in found] == [
        ("Ana", "Bo", 2, 0),
        ("Bo", "Cy", 0, 1),
    ]
    assert (found[0].n_a, found[0].n_b, found[0].n_both) == (3, 2, 2)
    reordered = dict(reversed(histories.items()))
    assert agreements(reordered, lambda key: 3, entities_of) == found


def test_in_a_corpus_what_was_approved_is_what_was_found(
    corpus: Corpus, config: PipelineConfig, store: CorrectionStore
) -> None:
    ada, rome, none = (pair_of(corpus, name) for name in ("ada", "rome", "none"))
    say(store, ada, "Ana", status="approved")
    say(store, ada, "Bo", target_entities=entities((0, 1, "PER"), (2, 3, "PER")))
    say(store, rome, "Ana", target_entities=entities((1, 3, "LOC")))
    say(store, rome, "Bo", status="approved")
    say(store, none, "Ana", status="approved")
    report = corpus_agreement(corpus, store, config)
    [row] = report["agreements"]
    assert (row["a"], row["b"], row["n_sentences"]) == ("Ana", "Bo", 2)
    # Ana approved what is projected of Ada; Bo approved what Ana had made of Rome.
    assert (row["n_a"], row["n_b"], row["n_both"]) == (2, 3, 2)
    assert (report["n_sentences"], report["n_projected"]) == (3, 1)
    by_source = corpus_agreement(corpus, store, config, side="source")
    assert by_source["agreements"] == []
    assert corpus_agreement(corpus, store, config, lang="de")["n_sentences"] == 3


def test_what_was_said_of_other_words_is_not_compared(
    corpus: Corpus, config: PipelineConfig, store: CorrectionStore
) -> None:
    ada = pair_of(corpus, "ada")
    changed = replace(ada, target=replace(ada.target, words=("Ada", "kannte", "Bo", ".")))
    for author in ("Ana", "Bo"):
        say(store, changed, author, target_entities=entities((0, 1, "PER")), note=author)
    assert corpus_agreement(corpus, store, config)["n_sentences"] == 0
