"""Files of other tools as corrections: planned first, so that a person sees what would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from xner_core.alignment.edits import LinkEdits, edited
from xner_core.corrections.events import (
    KINDS,
    UNTOUCHED,
    Change,
    Kind,
    Origin,
    SentenceKey,
    SentenceState,
    check,
)
from xner_core.errors import CorrectionError, ExportError
from xner_core.export.format import Format
from xner_core.export.sample import Annotation, ReadSample, Sample
from xner_core.review.finding import Problem
from xner_core.review.found import Found
from xner_core.review.resolving import Resolved, resolve
from xner_core.review.samples import Review, corrected
from xner_core.review.sniffing import looks_like
from xner_core.review.unpacking import unpacked
from xner_core.types import Entity, LinkEdit, Progress, SentencePair, Side, WordAlignment

if TYPE_CHECKING:
    from xner_core.corrections.store import CorrectionStore, RecordedMany

_BATCH = 64
_OTHER_MATCHES = (
    "which target entity belongs to which source entity is not taken over: that follows from the projection"
)
States = Callable[[Iterable[SentenceKey]], Mapping[SentenceKey, SentenceState]]


@dataclass(frozen=True, slots=True)
class Planned:
    """What a file changes in one sentence pair.

    Attributes:
        pair: The pair.
        place: Where it stands in the file.
        changes: The fields that get another value; one at least.
        before: What holds now.
        after: What will hold.
    """

    pair: SentencePair
    place: str
    changes: tuple[Change, ...]
    before: Annotation
    after: Annotation


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What a file would change.

    Attributes:
        planned: By sentence, in the order of the corpus.
        n_read: Sentences in the file.
        n_found: Pairs of the corpus that are among them.
        n_same: Pairs of which the file says what holds already.
        problems: What cannot be taken over.
        notes: What was changed to fit.
        n_events: Number of events that the file tells of. They are not made anew: an event says who did
            something and when, and nobody can vouch for that of a file.
        event_authors: Whose they were.
    """

    planned: tuple[Planned, ...]
    n_read: int
    n_found: int
    n_same: int
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    n_events: int = 0
    event_authors: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[Kind, int]:
        """How many sentences get another value, by field."""
        counted = Counter(change.kind for each in self.planned for change in each.changes)
        return {kind: counted[kind] for kind in KINDS if counted[kind]}

    def reason(self, source: str) -> str:
        """What the store is told why: where it comes from and whose work the file says it is.

        Args:
            source: The file, for the reader.
        """
        if not self.n_events:
            return f"Imported from {source}"
        events = "1 event" if self.n_events == 1 else f"{self.n_events} events"
        return f"Imported from {source}, which tells of {events} by {', '.join(self.event_authors)}"

    def as_data(self) -> dict[str, Any]:
        """The plan's figures, problems and notes as plain JSON."""
        return {
            "n_read": self.n_read,
            "n_found": self.n_found,
            "n_same": self.n_same,
            "n_changed": len(self.planned),
            "changes": dict(self.counts),
            "problems": [_as_data(each) for each in self.problems],
            "notes": [_as_data(each) for each in self.notes],
        }


def read_file(file_format: Format[Any], path: Path, name: str) -> tuple[list[ReadSample], list[str]]:
    """Read a file.

    Args:
        file_format: The format.
        path: The file, the folder, or a ZIP archive of it.
        name: What the format is called.

    Returns:
        What it says, and what was repaired or guessed, one sentence each.

    Raises:
        ExportError: If it is no such file; it says which other format it looks like.
    """
    notices: list[str] = []
    with unpacked(path) as there:
        try:
            return list(file_format.read(there, notices)), notices
        except ExportError as error:
            other = looks_like(there)
            if other in (None, name):
                raise
            hint = f"It looks like the format {other}"
            raise ExportError(
                error.what, path=error.path or path, line=error.line, where=error.where, hint=hint
            ) from None


