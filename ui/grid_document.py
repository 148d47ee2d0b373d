"""What a person does with one sentence's alignment: pure, so that it is tested without the app."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from xner_core.alignment.edits import NO_EDITS, STATES, LinkEdits

MOST_STEPS = 200
"""Changes of links that can be undone."""


@dataclass(frozen=True, slots=True)
class GridDocument:
    """What a person does with one sentence's alignment.

    Attributes:
        ack: Number of the last change that was taken in.
        selected: The selected cell as (source word, target word).
        shape: Numbers of source and target words.
        edits: The links that were changed.
        past: The edits before each change that can be undone, the latest last.
        future: The edits that undoing took back, the next one last.
        turn: Number of changes made by the page's buttons, of which the browser hears afterwards.
        before: The edits before the last of those.
    """

    ack: int = 0
    selected: tuple[int, int] | None = None
    shape: tuple[int, int] = (0, 0)
    edits: LinkEdits = NO_EDITS
    past: tuple[LinkEdits, ...] = ()
    future: tuple[LinkEdits, ...] = ()
    turn: int = 0
    before: LinkEdits = NO_EDITS

    def with_edits(self, edits: LinkEdits) -> GridDocument:
        """Change links, in one step that can be undone."""
        if edits == self.edits:
            return self
        return replace(self, edits=edits, past=(*self.past, self.edits)[-MOST_STEPS:], future=())

    def undone(self) -> GridDocument:
        """Take the last change of links back, if there is one."""
        if not self.past:
            return self
        *past, edits = self.past
        return replace(self, edits=edits, past=tuple(past), future=(*self.future, self.edits))

    def redone(self) -> GridDocument:
        """Make the change again that was taken back last, if there is one."""
        if not self.future:
            return self
        *future, edits = self.future
        return replace(self, edits=edits, past=(*self.past, self.edits), future=tuple(future))

    def by_button(self, changed: GridDocument) -> GridDocument:
        """The document as a button of the page changes it."""
        return replace(changed, turn=self.turn + 1, before=self.edits)


def apply_grid_change(document: GridDocument, change: Any) -> GridDocument:
    """Take one change in; a repeated or malformed one changes nothing.

    A change is a sentence's whole state with a sequence number, because single clicks
    in quick succession would overwrite each other on the way. Without edits it only selects.
    """
    if not isinstance(change, dict):
        return document
    number, cell, edits = change.get("seq"), change.get("selected", False), change.get("edits", [])
    if type(number) is not int or number <= document.ack:
        return document
    if cell is not None and not _is_cell(cell, document.shape):
        return document
    if not isinstance(edits, list) or not all(_is_edit(each, document.shape) for each in edits):
        return document
    taken = replace(document, ack=number, selected=None if cell is None else (cell[0], cell[1]))
    if "edits" not in change:
        return taken
    said = LinkEdits.of((i, j, state) for i, j, state in edits)
    if document.turn and change.get("turn") == document.turn - 1:
        # Clicked before the browser heard of the button: only what was clicked is added.
        said = _merged(document.edits, document.before, said)
    return taken.with_edits(said)


def _merged(edits: LinkEdits, before: LinkEdits, after: LinkEdits) -> LinkEdits:
    """The edits, with what changed from `before` to `after` changed in them too."""
    old, new = set(before), set(after)
    touched = {each[:2] for each in old ^ new}
    return LinkEdits.of([*(each for each in edits if each[:2] not in touched), *(new - old)])


def _is_cell(cell: Any, shape: tuple[int, int]) -> bool:
    # Not isinstance: True is an int too, but means something else as an index of an array.
    return (
        isinstance(cell, list)
        and len(cell) == 2
        and all(type(i) is int for i in cell)
        and 0 <= cell[0] < shape[0]
        and 0 <= cell[1] < shape[1]
    )


def _is_edit(edit: Any, shape: tuple[int, int]) -> bool:
    return (
        isinstance(edit, list)
        and len(edit) == 3
        and _is_cell(edit[:2], shape)
        and isinstance(edit[2], str)
        and edit[2] in STATES
    )
