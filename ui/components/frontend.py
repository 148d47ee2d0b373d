"""Registering a component whose JavaScript and CSS stand in files beside its Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st


def register(folder: Path) -> Any:
    """Register the component in a folder that holds view.js and view.css.

    All text that the JavaScript shows goes through `textContent` or attributes,
    never through HTML: words come from corpora.

    Returns:
        The function that mounts it.
    """
    return st.components.v2.component(
        f"xner_{folder.name}",
        html='<div class="root"></div>\n',
        css=(folder / "view.css").read_text(encoding="utf-8"),
        js=(folder / "view.js").read_text(encoding="utf-8"),
    )
