"""The keys of the Inspect page: what they do, and the list of them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui import state
from ui.components.key_list import key_list
from ui.correcting import SENTENCES

_SEQ = "keys"
_BINDINGS: dict[str, tuple[str, tuple[str, ...]]] = {
    "m": ("view", ("matrix", "links")),
    "g": ("gold", ("True", "False")),
    "1": ("projector", ("heuristic",)),
    "2": ("projector", ("greedy",)),
    "3": ("projector", ("ilp",)),
}
"""Key → the choice, and the values that it goes through."""
_DEFAULTS = {"view": "matrix", "gold": "True", "projector": "ilp"}
_WIDTH = 620
_LIST = {
    "Sentence": {
        "Shift + ← / →": "the sentence before, the next one",
        "Shift + ↑ / ↓": "to an earlier, a later disagreement of two projectors",
    },
    "View": {
        "1 / 2 / 3": "Heuristic, Greedy, ILP, unless words are chosen",
        "M": "matrix or links",
        "G": "gold on or off",
    },
    "Correct entities": {
        "← / →, Home / End": "from word to word",
        "Space": "choose the word, or its entity",
        "Shift + ← / →": "choose more words",
        "1 – 9": "label the chosen words",
        "Alt + ← / →": "move the end of the entity; with Shift, its start",
        "Delete": "remove the entity",
        "Esc": "choose nothing",
    },
    "Review": {
        "F": "needs review, or not any more",
        "Ctrl + Enter": "approve, and to the next sentence",
        "Ctrl + Z, Ctrl + Shift + Z": "take your last change back, make it again",
    },
    "Entities and candidates": {
        "Tab": "to the next entity, heading or table",
        "Enter": "pin the entity, or let go of it",
        "Esc": "let go of what is pinned",
        "↑ / ↓, Home / End": "from candidate to candidate",
    },
    "Matrix and links": {
        "Arrows, Home / End": "from cell to cell, from word to word",
        "Space": "change the link: none, sure, possible",
        "Enter": "read about the two words",
        "Delete": "remove the link; on a word, all its links",
    },
}


def take_keys() -> None:
    """Set the choices that keys were pressed for; before their widgets are drawn."""
    wanted = (state.widget_value(SENTENCES) or {}).get("wanted")
    if not isinstance(wanted, dict) or not state.is_newer(_SEQ, wanted.get("seq")):
        return
    values = wanted.get("values")
    allowed = {(choice, value) for choice, several in _BINDINGS.values() for value in several}
    for choice, value in (values if isinstance(values, dict) else {}).items():
        if isinstance(value, str) and (choice, value) in allowed:
            state.set_widget_value(choice, value == "True" if choice == "gold" else value)
            # Before the browser hears that it was taken in: see keys.js.
            state.publish(choice, value, _DEFAULTS[choice])


def told_to_keys() -> dict[str, Any]:
    """What keys.js must know: the bindings, the present choices, and the last number taken in."""
    present = {choice: str(state.widget_value(choice) or default) for choice, default in _DEFAULTS.items()}
    if state.widget_value("gold") is False:
        present["gold"] = "False"
    return {
        "bindings": {key: [choice, list(values)] for key, (choice, values) in _BINDINGS.items()},
        "now": present,
        "ack": state.newest(_SEQ),
    }


def list_keys() -> None:
    """Draw a button that lists all keys."""
    place = st.popover("Keys", icon=":material/keyboard:", key="keys", on_change="rerun")
    if not place.open:
        return
    with place, st.container(width=_WIDTH):
        key_list(_LIST, "Keys without Shift or Ctrl do nothing while you type in a field.")
