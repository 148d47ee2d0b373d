"""The components in which links are changed: what they share, and what they are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ui.components.frontend import register
from ui.grid_document import GridDocument
from xner_core.alignment.edits import STATES, next_state

_SHARED = (
    "dom.js",
    "touched.js",
    "states.js",
    "numbers.js",
    "tip.js",
    "tip.css",
    "steady.js",
    "chain.js",
    "chain.css",
)
"""Files of common/ that every component builds on in which links are changed."""


def register_with_links(folder: Path) -> Any:
    """Register a component in which links are changed; see `frontend.register`."""
    return register(folder, *_SHARED)


def mount_with_links(mount: Any, view: dict[str, Any], doc_id: str, document: GridDocument, key: str) -> None:
    """Mount a component that speaks the protocol of common/touched.js."""
    mount(
        data={
            **view,
            "doc": doc_id,
            "next": {each: next_state(each) for each in STATES},
            "ack": document.ack,
            "turn": document.turn,
            "version": document.version,
            "selected": list(document.selected) if document.selected else None,
            "edits": [list(edit) for edit in document.edits],
        },
        key=key,
        on_changes_change=_nothing,
    )


def _nothing() -> None:
    """Streamlit keeps the state of a component only under a key that has a callback."""
