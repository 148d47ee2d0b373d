"""The beginning of what a popover holds, which takes the focus.

The browser has what is in a popover at the very end of the page: with Tab alone one would pass through all
the rest first. Escape closes it and leads back to its button.
"""

from __future__ import annotations

from pathlib import Path

from ui.components.frontend import register

_mount = register(Path(__file__).parent, "dom.js")


def popover_start(title: str, key: str) -> None:
    """Draw a heading that has the focus once it is there; call it where the popover is open.

    Args:
        title: What the popover holds.
        key: Of the component.
    """
    _mount(data={"title": title}, key=key)
