"""Published figures, to stand beside one's own.

F1, precision, recall and the F1 of each label of thirteen methods on MasakhaNER2 (18
languages), XTREME's PAN-X (39) and Europarl-NER (3; seven methods, none back-translated).

Source: Andrei Politov, Oleh Shkalikov, René Jäkel and Michael Färber, "Revisiting
Projection-based Data Transfer for Cross-Lingual Named Entity Recognition in Low-Resource
Languages", NoDaLiDa/Baltic-HLT 2025, arXiv 2501.18750: the results that its authors
published with it, rounded to four digits. `politov2025.csv` holds them under our names;
`python -m benchmarks.published_table` wrote it.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from xner_core.languages import short_code
from xner_core.runs.methods import Method, parse_method

SOURCE = "Politov et al. 2025 (arXiv 2501.18750)"
TABLE = "politov2025.csv"
COLUMNS = ("dataset", "lang", "method", "f1", "precision", "recall", "PER", "LOC", "ORG", "MISC")


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """What was published of one method on one language.

    Attributes:
        dataset: `masakhaner2`, `xtreme` or `europarl`.
        lang: The language as its data set calls it; BCP 47 or ISO 639-3.
        method: The method.
        f1: Micro-averaged, in [0, 1], as are all figures.
        precision: Share of the predicted entities that are right.
        recall: Share of the gold entities that were found.
        per_label: Label → F1; the labels that were scored.
    """

    dataset: str
    lang: str
    method: Method
    f1: float
    precision: float
    recall: float
    per_label: dict[str, float]


def published(
    dataset: str | None = None, lang: str | None = None, method: Method | None = None
) -> list[PublishedFigure]:
    """The published figures, in the order of data sets, languages and methods.

    Args:
        dataset: Only those of this data set.
        lang: Only those of this language, by any of its codes: `sw` and `swa` are one.
        method: Only those of this method; of every aligner where it names none.
    """
    return [
        figure
        for figure in _figures()
        if dataset in (None, figure.dataset)
        and (lang is None or short_code(figure.lang) == short_code(lang))
        and (method is None or method in (figure.method, figure.method.whoever_aligns))
    ]


def best(figures: Sequence[PublishedFigure]) -> PublishedFigure | None:
    """The one with the highest F1, None of none."""
    return max(figures, key=lambda figure: figure.f1, default=None)


@lru_cache(maxsize=1)
def _figures() -> tuple[PublishedFigure, ...]:
    text = files(__package__).joinpath(TABLE).read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        PublishedFigure(
            row["dataset"],
            row["lang"],
            parse_method(row["method"]),
            float(row["f1"]),
            float(row["precision"]),
            float(row["recall"]),
            {label: float(row[label]) for label in COLUMNS[6:] if row[label]},
        )
        for row in rows
    )