def plan_import(
    reads: Iterable[ReadSample],
    file_format: Format[Any],
    review: Review,
    pairs: Sequence[SentencePair],
    states: States,
    progress: Progress | None = None,
) -> ImportPlan:
    """See what a file would change.

    Only what differs from what holds now is a change. What the format cannot hold stays as it is: an
    entity that it had to leave out was not deleted by whoever edited the file. A value that the
    components find is no correction, unless the file's history says that a person said it. The status
    `created` and an empty note say nothing. Where the file only has what components found, what people
    said since stays.

    Args:
        reads: What the file says.
        file_format: The format it was read as, with its options.
        review: The corpus and its pipeline: what is found says what is a correction.
        pairs: The pairs of the corpus that the file may mean.
        states: Tells what people say now.
        progress: Told of the pairs that were compared.

    Raises:
        XnerError: If the file cannot be read or a stage cannot do its work.
    """
    resolution = resolve(reads, review.pairs(pairs, progress))
    problems = list(resolution.problems)
    notes = list(resolution.notes)
    planned: list[Planned] = []
    resolved, kept = _without_old_predictions(resolution.resolved, states)
    notes += [
        Problem(each.place, "what people said stays: the file only predicts it", each.pair.id)
        for each in kept
    ]
    for said, found, state, wanted in _compared(file_format, review, resolved, states, progress):
        changed = []
        for kind in KINDS:
            if wanted.value(kind) != state.value(kind):
                try:
                    check(found.pair, kind, wanted.value(kind))
                except CorrectionError as error:
                    problems.append(Problem(said.place, error.what, found.pair.id))
                    wanted = replace(wanted, **cast(Any, {kind: state.value(kind)}))
                else:
                    changed.append(Change(kind, wanted.value(kind), state.versions.get(kind, 0)))
        after = corrected(review.pipeline, found, wanted) if changed or said.matches is not None else None
        if after is not None and _has_other_matches(file_format, said, after):
            notes.append(Problem(said.place, _OTHER_MATCHES, found.pair.id))
        if changed and after is not None:
            before = corrected(review.pipeline, found, state)
            planned.append(Planned(found.pair, said.place, tuple(changed), before, after))
    others = {problem.sentence for problem in problems} | {each.pair.id for each in planned}
    return ImportPlan(
        tuple(planned),
        resolution.n_read,
        len(resolution.resolved),
        sum(said.pair.id not in others for said in resolved),
        tuple(problems),
        tuple(notes),
        sum(said.n_events for said in resolved),
        tuple(dict.fromkeys(author for said in resolved for author in said.event_authors if author)),
    )


def apply_import(
    plan: ImportPlan, store: CorrectionStore, author: str, origin: Origin, reason: str
) -> RecordedMany:
    """Record what a plan changes, as one step.

    Args:
        plan: The plan.
        store: Where to.
        author: Who imports; the events are theirs.
        origin: What they were looking at.
        reason: Why; see `ImportPlan.reason`.

    Returns:
        The events, and the sentences that somebody changed since the plan was made, which stay as they are.
    """
    items = [(each.pair, each.changes) for each in plan.planned]
    return store.record_many(items, author=author, origin=origin, reason=reason, action="import")


def _without_old_predictions(
    resolved: Sequence[Resolved], states: States
) -> tuple[list[Resolved], list[Resolved]]:
    """Those that count, and those of which people said more than the file, which only predicts them."""
    predicted = {SentenceKey.of(each.pair): each for each in resolved if each.is_predicted}
    touched = states(predicted) if predicted else {}
    kept = [each for key, each in predicted.items() if key in touched]
    places = {each.place for each in kept}
    return [each for each in resolved if each.place not in places], kept


def _compared(
    file_format: Format[Any],
    review: Review,
    resolved: Sequence[Resolved],
    states: States,
    progress: Progress | None,
) -> Iterator[tuple[Resolved, Found, SentenceState, SentenceState]]:
    """What was found of each sentence, what people say of it, and what the file would have them say."""
    given = [said.pair for said in resolved]
    is_needed = any(
        each is not None
        for said in resolved
        for each in (said.source_entities, said.target_entities, said.alignment)
    )
    every = review.found(given, progress) if is_needed else (Found(pair, Annotation()) for pair in given)
    for start in range(0, len(resolved), _BATCH):
        batch = resolved[start : start + _BATCH]
        found = [next(every) for _ in batch]
        keys = [SentenceKey.of(each.pair) for each in found]
        known = states(keys)
        now = [known.get(key, UNTOUCHED) for key in keys]
        # What is projected depends on these two, so they come first.
        halfway = [_sources_and_links(file_format, *each) for each in zip(batch, found, now, strict=True)]
        found = review.ready(review.ready(found, now), halfway)
        for said, one, state, partly in zip(batch, found, now, halfway, strict=True):
            yield said, one, state, _the_rest(file_format, review, said, one, partly)


