"""Marks around the entities of a text: written before it is translated, read from the translation.

Three forms, all with a space inside each mark:

* *brackets*, `[ Angela Merkel ]`, and *tags*, `<a> Angela Merkel </a>`, are those of EasyProject (Chen et al.
  2023, arXiv 2211.15613). Brackets disturb translators least, but do not tell which entity they hold.
* *slots*, `__SLOT0__ Angela Merkel __SLOT0__`, are those of CROP (Yang et al. 2022, arXiv 2210.07022): the
  same numbered mark on both sides. Its translation model was trained with them.

No mark that is written occurs in the text before, so that what is read as a mark can only be one: brackets
give way to braces and then to slots, tags and slots change their names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count, islice, product
from string import ascii_lowercase
from typing import Literal

Form = Literal["brackets", "tags", "slots"]

_BRACKETS = (("[［【〔", "]］】〕"), ("{｛", "}｝"))
"""What may be written (the first of each) and what translators make of it."""
_LOOKALIKES = ("「『《〈", "」』》〉")
"""What brackets become at times, but quotation marks and titles of other languages as well."""
_MAY_BECOME_LOOKALIKES = frozenset('"“”„‟«»‹›‘').union(*_LOOKALIKES)
_ANGLES = re.compile(r"[<>＜＞〈〉]|&[lg]t;")
_TAG = re.compile(
    r"(?:[<＜〈]|&lt;)\s*([/／]?)\s*([^<>＜＞〈〉&/／]{1,20}?)\s*(?:[>＞〉]|&gt;)", re.IGNORECASE
)
_OTHER_SLOT = r"|__\s?[^\W\d_]+\s?(\d{1,4})\s?__"
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Thai, Lao, Burmese, Khmer, kana and Chinese characters: no spaces between their words."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in a translation.

    Attributes:
        start: Its first character.
        end: Behind its last character.
        opens: Whether an entity begins after it; None where only its place tells.
        number: Which of the marked ranges it belongs to; None where it does not tell.
        sure: Whether it can be nothing but a mark. What is not stays in the text.
    """

    start: int
    end: int
    opens: bool | None
    number: int | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks for one text.

    Attributes:
        opening: Number of a range → the mark before it.
        closing: Number of a range → the mark after it.
        find: Translation → its marks, in order; they do not overlap.
        numbered: Whether a mark tells which range it belongs to.
    """

    opening: tuple[str, ...]
    closing: tuple[str, ...]
    find: Callable[[str], list[Mark]]
    numbered: bool


@dataclass(frozen=True, slots=True)
class MarkedRange:
    """Characters `start` to `end - 1` of a translation without marks, which had stood between two of them.

    Attributes:
        number: Which range of the text it is; None where the marks did not tell.
        sure: Whether the marks could be nothing else.
    """

    start: int
    end: int
    number: int | None = None
    sure: bool = True


def choose_marks(form: Form, text: str, n: int) -> Marks:
    """Make marks for `n` ranges of a text that do not occur in it."""
    if not n:
        return Marks((), (), lambda _: [], numbered=True)
    return {"brackets": _brackets, "tags": _tags, "slots": _slots}[form](text, n)


def write_marks(text: str, ranges: Sequence[tuple[int, int]], marks: Marks) -> str:
    """Put marks around ranges of characters, which are in order and do not overlap."""
    pieces, done = [], 0
    for (start, end), opening, closing in zip(ranges, marks.opening, marks.closing, strict=True):
        pieces += [text[done:start], opening, " ", text[start:end], " ", closing]
        done = end
    return "".join([*pieces, text[done:]])


def read_marks(translation: str, marks: Marks) -> tuple[str, tuple[MarkedRange, ...]]:
    """Read the marks of a translation and remove them.

    A mark without its partner is removed and means nothing. Spaces that the translator
    added or lost at a mark do not matter.

    Returns:
        The translation without marks, and what they held, by beginning and end; ranges may
        be nested or overlap where the translator moved marks. None is empty.
    """
    pairs, found = _paired(marks.find(translation))
    text, places = _removed(translation, found)
    ranges = set()
    for first, last, number in pairs:
        start, end = places[first], places[last]
        inside = text[start:end]
        start, end = start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())
        if start < end:
            ranges.add((start, end, number, found[first].sure))
    ordered = sorted(ranges, key=lambda r: (r[0], r[1], -1 if r[2] is None else r[2]))
    return text, tuple(MarkedRange(*r) for r in ordered)


def _paired(found: Sequence[Mark]) -> tuple[list[tuple[int, int, int | None]], list[Mark]]:
    """Pair each closing mark with the last opening one of its number.

    Where there is none, one of the two may have lost its number on the way.

    Returns:
        The pairs as indices of marks with the number; and the marks, of each of which is now
        known whether it opens.
    """
    opened: list[int] = []
    pairs, known = [], []
    for index, mark in enumerate(found):
        same = [other for other in opened if found[other].number == mark.number]
        opens = not same if mark.opens is None else mark.opens
        known.append(replace(mark, opens=opens))
        if opens:
            opened.append(index)
            continue
        partners = same or [o for o in opened if mark.number is None or found[o].number is None]
        if partners:
            first = partners[-1]
            opened.remove(first)
            pairs.append((first, index, found[first].number if mark.number is None else mark.number))
    return pairs, known


def _removed(translation: str, found: Sequence[Mark]) -> tuple[str, list[int]]:
    """Remove the marks that are sure; return the text and the place of each mark in it.

    The space outside a mark stays and the one inside goes. Where a translator lost the
    outer one between two words, the inner one takes its place.
    """
    text, done, places = "", 0, []
    closed_at = -1
    for mark in found:
        text += translation[done : mark.start]
        done = mark.end
        if not mark.sure:
            places.append(len(text) + (mark.end - mark.start if mark.opens else 0))
            text += translation[mark.start : mark.end]
            continue
        rest = translation[done:]
        spaces = len(rest) - len(rest.lstrip())
        if mark.opens:
            done += spaces
            apart = _two_words(text, rest[spaces:]) and (spaces > 0 or closed_at == len(text))
            text += " " if apart else ""
        else:
            inner = text != text.rstrip()
            text = text.rstrip()
            closed_at = len(text)
            if inner and not spaces and _two_words(text, rest):
                places.append(len(text))
                text += " "
                continue
        places.append(len(text))
    text += translation[done:]
    lead = len(text) - len(text.lstrip())
    return text.strip(), [max(place - lead, 0) for place in places]


def _two_words(before: str, after: str) -> bool:
    """Whether letters or digits of a script with spaces meet."""
    ends = before[-1:] + after[:1]
    return len(ends) == 2 and ends.isalnum() and not _SPACELESS.search(ends)


def _brackets(text: str, n: int) -> Marks:
    for opening, closing in _BRACKETS:
        if not set(opening + closing) & set(text):
            lookalikes = ("", "") if _MAY_BECOME_LOOKALIKES & set(text) else _LOOKALIKES
            find = partial(_bracket_marks, opening, closing, lookalikes)
            return Marks((opening[0],) * n, (closing[0],) * n, find, numbered=False)
    return _slots(text, n)


def _bracket_marks(opening: str, closing: str, lookalikes: tuple[str, str], translation: str) -> list[Mark]:
    sure = any(character in opening + closing for character in translation)
    if not sure:
        opening, closing = lookalikes
    return [
        Mark(place, place + 1, character in opening, sure=sure)
        for place, character in enumerate(translation)
        if character in opening + closing
    ]


def _tags(text: str, n: int) -> Marks:
    taken = {match[2].casefold() for match in _TAG.finditer(text)}
    names = list(islice((name for name in _names() if name not in taken), n))
    number = {name: index for index, name in enumerate(names)}
    # A translator takes <a> for a word, and makes it <una>.
    read_others = not _ANGLES.search(text)

    def find(translation: str) -> list[Mark]:
        return [
            Mark(match.start(), match.end(), not match[1], number.get(match[2].casefold()))
            for match in _TAG.finditer(translation)
            if read_others or match[2].casefold() in number
        ]

    return Marks(tuple(f"<{name}>" for name in names), tuple(f"</{name}>" for name in names), find, True)


def _names() -> Iterator[str]:
    """Yield a, b, …, z, aa, ab, …."""
    for length in count(1):
        yield from map("".join, product(ascii_lowercase, repeat=length))


def _slots(text: str, n: int) -> Marks:
    word = "SLOT"
    while word.casefold() in text.casefold():
        word += "X"
    pattern = rf"(?:[_＿]\s?){{0,2}}{word}\s?(\d{{1,4}})(?:\s?[_＿]){{0,2}}"
    if "__" not in text:  # then a translator's own word for slot is known as well
        pattern += _OTHER_SLOT
    compiled = re.compile(pattern, re.IGNORECASE)

    def find(translation: str) -> list[Mark]:
        found = [
            Mark(match.start(), match.end(), None, int(next(filter(None, match.groups()))))
            for match in compiled.finditer(translation)
        ]
        return [mark for mark in found if mark.number in range(n)]

    written = tuple(f"__{word}{number}__" for number in range(n))
    return Marks(written, written, find, True)
