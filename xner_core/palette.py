"""One colour per entity label, the same on every page, in every language and in files for other tools.

The first four are at least 3:1 against the light and the dark background and stay
apart under colour blindness. Labels are always printed too.
"""

from __future__ import annotations

import hashlib

_COLOURS = {
    "PER": "#0072B2",
    "ORG": "#D55E00",
    "LOC": "#009E73",
    "MISC": "#CC79A7",
    "DATE": "#737B8C",
}
_OTHERS = ("#8F6BC4", "#A07A00", "#5B8C00", "#C2487A")


def label_colour(label: str) -> str:
    """The colour of a label as `#RRGGBB`; a label without one of its own always gets the same."""
    digest = hashlib.sha256(label.encode()).digest()[0]
    return _COLOURS.get(label, _OTHERS[digest % len(_OTHERS)])
