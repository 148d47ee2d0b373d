"""A projected sentence as one JSON object."""

from __future__ import annotations

from typing import Any

from xner_core.pipeline import SentenceResult
from xner_core.tags import encode
from xner_core.types import Entity


def record(result: SentenceResult) -> dict[str, Any]:
    """Everything a `jsonl:` corpus holds, with the projection as target tags, and how it came about.

    Spans are half-open word indices `[start, end)`.
    """
    pair, projection = result.pair, result.projection
    entities = result.source_entities
    return {
        "id": pair.id,
        "source_lang": pair.source.lang,
        "target_lang": pair.target.lang,
        "source_tokens": list(pair.source.words),
        "source_tags": encode(entities, len(pair.source.words)),
        "target_tokens": list(pair.target.words),
        "target_tags": encode(projection.target_entities, len(pair.target.words)),
        "alignment": " ".join(f"{i}-{j}" for i, j in result.alignment.links),
        "matches": [
            {
                "source": _span(entities[m.entity]),
                "target": _span(m.target),
                "label": m.target.label,
                "score": m.score,
            }
            for m in projection.matches
        ],
        "unprojected": [
            {"source": _span(entities[u.entity]), "label": entities[u.entity].label, "reason": u.reason}
            for u in projection.unprojected
        ],
        "objective": projection.objective,
        "upper_bound": projection.upper_bound,
        "status": projection.status,
    }


def _span(entity: Entity) -> list[int]:
    return [entity.span.start, entity.span.end]
