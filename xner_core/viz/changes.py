"""What becomes of each source entity under two settings, whose source entities may differ too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xner_core.types import Entity, Projection

ChangeKind = Literal["gained", "lost", "moved"]


@dataclass(frozen=True, slots=True)
class Projected:
    """Source entities and where a projector carried them.

    Attributes:
        name: What the reader calls it.
        source_entities: As the matches of the projection count them.
        projection: Where to.
    """

    name: str
    source_entities: tuple[Entity, ...]
    projection: Projection

    @property
    def targets(self) -> dict[Entity, tuple[Entity, ...]]:
        """The target entities of each source entity, in order of their spans; of some, none."""
        found: dict[Entity, tuple[Entity, ...]] = dict.fromkeys(self.source_entities, ())
        for match in self.projection.matches:
            source = self.source_entities[match.entity]
            found[source] = tuple(sorted((*found[source], match.target)))
        return found


@dataclass(frozen=True, slots=True)
class Change:
    """A source entity that two settings project differently.

    Attributes:
        source: The entity.
        kind: It has targets only afterwards, only before, or others.
        before: Its targets before.
        after: Its targets afterwards.
    """

    source: Entity
    kind: ChangeKind
    before: tuple[Entity, ...]
    after: tuple[Entity, ...]


def changes(before: Projected, after: Projected) -> list[Change]:
    """List the source entities of either that have other targets, in order of their spans.

    An entity that only one of them knows has no targets in the other.
    """
    old, new = before.targets, after.targets
    found = []
    for source in sorted({*old, *new}):
        was, now = old.get(source, ()), new.get(source, ())
        if was != now:
            kind: ChangeKind = "moved" if was and now else "gained" if now else "lost"
            found.append(Change(source, kind, was, now))
    return found
