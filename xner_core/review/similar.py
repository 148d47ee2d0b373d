"""Apply to similar: other sentences in which the same entity met the same problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from xner_core.alignment.edits import LinkEdits
from xner_core.corpora.index import CorpusIndex
from xner_core.corrections.events import UNTOUCHED, Change, Kind, SentenceKey, SentenceState
from xner_core.export.sample import Annotation
from xner_core.review.patterns import (
    Folded,
    LinkProblem,
    Problem,
    SourceProblem,
    TargetProblem,
    folded,
    occurrences,
    what_is_wrong,
)
from xner_core.review.samples import Review, corrected
from xner_core.types import Entity, LinkEdit, Progress, SentencePair, Span

_LIKELY = {"moved", "relabelled", "moved and relabelled"}


class States(Protocol):
    """What is read of a store of corrections."""

    def states(self, keys: Iterable[SentenceKey] | None = None) -> Mapping[SentenceKey, SentenceState]:
        """What people say of sentences that somebody said something of."""
        ...


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence pair that may have the problem.

    Attributes:
        pair: The pair.
        holds: What holds of it now.
        state: What people say of it.
    """

    pair: SentencePair
    holds: Annotation
    state: SentenceState = UNTOUCHED


@dataclass(frozen=True, slots=True)
class Similar:
    """A sentence pair with the same problem, and its correction.

    Attributes:
        pair: The pair.
        before: What holds of it now.
        state: What people would say of it afterwards.
        changes: What to record.
        problems: The problems it was found by.
        after: What would hold of it, projected anew where that is needed; None where nothing projected it.
    """

    pair: SentencePair
    before: Annotation
    state: SentenceState
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    after: Annotation | None = None

    @property
    def is_likely(self) -> bool:
        """Whether entities would only be moved or relabelled, which is mostly right, if not everywhere.

        That an entity is wrong, or missing, in one sentence says little of another: about half of these are
        right and should be looked at one by one (`python -m benchmarks.similar`; links were not measured).
        """
        return all(what_is_wrong(problem) in _LIKELY for problem in self.problems)

    @property
    def item(self) -> tuple[SentencePair, tuple[Change, ...]]:
        """What `CorrectionStore.record_many` takes."""
        return self.pair, self.changes


@dataclass(frozen=True, slots=True)
class SimilarSentences:
    """What was found in some sentences.

    Attributes:
        found: Those with the problem, in order.
        n_seen: How many were looked at.
        left_out: Ids of those with the problem in which a person has settled what would be changed.
    """

    found: tuple[Similar, ...]
    n_seen: int
    left_out: tuple[str, ...]


def pairs_with_words(
    index: CorpusIndex, pair: SentencePair, problems: Iterable[Problem]
) -> Iterator[SentencePair]:
    """Other pairs of the same languages that hold the source words of a problem, each once.

    Only these can have it, and they are found without looking at each pair of the corpus. Those of the
    first problem come first, and otherwise the order is that of the corpus.

    Args:
        index: Of the corpus.
        pair: The corrected pair.
        problems: What was wrong with it.
    """
    met = {pair.id}
    for words in dict.fromkeys(_looked_up(problem) for problem in problems):
        found = index.find(pair.target.lang, " ".join(words))
        for other in found.stretch(0, len(found)):
            source = other.source
            if other.id in met or source.lang != pair.source.lang:
                continue
            if next(occurrences(folded(source.words), words), None) is not None:
                met.add(other.id)
                yield other


def look(
    review: Review,
    pairs: Iterable[SentencePair],
    store: States,
    problems: Sequence[Problem],
    progress: Progress | None = None,
) -> SimilarSentences:
    """Find the sentences with the same problems, and what would hold of them afterwards.

    Args:
        review: What finds and projects entities.
        pairs: The pairs to look at; see `pairs_with_words`.
        store: What people said.
        problems: What was wrong with the corrected sentence.
        progress: Told of the pairs that were projected.

    Raises:
        XnerError: If a stage cannot do its work.
    """
    found = list(review.found(list(pairs), progress))
    states = store.states([SentenceKey.of(one.pair) for one in found])
    said = [states.get(SentenceKey.of(one.pair), UNTOUCHED) for one in found]
    seen = [
        Seen(one.pair, corrected(review.pipeline, one, state), state)
        for one, state in zip(review.ready(found, said), said, strict=True)
    ]
    met = similar_sentences(problems, seen)
    by_id = {one.pair.id: one for one in found}
    own = [by_id[one.pair.id] for one in met.found]
    after = [
        corrected(review.pipeline, one, new.state)
        for one, new in zip(review.ready(own, [new.state for new in met.found]), met.found, strict=True)
    ]
    return replace(
        met, found=tuple(replace(one, after=now) for one, now in zip(met.found, after, strict=True))
    )


def similar_sentences(problems: Sequence[Problem], others: Iterable[Seen]) -> SimilarSentences:
    """Find the sentences with the same problems, and correct them the same way.

    A field that a person has set is not changed, nor is a sentence that was approved or
    rejected: these are listed as left out.

    Args:
        problems: What was wrong with the corrected sentence.
        others: The sentences to look at, without the corrected one.
    """
    found: list[Similar] = []
    left_out: list[str] = []
    n_seen = 0
    for other in others:
        n_seen += 1
        met, said = _corrected(problems, other)
        changes = tuple(
            Change(kind, said.value(kind), other.state.versions[kind])
            for kind in _KINDS
            if said.value(kind) != other.state.value(kind)
        )
        if not changes:  # no problem is met, or what one takes another brings back
            continue
        if other.state.is_reviewed or any(_is_settled(change.kind, other.state) for change in changes):
            left_out.append(other.pair.id)
        else:
            found.append(Similar(other.pair, other.holds, said, changes, met))
    return SimilarSentences(tuple(found), n_seen, tuple(left_out))