def _sources_and_links(
    file_format: Format[Any], said: Resolved, found: Found, state: SentenceState
) -> SentenceState:
    sources, links, told = state.source_entities, state.links, said.told
    if said.source_entities is not None:
        if told is not None and told.source_entities == said.source_entities:
            sources = told.source_entities
        else:
            sources = _entities(file_format, found, "source", said.source_entities, sources, found.raw)
    if said.alignment is not None:
        if told is not None and _edited(found, told) == said.alignment:
            links = told.links
        else:
            links = _links(said.alignment, found, state, "possible links" in file_format.holds)
    return replace(state, source_entities=sources, links=links)


def _the_rest(
    file_format: Format[Any], review: Review, said: Resolved, found: Found, state: SentenceState
) -> SentenceState:
    targets, told = state.target_entities, said.told
    if told is not None and told.target_entities is not None and told.target_entities == said.target_entities:
        targets = told.target_entities
    elif said.target_entities is not None:
        projected = corrected(review.pipeline, found, replace(state, target_entities=None))
        targets = _entities(file_format, found, "target", said.target_entities, targets, projected)
    return replace(
        state,
        target_entities=targets,
        status=said.status if said.status not in (None, "created") else state.status,
        note=said.note or state.note,
    )


def _entities(
    file_format: Format[Any],
    found: Found,
    side: Side,
    said: tuple[Entity, ...],
    now: tuple[Entity, ...] | None,
    unsaid: Annotation,
) -> tuple[Entity, ...] | None:
    """What a person would say of a sentence's entities if they said what a file says.

    Args:
        file_format: What the file was read as.
        found: The pair.
        side: The sentence.
        said: What the file says.
        now: What people say now.
        unsaid: What holds where nobody says anything.
    """

    def left_out(entities: tuple[Entity, ...]) -> set[Entity]:
        shown = Annotation(entities) if side == "source" else Annotation(target_entities=entities)
        losses = file_format.losses(Sample(found.pair, shown))
        return {loss.entity for loss in losses if loss.side == side and loss.entity is not None}

    components = unsaid.entities(side)
    holds = components if now is None else now
    wanted = tuple(sorted({*said, *left_out(holds)}))
    if wanted == holds:
        return now
    if now is not None and set(said) == set(components) - left_out(components):
        return None
    return wanted


def _has_other_matches(file_format: Format[Any], said: Resolved, after: Annotation) -> bool:
    """Whether a file matches entities that hold in another way than the projection does."""
    if said.matches is None or any(
        loss.aspect == "matches" for loss in file_format.losses(Sample(said.pair, after))
    ):
        return False
    sources, targets = (
        set(each or ()) & set(holding)
        for each, holding in (
            (said.source_entities, after.source_entities),
            (said.target_entities, after.target_entities),
        )
    )
    found = {(after.source_entities[s], after.target_entities[t]) for s, t in after.matches}
    differing = said.matches ^ found
    return any(source in sources and target in targets for source, target in differing)


def _links(
    said: WordAlignment, found: Found, state: SentenceState, says_possible: bool
) -> tuple[LinkEdit, ...]:
    """What a person would say of the links if they said what a file says."""
    now = _edited(found, state)
    own = {(i, j): each for i, j, each in state.links}
    changes: list[LinkEdit] = []
    for link in sorted({*found.alignment.links, *now.links, *said.links, *own}):
        wanted, holds = said.state(link), now.state(link)
        if wanted == holds or (not says_possible and (wanted, holds) == ("none", "possible")):
            if link in own:
                changes.append((*link, own[link]))
        elif wanted != found.alignment.state(link):
            changes.append((*link, wanted))
    return tuple(changes)


def _edited(found: Found, state: SentenceState) -> WordAlignment:
    """The links that hold."""
    shape = (len(found.pair.source.words), len(found.pair.target.words))
    return edited(found.alignment, LinkEdits(state.links), shape)


def _as_data(problem: Problem) -> dict[str, Any]:
    return {"place": problem.place, "what": problem.what, "sentence": problem.sentence}
