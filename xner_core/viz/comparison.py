"""The links of two alignments of one pair, compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xner_core.types import Link, WordAlignment

Who = Literal["both", "first", "second"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two alignments and what the reader calls them.

    Attributes:
        first: The alignment that is projected over.
        second: The one that it is compared with.
        names: Of both, for the reader.
    """

    first: WordAlignment
    second: WordAlignment
    names: tuple[str, str]

    def who(self, link: Link) -> Who | None:
        """Which of the two has a link; None where neither has."""
        has = link in self.first.links, link in self.second.links
        return "both" if all(has) else "first" if has[0] else "second" if has[1] else None

    def links(self) -> list[tuple[Link, Who]]:
        """All links of either, sorted, and who has each."""
        first, second = set(self.first.links), set(self.second.links)
        return [
            (link, "both" if link in first & second else "first" if link in first else "second")
            for link in sorted(first | second)
        ]
