"""What a run found, counted sentence by sentence: right, spurious and missed entities as arrays.

Figures of any part of a run are sums over these counts, so that a page needs no second look at
the sentences.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xner_core.evaluation.bootstrap import Counts
from xner_core.runs.folder import Manifest, RunFolder
from xner_core.runs.reading import table_of_run
from xner_core.runs.rows import Row

COLUMNS = (
    "id",
    "target_lang",
    "source_words",
    "target_words",
    "gold_entities",
    "target_entities",
    "alignment",
    "back_words",
)
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Entities:
    """The gold or the found entities of all sentences, one element an entity.

    Attributes:
        sentence: Index of the sentence.
        start: First word.
        end: Behind the last word.
        label: Index into the labels.
        is_right: Whether the other side has the same entity.
    """

    sentence: Ints
    start: Ints
    end: Ints
    label: Ints
    is_right: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ScoredRun:
    """A run's sentences that have gold entities.

    Attributes:
        rows: They, as a pyarrow table with `COLUMNS`.
        langs: The target languages, sorted.
        lang: Index of each sentence's language.
        labels: The labels of gold and found entities, sorted.
        gold: The entities that were to be found.
        found: Those that were found.
        n_left_out: Sentences of the run without gold entities.
    """

    rows: Any
    langs: tuple[str, ...]
    lang: Ints
    labels: tuple[str, ...]
    gold: Entities
    found: Entities
    n_left_out: int

    @property
    def n(self) -> int:
        """How many sentences."""
        return len(self.lang)

    def in_language(self, lang: str | None) -> NDArray[np.bool_]:
        """Which sentences are in a language, shape (sentences,); all where None."""
        if lang is None:
            return np.ones(self.n, dtype=bool)
        return self.lang == self.langs.index(lang) if lang in self.langs else np.zeros(self.n, dtype=bool)

    def counts(self, gold: NDArray[np.bool_] | None = None, found: NDArray[np.bool_] | None = None) -> Counts:
        """True positives, false positives and false negatives of each sentence: shape (sentences, 3).

        Args:
            gold: Which gold entities count; all where None. They give true positives and
                false negatives.
            found: Which found entities count; all where None. They give false positives.
        """
        right = self.gold.is_right if gold is None else self.gold.is_right & gold
        missed = ~self.gold.is_right if gold is None else ~self.gold.is_right & gold
        wrong = ~self.found.is_right if found is None else ~self.found.is_right & found
        return np.stack(
            [
                np.bincount(sentences, minlength=self.n)
                for sentences in (
                    self.gold.sentence[right],
                    self.found.sentence[wrong],
                    self.gold.sentence[missed],
                )
            ],
            axis=1,
        ).astype(np.int64)

    def of_label(self, label: str) -> Counts:
        """The counts of one label; shape (sentences, 3)."""
        index = self.labels.index(label) if label in self.labels else -1
        return self.counts(self.gold.label == index, self.found.label == index)

    def sentences(self, indices: Sequence[int]) -> list[Row]:
        """The rows of some sentences, in the order asked for."""
        found: list[Row] = self.rows.take(list(indices)).to_pylist()
        return found


def scored_run(place: RunFolder, manifest: Manifest) -> ScoredRun:
    """Count what a run found.

    An entity is right where its span and its label are, as in the run's own figures; only the labels
    count that the run was told to count.

    Raises:
        ConfigError: If the run is not done or its file cannot be read.
    """
    return scored_table(table_of_run(place, manifest, COLUMNS), manifest.config.labels)


def scored_table(table: Any, labels: Collection[str] | None = None) -> ScoredRun:
    """Count what the rows of a run say.

    Args:
        table: A pyarrow table with `COLUMNS`.
        labels: The labels that count, on both sides; all where None.
    """
    import pyarrow.compute as pc

    rows = table.filter(pc.is_valid(table["gold_entities"])).combine_chunks()
    langs, lang = _coded(rows["target_lang"])
    flat_gold, flat_found = _flat(rows["gold_entities"]), _flat(rows["target_entities"])
    names, codes = _coded_together(flat_gold[3], flat_found[3])
    gold, found = (
        _counted((*flat[:3], code), names, labels)
        for flat, code in zip((flat_gold, flat_found), codes, strict=True)
    )
    gold_keys, found_keys = _keys(gold, found)
    return ScoredRun(
        rows,
        langs,
        lang,
        names if labels is None else tuple(name for name in names if name in labels),
        Entities(*_relabelled(gold, names, labels), np.isin(gold_keys, found_keys)),
        Entities(*_relabelled(found, names, labels), np.isin(found_keys, gold_keys)),
        len(table) - len(rows),
    )


_Flat = tuple[Ints, Ints, Ints, Any]


def owners(column: Any) -> Ints:
    """The row of each element of a column of lists."""
    import pyarrow.compute as pc

    rows: Ints = pc.list_parent_indices(_whole(column)).to_numpy(zero_copy_only=False).astype(np.int64)
    return rows


def lengths(column: Any) -> Ints:
    """How many elements each row of a column of lists has; 0 where it has no list."""
    import pyarrow.compute as pc

    found: Ints = (
        pc.fill_null(pc.list_value_length(_whole(column)), 0).to_numpy(zero_copy_only=False).astype(np.int64)
    )
    return found


def elements(column: Any) -> Any:
    """The elements of a column of lists, one behind the other, as a pyarrow array."""
    import pyarrow.compute as pc

    return pc.list_flatten(_whole(column))


def _whole(column: Any) -> Any:
    """A chunked column as one array."""
    import pyarrow as pa

    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _flat(column: Any) -> _Flat:
    """Sentence, start, end and label of each entity of a column of lists of entities."""
    flat = elements(column)
    start, end = (
        flat.field(name).to_numpy(zero_copy_only=False).astype(np.int64) for name in ("start", "end")
    )
    return owners(column), start, end, flat.field("label")


def _coded(column: Any) -> tuple[tuple[str, ...], Ints]:
    """The values of a column, sorted, and the index of each row's."""
    values, codes = np.unique(np.array(_whole(column).to_pylist(), dtype=object), return_inverse=True)
    return tuple(values.tolist()), codes.astype(np.int64).reshape(-1)


