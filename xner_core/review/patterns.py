"""What was wrong with a corrected sentence, in terms that can be met in other sentences.

A pattern speaks of words, upper and lower case being the same, and of where in them an entity is
and should be, so that it holds wherever the same words stand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from xner_core.corrections.events import Kind
from xner_core.export.sample import Annotation
from xner_core.review.changes import ChangeKind, entity_changes
from xner_core.types import Entity, LinkState, Sentence, SentencePair, Span
from xner_core.viz.text import quoted

Folded = tuple[str, ...]
"""Words, casefolded."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the words of a pattern an entity is.

    Attributes:
        start: Its first word, counted within the pattern.
        end: Behind its last word.
        label: Its label.
    """

    start: int
    end: int
    label: str

    def at(self, start: int) -> Entity:
        """The entity where the pattern's words begin at a word of a sentence."""
        return Entity(Span(start + self.start, start + self.end), self.label)


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Words, the entity they held and the one they should hold.

    Attributes:
        words: All that is in either entity, and what lies between.
        before: The wrong entity; None where it was missing.
        after: The right one; None where there should be none.
    """

    words: Folded
    before: Place | None
    after: Place | None

    @classmethod
    def of(cls, sentence: Sentence, before: Entity | None, after: Entity | None) -> Rewrite:
        """What was done to an entity of a sentence; one of both is there."""
        spans = [entity.span for entity in (before, after) if entity is not None]
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        places = (
            None if each is None else Place(each.span.start - start, each.span.end - start, each.label)
            for each in (before, after)
        )
        return cls(folded(sentence.words[start:end]), *places)


@dataclass(frozen=True, slots=True)
class SourceProblem:
    """A source entity that was found with wrong boundaries or label, or wrongly, or was missed.

    Attributes:
        rewrite: What was done to it.
    """

    rewrite: Rewrite


@dataclass(frozen=True, slots=True)
class TargetProblem:
    """A source entity that was projected to wrong words, or to none.

    Attributes:
        source: The words of the source entity.
        label: Its label.
        rewrite: What was done to its target.
        wrong: The words of the wrong target; empty where there was none.
        right: Those of the right target; empty where there should be none.
    """

    source: Folded
    label: str
    rewrite: Rewrite
    wrong: Folded
    right: Folded


@dataclass(frozen=True, slots=True)
class LinkProblem:
    """Two words that were not linked as they should be.

    Attributes:
        source: The source word, casefolded.
        target: The target word, casefolded.
        before: What they were to each other.
        after: What they should be.
        entity: Words and label of the source entity that the source word is in; None where it is in none.
    """

    source: str
    target: str
    before: LinkState
    after: LinkState
    entity: tuple[Folded, str] | None


Problem = SourceProblem | TargetProblem | LinkProblem


def what_is_wrong(problem: Problem) -> ChangeKind | Literal["linked"]:
    """What a person did about a problem."""
    if isinstance(problem, LinkProblem):
        return "linked"
    before, after = problem.rewrite.before, problem.rewrite.after
    if before is None or after is None:
        return "created" if before is None else "deleted"
    same_words = (before.start, before.end) == (after.start, after.end)
    if before.label == after.label:
        return "kept" if same_words else "moved"
    return "relabelled" if same_words else "moved and relabelled"


def in_words(problem: Problem) -> str:
    """The problem as one sentence; it holds words of the corpus, so it is shown as text."""
    if isinstance(problem, LinkProblem):
        names = {"none": "not linked", "sure": "linked", "possible": "possibly linked"}
        words = f"{quoted(problem.source)} and {quoted(problem.target)}"
        return f"{words} are {names[problem.before]} and should be {names[problem.after]}."
    rewrite = problem.rewrite
    before, after = (_in_words(rewrite.words, place) for place in (rewrite.before, rewrite.after))
    if isinstance(problem, SourceProblem):
        return f"{before or 'What is no entity'} should be {after or 'no entity'}."
    source = f"{quoted(' '.join(problem.source))} ({problem.label})"
    return f"{source} is projected to {before or 'nothing'} and should be to {after or 'nothing'}."


def _in_words(words: Folded, place: Place | None) -> str:
    return "" if place is None else f"{quoted(' '.join(words[place.start : place.end]))} ({place.label})"


def folded(words: Sequence[str]) -> Folded:
    """Words without the difference between upper and lower case."""
    return tuple(word.casefold() for word in words)


def occurrences(words: Folded, wanted: Folded) -> Iterator[int]:
    """Where some words begin in a sentence, from left to right."""
    if wanted:
        for start in range(len(words) - len(wanted) + 1):
            if words[start : start + len(wanted)] == wanted:
                yield start


def problems(
    pair: SentencePair, before: Annotation, after: Annotation, kinds: Collection[Kind]
) -> tuple[Problem, ...]:
    """What a person found wrong with a sentence.

    Args:
        pair: The sentence pair.
        before: What held of it until then.
        after: What holds since.
        kinds: The fields that the person changed: what changed because of them is no problem of its own.

    Returns:
        Each once. A target that belongs to no source entity is none: there is nothing to know it by.
    """
    found: list[Problem] = []
    if "source_entities" in kinds:
        found += [
            SourceProblem(Rewrite.of(pair.source, one.before, one.after))
            for one in entity_changes(before.source_entities, after.source_entities)
            if one.kind != "kept"
        ]
    if "target_entities" in kinds:
        found += _target_problems(pair, before, after)
    if "links" in kinds:
        found += _link_problems(pair, before, after)
    return tuple(dict.fromkeys(found))


def _target_problems(pair: SentencePair, before: Annotation, after: Annotation) -> Iterator[TargetProblem]:
    for was, now in _target_changes(before, after):
        source = _source_of(was, now, before)
        if source is not None:
            yield TargetProblem(
                _words(pair.source, source),
                source.label,
                Rewrite.of(pair.target, was, now),
                _words(pair.target, was),
                _words(pair.target, now),
            )


def _target_changes(before: Annotation, after: Annotation) -> list[tuple[Entity | None, Entity | None]]:
    """What was wrong and what is right; of a label the one deleted and the one created are one that moved."""
    changes = entity_changes(before.target_entities, after.target_entities)
    deleted = [one.before for one in changes if one.kind == "deleted"]
    created = [one.after for one in changes if one.kind == "created"]
    moved: dict[Entity | None, Entity | None] = {}
    for was in deleted:
        away, there = ([e for e in some if e and was and e.label == was.label] for some in (deleted, created))
        if len(away) == len(there) == 1:
            moved[was] = there[0]
    return [
        (one.before, moved.get(one.before, one.after) if one.before else one.after)
        for one in changes
        if one.kind != "kept" and not (one.kind == "created" and one.after in moved.values())
    ]


def _source_of(was: Entity | None, now: Entity | None, before: Annotation) -> Entity | None:
    """The source entity that a changed target belongs to; None where that is not sure.

    A new target belongs to the one entity of its label that had no target; of several, to the
    one whose links lead to it.
    """
    own: list[int] = []
    if was is not None:
        place = before.target_entities.index(was)
        own = [s for s, t in before.matches if t == place]
    elif now is not None:
        projected = {s for s, _ in before.matches}
        own = [
            at
            for at, entity in enumerate(before.source_entities)
            if at not in projected and entity.label == now.label
        ]
        if len(own) > 1:
            reached = {i for i, j in before.alignment.links if j in _range(now.span)}
            own = [at for at in own if not reached.isdisjoint(_range(before.source_entities[at].span))]
    return before.source_entities[own[0]] if len(own) == 1 else None


def _link_problems(pair: SentencePair, before: Annotation, after: Annotation) -> Iterator[LinkProblem]:
    for link in sorted({*before.alignment.links, *after.alignment.links}):
        was, now = before.alignment.state(link), after.alignment.state(link)
        if was != now:
            i, j = link
            around = next((e for e in before.source_entities if i in _range(e.span)), None)
            yield LinkProblem(
                pair.source.words[i].casefold(),
                pair.target.words[j].casefold(),
                was,
                now,
                None if around is None else (_words(pair.source, around), around.label),
            )


def _words(sentence: Sentence, entity: Entity | None) -> Folded:
    return () if entity is None else folded(sentence.words[entity.span.start : entity.span.end])


def _range(span: Span) -> range:
    return range(span.start, span.end)
