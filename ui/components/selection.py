"""Which pair of words is selected, whichever component it was selected in."""

from __future__ import annotations

from typing import Any

from ui import state

GRID = "grid"
SECOND_GRID = "grid2"
LINKS = "links"
_COMPONENTS = (GRID, SECOND_GRID, LINKS)


def selected_words(doc_id: str, shape: tuple[int, int]) -> state.GridDocument:
    """Take in what the components report, those included that are not drawn any more.

    A click may be under way while the view is switched, and must not be lost.

    Args:
        doc_id: Names the sentence and its corpus.
        shape: Numbers of source and target words.

    Returns:
        What was done with this sentence so far.
    """
    state.grid_document(doc_id, shape)
    for key in _COMPONENTS:
        state.receive_grid_changes((state.widget_value(key) or {}).get("changes"))
    return state.grid_document(doc_id, shape)


def mount_with_selection(
    mount: Any, view: dict[str, Any], doc_id: str, document: state.GridDocument, key: str
) -> None:
    """Mount a component that speaks the protocol of common/selection.js."""
    selected = list(document.selected) if document.selected else None
    mount(
        data={**view, "doc": doc_id, "ack": document.ack, "selected": selected},
        key=key,
        on_changes_change=_nothing,
    )


def _nothing() -> None:
    """Streamlit keeps the state of a component only under a key that has a callback."""
