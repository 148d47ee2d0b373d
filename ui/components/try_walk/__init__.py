"""The picture that grows step by step: source words, links, target words, candidates, the choice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ui.components.frontend import register

_mount = register(Path(__file__).parent, "dom.js")


def walk(view: dict[str, Any], key: str) -> None:
    """Show what `xner_core.viz.steps` describes, and let entities be marked at the first step.

    Args:
        view: The data to show, with `doc` (names the pair), `ack` (the number of the last
            change of entities that was taken in) and `labels` that may be given.
        key: Of the component; its state `marked` holds `doc, seq` and all `entities`, each
            as `[start, end, label]`, after somebody changed them.
    """
    _mount(data=view, key=key, on_marked_change=_nothing)


def _nothing() -> None:
    """Streamlit keeps the state of a component only under a key that has a callback."""
