"""Which source entity is pinned: its chain stays marked, and it stands in the URL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ui import state
from ui.correcting import SENTENCES
from ui.sentence_document import moved_index
from xner_core.types import Entity

KEY = "entity"


@dataclass(frozen=True, slots=True)
class Pinned:
    """A pinned entity.

    Attributes:
        entity: Its index among the source entities; None where none is pinned.
        ack: Number of the last change that was taken in.
    """

    entity: int | None
    ack: int


def pinned_entity(doc_id: str, entities: Sequence[Entity], before: Sequence[Entity]) -> Pinned:
    """Take in what the browser reports, and follow the URL.

    Args:
        doc_id: Names the sentence and its corpus: another sentence has none of its entities.
        entities: The source entities.
        before: Those that the browser knew: where they were corrected, the pinned one is found again.
    """
    state.keep_only_about(KEY, doc_id)
    report = (state.widget_value(SENTENCES) or {}).get("pinned")
    state.follow_url(KEY, "")
    if isinstance(report, dict) and state.is_newer(KEY, report.get("seq")) and report.get("doc") == doc_id:
        entity = report.get("entity")
        state.set_widget_value(KEY, "" if entity is None else str(entity))
    known = before or entities
    entity = _index(state.widget_value(KEY), len(known))
    if entity is not None and known != entities:
        entity = moved_index(entity, known, entities)
        state.set_widget_value(KEY, "" if entity is None else str(entity))
    state.publish(KEY, "" if entity is None else str(entity), "")
    return Pinned(entity, state.newest(KEY))


def _index(text: Any, n_entities: int) -> int | None:
    """The index that a text from the URL or the browser names, if there is such an entity."""
    if not isinstance(text, str) or not text.isascii() or not text.isdigit() or len(text) > 4:
        return None
    return int(text) if int(text) < n_entities else None
