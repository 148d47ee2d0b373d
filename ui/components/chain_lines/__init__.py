"""Sentences about source entities, which take part in the chain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ui.components.frontend import register

_mount = register(Path(__file__).parent, "dom.js", "chain.js", "chain.css")


def chain_lines(view: dict[str, Any], doc_id: str, key: str) -> None:
    """Show what `xner_core.viz.side_by_side_view` describes.

    Args:
        view: The data to show.
        doc_id: Names the sentence and its corpus.
        key: Of the component; the same for all sentences, so that it is not built anew.
    """
    _mount(data={**view, "doc": doc_id}, key=key)
