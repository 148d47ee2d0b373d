"""Two rows of words and the links between them as curves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ui.components.links_by_hand import mount_with_links, register_with_links
from ui.grid_document import GridDocument

_mount = register_with_links(Path(__file__).parent)


def draw_links(view: dict[str, Any], doc_id: str, document: GridDocument, key: str) -> None:
    """Show what `xner_core.viz.link_view` describes.

    Args:
        view: The data to show.
        doc_id: Names the sentence and its corpus.
        document: What was done with the sentence so far.
        key: Of the component; the same for all sentences, so that it is not built anew.
    """
    mount_with_links(_mount, view, doc_id, document, key)
