"""Registering a component whose JavaScript and CSS stand in files beside its Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

_COMMON = Path(__file__).parent / "common"


def register(folder: Path, *common: str) -> Any:
    """Register the component in a folder that holds view.js and view.css.

    All text that the JavaScript shows goes through `textContent` or attributes,
    never through HTML: words come from corpora.

    Args:
        folder: The component's own; its other .js files are put before view.js.
        common: Files of `common/` that it builds on; they are put before its own.

    Returns:
        The function that mounts it.
    """
    own = sorted(path for path in folder.glob("*.js") if path.name != "view.js")
    files = [*(_COMMON / name for name in common), folder / "view.css", *own, folder / "view.js"]
    return st.components.v2.component(
        f"xner_{folder.name}",
        html='<div class="root"></div>\n',
        css=_joined(files, ".css"),
        js=_joined(files, ".js"),
    )


def _joined(files: list[Path], suffix: str) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file.suffix == suffix)
