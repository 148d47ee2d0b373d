"""What a person does with one sentence, as the browser tells it; pure, so that it is tested without the app.

The truth is in the store of corrections. This only knows what the browser was told last, and what it has
told: see common/touched.js for the protocol.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from xner_core.alignment.edits import NO_EDITS, STATES, LinkEdits


@dataclass(frozen=True, slots=True)
class Wanted:
    """Links that are to be recorded.

    Attributes:
        edits: All links that are not to be as the aligner has them.
        seen: The version of the links that the browser knew.
    """

    edits: LinkEdits
    seen: int


@dataclass(frozen=True, slots=True)
class GridDocument:
    """What a person does with one sentence's alignment.

    Attributes:
        ack: Number of the last change that was taken in.
        selected: The selected cell as (source word, target word).
        shape: Numbers of source and target words.
        edits: The links that were changed, as this window was told.
        version: Of the links in the store, as this window was told.
        turn: Number of changes made by the page's buttons, of which the browser hears afterwards.
        before: The edits before the last of those.
        wanted: What the browser wants; None where that is recorded, or nothing is wanted.
    """

    ack: int = 0
    selected: tuple[int, int] | None = None
    shape: tuple[int, int] = (0, 0)
    edits: LinkEdits = NO_EDITS
    version: int = 0
    turn: int = 0
    before: LinkEdits = NO_EDITS
    wanted: Wanted | None = None

    def told(self, edits: LinkEdits, version: int, *, by_button: bool = False) -> GridDocument:
        """The document once the browser is told these links.

        Args:
            edits: As the store has them.
            version: Theirs.
            by_button: Whether this window's own button changed them.
        """
        if not by_button:
            return replace(self, edits=edits, version=version)
        return replace(self, edits=edits, version=version, turn=self.turn + 1, before=self.edits)


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
    said = links_from(edits, document.shape)
    if said is None:
        return document
    taken = replace(document, ack=number, selected=None if cell is None else (cell[0], cell[1]))
    if "edits" not in change:
        return taken
    if document.turn and change.get("turn") == document.turn - 1:
        # Clicked before the browser heard of the button: only what was clicked is added.
        said = _merged(document.edits, document.before, said)
    if said == document.edits:
        return taken
    seen = change.get("version")
    return replace(taken, wanted=Wanted(said, seen if type(seen) is int else document.version))


def links_from(listed: Any, shape: tuple[int, int]) -> LinkEdits | None:
    """Links from `[source, target, state]` each; None unless all fit the sentence.

    Args:
        listed: Whatever the browser sent.
        shape: Number of source and of target words.
    """
    if not isinstance(listed, list) or not all(_is_edit(each, shape) for each in listed):
        return None
    return LinkEdits.of((i, j, state) for i, j, state in listed)


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
