"""One row of a run's Parquet file: a sentence pair and what every stage made of it.

Spans are half-open word indices `[start, end)`. What a method does not make is null.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from xner_core.pipeline import SentenceResult
from xner_core.projection.reasons import best_rejected
from xner_core.runs.records import unprojected
from xner_core.types import BackTranslation, Entity, Sentence, SentencePair, Span, WordAlignment

Row = dict[str, Any]


@lru_cache(maxsize=1)
def schema() -> Any:
    """The columns, as a pyarrow schema."""
    import pyarrow as pa

    integer = pa.int32()
    entities = pa.list_(pa.struct([("start", integer), ("end", integer), ("label", pa.string())]))
    links = pa.list_(pa.struct([("source", integer), ("target", integer), ("sure", pa.bool_())]))
    sent = pa.struct(
        [
            ("entity", integer),
            ("start", integer),
            ("end", integer),
            ("score", pa.float64()),
            ("rejected_start", integer),
            ("rejected_end", integer),
            ("rejected_score", pa.float64()),
            ("reason", pa.string()),
        ]
    )
    words = pa.list_(pa.string())
    return pa.schema(
        [
            ("id", pa.string()),
            ("source_lang", pa.string()),
            ("target_lang", pa.string()),
            ("source_words", words),
            ("target_words", words),
            ("source_text", pa.string()),
            ("target_text", pa.string()),
            ("translated", pa.string()),
            ("source_entities", entities),
            ("gold_source_entities", entities),
            ("gold_entities", entities),
            ("gold_alignment", links),
            ("back_words", words),
            ("back_entities", entities),
            ("back_origins", pa.list_(integer)),
            ("back_doubled", pa.list_(integer)),
            ("alignment", links),
            ("n_candidates", integer),
            ("gold_among_candidates", pa.list_(pa.bool_())),
            ("projections", pa.list_(sent)),
            ("target_entities", entities),
            ("objective", pa.float64()),
            ("upper_bound", pa.float64()),
            ("status", pa.string()),
        ]
    )


def row_of(result: SentenceResult, given: SentencePair) -> Row:
    """The row of a projected pair.

    Args:
        result: What the stages made of it.
        given: The pair as the corpus has it, before anything was translated.
    """
    problem, projection = result.problem, result.projection
    gold = given.target.entities
    candidates = set(problem.candidates)
    return {
        **_pair_columns(result.pair, given),
        "source_entities": entity_rows(result.source_entities),
        **_back_columns(result.back_translation),
        "alignment": link_rows(result.alignment),
        "n_candidates": len(problem.candidates),
        "gold_among_candidates": None if gold is None else [one.span in candidates for one in gold],
        "projections": _projections(result),
        "target_entities": entity_rows(projection.target_entities),
        "objective": projection.objective,
        "upper_bound": projection.upper_bound,
        "status": projection.status,
    }


def transferred_row(pair: SentencePair, found: Sequence[Entity]) -> Row:
    """The row of a pair whose target sentence was tagged directly."""
    return {**_pair_columns(pair, pair), "target_entities": entity_rows(found)}


def marked_row(
    pair: SentencePair, source_entities: Sequence[Entity], marked: BackTranslation, given: SentencePair
) -> Row:
    """The row of a pair whose target sentence was made by translating marked entities."""
    return {
        **_pair_columns(pair, given),
        "source_entities": entity_rows(source_entities),
        "back_origins": list(marked.origins),
        "back_doubled": list(marked.doubled),
        "target_entities": entity_rows(marked.entities),
    }


def table(rows: Iterable[Row]) -> Any:
    """Rows as a pyarrow table."""
    import pyarrow as pa

    return pa.Table.from_pylist(list(rows), schema=schema())


def entity_rows(entities: Iterable[Entity] | None) -> list[Row] | None:
    """Entities as plain data."""
    if entities is None:
        return None
    return [{"start": e.span.start, "end": e.span.end, "label": e.label} for e in entities]


def entities_of(rows: Iterable[Row] | None) -> tuple[Entity, ...]:
    """Entities from plain data; none where there was no column."""
    return tuple(Entity(Span(row["start"], row["end"]), row["label"]) for row in rows or ())


def link_rows(alignment: WordAlignment | None) -> list[Row] | None:
    """Links as plain data."""
    if alignment is None:
        return None
    sure = set(alignment.sure)
    return [{"source": i, "target": j, "sure": (i, j) in sure} for i, j in alignment.links]


def _pair_columns(pair: SentencePair, given: SentencePair) -> Row:
    translated = "source" if given.source.is_missing else "target" if given.target.is_missing else None
    return {
        "id": pair.id,
        "source_lang": pair.source.lang,
        "target_lang": pair.target.lang,
        "source_words": _words(pair.source),
        "target_words": _words(pair.target),
        "source_text": pair.source.text,
        "target_text": pair.target.text,
        "translated": translated,
        "gold_source_entities": entity_rows(given.source.entities),
        "gold_entities": entity_rows(given.target.entities),
        "gold_alignment": link_rows(given.gold_alignment),
    }


def _words(sentence: Sentence) -> list[str] | None:
    return None if sentence.is_missing else list(sentence.words)


def _back_columns(back: BackTranslation | None) -> Row:
    if back is None:
        return {}
    return {
        "back_words": list(back.pair.source.words),
        "back_entities": entity_rows(back.entities),
        "back_origins": list(back.origins),
        "back_doubled": list(back.doubled),
    }


def _projections(result: SentenceResult) -> list[Row]:
    """What became of each source entity; one that is projected twice has two rows."""
    problem, projection = result.problem, result.projection
    rejected = best_rejected(problem, projection)
    rows = []
    for match in projection.matches:
        rows.append(
            {
                "entity": result.origin(match.entity),
                "start": match.target.span.start,
                "end": match.target.span.end,
                "score": match.score,
                **_rejected(rejected.get(match.entity)),
            }
        )
    by_origin = {result.origin(entity): one for entity, one in rejected.items()}
    for index, reason in unprojected(result):
        rows.append({"entity": index, "reason": reason, **_rejected(by_origin.get(index))})
    return sorted(rows, key=lambda row: (row["entity"], row.get("start") or 0))


def _rejected(best: tuple[Span, float] | None) -> Row:
    if best is None:
        return {}
    span, score = best
    return {"rejected_start": span.start, "rejected_end": span.end, "rejected_score": score}
