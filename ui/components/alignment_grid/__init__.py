"""The alignment matrix: a grid to read, and to move through with mouse or keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ui.components.frontend import register
from ui.components.selection import mount_with_selection
from ui.state import GridDocument

_mount = register(Path(__file__).parent, "dom.js", "selection.js", "numbers.js", "tip.js", "tip.css")


def alignment_grid(view: dict[str, Any], doc_id: str, document: GridDocument, key: str) -> None:
    """Show what `xner_core.viz.alignment_view` describes.

    Args:
        view: The data to show.
        doc_id: Names the sentence and its corpus.
        document: What was done with the sentence so far.
        key: Of the component; the same for all sentences, so that it is not built anew.
    """
    mount_with_selection(_mount, view, doc_id, document, key)
