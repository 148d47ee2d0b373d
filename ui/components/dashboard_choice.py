"""Lists of the dashboard from which one thing is chosen."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from ui import state

SORTS = {"f1": "F1 of the first method", "spread": "Best less worst method", "gold": "Gold entities"}


def choose(key: str, label: str, names: Mapping[str, str], width: int = 210) -> str:
    """Let one be chosen; the choice lives in the URL.

    Args:
        key: Of the list, and the parameter of the URL.
        label: Over the list.
        names: Name in the URL → name for the reader; the first is the default.
        width: Of the list, in pixels.
    """
    default = next(iter(names))
    state.follow_url(key, default, names)
    chosen = st.selectbox(label, list(names), key=key, format_func=names.__getitem__, width=width)
    state.publish(key, str(chosen), default)
    return str(chosen)
