"""What the components found of a sentence pair, whether computed now or read from a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from xner_core.export.sample import Annotation
from xner_core.pipeline import SentenceResult
from xner_core.runs.rows import entities_of
from xner_core.types import (
    Entity,
    Projection,
    Sentence,
    SentencePair,
    TagProbabilities,
    WordAlignment,
)

ROW_COLUMNS = (
    "source_words",
    "target_words",
    "source_text",
    "target_text",
    "translated",
    "source_entities",
    "back_words",
    "back_origins",
    "alignment",
    "projections",
    "target_entities",
)
"""What `of_row` reads of a run."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the components found of a pair.

    Attributes:
        pair: The pair; a sentence that the corpus lacks has been translated where something could.
        raw: What they found. Without links where the source sentence was translated back: those
            would be of other words.
        alignment: The links of `raw`, with the similarities they were made from where there are any.
        target_tags: A tagger's view of the target sentence, where one was asked.
        is_projected: Whether entities were projected over links, so that this can be done anew.
        is_translated_back: Whether the source sentence was, before it was aligned.
    """

    pair: SentencePair
    raw: Annotation
    alignment: WordAlignment = field(default_factory=lambda: WordAlignment(()))
    target_tags: TagProbabilities | None = None
    is_projected: bool = True
    is_translated_back: bool = False


def of_result(result: SentenceResult) -> Found:
    """What a pipeline found."""
    back = result.back_translation is not None
    alignment = WordAlignment(()) if back else result.alignment
    origins = None if result.back_translation is None else result.back_translation.origins
    raw = Annotation(
        result.source_entities,
        result.projection.target_entities,
        bare(alignment),
        matches_of(result.projection, origins),
    )
    return Found(result.pair, raw, alignment, result.target_tags, is_translated_back=back)


def of_row(row: Mapping[str, Any], given: SentencePair) -> Found:
    """What a run found.

    Args:
        row: Its row, with `ROW_COLUMNS`.
        given: The pair as the corpus has it.
    """
    pair = given
    side = row["translated"]
    if side is not None and row[f"{side}_words"] is not None:
        lang = (given.source if side == "source" else given.target).lang
        made = Sentence(tuple(row[f"{side}_words"]), lang, text=row[f"{side}_text"])
        pair = replace(given, source=made) if side == "source" else replace(given, target=made)
    sources, targets = entities_of(row["source_entities"]), entities_of(row["target_entities"])
    back = row["back_words"] is not None
    alignment = WordAlignment(()) if back else _links(row["alignment"])
    raw = Annotation(sources, tuple(sorted(targets)), alignment, _matches(row, targets))
    return Found(
        pair,
        raw,
        alignment,
        is_projected=row["alignment"] is not None,
        is_translated_back=back,
    )


def matches_of(projection: Projection, origins: Sequence[int] | None = None) -> tuple[tuple[int, int], ...]:
    """What was projected to what.

    Args:
        projection: What a projector found.
        origins: Of each entity of its problem, the index among the source entities; the same where None.

    Returns:
        Indices of a source entity and of one of the projection's target entities, sorted.
    """
    place = {entity: at for at, entity in enumerate(projection.target_entities)}
    return tuple(
        sorted(
            (match.entity if origins is None else origins[match.entity], place[match.target])
            for match in projection.matches
        )
    )


def bare(alignment: WordAlignment) -> WordAlignment:
    """The links alone: a matrix of similarities weighs a thousand times as much."""
    return WordAlignment(alignment.sure, alignment.possible)


def _links(rows: Iterable[Mapping[str, Any]] | None) -> WordAlignment:
    links = [(row["source"], row["target"], row["sure"]) for row in rows or ()]
    return WordAlignment.of(
        [(i, j) for i, j, sure in links if sure], [(i, j) for i, j, sure in links if not sure]
    )


def _matches(row: Mapping[str, Any], targets: Sequence[Entity]) -> tuple[tuple[int, int], ...]:
    order = {entity: at for at, entity in enumerate(sorted(targets))}
    if row["projections"] is None:  # entities were marked and translated, or nothing was projected
        return tuple(
            sorted(
                (origin, order[entity])
                for origin, entity in zip(row["back_origins"] or (), targets, strict=False)
            )
        )
    # What a projector found shares no word, so that the first word tells which entity it is.
    starts = {entity.span.start: at for entity, at in order.items()}
    sent = [one for one in row["projections"] if one["start"] is not None]
    return tuple(sorted((one["entity"], starts[one["start"]]) for one in sent))
