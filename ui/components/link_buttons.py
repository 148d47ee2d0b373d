"""What was changed in the links of a sentence, and the buttons that change more than one click does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from ui.correcting import set_links
from ui.sentence_document import SentenceDocument
from xner_core.alignment.edits import NO_EDITS, LinkEdits, clear_word, edited
from xner_core.types import SIDES, Link, Side, WordAlignment
from xner_core.viz.edit_wording import count_changed

_CLEAR_WIDTH = 170
"""Pixels, room for any index: the matrix below must not move while it is clicked on."""


NOT_SAVED = "Something of yours is not saved: choose under the sentences."
"""Said at the links too: who clicks there does not see what stands further up."""


def link_buttons(doc_id: str, said: SentenceDocument, found: WordAlignment) -> None:
    """Say how many links were changed, and let them be cleared and reset.

    Labels are read as Markdown, so words are named by their indices.

    Args:
        doc_id: Names the sentence and its corpus.
        said: What people say of the sentence.
        found: Its links as the aligner has them.
    """
    document = said.grid
    with st.container(horizontal=True, gap="xsmall"):
        links = edited(found, document.edits, document.shape).links
        for place, side in enumerate(SIDES):
            _clear_button(doc_id, document.selected, links, found, side, place)
        _button(doc_id, "Reset to the aligner", "reset", document.edits, lambda _: NO_EDITS)
    count = count_changed(len(document.edits.against(found)))
    st.text(f"{count} {NOT_SAVED}" if said.unsaved else count)


def _clear_button(
    doc_id: str, selected: Link | None, links: tuple[Link, ...], found: WordAlignment, side: Side, place: int
) -> None:
    """Remove all links of one of the selected words."""
    index = None if selected is None else selected[place]
    name = f"Clear {side} word" + ("" if index is None else f" {index}")

    def cleared(edits: LinkEdits) -> LinkEdits:
        return edits if index is None else clear_word(edits, found, side, index)

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
    change: Callable[[LinkEdits], LinkEdits],
    width: Literal["content"] | int = "content",
) -> None:
    def changed(document: SentenceDocument) -> LinkEdits:
        return change(document.grid.edits)

    def act() -> None:
        set_links(doc_id, changed)

    st.button(label, key=f"links-{key}", on_click=act, disabled=not needed, width=width)
