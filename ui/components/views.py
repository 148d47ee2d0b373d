"""The views of a page, one of which is shown."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from ui import state


def pick_view(views: Mapping[str, str], key: str = "view") -> str:
    """Let a view be chosen; the choice lives in the URL.

    Args:
        views: Name in the URL → name for the reader; the first is the default.
        key: The parameter of the URL.
    """
    default = next(iter(views))
    state.follow_url(key, default, views)
    view = st.segmented_control(
        "Show",
        list(views),
        required=True,
        key=key,
        format_func=views.__getitem__,
        label_visibility="collapsed",
    )
    state.publish(key, str(view), default)
    return str(view)
