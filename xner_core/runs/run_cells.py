"""Figures of runs and of publications as the cells of a dashboard's pictures."""

from __future__ import annotations

from collections.abc import Sequence

from xner_core.evaluation.bootstrap import Counts, bootstrap_interval
from xner_core.languages import short_code
from xner_core.runs.buckets import Bucket, buckets_of
from xner_core.runs.presets import DATASETS
from xner_core.runs.published import PublishedFigure, best, published
from xner_core.runs.scored import ScoredRun
from xner_core.viz.cells import Cell

BEST = "best"
_PUBLISHED = "published"


def language_cells(method: str, run: ScoredRun) -> list[Cell]:
    """A run's figures in each language."""
    counts = run.counts()
    return [_cell(method, lang, "", counts[run.in_language(lang)]) for lang in run.langs]


def label_cells(method: str, run: ScoredRun) -> list[Cell]:
    """A run's figures of each label in each language, where the label occurs there."""
    cells = []
    for label in run.labels:
        counts = run.of_label(label)
        cells += [_cell(method, lang, label, counts[run.in_language(lang)]) for lang in run.langs]
    return [cell for cell in cells if cell.f1 is not None]


def bucket_cells(method: str, run: ScoredRun, attribute: str, lang: str | None) -> list[Cell]:
    """A run's figures of each bucket of an attribute, in their natural order.

    Args:
        method: The method's id.
        run: The run.
        attribute: A key of `buckets.ATTRIBUTES`.
        lang: Only this language; all together where None.
    """
    return [_of_bucket(method, lang or "", bucket) for bucket in buckets_of(run, attribute, lang)]


def published_methods(langs: Sequence[str]) -> list[str]:
    """What was published for some languages: ids, by data set, `best` before the single methods.

    An id is `published:DATASET:METHOD`.
    """
    wanted = {short_code(lang) for lang in langs}
    found = []
    for dataset in DATASETS:
        methods = [str(figure.method) for figure in published(dataset) if short_code(figure.lang) in wanted]
        if methods:
            found += [f"{_PUBLISHED}:{dataset}:{name}" for name in (BEST, *dict.fromkeys(methods))]
    return found


def is_published(method: str) -> bool:
    """Whether an id is that of a published method."""
    return method.startswith(f"{_PUBLISHED}:")


def published_name(method: str) -> str:
    """What the reader calls a published method."""
    _, dataset, name = method.split(":")
    return f"Published · {dataset} · {'best single method' if name == BEST else name}"


def published_cells(method: str, langs: Sequence[str], label: str = "") -> list[Cell]:
    """The published figures of a method in those languages that have one; they have no interval.

    Args:
        method: See `published_methods`.
        langs: Languages by any of their codes; the cells have these.
        label: Only this label; all together where empty. `best` is the method that is best at it.
    """
    _, dataset, name = method.split(":")
    cells = []
    for lang in langs:
        figures = [
            figure
            for figure in published(dataset, lang)
            if (name in (BEST, str(figure.method))) and (not label or label in figure.per_label)
        ]
        if figures:
            cells.append(_of_published(method, lang, label, figures))
    return cells


def _of_published(method: str, lang: str, label: str, figures: Sequence[PublishedFigure]) -> Cell:
    if label:
        return Cell(method, lang, label, max(figure.per_label[label] for figure in figures))
    chosen = best(figures)
    assert chosen is not None
    return Cell(method, lang, "", chosen.f1, precision=chosen.precision, recall=chosen.recall)


def _cell(method: str, lang: str, part: str, counts: Counts) -> Cell:
    """The figures of some sentences."""
    right, wrong, missed = (int(each) for each in counts.sum(axis=0))
    n = len(counts)
    if not right + wrong + missed:
        return Cell(method, lang, part, None, n_gold=0, n_sentences=n)
    interval = bootstrap_interval(counts)
    return Cell(
        method,
        lang,
        part,
        interval.f1,
        interval.low,
        interval.high,
        *_precision_recall(right, wrong, missed),
        n_gold=right + missed,
        n_sentences=n,
    )


def _of_bucket(method: str, lang: str, bucket: Bucket) -> Cell:
    n = len(bucket.sentences)
    if bucket.interval is None:
        return Cell(method, lang, bucket.name, None, n_gold=0, n_sentences=n)
    return Cell(
        method,
        lang,
        bucket.name,
        bucket.interval.f1,
        bucket.interval.low,
        bucket.interval.high,
        *_precision_recall(bucket.true_positives, bucket.false_positives, bucket.false_negatives),
        n_gold=bucket.n_gold,
        n_sentences=n,
    )


def _precision_recall(right: int, wrong: int, missed: int) -> tuple[float, float]:
    """0 where there is nothing that could be right."""
    return right / max(right + wrong, 1), right / max(right + missed, 1)
