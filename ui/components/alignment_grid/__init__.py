"""The alignment matrix: a grid to read, and to move through with mouse or keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ui import state
from ui.components.frontend import register

_mount = register(Path(__file__).parent)


def alignment_grid(view: dict[str, Any], doc_id: str, key: str) -> state.GridDocument:
    """Show what `xner_core.viz.alignment_view` describes.

    Args:
        view: The data to show.
        doc_id: Names the sentence and its corpus.
        key: Of the component; the same for all sentences, so that it is not built anew.

    Returns:
        What was done with this sentence so far.
    """
    shape = (len(view["source"]["words"]), len(view["target"]["words"]))
    state.grid_document(doc_id, shape)
    state.receive_grid_changes((state.widget_value(key) or {}).get("changes"))
    document = state.grid_document(doc_id, shape)
    selected = list(document.selected) if document.selected else None
    _mount(
        data={**view, "doc": doc_id, "ack": document.ack, "selected": selected},
        key=key,
        on_changes_change=_nothing,
    )
    return document


def _nothing() -> None:
    """Streamlit keeps the state of a component only under a key that has a callback."""
