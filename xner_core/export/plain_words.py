"""Words as files can have them in which white space separates words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from xner_core.export.losses import Loss
from xner_core.export.sample import Sample
from xner_core.types import Side

FILLER = "_"
"""Stands for what cannot be written."""
_WHITE = re.compile(r"\s")
_WHITE_BUT_NO_BREAK = re.compile("[^\\S\u00a0\u2007\u202f]")
_BETWEEN_DOCUMENTS = "-DOCSTART-"
_UNSEEN = frozenset({"Cc", "Cf", "Zs"})


def plain_word(word: str, *, keeps_no_break_spaces: bool = False) -> str:
    """A word without what a reader of such files takes for something else.

    White space within the word becomes an underscore, as readers in Python cut lines at all kinds
    of it; so does a word that cannot be seen, such as a zero-width space alone. `-DOCSTART-`
    separates documents.
    """
    if word.isalnum():
        return word
    white = _WHITE_BUT_NO_BREAK if keeps_no_break_spaces else _WHITE
    word = white.sub(FILLER, word).replace(_BETWEEN_DOCUMENTS, f"{FILLER}DOCSTART{FILLER}")
    can_be_seen = any(unicodedata.category(character) not in _UNSEEN for character in word)
    return word if can_be_seen else FILLER


def plain_losses(sample: Sample, side: Side, plain: Callable[[str], str] = plain_word) -> Iterator[Loss]:
    """The words of a sentence that are written as something else.

    Args:
        sample: The pair.
        side: The sentence.
        plain: Makes what is written of a word.
    """
    for index, word in enumerate(sample.pair.side(side).words):
        written = plain(word)
        if written != word:
            what = f"the {side} word {word!r} is written as {written!r}"
            yield Loss(sample.pair.id, "words", what, side, None, index, written)