_KINDS: tuple[Kind, ...] = ("source_entities", "target_entities", "links")


def _is_settled(kind: Kind, state: SentenceState) -> bool:
    """Whether a person said something of a field; of links each stands for itself."""
    return kind != "links" and state.value(kind) is not None


def _corrected(problems: Sequence[Problem], seen: Seen) -> tuple[tuple[Problem, ...], SentenceState]:
    """The problems that a sentence has, and what is to be said of it instead."""
    sources = _Entities(seen.pair.source.words, seen.holds.source_entities)
    targets = _Entities(seen.pair.target.words, seen.holds.target_entities)
    links: dict[tuple[int, int], LinkEdit] = {}
    met = []
    for problem in problems:
        if isinstance(problem, SourceProblem):
            is_met = sources.rewrite_all(problem)
        elif isinstance(problem, TargetProblem):
            is_met = _retarget(problem, seen, targets)
        else:
            new = _relinked(problem, seen)
            links.update(new)
            is_met = bool(new)
        if is_met:
            met.append(problem)
    state = seen.state
    if sources.is_changed:
        state = replace(state, source_entities=sources.now)
    if targets.is_changed:
        state = replace(state, target_entities=targets.now)
    if links:
        state = replace(state, links=LinkEdits.of([*state.links, *links.values()]).changes)
    return tuple(met), state


class _Entities:
    """The entities of a sentence while they are corrected."""

    def __init__(self, words: Sequence[str], entities: Sequence[Entity]) -> None:
        self.words = folded(words)
        self._before, self._now = set(entities), set(entities)

    @property
    def is_changed(self) -> bool:
        return self._now != self._before

    @property
    def now(self) -> tuple[Entity, ...]:
        return tuple(sorted(self._now))

    def rewrite_all(self, problem: SourceProblem) -> bool:
        """Correct the entity wherever its words stand."""
        rewrite = problem.rewrite
        done = False
        for start in occurrences(self.words, rewrite.words):
            before = None if rewrite.before is None else rewrite.before.at(start)
            after = None if rewrite.after is None else rewrite.after.at(start)
            done |= self.replace(before, after)
        return done

    def replace(self, before: Entity | None, after: Entity | None) -> bool:
        """Put an entity in another one's place; not where a third one has one of its words."""
        if before is not None and before not in self._before & self._now:
            return False
        others = self._now - {before}
        if after is not None and any(after.span.overlaps(one.span) for one in others):
            return False
        self._now = others | ({after} if after is not None else set())
        return True

    def only_place(self, wanted: Folded) -> Span | None:
        """Where some words stand, if they stand there once."""
        starts = list(occurrences(self.words, wanted))
        return Span(starts[0], starts[0] + len(wanted)) if len(starts) == 1 else None


def _retarget(problem: TargetProblem, seen: Seen, targets: _Entities) -> bool:
    """Correct the targets of the same source entity; whether there was one to correct."""
    done = False
    for at, source in enumerate(seen.holds.source_entities):
        own = folded(seen.pair.source.words[source.span.start : source.span.end])
        if (own, source.label) != (problem.source, problem.label):
            continue
        projected = [seen.holds.target_entities[t] for s, t in seen.holds.matches if s == at]
        for target in projected:
            done |= _rewrite_target(problem, target, targets)
        if not projected and problem.rewrite.after is not None:
            span = targets.only_place(problem.right)
            done |= span is not None and targets.replace(None, Entity(span, problem.rewrite.after.label))
    return done


def _rewrite_target(problem: TargetProblem, target: Entity, targets: _Entities) -> bool:
    """Correct a target that is as the wrong one was; whether that was so, and the right one can be had.

    The right one is what stands around it as in the corrected sentence, or else the only place of its words.
    """
    before, after = problem.rewrite.before, problem.rewrite.after
    span, words = target.span, problem.rewrite.words
    if before is None or target.label != before.label:
        return False
    if targets.words[span.start : span.end] != problem.wrong:
        return False
    if after is None:
        return targets.replace(target, None)
    start = span.start - before.start
    if start >= 0 and targets.words[start : start + len(words)] == words:
        return targets.replace(target, after.at(start))
    only = targets.only_place(problem.right)
    return only is not None and targets.replace(target, Entity(only, after.label))


def _relinked(problem: LinkProblem, seen: Seen) -> Mapping[tuple[int, int], LinkEdit]:
    """The link between the same two words where each stands once, if it is as the wrong one was."""
    sources = [i for i, word in enumerate(seen.pair.source.words) if word.casefold() == problem.source]
    targets = [j for j, word in enumerate(seen.pair.target.words) if word.casefold() == problem.target]
    if problem.entity is not None:
        inside = [
            e.span
            for e in seen.holds.source_entities
            if (folded(seen.pair.source.words[e.span.start : e.span.end]), e.label) == problem.entity
        ]
        sources = [i for i in sources if any(span.start <= i < span.end for span in inside)]
    if len(sources) != 1 or len(targets) != 1:
        return {}
    link = (sources[0], targets[0])
    said = {(i, j) for i, j, _ in seen.state.links}
    if link in said or seen.holds.alignment.state(link) != problem.before:
        return {}
    return {link: (*link, problem.after)}


def _looked_up(problem: Problem) -> Folded:
    """The source words that a sentence with the problem holds."""
    if isinstance(problem, SourceProblem):
        return problem.rewrite.words
    if isinstance(problem, TargetProblem):
        return problem.source
    return (problem.source,) if problem.entity is None else problem.entity[0]
