"""What was changed in the links of a sentence, and the buttons that change more than one click does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from ui import state
from ui.components.links_by_hand import take_in
from ui.grid_document import GridDocument
from xner_core.alignment.edits import NO_EDITS, clear_word, edited
from xner_core.types import SIDES, Link, Side, WordAlignment
from xner_core.viz.edit_wording import count_changed

_CLEAR_WIDTH = 170
"""Pixels, room for any index: the matrix below must not move while it is clicked on."""


def link_buttons(doc_id: str, document: GridDocument, found: WordAlignment) -> None:
    """Say how many links were changed, and let them be taken back, cleared and reset.

    Labels are read as Markdown, so words are named by their indices.

    Args:
        doc_id: Names the sentence and its corpus.
        document: What was done with the sentence so far.
        found: Its links as the aligner has them.
    """
    with st.container(horizontal=True, gap="xsmall"):
        _button(doc_id, "Undo", "undo", document.past, GridDocument.undone, shortcut="Ctrl+Z")
        _button(doc_id, "Redo", "redo", document.future, GridDocument.redone, shortcut="Ctrl+Shift+Z")
        links = edited(found, document.edits, document.shape).links
        for place, side in enumerate(SIDES):
            _clear_button(doc_id, document.selected, links, found, side, place)
        _button(doc_id, "Reset to the aligner", "reset", document.edits, _reset)
    st.text(count_changed(len(document.edits.against(found))))


def _clear_button(
    doc_id: str, selected: Link | None, links: tuple[Link, ...], found: WordAlignment, side: Side, place: int
) -> None:
    """Remove all links of one of the selected words."""
    index = None if selected is None else selected[place]
    name = f"Clear {side} word" + ("" if index is None else f" {index}")

    def cleared(document: GridDocument) -> GridDocument:
        if index is None:
            return document
        return document.with_edits(clear_word(document.edits, found, side, index))

    _button(
        doc_id,
        name,
        f"clear-{side}",
        [link for link in links if link[place] == index],
        cleared,
        width=_CLEAR_WIDTH,
    )


def _button(
    doc_id: str,
    label: str,
    key: str,
    needed: object,
    change: Callable[[GridDocument], GridDocument],
    shortcut: str | None = None,
    width: Literal["content"] | int = "content",
) -> None:
    def act() -> None:
        take_in()  # a click that came with this one was made before it
        state.change_grid_document(doc_id, lambda document: document.by_button(change(document)))

    st.button(label, key=f"links-{key}", on_click=act, disabled=not needed, shortcut=shortcut, width=width)


def _reset(document: GridDocument) -> GridDocument:
    return document.with_edits(NO_EDITS)
