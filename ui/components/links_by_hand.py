"""What a person does with the words and links of a sentence, whichever component it was done in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ui import state
from ui.components.frontend import register
from ui.grid_document import GridDocument
from xner_core.alignment.edits import STATES, next_state
from xner_core.types import Corpus, SentencePair

GRID = "grid"
SECOND_GRID = "grid2"
LINKS = "links"
_COMPONENTS = (GRID, SECOND_GRID, LINKS)
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


def document_id(corpus: Corpus, pair: SentencePair) -> str:
    """Names a sentence and its corpus."""
    return f"{corpus.fingerprint[:12]}/{pair.id}"


def links_by_hand(corpus: Corpus, pair: SentencePair) -> GridDocument:
    """What was done with this sentence so far, taking in what the components report."""
    doc_id = document_id(corpus, pair)
    shape = len(pair.source.words), len(pair.target.words)
    state.grid_document(doc_id, shape)
    take_in()
    return state.grid_document(doc_id, shape)


def take_in() -> None:
    """Take in what the components report, those included that are not drawn any more.

    A click may be under way while the view is switched, and must not be lost.
    """
    for key in _COMPONENTS:
        state.receive_grid_changes((state.widget_value(key) or {}).get("changes"))


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
            "selected": list(document.selected) if document.selected else None,
            "edits": [list(edit) for edit in document.edits],
        },
        key=key,
        on_changes_change=_nothing,
    )


def _nothing() -> None:
    """Streamlit keeps the state of a component only under a key that has a callback."""
