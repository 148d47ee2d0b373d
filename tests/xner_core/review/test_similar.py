"""Problems of a corrected sentence, met again in other sentences and corrected there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.xner_core.review.small import ORIGIN, entities, pair_of, say
from xner_core.config import PipelineConfig
from xner_core.corpora.index import CorpusIndex
from xner_core.corrections.events import UNTOUCHED, Change, Kind, SentenceKey, check
from xner_core.corrections.store import CorrectionStore
from xner_core.export.sample import Annotation
from xner_core.review.patterns import LinkProblem, Problem, TargetProblem, in_words, problems, what_is_wrong
from xner_core.review.samples import Review
from xner_core.review.similar import Seen, Similar, look, pairs_with_words, similar_sentences
from xner_core.types import Corpus, Entity, Link, Sentence, SentencePair, WordAlignment

Marked = Sequence[tuple[int, int, str]]


def pair(name: str, source: str, target: str = "x") -> SentencePair:
    return SentencePair(name, Sentence(tuple(source.split()), "en"), Sentence(tuple(target.split()), "de"))


def holds(
    sources: Marked = (),
    targets: Marked = (),
    matches: Sequence[tuple[int, int]] = (),
    links: Sequence[Link] = (),
) -> Annotation:
    return Annotation(entities(*sources), entities(*targets), WordAlignment.of(links), tuple(matches))


def met(found: Sequence[Problem], *others: Seen) -> list[Similar]:
    return list(similar_sentences(found, others).found)


def after(one: Similar, kind: Kind = "source_entities") -> tuple[Entity, ...]:
    """What the one change of a sentence says."""
    [change] = one.changes
    assert change.kind == kind
    assert isinstance(change.after, tuple)
    check(one.pair, kind, change.after)
    return change.after  # type: ignore[return-value]


def source_problems(words: str, before: Marked, now: Marked) -> tuple[Problem, ...]:
    return problems(pair("c", words), holds(before), holds(now), ["source_entities"])


def test_a_wrong_label_is_met_again() -> None:
    found = source_problems("I saw Paris Hilton .", [(2, 4, "LOC")], [(2, 4, "PER")])
    assert len(found) == 1
    again = Seen(pair("a", "PARIS hilton slept , Paris Hilton !"), holds([(0, 2, "LOC"), (4, 6, "LOC")]))
    other_label = Seen(pair("b", "Paris Hilton slept"), holds([(0, 2, "ORG")]))
    other_words = Seen(pair("d", "Paris slept"), holds([(0, 1, "LOC")]))
    right = Seen(pair("e", "Paris Hilton slept"), holds([(0, 2, "PER")]))
    [one] = met(found, again, other_label, other_words, right)
    assert after(one) == entities((0, 2, "PER"), (4, 6, "PER"))
    assert one.problems == found


def test_a_wrong_boundary_is_met_where_the_words_around_are_the_same() -> None:
    found = source_problems("the European Commission said", [(2, 3, "ORG")], [(1, 3, "ORG")])
    same = Seen(pair("a", "a European Commission"), holds([(2, 3, "ORG")]))
    alone = Seen(pair("b", "the Commission said"), holds([(1, 2, "ORG")]))
    unmarked = Seen(pair("d", "a European Commission"), holds())
    [one] = met(found, same, alone, unmarked)
    assert after(one) == entities((1, 3, "ORG"))
    shorter = source_problems("in Rome today", [(1, 3, "LOC")], [(1, 2, "LOC")])
    [other] = met(shorter, Seen(pair("a", "Rome today !"), holds([(0, 2, "LOC")])))
    assert after(other) == entities((0, 1, "LOC"))


def test_what_the_tagger_found_wrongly_or_missed() -> None:
    deleted = source_problems("Well , yes", [(0, 1, "PER")], [])
    [one] = met(deleted, Seen(pair("a", "well well"), holds([(1, 2, "PER")])))
    assert after(one) == ()
    created = source_problems("Bo sings", [], [(0, 1, "PER")])
    missed = Seen(pair("a", "then Bo sings"), holds())
    inside = Seen(pair("b", "Bo Derek sings"), holds([(0, 2, "PER")]))
    [one] = met(created, missed, inside)
    assert after(one) == entities((1, 2, "PER"))


def test_an_entity_does_not_grow_into_another() -> None:
    found = source_problems("the European Commission", [(2, 3, "ORG")], [(1, 3, "ORG")])
    taken = Seen(pair("a", "European Commission"), holds([(0, 1, "MISC"), (1, 2, "ORG")]))
    assert met(found, taken) == []


TARGET = pair("c", "the Commission said", "die Europäische Kommission sagte")
WRONG = holds([(1, 2, "ORG")], [(2, 3, "ORG")], [(0, 0)])


def target_problems(before: Annotation = WRONG, *, now: Marked) -> tuple[Problem, ...]:
    corrected = replace(before, target_entities=entities(*now))
    return problems(TARGET, before, corrected, ["target_entities"])


def other(target: str, targets: Marked, source: str = "a Commission", **said: Any) -> Seen:
    one = pair(said.pop("name", "a"), source, target)
    return Seen(one, holds([(1, 2, "ORG")], targets, [(0, 0)] if targets else []), replace(UNTOUCHED, **said))


def test_a_target_that_is_too_short_is_met_again() -> None:
    found = target_problems(now=[(1, 3, "ORG")])
    [one] = met(found, other("eine europäische Kommission", [(2, 3, "ORG")]))
    assert after(one, "target_entities") == entities((1, 3, "ORG"))
    assert met(found, other("eine Kommission", [(1, 2, "ORG")])) == []  # there is nothing to add
    assert met(found, other("die Europäische Union", [(2, 3, "ORG")])) == []
    assert met(found, other("die Europäische Kommission", [(2, 3, "PER")])) == []
    assert met(found, other("die Europäische Kommission", [(2, 3, "ORG")], "a Council")) == []


def test_the_right_words_elsewhere_are_taken_where_they_stand_once() -> None:
    found = target_problems(now=[(1, 3, "ORG")])
    once = other("Europäische Kommission , Kommission", [(3, 4, "ORG")])
    twice = other("Europäische Kommission , Kommission , Europäische Kommission", [(3, 4, "ORG")])
    [one] = met(found, once, twice)
    assert after(one, "target_entities") == entities((0, 2, "ORG"))


def test_an_entity_without_a_target_gets_the_right_words() -> None:
    for before in (WRONG, holds([(1, 2, "ORG")])):
        found = target_problems(before, now=[(1, 3, "ORG")])
        once = other("hier die Europäische Kommission", [])
        twice = other("Europäische Kommission , Europäische Kommission", [])
        absent = other("hier", [])
        [one] = met(found, once, twice, absent)
        assert after(one, "target_entities") == entities((2, 4, "ORG"))
    taken = Seen(once.pair, holds([(1, 2, "ORG"), (0, 1, "LOC")], [(3, 4, "LOC")], [(0, 0)]))
    assert met(found, taken) == []


def test_a_target_that_should_not_be_there_or_has_another_label() -> None:
    [one] = met(target_problems(now=[]), other("die Kommission", [(1, 2, "ORG")]))
    assert after(one, "target_entities") == ()
    [one] = met(target_problems(now=[(2, 3, "MISC")]), other("Kommission", [(0, 1, "ORG")]))
    assert after(one, "target_entities") == entities((0, 1, "MISC"))


def test_a_target_that_moved_far_is_one_problem() -> None:
    [found] = target_problems(now=[(0, 1, "ORG")])
    assert isinstance(found, TargetProblem)
    assert (found.wrong, found.right) == (("kommission",), ("die",))
    [one] = met([found], other("nun Kommission die", [(1, 2, "ORG")]))
    assert after(one, "target_entities") == entities((2, 3, "ORG"))


def test_a_new_target_belongs_to_the_entity_whose_links_lead_to_it() -> None:
    two = holds([(0, 1, "PER"), (1, 2, "PER")], links=[(1, 2)])
    corrected = replace(two, target_entities=entities((2, 3, "PER")))
    [found] = problems(TARGET, two, corrected, ["target_entities"])
    assert isinstance(found, TargetProblem)
    assert found.source == ("commission",)
    one = replace(
        two, target_entities=entities((3, 4, "PER")), matches=((0, 0),), alignment=WordAlignment(())
    )
    more = replace(one, target_entities=entities((2, 3, "PER"), (3, 4, "PER")))
    assert problems(TARGET, one, more, ["target_entities"]) == (found,)  # the other entity has its target
    unsure = replace(two, alignment=WordAlignment(()))
    assert problems(TARGET, unsure, corrected, ["target_entities"]) == ()


def test_what_changed_by_itself_is_no_problem() -> None:
    now = replace(WRONG, target_entities=())
    assert problems(TARGET, WRONG, now, ["source_entities", "links", "status"]) == ()


def test_links_between_the_same_words() -> None:
    before = holds([(1, 2, "ORG")], links=[(0, 0)])
    now = replace(before, alignment=WordAlignment.of([(0, 0)], [(1, 2)]))
    found = problems(TARGET, before, now, ["links"])
    assert found == (LinkProblem("commission", "kommission", "none", "possible", (("commission",), "ORG")),)
    seen = other("Kommission !", [], links=((0, 1, "sure"),))
    [one] = met(found, seen)
    assert after(one, "links") == ((0, 1, "sure"), (1, 0, "possible"))
    linked = Seen(seen.pair, replace(seen.holds, alignment=WordAlignment.of([(1, 0)])))
    twice = other("Kommission Kommission", [])
    unmarked = Seen(pair("b", "the Commission", "Kommission"), holds())
    said = other("Kommission", [], links=((1, 0, "none"),))
    assert met(found, linked, twice, unmarked, said) == []
    freely = [replace(found[0], entity=None)]
    assert len(met(freely, unmarked)) == 1


def test_removed_links_are_met_again() -> None:
    linked = holds(links=[(1, 2)])
    found = problems(TARGET, linked, holds(), ["links"])
    [one] = met(found, Seen(pair("b", "the Commission", "Kommission"), holds(links=[(1, 0)])))
    assert after(one, "links") == ((1, 0, "none"),)


@pytest.mark.parametrize(
    "said",
    [
        {"status": "approved"},
        {"status": "rejected"},
        {"target_entities": entities((2, 3, "ORG"))},
    ],
)
def test_what_a_person_settled_is_left_out_and_told(said: dict[str, Any]) -> None:
    found = target_problems(now=[(1, 3, "ORG")])
    seen = other("die Europäische Kommission", [(2, 3, "ORG")], **said)
    result = similar_sentences(found, [seen])
    assert (result.found, result.left_out, result.n_seen) == ((), ("a",), 1)


def test_changes_hold_the_version_that_was_seen() -> None:
    versions = {**UNTOUCHED.versions, "source_entities": 7}
    found = source_problems("Bo sings", [], [(0, 1, "PER")])
    seen = Seen(pair("a", "Bo"), holds(), replace(UNTOUCHED, versions=versions))
    [one] = met(found, seen)
    assert one.changes == (Change("source_entities", entities((0, 1, "PER")), 7),)
    assert one.state.source_entities == entities((0, 1, "PER"))
    assert one.item == (seen.pair, one.changes)


def test_what_one_problem_takes_and_another_brings_back_is_no_correction() -> None:
    deleted = source_problems("Bo sings", [(0, 1, "PER")], [])
    created = source_problems("Bo sings", [], [(0, 1, "PER")])
    seen = Seen(pair("a", "Bo"), holds([(0, 1, "PER")]))
    assert len(met(deleted, seen)) == 1
    assert met([*deleted, *created], seen) == []


def test_corrections_that_may_not_fit_elsewhere_are_told_apart() -> None:
    [one] = met(target_problems(now=[]), other("die Kommission", [(1, 2, "ORG")]))
    assert not one.is_likely
    [one] = met(target_problems(now=[(2, 3, "MISC")]), other("Kommission", [(0, 1, "ORG")]))
    assert one.is_likely


@pytest.mark.parametrize(
    ("before", "now", "kind", "words"),
    [
        ([], [(0, 1, "PER")], "created", "What is no entity should be “bo” (PER)."),
        ([(0, 1, "PER")], [], "deleted", "“bo” (PER) should be no entity."),
        ([(0, 1, "PER")], [(0, 1, "LOC")], "relabelled", "“bo” (PER) should be “bo” (LOC)."),
        ([(0, 1, "PER")], [(0, 2, "PER")], "moved", "“bo” (PER) should be “bo derek” (PER)."),
        (
            [(0, 1, "PER")],
            [(0, 2, "LOC")],
            "moved and relabelled",
            "“bo” (PER) should be “bo derek” (LOC).",
        ),
    ],
)
def test_what_is_wrong_in_words(before: Marked, now: Marked, kind: str, words: str) -> None:
    [found] = source_problems("Bo Derek", before, now)
    assert (what_is_wrong(found), in_words(found)) == (kind, words)


def test_problems_of_targets_and_links_in_words() -> None:
    [found] = target_problems(now=[])
    assert in_words(found) == (
        "“commission” (ORG) is projected to “kommission” (ORG) and should be to nothing."
    )
    link = LinkProblem("a", "b", "none", "possible", None)
    assert what_is_wrong(link) == "linked"
    assert in_words(link) == "“a” and “b” are not linked and should be possibly linked."


words = st.lists(st.sampled_from(["a", "B", "b", "c"]), min_size=1, max_size=6)


@st.composite
def sentences(draw: st.DrawFn) -> tuple[list[str], Marked]:
    text, marked, start = draw(words), [], 0
    for _ in range(draw(st.integers(0, 3))):
        start += draw(st.integers(0, 2))
        end = start + draw(st.integers(1, 2))
        if end > len(text):
            break
        marked.append((start, end, draw(st.sampled_from(["PER", "LOC"]))))
        start = end
    return text, marked


@given(sentences(), sentences(), st.data())
def test_corrections_are_legal_and_share_no_word(
    one: tuple[list[str], Marked], other: tuple[list[str], Marked], data: st.DataObject
) -> None:
    now: Collection[tuple[int, int, str]] = data.draw(sentences())[1]
    now = [each for each in now if each[1] <= len(one[0])]
    found = source_problems(" ".join(one[0]), one[1], list(now))
    for similar in met(found, Seen(pair("a", " ".join(other[0])), holds(other[1]))):
        corrected = after(similar)
        covered = [word for each in corrected for word in range(each.span.start, each.span.end)]
        assert len(covered) == len(set(covered))
        assert corrected != similar.before.source_entities


@given(sentences(), st.data())
def test_the_corrected_sentence_itself_would_be_corrected_the_same_way(
    one: tuple[list[str], Marked], data: st.DataObject
) -> None:
    text = [f"{word}{at}" for at, word in enumerate(one[0])]  # no word stands there twice
    label = data.draw(st.sampled_from(["PER", "ORG"]))
    now = [(start, end, label) for start, end, _ in one[1]]
    found = source_problems(" ".join(text), one[1], now)
    corrected = met(found, Seen(pair("c", " ".join(text)), holds(one[1])))
    assert [after(each) for each in corrected] == ([entities(*now)] if found else [])


def test_only_pairs_with_the_words_are_looked_at() -> None:
    corrected = pair("c", "Bo sings")
    given_pairs = [
        corrected,
        pair("1", "then bo sings"),
        pair("2", "Bob sings"),
        pair("3", "she sings", "Bo singt"),
        replace(pair("4", "Bo"), target=Sentence(("x",), "fr")),
        replace(pair("5", "Bo"), source=Sentence(("Bo",), "nl")),
        pair("6", "Ada and Bo"),
    ]
    index = CorpusIndex(Corpus("made up", tuple(given_pairs), (), "0"))
    found = problems(corrected, holds(), holds([(0, 1, "PER")]), ["source_entities"])
    assert [each.id for each in pairs_with_words(index, corrected, found)] == ["1", "6"]
    twice = problems(corrected, holds(), holds([(0, 1, "PER"), (1, 2, "MISC")]), ["source_entities"])
    assert [each.id for each in pairs_with_words(index, corrected, twice)] == ["1", "6", "2", "3"]
    assert list(pairs_with_words(index, corrected, ())) == []


def test_similar_sentences_are_corrected_at_once_and_undone_one_by_one(
    corpus: Corpus, config: PipelineConfig, store: CorrectionStore
) -> None:
    corrected = pair_of(corpus, "twin-1")
    before = holds([(0, 1, "PER")], [(0, 1, "PER")], [(0, 0)])
    now = replace(before, source_entities=entities((0, 1, "MISC")))
    found = problems(corrected, before, now, ["source_entities"])
    say(store, pair_of(corpus, "ada"), status="approved")
    pairs = pairs_with_words(CorpusIndex(corpus), corrected, found)
    result = look(Review(corpus, config), pairs, store, found)
    [one] = result.found
    assert one.pair.id == "twin-2"
    assert one.before.target_entities == entities((0, 1, "PER"))
    assert one.after is not None
    assert one.after.target_entities == entities((0, 1, "MISC"))  # projected anew
    recorded = store.record_many(
        [each.item for each in result.found], author="Ana", origin=ORIGIN, reason="", action="similar"
    )
    assert len(recorded.events) == 1
    key = SentenceKey.of(one.pair)
    assert store.state(key).source_entities == one.state.source_entities
    assert len(look(Review(corpus, config), [one.pair], store, found).found) == 0
    store.undo(one.pair, "Ana", ORIGIN)
    assert store.state(key).source_entities is None
