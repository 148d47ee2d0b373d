"""What a dashboard draws: the figures of each method in each language, or in each part of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xner_core.languages import language_name

_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Cell:
    """How good a method is on some sentences.

    Attributes:
        method: Id of the method.
        lang: The language, empty where there are several.
        part: The label or bucket, empty for the whole.
        f1: Micro-averaged, in [0, 1]; None where there is nothing to score.
        low: Lower end of its interval; None where there is none, as for published figures.
        high: Upper end.
        precision: Share of the found entities that are right.
        recall: Share of the gold entities that were found.
        n_gold: Gold entities; None where that is not known.
        n_sentences: Sentences; None where that is not known.
    """

    method: str
    lang: str
    part: str
    f1: float | None
    low: float | None = None
    high: float | None = None
    precision: float | None = None
    recall: float | None = None
    n_gold: int | None = None
    n_sentences: int | None = None

    @property
    def id(self) -> str:
        """What a URL calls it."""
        return _SEPARATOR.join((self.method, self.lang, self.part))

    @property
    def ends(self) -> tuple[float, float]:
        """The ends of the interval, of no width where there is none."""
        f1 = self.f1 or 0.0
        return (f1 if self.low is None else self.low, f1 if self.high is None else self.high)


def parse_id(text: str) -> tuple[str, str, str]:
    """The method, the language and the part that an id names; empty where it is none."""
    parts = text.split(_SEPARATOR, 2)
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else ("", "", "")


@dataclass(frozen=True, slots=True)
class MethodColumn:
    """A method that is drawn.

    Attributes:
        id: Of the run or the published method.
        name: What the reader calls it.
        colour: `#RRGGBB`.
        symbol: Plotly's name of the mark.
        pattern: Plotly's name of the hatching of bars, empty for none.
        is_published: Whether its figures were published elsewhere.
    """

    id: str
    name: str
    colour: str
    symbol: str
    pattern: str = ""
    is_published: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """The figures of a picture.

    Attributes:
        methods: In the order in which they were chosen.
        rows: Languages or parts, in the order in which they are drawn: the first on top.
        by_place: (method, row) → its figures.
    """

    methods: tuple[MethodColumn, ...]
    rows: tuple[str, ...]
    by_place: Mapping[tuple[str, str], Cell] = field(default_factory=dict)

    def of(self, method: MethodColumn) -> list[Cell | None]:
        """The figures of a method, row by row."""
        return [self.by_place.get((method.id, row)) for row in self.rows]

    def lowest(self) -> float:
        """The lowest figure or end of an interval; 0 where there is none."""
        ends = [cell.ends[0] for cell in self.by_place.values() if cell.f1 is not None]
        return min(ends, default=0.0)


def language_label(lang: str) -> str:
    """A language's name and code."""
    return f"{language_name(lang)} ({lang})"


def plain(text: str) -> str:
    """A text that plotly draws as it is, whatever marks it holds."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def sorted_rows(
    rows: Sequence[str], methods: Sequence[MethodColumn], by_place: Mapping[tuple[str, str], Cell], by: str
) -> tuple[str, ...]:
    """Order languages; those without a figure come last, equal ones stay as they were.

    Args:
        rows: The languages.
        methods: The methods.
        by_place: (method, language) → figures.
        by: `f1` of the first method that has one, highest first; `spread` between the best and
            the worst method, largest first; or `gold`, most gold entities first.
    """

    def figures(row: str) -> list[float]:
        cells = [by_place.get((method.id, row)) for method in methods]
        return [cell.f1 for cell in cells if cell is not None and cell.f1 is not None]

    def effect(row: str) -> float:
        found = figures(row)
        if not found:
            return -1.0
        if by == "spread":
            return max(found) - min(found)
        if by == "gold":
            cells = [by_place.get((method.id, row)) for method in methods]
            return float(max((cell.n_gold or 0 for cell in cells if cell is not None), default=0))
        return found[0]

    return tuple(sorted(rows, key=lambda row: -effect(row)))


def by_language(
    methods: Sequence[MethodColumn], langs: Sequence[str], found: Sequence[Cell], sort: str
) -> Cells:
    """The cells of some languages as rows; see `sorted_rows` for their order."""
    by_place = {(cell.method, cell.lang): cell for cell in found if cell.lang in langs}
    return Cells(tuple(methods), sorted_rows(langs, methods, by_place, sort), by_place)


def by_label(
    methods: Sequence[MethodColumn], langs: Sequence[str], found: Sequence[Cell]
) -> dict[str, Cells]:
    """The cells of each label, with languages as rows; a language without the label is left out.

    Args:
        methods: The methods.
        langs: The languages in the order that all labels share, so that they can be compared.
        found: Cells whose part is a label.
    """
    parts = {}
    for label in sorted({cell.part for cell in found}):
        by_place = {
            (cell.method, cell.lang): cell for cell in found if cell.part == label and cell.lang in langs
        }
        here = {lang for _, lang in by_place}
        if here:
            parts[label] = Cells(tuple(methods), tuple(lang for lang in langs if lang in here), by_place)
    return parts


def by_part(methods: Sequence[MethodColumn], parts: Sequence[str], found: Sequence[Cell]) -> Cells:
    """The cells of buckets as rows; a bucket that no method has is left out."""
    by_place = {(cell.method, cell.part): cell for cell in found}
    here = {part for _, part in by_place}
    return Cells(tuple(methods), tuple(part for part in parts if part in here), by_place)
