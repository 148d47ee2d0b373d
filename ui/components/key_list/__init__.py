"""The list of a page's keys."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ui.components.frontend import register

_mount = register(Path(__file__).parent, "dom.js")


def key_list(groups: Mapping[str, Mapping[str, str]], note: str) -> None:
    """Show what each key does.

    It can have the focus: where it is higher than the window, the arrows scroll it.

    Args:
        groups: Title → key → what it does.
        note: Stands under it.
    """
    listed = [{"title": title, "keys": list(keys.items())} for title, keys in groups.items()]
    _mount(data={"groups": listed, "note": note}, key="key-list")
