"""Source and target sentence with their entities in lanes, to read and to correct.

It leads the chain and hears the page's keys.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ui.components.frontend import register

_mount = register(Path(__file__).parent, "dom.js", "chain.js", "chain.css", "keys.js")


def sentence_pair(view: dict[str, Any], said: dict[str, Any], key: str) -> None:
    """Show what `xner_core.viz.sentence_view` describes.

    Args:
        view: The data to show.
        said: What the browser must know of the page: `doc`, `pinned` and `ack` (chain.js), `keys`
            (keys.js) and `correct` (acts.js, marking.js, bar.js).
        key: Of the component; the same for all sentences, so that it is not built anew.
    """
    _mount(
        data={**view, **said},
        key=key,
        on_pinned_change=_nothing,
        on_wanted_change=_nothing,
        on_acts_change=_nothing,
    )


def _nothing() -> None:
    """Streamlit keeps the state of a component only under a key that has a callback."""
