"""Source and target sentence with their entities in lanes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ui.components.frontend import register

_mount = register(Path(__file__).parent)


def sentence_pair(view: dict[str, Any], key: str) -> None:
    """Show what `xner_core.viz.sentence_view` describes."""
    _mount(data=view, key=key)
