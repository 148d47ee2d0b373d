"""What is exported: sentence pairs with their entities and links, and who said so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xner_core.types import Entity, ReviewStatus, SentencePair, Side, WordAlignment


@dataclass(frozen=True, slots=True)
class Annotation:
    """The entities and links of a sentence pair.

    Attributes:
        source_entities: Sorted; they may overlap where a person made them.
        target_entities: Sorted; they may overlap where a person made them.
        alignment: The links.
        matches: What was projected to what: indices of a source and of a target entity, sorted.
    """

    source_entities: tuple[Entity, ...] = ()
    target_entities: tuple[Entity, ...] = ()
    alignment: WordAlignment = field(default_factory=lambda: WordAlignment(()))
    matches: tuple[tuple[int, int], ...] = ()

    def entities(self, side: Side) -> tuple[Entity, ...]:
        """Those of one sentence."""
        return self.source_entities if side == "source" else self.target_entities


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence pair as it is exported.

    Attributes:
        pair: The words. Gold entities and links, where the corpus has some, are not exported.
        corrected: What holds: a person's word where there is one, the components' elsewhere.
        raw: What the components found, None where nothing was projected.
        is_edited: Whether a person's entities or links hold.
        status: What the last reviewer thinks.
        note: A person's remark.
        authors: Who changed anything.
        updated: When it was last changed, in UTC and ISO 8601; empty where it never was.
        history: All events, as plain JSON.
        provenance: Components, versions, corpus; plain JSON, the same for all samples of an export.
    """

    pair: SentencePair
    corrected: Annotation
    raw: Annotation | None = None
    is_edited: bool = False
    status: ReviewStatus = "created"
    note: str = ""
    authors: tuple[str, ...] = ()
    updated: str = ""
    history: tuple[Mapping[str, Any], ...] = ()
    provenance: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CharacterRange:
    """An entity as a tool without words has it.

    Attributes:
        start: First code point.
        end: The code point behind its last one.
        label: Its label.
        surface: The text that the file says stands there; None where it says nothing.
    """

    start: int
    end: int
    label: str
    surface: str | None = None


@dataclass(frozen=True, slots=True)
class ReadSide:
    """One sentence as a file has it: words, or a text, or both.

    Attributes:
        words: The words, None where the file has a text only.
        text: The text, None where the file has words only.
        entities: Over `words`, sorted; None where the file says nothing of this sentence's entities.
        ranges: Over `text`, where the file has no words; None like `entities`.
        lang: Its language, None where the file does not say it.
    """

    words: tuple[str, ...] | None = None
    text: str | None = None
    entities: tuple[Entity, ...] | None = None
    ranges: tuple[CharacterRange, ...] | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class ReadSample:
    """What a file says of one sentence pair; None: it says nothing of that.

    Attributes:
        place: Where it stands, for messages: a file and a line.
        id: The pair's id. Where it is None, sentences are found by their words.
        source: The source sentence.
        target: The target sentence.
        alignment: The links.
        matches: Indices of source and target entities that belong together.
        status: The review status.
        note: The remark.
        sample: All of it, where the format loses nothing.
        is_predicted: Whether the file says that only components said so, and no person.
    """

    place: str
    id: str | None = None
    source: ReadSide | None = None
    target: ReadSide | None = None
    alignment: WordAlignment | None = None
    matches: tuple[tuple[int, int], ...] | None = None
    status: ReviewStatus | None = None
    note: str | None = None
    sample: Sample | None = None
    is_predicted: bool = False
