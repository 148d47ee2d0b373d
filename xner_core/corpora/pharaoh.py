"""Word links in Pharaoh format, as the shared tasks and SimAlign's gold files write them."""

from __future__ import annotations

import re

from xner_core.types import Link, WordAlignment

_LINK = re.compile(r"(\d+)([-p])(\d+)")


def parse_links(text: str, n_source: int, n_target: int) -> WordAlignment:
    """Read one line of 0-based links: `i-j` sure, `ipj` possible.

    Raises:
        ValueError: If a link is malformed or points outside the sentences.
    """
    sure: list[Link] = []
    possible: list[Link] = []
    for part in text.split():
        match = _LINK.fullmatch(part)
        if match is None:
            raise ValueError(f"{part!r} is not a link such as 0-1 or 0p1")
        link = (int(match[1]), int(match[3]))
        if link[0] >= n_source or link[1] >= n_target:
            raise ValueError(f"link {part} points outside {n_source} source and {n_target} target words")
        (sure if match[2] == "-" else possible).append(link)
    return WordAlignment.of(sure, possible)
