"""What a correction changes: the entities, the projection, and what its history says of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, cast

from xner_core.corrections.events import Event, Kind, Value
from xner_core.evaluation.spans import Kind as Compared
from xner_core.evaluation.spans import classify
from xner_core.export.sample import Annotation
from xner_core.types import Entity, LinkEdit, SentencePair, Side
from xner_core.viz import event_wording as wording

ChangeKind = Literal["kept", "relabelled", "moved", "moved and relabelled", "created", "deleted"]
_CHANGES: Mapping[Compared, ChangeKind] = {
    "correct": "kept",
    "wrong label": "relabelled",
    "partial": "moved",
    "wrong label and boundary": "moved and relabelled",
    "missed": "deleted",
    "spurious": "created",
}


@dataclass(frozen=True, slots=True)
class EntityChange:
    """What became of an entity.

    Attributes:
        kind: `kept`, `relabelled`, `moved` (a word in common with what it was), `moved and relabelled`,
            `created` or `deleted`.
        before: None where it was created.
        after: None where it was deleted.
    """

    kind: ChangeKind
    before: Entity | None
    after: Entity | None


@dataclass(frozen=True, slots=True)
class ChainChange:
    """What became of a source entity and its targets.

    Attributes:
        source: What became of the entity itself.
        before: Its targets until then, in order.
        after: Its targets from then on.
    """

    source: EntityChange
    before: tuple[Entity, ...]
    after: tuple[Entity, ...]

    @property
    def is_kept(self) -> bool:
        """Whether neither the entity nor its targets changed."""
        return self.source.kind == "kept" and self.before == self.after


@dataclass(frozen=True, slots=True)
class ProjectionChange:
    """What became of a sentence's projection.

    Attributes:
        chains: Every source entity that was or is there, in order.
        targets: Every target entity that was or is there, in order.
    """

    chains: tuple[ChainChange, ...]
    targets: tuple[EntityChange, ...]

    @property
    def is_none(self) -> bool:
        """Whether all is as it was."""
        return all(one.is_kept for one in self.chains) and all(one.kind == "kept" for one in self.targets)

    def in_words(self, pair: SentencePair) -> list[str]:
        """One line for each change; they hold words of the pair, so they are shown as text.

        Args:
            pair: The pair.
        """
        chains = [one for one in self.chains if not one.is_kept]
        told = {entity for one in chains for entity in (*one.before, *one.after)}
        alone = [
            one for one in self.targets if one.kind != "kept" and not {one.before, one.after} - {None} <= told
        ]
        return [
            *(wording.chain(pair, (c.source.before, c.source.after), (c.before, c.after)) for c in chains),
            *(wording.target_alone(pair, one.before, one.after) for one in alone),
        ]


def entity_changes(before: Iterable[Entity], after: Iterable[Entity]) -> tuple[EntityChange, ...]:
    """Say what became of each entity; entities are matched one to one by the words they share.

    Returns:
        Every entity of either once, ordered by its first word.
    """
    return tuple(EntityChange(_CHANGES[one.kind], one.gold, one.predicted) for one in classify(before, after))


def projection_change(before: Annotation, after: Annotation) -> ProjectionChange:
    """Say what became of each source entity, its targets, and each target entity."""
    old, new = _targets(before), _targets(after)
    chains = tuple(
        ChainChange(
            one,
            () if one.before is None else old.get(one.before, ()),
            () if one.after is None else new.get(one.after, ()),
        )
        for one in entity_changes(before.source_entities, after.source_entities)
    )
    return ProjectionChange(chains, entity_changes(before.target_entities, after.target_entities))


def steps(history: Iterable[Event]) -> list[tuple[Event, ...]]:
    """The events of one sentence by what was done at once, in order.

    Args:
        history: All its events in order.
    """
    return [tuple(events) for _, events in groupby(history, key=lambda event: (event.step, event.author))]


def step_in_words(
    events: Sequence[Event], found: Mapping[Side, Collection[Entity]] | None = None
) -> list[str]:
    """What an author did at once, as the phrases that follow their name: `set the status to approved`.

    Words are numbered from 1. No word of the corpus is in it, and of labels nothing that Markdown reads.

    Args:
        events: The events of a step of one sentence; one at least.
        found: What the components find in it, so that what a person changed first is compared with that.
    """
    phrases = [phrase for event in events for phrase in _phrases(event, found or {})]
    return wording.with_action(events[0].action, phrases or ["changed nothing"])


def told(events: Sequence[Event], found: Mapping[Side, Collection[Entity]] | None = None) -> str:
    """A step as one line: `Ana set the status to approved; wrote a note`; the name is shown as text."""
    return f"{events[0].author} {'; '.join(step_in_words(events, found))}"


def _phrases(event: Event, found: Mapping[Side, Collection[Entity]]) -> list[str]:
    if event.kind in _SIDES:
        side = _SIDES[event.kind]
        return _entity_phrases(side, _entities(event.before), _entities(event.after), found.get(side))
    if event.kind == "links":
        return wording.links_changed(_links(event.before), _links(event.after))
    if event.kind == "status":
        return [wording.status_set(str(event.after))]
    return [wording.note_changed(str(event.before or ""), str(event.after or ""))]


_SIDES: Mapping[Kind, Side] = {"source_entities": "source", "target_entities": "target"}


def _entity_phrases(
    side: Side,
    before: tuple[Entity, ...] | None,
    after: tuple[Entity, ...] | None,
    found: Collection[Entity] | None,
) -> list[str]:
    if after is None:
        return [wording.entities_reset(side)]
    if before is None and found is None:
        return [wording.entities_set(side, after)]
    changed = entity_changes(before if before is not None else found or (), after)
    phrases = [wording.entity_changed(side, one.before, one.after) for one in changed if one.kind != "kept"]
    return phrases or [wording.entities_confirmed(side)]


def _entities(value: Value) -> tuple[Entity, ...] | None:
    return None if value is None else cast("tuple[Entity, ...]", value)


def _links(value: Value) -> tuple[LinkEdit, ...]:
    return cast("tuple[LinkEdit, ...]", value or ())


def _targets(annotation: Annotation) -> dict[Entity, tuple[Entity, ...]]:
    found: dict[Entity, list[Entity]] = {}
    for source, target in annotation.matches:
        found.setdefault(annotation.source_entities[source], []).append(annotation.target_entities[target])
    return {source: tuple(sorted(targets)) for source, targets in found.items()}
