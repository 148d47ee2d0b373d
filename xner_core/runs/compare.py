"""Two runs over the same sentences: which is better, by how much, and where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from xner_core.errors import ConfigError
from xner_core.evaluation.bootstrap import bootstrap_difference
from xner_core.runs.folder import Manifest, RunFolder, find_run
from xner_core.runs.reading import rows_of_run
from xner_core.runs.rows import Row, entities_of
from xner_core.types import Entity

DRAWS = 1000
LEVEL = 0.95
_ENTITIES = ("gold_entities", "target_entities")
_COLUMNS = ("id", "target_lang", "target_words", *_ENTITIES)
SORTS = ("both", "only_a", "only_b", "neither", "spurious_both", "spurious_only_a", "spurious_only_b")


@dataclass(frozen=True, slots=True)
class Side:
    """One of two runs.

    Attributes:
        id: The run's id.
        name: What it is called, its id where it has no name.
        folder: Its folder.
    """

    id: str
    name: str
    folder: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Two runs on the sentences of one language, or on all.

    Attributes:
        n_sentences: Sentences that were compared.
        f1_a: Micro-averaged F1 of the first run, in [0, 1].
        f1_b: F1 of the second.
        difference: The first less the second.
        low: Lower end of the difference's interval.
        high: Upper end.
        conclusion: `A is better`, `B is better`, or `inconclusive` where 0 lies in the interval.
        entities: How many gold entities `both`, `only_a`, `only_b` or `neither` found, and how
            many that are none were found: `spurious_both`, `spurious_only_a`, `spurious_only_b`.
        sentences: The ids of the sentences that these entities are in, by the same names.
    """

    n_sentences: int
    f1_a: float
    f1_b: float
    difference: float
    low: float
    high: float
    conclusion: str
    entities: dict[str, int]
    sentences: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs.

    Attributes:
        a: The first run.
        b: The second.
        labels: The labels that count; all where None.
        draws: How often the sentences were drawn.
        seed: Of the draws.
        level: Share of the draws inside the intervals.
        overall: All sentences together.
        per_language: Target language → its sentences.
        per_label: Label → all sentences, where only its entities count.
        per_language_label: Target language → label → its sentences, where only its entities count.
        notices: What a reader should know, one sentence each.
    """

    a: Side
    b: Side
    labels: tuple[str, ...] | None
    draws: int
    seed: int
    level: float
    overall: Compared
    per_language: dict[str, Compared]
    per_label: dict[str, Compared]
    per_language_label: dict[str, dict[str, Compared]]
    notices: tuple[str, ...]


def compare(
    runs: Sequence[str], labels: Collection[str] | None = None, draws: int = DRAWS, seed: int = 0
) -> list[Comparison]:
    """Compare the first run with each of the others.

    Args:
        runs: Two runs or more, each by its id, the beginning of its id, or its folder.
        labels: Only entities with these labels count; those of the runs where None.
        draws: How often the sentences are drawn.
        seed: Of the draws.

    Raises:
        ConfigError: If a run is unknown or not done, or the runs have no sentence with gold
            entities in common, or count other labels each and none are given.
    """
    if len(runs) < 2:
        raise ConfigError("a comparison needs two runs or more", hint="xner runs lists them")
    found = [find_run(name) for name in runs]
    first, *others = [(_side(*run), rows_of_run(*run, _COLUMNS), run[1].config.labels) for run in found]
    return [_compared(first, other, labels, draws, seed) for other in others]


_Run = tuple[Side, list[Row], tuple[str, ...] | None]


def _compared(first: _Run, other: _Run, labels: Collection[str] | None, draws: int, seed: int) -> Comparison:
    (a, a_rows, a_labels), (b, b_rows, b_labels) = first, other
    if labels is None and _unique(a_labels) != _unique(b_labels):
        raise ConfigError(
            f"the runs count other labels: {_listed(a_labels)} and {_listed(b_labels)}",
            where=f"{a.id}, {b.id}",
            hint="Say which count with --labels PER,ORG,LOC",
        )
    counted = _unique(a_labels if labels is None else labels)
    pairs, notices = common(a_rows, b_rows)
    if not pairs:
        raise ConfigError(
            "the runs have no sentence with gold entities in common",
            where=f"{a.id}, {b.id}",
            hint="Compare runs over the same corpus",
        )
    by_language: dict[str, list[tuple[Row, Row]]] = {}
    for pair in pairs:
        by_language.setdefault(pair[0]["target_lang"], []).append(pair)
    return Comparison(
        a,
        b,
        counted,
        draws,
        seed,
        LEVEL,
        compare_rows(pairs, counted, draws, seed),
        {lang: compare_rows(rows, counted, draws, seed) for lang, rows in by_language.items()},
        _by_label(pairs, counted, draws, seed),
        {lang: _by_label(rows, counted, draws, seed) for lang, rows in by_language.items()},
        notices,
    )


def _by_label(
    pairs: Sequence[tuple[Row, Row]], labels: Collection[str] | None, draws: int, seed: int
) -> dict[str, Compared]:
    """The same for each label that occurs."""
    columns = [row[column] for pair in pairs for row in pair for column in _ENTITIES]
    found = {entity["label"] for entities in columns for entity in entities or ()}
    counted = sorted(found if labels is None else found & set(labels))
    return {label: compare_rows(pairs, [label], draws, seed) for label in counted}


def common(a_rows: Sequence[Row], b_rows: Sequence[Row]) -> tuple[list[tuple[Row, Row]], tuple[str, ...]]:
    """The rows of the sentences that two runs have in common, and what was left out.

    A sentence is the same where its language, its id, its words and its gold entities are.
    Sentences without gold entities cannot be scored.
    """
    a_scored, b_scored = (
        [row for row in rows if row["gold_entities"] is not None] for rows in (a_rows, b_rows)
    )
    known = {_identity(row): row for row in b_scored}
    pairs = [(row, known[_identity(row)]) for row in a_scored if _identity(row) in known]
    notices = []
    left_out = len(a_scored) - len(pairs), len(b_scored) - len(pairs)
    if any(left_out):
        notices.append(
            f"The runs are not over the same sentences: {len(pairs)} are compared; {left_out[0]} of the "
            f"first run and {left_out[1]} of the second are left out."
        )
    unscored = len(a_rows) - len(a_scored), len(b_rows) - len(b_scored)
    if any(unscored):
        notices.append(
            f"Sentences without gold entities are left out: {unscored[0]} of the first run, {unscored[1]} of "
            "the second."
        )
    return pairs, tuple(notices)


def compare_rows(
    pairs: Sequence[tuple[Row, Row]],
    labels: Collection[str] | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> Compared:
    """Compare what two runs made of the same sentences.

    Args:
        pairs: Each sentence's row in the first run and in the second; one at least.
        labels: Only entities with these labels count; all where None.
        draws: How often the sentences are drawn.
        seed: Of the draws.
    """
    tally = _Tally()
    a_counts, b_counts = [], []
    for a_row, b_row in pairs:
        gold, a, b = (
            _entities(row[column], labels)
            for row, column in (
                (a_row, "gold_entities"),
                (a_row, "target_entities"),
                (b_row, "target_entities"),
            )
        )
        a_counts.append((len(gold & a), len(a - gold), len(gold - a)))
        b_counts.append((len(gold & b), len(b - gold), len(gold - b)))
        tally.add(a_row["id"], gold, a, b)
    found = bootstrap_difference(np.array(a_counts), np.array(b_counts), draws, seed, LEVEL)
    return Compared(
        len(pairs),
        found.f1_a,
        found.f1_b,
        found.difference,
        found.low,
        found.high,
        _conclusion(found.low, found.high),
        {sort: tally.entities[sort] for sort in SORTS},
        tally.sentences,
    )


@dataclass
class _Tally:
    """Entities by who found them."""

    entities: Counter[str] = field(default_factory=Counter)
    sentences: dict[str, list[str]] = field(default_factory=lambda: {sort: [] for sort in SORTS})

    def add(self, sentence: str, gold: set[Entity], a: set[Entity], b: set[Entity]) -> None:
        found = {
            "both": gold & a & b,
            "only_a": gold & a - b,
            "only_b": gold & b - a,
            "neither": gold - a - b,
            "spurious_both": a & b - gold,
            "spurious_only_a": a - b - gold,
            "spurious_only_b": b - a - gold,
        }
        for sort, entities in found.items():
            self.entities[sort] += len(entities)
            if entities:
                self.sentences[sort].append(sentence)


def _conclusion(low: float, high: float) -> str:
    if low > 0:
        return "A is better"
    return "B is better" if high < 0 else "inconclusive"


def _entities(rows: list[Row] | None, labels: Collection[str] | None) -> set[Entity]:
    return {entity for entity in entities_of(rows) if labels is None or entity.label in labels}


def _identity(row: Row) -> tuple[object, ...]:
    gold = sorted(entities_of(row["gold_entities"]))
    return (row["target_lang"], row["id"], tuple(row["target_words"] or ()), tuple(gold))


def _side(place: RunFolder, manifest: Manifest) -> Side:
    return Side(manifest.id, manifest.config.name or manifest.id, str(place.path))


def _unique(labels: Collection[str] | None) -> tuple[str, ...] | None:
    return None if labels is None else tuple(sorted(set(labels)))


def _listed(labels: Collection[str] | None) -> str:
    return "all" if labels is None else ", ".join(sorted(labels))
