"""Colours and marks of methods: each differs in both, so that neither colour nor shape alone must be seen.

The colours are at least 3:1 against the light and the dark background; the first are Okabe and
Ito's as far as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from xner_core.viz.cells import MethodColumn

COLOURS = ("#0072B2", "#D55E00", "#737B8C", "#009E73", "#CC79A7", "#A07A00", "#8F6BC4")
SYMBOLS = (
    "circle",
    "square-open",
    "diamond-open",
    "triangle-up",
    "x",
    "cross",
    "triangle-down-open",
    "pentagon",
    "hexagram-open",
)
PATTERNS = ("", "/", ".", "x", "-", "\\", "|", "+", "")
PUBLISHED_SYMBOLS = (
    "star-open",
    "star-triangle-up-open",
    "star-diamond-open",
    "hourglass-open",
    "bowtie-open",
)


def styled(
    own: Sequence[tuple[str, str]], published: Sequence[tuple[str, str]] = ()
) -> tuple[MethodColumn, ...]:
    """Give each method a colour and a mark.

    Args:
        own: Id and name of each method, in their order.
        published: The same of those whose figures were published elsewhere; their marks are stars.
    """
    columns = [
        MethodColumn(
            one,
            name,
            COLOURS[index % len(COLOURS)],
            SYMBOLS[index % len(SYMBOLS)],
            PATTERNS[index % len(PATTERNS)],
        )
        for index, (one, name) in enumerate(own)
    ]
    columns += [
        MethodColumn(
            one,
            name,
            COLOURS[(len(own) + index) % len(COLOURS)],
            PUBLISHED_SYMBOLS[index % len(PUBLISHED_SYMBOLS)],
            is_published=True,
        )
        for index, (one, name) in enumerate(published)
    ]
    return tuple(columns)
