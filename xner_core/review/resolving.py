"""What a file says, said of the pairs of a corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xner_core.corrections.events import KINDS, SentenceState, check
from xner_core.errors import CorrectionError
from xner_core.export.sample import CharacterRange, ReadSample, ReadSide
from xner_core.review.finding import PairFinder, Problem, is_plain, side_of
from xner_core.review.places import characters_at, characters_of, squeezed, words_at
from xner_core.types import SIDES, Entity, ReviewStatus, Sentence, SentencePair, WordAlignment

_Report = Callable[[str], None]
_LEFT = ", so the sentence's entities stay as they are"
"""Some of them cannot be placed, and the others without them would say that these were deleted."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a file says of one pair; None where it says nothing.

    Attributes:
        pair: The pair.
        place: Where it stands in the file.
        source_entities: Sorted.
        target_entities: Sorted.
        alignment: The links.
        matches: Source and target entities that belong together.
        status: The review status.
        note: The remark.
        told: What its history comes to, where the file tells one: what people said, and not only what
            holds.
        n_events: Number of events in that history.
        event_authors: Whose they were.
        is_predicted: Whether no person said so, as far as the file knows.
    """

    pair: SentencePair
    place: str
    source_entities: tuple[Entity, ...] | None = None
    target_entities: tuple[Entity, ...] | None = None
    alignment: WordAlignment | None = None
    matches: frozenset[tuple[Entity, Entity]] | None = None
    status: ReviewStatus | None = None
    note: str | None = None
    told: SentenceState | None = None
    n_events: int = 0
    event_authors: tuple[str, ...] = ()
    is_predicted: bool = False


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a file says of a corpus.

    Attributes:
        resolved: In the order of the corpus; a pair once.
        problems: What could not be taken over, in the order of the file.
        notes: What was changed to fit the corpus's words, one sentence each.
        n_read: Number of sentences in the file.
    """

    resolved: tuple[Resolved, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    n_read: int


def resolve(reads: Iterable[ReadSample], pairs: Sequence[SentencePair]) -> Resolution:
    """Say what a file says of the pairs of a corpus, in their words.

    A sentence is found by its id and words, else by its words or text (see `PairFinder.find`).
    Labelled stretches of text become the words they touch. Where a file cuts a sentence into other
    words, its entities are carried over by their characters. What does not fit is a problem: nothing
    is left out without being listed, and nothing is put where it may not belong.

    Args:
        reads: What the file says.
        pairs: The pairs that it may mean.
    """
    read = [_whole(one) for one in reads]
    found, problems = PairFinder(pairs).find(read)
    notes: list[Problem] = []
    by_pair: dict[int, Resolved] = {}
    for one, at in zip(read, found, strict=True):
        if at is None:
            continue
        said = _said_of(one, pairs[at], problems, notes)
        by_pair[at] = _joined(by_pair[at], said, problems) if at in by_pair else said
    order = {one.place: at for at, one in enumerate(read)}
    problems.sort(key=lambda problem: order[problem.place])
    resolved = tuple(by_pair[at] for at in sorted(by_pair))
    return Resolution(resolved, tuple(problems), tuple(notes), len(read))


def _whole(read: ReadSample) -> ReadSample:
    """A sentence with what the format that loses nothing says beside."""
    sample = read.sample
    if sample is None:
        return read
    source, target = (
        ReadSide(
            words=sample.pair.side(side).words,
            text=sample.pair.side(side).text,
            entities=sample.corrected.entities(side),
            lang=sample.pair.side(side).lang,
        )
        for side in SIDES
    )
    return replace(
        read,
        id=sample.pair.id,
        source=source,
        target=target,
        alignment=sample.corrected.alignment,
        matches=sample.corrected.matches,
        status=sample.status,
        note=sample.note,
    )


def _said_of(read: ReadSample, pair: SentencePair, problems: list[Problem], notes: list[Problem]) -> Resolved:
    def refuse(what: str) -> None:
        problems.append(Problem(read.place, what, pair.id))

    def tell(what: str) -> None:
        notes.append(Problem(read.place, what, pair.id))

    entities = [
        None if (given := side_of(read, side)) is None else _entities(given, pair.side(side), refuse, tell)
        for side in SIDES
    ]
    history = () if read.sample is None else read.sample.history
    return Resolved(
        pair=pair,
        place=read.place,
        source_entities=entities[0],
        target_entities=entities[1],
        alignment=_alignment(read, pair, refuse),
        matches=_matches(read, *entities),
        status=read.status,
        note=read.note,
        told=_told(pair, history),
        n_events=len(history),
        event_authors=tuple(dict.fromkeys(str(event.get("author", "")) for event in history)),
        is_predicted=read.is_predicted,
    )


def _told(pair: SentencePair, history: Sequence[Mapping[str, Any]]) -> SentenceState | None:
    """What a history comes to; None where it is none, or of other words."""
    from xner_core.corrections.codec import event_of

    try:
        state = SentenceState.of(event_of(event) for event in history)
        for kind in KINDS:
            check(pair, kind, state.value(kind))
    except (CorrectionError, KeyError, TypeError, ValueError):
        return None
    return state if history else None


def _entities(
    given: ReadSide, sentence: Sentence, refuse: _Report, tell: _Report
) -> tuple[Entity, ...] | None:
    """A sentence's entities over the corpus's words; None where the file says nothing of them."""
    if given.entities is not None and given.words is not None:
        return _from_words(given.entities, given.words, sentence, refuse, tell)
    if given.ranges is not None and given.text is not None:
        return _from_text(given.ranges, given.text, sentence, refuse, tell)
    return None


def _from_words(
    entities: Sequence[Entity], words: Sequence[str], sentence: Sentence, refuse: _Report, tell: _Report
) -> tuple[Entity, ...] | None:
    beyond = [entity for entity in entities if entity.span.end > len(words)]
    for entity in beyond:
        refuse(f"{entity.label} ends at word {entity.span.end}, but there are {len(words)} words{_LEFT}")
    if beyond:
        return None
    if is_plain(words, sentence):
        return tuple(sorted(set(entities)))
    if squeezed("".join(words)) != squeezed("".join(sentence.words)):
        refuse(f"the words are cut otherwise and have other characters{_LEFT}")
        return None
    placed = [(entity.label, *characters_of(words, entity.span)) for entity in entities]
    return _placed(placed, sentence, tell)


def _from_text(
    ranges: Sequence[CharacterRange], text: str, sentence: Sentence, refuse: _Report, tell: _Report
) -> tuple[Entity, ...] | None:
    if squeezed(text) != squeezed("".join(sentence.words)):
        refuse(f"the text has other characters than the corpus's words{_LEFT}")
        return None
    placed, lost = [], False
    for each in ranges:
        at = characters_at(text, each)
        if at is None:
            there = text[max(each.start, 0) : max(each.end, 0)]
            wanted = "" if each.surface is None else f", and not {each.surface!r} as the file says"
            where = f"{each.label} at characters {each.start} to {each.end}"
            refuse(f"{where}: there stands {there!r}{wanted}{_LEFT}")
            lost = True
        else:
            placed.append((each.label, *at))
    return None if lost else _placed(placed, sentence, tell)


def _placed(found: Iterable[tuple[str, int, int]], sentence: Sentence, tell: _Report) -> tuple[Entity, ...]:
    entities = set()
    for label, start, end in found:
        span, is_exact = words_at(sentence.words, start, end)
        if not is_exact:
            tell(f"{label} was widened to whole words: {sentence.surface(span)!r}")
        entities.add(Entity(span, label))
    return tuple(sorted(entities))


def _matches(
    read: ReadSample, sources: tuple[Entity, ...] | None, targets: tuple[Entity, ...] | None
) -> frozenset[tuple[Entity, Entity]] | None:
    """The matches of a file's entities; None where it says nothing of them, or they cannot be told apart."""
    if read.matches is None or sources is None or targets is None:
        return None
    if any(s >= len(sources) or t >= len(targets) for s, t in read.matches):
        return None
    for side, entities in zip(SIDES, (sources, targets), strict=True):
        given = side_of(read, side)
        if given is None or len(given.entities or given.ranges or ()) != len(entities):
            return None
    return frozenset((sources[s], targets[t]) for s, t in read.matches)


def _alignment(read: ReadSample, pair: SentencePair, refuse: _Report) -> WordAlignment | None:
    if read.alignment is None:
        return None
    for side in SIDES:
        given = side_of(read, side)
        if given is not None and given.words and not is_plain(given.words, pair.side(side)):
            if read.alignment.links:
                refuse(f"the {side} words are cut otherwise than in the corpus, so the links are left out")
            return None
    n_source, n_target = len(pair.source.words), len(pair.target.words)
    outside = [(i, j) for i, j in read.alignment.links if not (0 <= i < n_source and 0 <= j < n_target)]
    if outside:
        i, j = outside[0]
        refuse(
            f"the link {i}-{j} lies outside the {n_source} source and {n_target} target words, so the "
            "links are left out"
        )
        return None
    return WordAlignment.of(read.alignment.sure, read.alignment.possible)


def _joined(first: Resolved, second: Resolved, problems: list[Problem]) -> Resolved:
    """What two places of a file say of one pair, as of its two sentences; the first one counts."""
    joined: dict[str, object] = {}
    for name in ("source_entities", "target_entities", "alignment", "matches", "status", "note"):
        one, other = getattr(first, name), getattr(second, name)
        joined[name] = other if one is None else one
        if one is not None and other is not None and one != other:
            field = name.replace("_", " ")
            problems.append(
                Problem(second.place, f"the {field} differ from those at {first.place}", first.pair.id)
            )
    return replace(first, **joined)  # type: ignore[arg-type]
