"""The only place that touches st.session_state."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any, cast

import streamlit as st

_ROUTED = "xner:routed"
_SPECS = "xner:specs"
_GRID = "xner:grid"
_PUBLISHED = "xner:published"
_PAGE = "xner:page"
_SEEN = "xner:seen"
_NEWS = "xner:news"
_MAX_SPECS = 20


def mark_routed() -> None:
    """Remember that app.py ran in this session."""
    st.session_state[_ROUTED] = True


def is_routed() -> bool:
    """Whether app.py ran in this session."""
    return bool(st.session_state.get(_ROUTED))


def enter_page(stem: str) -> None:
    """Remember which page is shown; its widgets start from the URL when it is another one."""
    if st.session_state.get(_PAGE) != stem:
        st.session_state[_PAGE] = stem
        st.session_state[_SEEN] = set()


def remembered_specs() -> list[str]:
    """Corpus specs typed in during this session, the first one first."""
    return list(st.session_state.get(_SPECS, []))


def remember_spec(spec: str) -> None:
    """Keep a corpus spec that was typed in, so that it can be picked again."""
    specs = remembered_specs()
    if spec not in specs:
        st.session_state[_SPECS] = [*specs, spec][-_MAX_SPECS:]


def widget_value(key: str) -> Any:
    """The value of a widget by its key, None before it was drawn."""
    return st.session_state.get(key)


def set_widget_value(key: str, value: Any) -> None:
    """Set a widget's value; only from a callback or before the widget is drawn."""
    st.session_state[key] = value


def is_news(key: str, value: object) -> bool:
    """Whether a value differs from the one asked about before under this key."""
    remembered = f"{_NEWS}:{key}"
    if st.session_state.get(remembered) == value:
        return False
    st.session_state[remembered] = value
    return True


def follow_url(
    key: str,
    default: str,
    options: Collection[str] | None = None,
    parse: Callable[[str], Any] = str,
) -> None:
    """Give a widget the value that the URL names; call it before the widget is drawn.

    Streamlit's own binding writes the words that the reader sees into the URL, where
    ids belong. What the URL does not say is what was chosen last, so that a choice
    survives a visit to another page.

    Args:
        key: Of the widget, and the name of the parameter.
        default: The value where neither the URL nor an earlier choice names one.
        options: The values allowed; any where None.
        parse: Makes the widget's value of the URL's text; the default is taken where it
            raises a ValueError.
    """
    published = st.session_state.get(f"{_PUBLISHED}:{key}")
    seen: set[str] = st.session_state.setdefault(_SEEN, set())
    if key not in seen or key not in st.session_state:  # the page was just entered
        value = st.query_params.get(key, published or default)
    elif st.query_params.get(key, default) != published:  # the browser went back or forward
        value = st.query_params.get(key, default)
    else:
        value = str(st.session_state[key])
    seen.add(key)
    try:
        st.session_state[key] = parse(value if options is None or value in options else default)
    except ValueError:
        st.session_state[key] = parse(default)


def publish(key: str, value: str, default: str) -> None:
    """Write a widget's value into the URL; a default is left out."""
    st.session_state[f"{_PUBLISHED}:{key}"] = value
    if value == default:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != value:
        st.query_params[key] = value


def look_at(**parameters: str | None) -> None:
    """Draw the page anew with other values in its URL, which its widgets follow.

    Args:
        parameters: Value by the key of its widget; the default where None.
    """
    for key, value in parameters.items():
        if value is None:
            st.query_params.pop(key, None)
        else:
            st.query_params[key] = value
    st.rerun()


@dataclass(frozen=True, slots=True)
class GridDocument:
    """What a person does with one sentence's alignment grid.

    Attributes:
        ack: Number of the last change that was taken in.
        selected: The selected cell as (source word, target word).
        shape: Numbers of source and target words.
    """

    ack: int = 0
    selected: tuple[int, int] | None = None
    shape: tuple[int, int] = (0, 0)


def apply_grid_change(document: GridDocument, change: Any) -> GridDocument:
    """Take one change in; a repeated or malformed one changes nothing.

    A change is a sentence's whole state with a sequence number, because single clicks
    in quick succession would overwrite each other on the way.
    """
    if not isinstance(change, dict):
        return document
    number = change.get("seq")
    if type(number) is not int or number <= document.ack:
        return document
    cell = change.get("selected", False)
    if cell is None:
        return replace(document, ack=number, selected=None)
    # Not isinstance: True is an int too, but means something else as an index of an array.
    if not (isinstance(cell, list) and len(cell) == 2 and all(type(i) is int for i in cell)):
        return document
    if not (0 <= cell[0] < document.shape[0] and 0 <= cell[1] < document.shape[1]):
        return document
    return replace(document, ack=number, selected=(cell[0], cell[1]))


def grid_document(doc_id: str, shape: tuple[int, int]) -> GridDocument:
    """The document of a sentence; a new one where nothing was done yet."""
    document = st.session_state.setdefault(f"{_GRID}:{doc_id}", GridDocument(shape=shape))
    return cast(GridDocument, document)


def receive_grid_changes(changes: Any) -> None:
    """Take in what the grid reports, each change into the document of its own sentence.

    The grid reports every sentence that was touched lately, not only the one that is
    shown: a click may still be under way when the page moves on, and must not be lost.
    Sentences that this session never showed are ignored.
    """
    for change in changes if isinstance(changes, list) else []:
        if not isinstance(change, dict):
            continue
        key = f"{_GRID}:{change.get('doc')}"
        if key in st.session_state:
            st.session_state[key] = apply_grid_change(st.session_state[key], change)
