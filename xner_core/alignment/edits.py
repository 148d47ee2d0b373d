"""What a person says of links, laid over what the aligner says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from xner_core.errors import CorrectionError
from xner_core.types import Link, LinkEdit, LinkState, Side, WordAlignment

STATES: tuple[LinkState, ...] = get_args(LinkState)


@dataclass(frozen=True, slots=True)
class LinkEdits:
    """Links that a person changed; each holds whatever the aligner says of it.

    Attributes:
        changes: Source word, target word and state of each, sorted; a link stands there once.
    """

    changes: tuple[LinkEdit, ...] = ()

    def __post_init__(self) -> None:
        links = [(i, j) for i, j, _ in self.changes]
        if links != sorted(set(links)):
            raise CorrectionError("the changed links are not sorted, or one is listed twice")
        if any(state not in STATES for _, _, state in self.changes):
            raise CorrectionError(f"a link can only be {', '.join(STATES)}")

    @classmethod
    def of(cls, changes: Iterable[LinkEdit]) -> LinkEdits:
        """Make edits from changes in any order; of two changes of a link the later one holds."""
        states = {(i, j): state for i, j, state in changes}
        return cls(tuple((i, j, states[i, j]) for i, j in sorted(states)))

    def __len__(self) -> int:
        return len(self.changes)

    def __iter__(self) -> Iterator[LinkEdit]:
        return iter(self.changes)

    def against(self, alignment: WordAlignment) -> LinkEdits:
        """Those that say something else than this alignment."""
        return LinkEdits(tuple(each for each in self if alignment.state(each[:2]) != each[2]))


NO_EDITS = LinkEdits()


def next_state(state: LinkState) -> LinkState:
    """What a link becomes when it is switched on: none, sure, possible, and none again."""
    return STATES[(STATES.index(state) + 1) % len(STATES)]


def edited(alignment: WordAlignment, edits: LinkEdits, shape: tuple[int, int]) -> WordAlignment:
    """The alignment as a person wants it; its similarities stay what the aligner found.

    Args:
        alignment: What the aligner says.
        edits: What the person says.
        shape: Numbers of source and target words.

    Raises:
        CorrectionError: If a changed link lies outside the sentences.
    """
    n_source, n_target = shape
    for i, j, _ in edits:
        if not (0 <= i < n_source and 0 <= j < n_target):
            raise CorrectionError(
                f"the link {i}-{j} was changed, but there are {n_source} source and {n_target} target words",
                hint="Reset the links of this sentence to the aligner's",
            )
    states: dict[Link, LinkState] = {
        **dict.fromkeys(alignment.sure, "sure"),
        **dict.fromkeys(alignment.possible, "possible"),
        **{(i, j): state for i, j, state in edits},
    }
    sure, possible = (
        tuple(sorted(link for link, state in states.items() if state == kind)) for kind in STATES[1:]
    )
    return WordAlignment(sure, possible, alignment.similarity)


def set_link(edits: LinkEdits, alignment: WordAlignment, link: Link, state: LinkState) -> LinkEdits:
    """Say what two words are to each other; what the aligner says anyway is no edit.

    Args:
        edits: What was said before.
        alignment: What the aligner says.
        link: The two words.
        state: What they are to be.
    """
    others = [each for each in edits if each[:2] != link]
    return LinkEdits.of(others if alignment.state(link) == state else [*others, (*link, state)])


def clear_word(edits: LinkEdits, alignment: WordAlignment, side: Side, index: int) -> LinkEdits:
    """Remove all links of a word, whoever made them.

    Args:
        edits: What was said before.
        alignment: What the aligner says.
        side: The sentence that the word is in.
        index: The word.
    """
    place = 0 if side == "source" else 1
    said = [(i, j) for i, j, _ in edits]
    for link in sorted({*alignment.links, *said}):
        if link[place] == index:
            edits = set_link(edits, alignment, link, "none")
    return edits
