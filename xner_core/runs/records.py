"""A projected sentence as one JSON object."""

from __future__ import annotations

from typing import Any

from xner_core.pipeline import SentenceResult
from xner_core.tags import encode
from xner_core.types import Entity

LOST = "lost in back-translation"


def record(result: SentenceResult) -> dict[str, Any]:
    """Everything a `jsonl:` corpus holds, with the projection as target tags, and how it came about.

    Spans are half-open word indices `[start, end)`.
    """
    pair, projection = result.pair, result.projection
    entities = result.source_entities
    back = result.back_translation
    return {
        "id": pair.id,
        "source_lang": pair.source.lang,
        "target_lang": pair.target.lang,
        "source_tokens": list(pair.source.words),
        "source_tags": encode(entities, len(pair.source.words)),
        "target_tokens": list(pair.target.words),
        "target_tags": encode(projection.target_entities, len(pair.target.words)),
        **({} if back is None else {"back_translation": list(back.pair.source.words)}),
        # Of a back-translation the links say nothing about the source sentence.
        ("alignment" if back is None else "back_alignment"): " ".join(
            f"{i}-{j}" for i, j in result.alignment.links
        ),
        "matches": [
            {
                "source": _span(entities[result.origin(m.entity)]),
                "target": _span(m.target),
                "label": m.target.label,
                "score": m.score,
            }
            for m in projection.matches
        ],
        "unprojected": [
            {"source": _span(entities[index]), "label": entities[index].label, "reason": reason}
            for index, reason in unprojected(result)
        ],
        "objective": projection.objective,
        "upper_bound": projection.upper_bound,
        "status": projection.status,
    }


def unprojected(result: SentenceResult) -> list[tuple[int, str]]:
    """The source entities without a target, by their indices, and why."""
    reasons = [(result.origin(one.entity), str(one.reason)) for one in result.projection.unprojected]
    return sorted([*reasons, *((index, LOST) for index in result.lost)])


def _span(entity: Entity) -> list[int]:
    return [entity.span.start, entity.span.end]