def _coded_together(one: Any, other: Any) -> tuple[tuple[str, ...], tuple[Ints, Ints]]:
    import pyarrow as pa

    whole = pa.concat_arrays([one, other]).dictionary_encode()
    words = whole.dictionary.to_pylist()
    order = np.argsort(np.array(words, dtype=object), kind="stable") if words else np.zeros(0, dtype=np.int64)
    place = np.empty(len(words), dtype=np.int64)
    place[order] = np.arange(len(words))
    codes = place[whole.indices.to_numpy(zero_copy_only=False)]
    return tuple(words[i] for i in order), (codes[: len(one)], codes[len(one) :])


def _counted(flat: _Flat, names: Sequence[str], labels: Collection[str] | None) -> _Flat:
    if labels is None:
        return flat
    chosen = np.array([name in labels for name in names], dtype=bool)[flat[3]]
    return flat[0][chosen], flat[1][chosen], flat[2][chosen], flat[3][chosen]


def _relabelled(flat: _Flat, names: Sequence[str], labels: Collection[str] | None) -> _Flat:
    """The same with the indices of the labels that are left."""
    if labels is None or not names:
        return flat
    left = np.cumsum([name in labels for name in names]) - 1
    return (*flat[:3], left[flat[3]])


def _keys(gold: _Flat, found: _Flat) -> tuple[Ints, Ints]:
    """A number for each entity; that of the same entity is the same on both sides."""
    words = 1 + max((int(side[2].max(initial=0)) for side in (gold, found)), default=0)
    labels = 1 + max((int(side[3].max(initial=0)) for side in (gold, found)), default=0)
    one, other = (
        ((sentence * words + start) * words + end) * labels + label
        for sentence, start, end, label in (gold, found)
    )
    return one, other
