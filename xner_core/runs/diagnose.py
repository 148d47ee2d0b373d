"""The errors of a run that is done, sentence by sentence, and what each stage costs it in F1."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from functools import lru_cache
from pathlib import Path
from typing import Any

from xner_core.corpora import load
from xner_core.diagnosis import Diagnosed, Diagnosis, Means, diagnose
from xner_core.diagnosis.diagnose import diagnose_tagged
from xner_core.diagnosis.tally import Tally, total
from xner_core.errors import ConfigError
from xner_core.pipeline import SentenceResult
from xner_core.runs.config import RunConfig
from xner_core.runs.folder import Manifest, RunFolder
from xner_core.runs.provenance import provenance
from xner_core.runs.reading import table_of_run
from xner_core.runs.rows import Row, entities_of
from xner_core.runs.run import batch_size, chosen_pairs
from xner_core.runs.stages import RememberingPipeline
from xner_core.types import Entity, Progress, SentencePair, Span

ERRORS = "errors.parquet"
"""The file in a job's folder that holds one row an error."""
Diagnosable = tuple[SentencePair, Diagnosis | None, Sequence[Entity]]
"""A pair, what is wrong with it, and all that was predicted for it."""


@lru_cache(maxsize=1)
def schema() -> Any:
    """The columns of a row, as a pyarrow schema; spans are half-open word indices."""
    import pyarrow as pa

    texts = ("id", "lang", "kind", "detail", "stage", "label", "predicted_label")
    integer = pa.int32()
    return pa.schema(
        [
            *((name, pa.string()) for name in texts),
            ("gold_start", integer),
            ("gold_end", integer),
            ("gold_text", pa.string()),
            ("predicted_start", integer),
            ("predicted_end", integer),
            ("predicted_text", pa.string()),
            ("untested", pa.string()),
        ]
    )


def diagnose_run(
    place: RunFolder, manifest: Manifest, errors: Path | None = None, progress: Progress | None = None
) -> dict[str, Any]:
    """Do a run's projections again, and attribute its errors to stages by counterfactual.

    A run's file has no word similarities and no scores, so its pipeline works anew; what tagging and
    alignment made of a batch is usually still known. Rows are written batch by batch.

    Args:
        place: The run's folder.
        manifest: Its manifest.
        errors: Where a Parquet file with one row an error is written; nowhere where None.
        progress: Told of the sentences that are done.

    Returns:
        `run, method, labels, n_sentences, n_scored, n_errors, overall, per_language, notices,
        provenance`. Overall and each language have `sentences, gold, bars` (`tally.Tally.bars`)
        and `errors`: rows of `kind, detail, stage, n`.

    Raises:
        ConfigError: If the run is not done, its corpus has changed since or has no gold target
            entities, or its method is markers.
        XnerError: If a stage cannot do its work.
    """
    config = manifest.config
    before = table_of_run(place, manifest, ["id", "target_entities"])
    if config.method == "markers":
        raise ConfigError(
            "the method markers makes target sentences of its own, which have no gold entities",
            where=manifest.id,
            hint="Look for errors in a run of the method projection or transfer",
        )
    corpus = load(config.corpus)
    pairs = chosen_pairs(corpus, config)
    if [pair.id for pair in pairs] != before["id"].to_pylist() or _fingerprint(manifest) not in (
        None,
        corpus.fingerprint,
    ):
        raise ConfigError(
            "the corpus has changed since the run", where=manifest.id, hint="Do the run anew with xner run"
        )
    if all(pair.target.entities is None for pair in pairs):
        raise ConfigError(
            "the corpus has no gold target entities, so nothing can be called an error",
            where=corpus.spec,
            hint="Name a run over a corpus that has them",
        )
    pipeline = RememberingPipeline(config.pipeline)
    tallies: dict[str, Tally] = defaultdict(Tally)
    changed: list[str] = []
    try:
        with _writer(errors) as write:
            for index, (pair, found, predicted) in enumerate(_diagnosed(pipeline, config, pairs, progress)):
                if set(predicted) != set(entities_of(before["target_entities"][index].as_py())):
                    changed.append(pair.id)
                if found is not None:
                    tallies[pair.target.lang].count(found)
                    write(error_row(error, pair) for error in found.errors)
    finally:
        pipeline.release()
    everything = total(tallies.values())
    return {
        "run": manifest.id,
        "method": config.method,
        "labels": None if config.labels is None else sorted(config.labels),
        "n_sentences": len(pairs),
        "n_scored": everything.sentences,
        "n_errors": sum(everything.errors.values()),
        "overall": _report(everything),
        "per_language": {lang: _report(tally) for lang, tally in tallies.items()},
        "notices": [*corpus.notices, *pipeline.notices, *_changed(changed)],
        "provenance": provenance(pipeline, corpus),
    }


def error_row(error: Diagnosed, pair: SentencePair) -> Row:
    """An error as plain data; what it has no gold or no predicted entity for is null."""
    gold, predicted = error.gold, error.predicted
    return {
        "id": pair.id,
        "lang": pair.target.lang,
        "kind": error.kind,
        "detail": error.detail,
        "stage": error.stage,
        "label": error.label,
        "predicted_label": predicted.label if predicted else None,
        "gold_start": gold.span.start if gold else None,
        "gold_end": gold.span.end if gold else None,
        "gold_text": pair.target.surface(gold.span) if gold else None,
        "predicted_start": predicted.span.start if predicted else None,
        "predicted_end": predicted.span.end if predicted else None,
        "predicted_text": pair.target.surface(predicted.span) if predicted else None,
        "untested": ", ".join(error.untested) or None,
    }


def error_of(row: Row) -> Diagnosed:
    """An error from plain data."""

    def entity(side: str, label: str) -> Entity | None:
        if row[f"{side}_start"] is None:
            return None
        return Entity(Span(row[f"{side}_start"], row[f"{side}_end"]), row[label])

    return Diagnosed(
        row["kind"],
        row["detail"],
        entity("gold", "label"),
        entity("predicted", "predicted_label"),
        row["stage"],
        tuple(row["untested"].split(", ")) if row["untested"] else (),
    )


def _diagnosed(
    pipeline: RememberingPipeline,
    config: RunConfig,
    pairs: Sequence[SentencePair],
    progress: Progress | None,
) -> Iterator[Diagnosable]:
    """Every pair with what is wrong with it, in batches like the run's, so that its stages are known."""
    means = Means.of(config.pipeline)
    size = batch_size(config, pipeline, pairs)
    for start in range(0, len(pairs), size):
        batch = pairs[start : start + size]
        if config.method == "transfer":
            for pair, found in zip(batch, pipeline.transfer(batch), strict=True):
                yield pair, diagnose_tagged(pair, found, config.labels), found
        else:
            for given, result in zip(batch, pipeline.run(batch), strict=True):
                yield (
                    given,
                    _of_result(result, given, means, config),
                    result.projection.target_entities,
                )
        if progress is not None:
            progress("diagnosis", min(start + size, len(pairs)), len(pairs))


def _of_result(
    result: SentenceResult, given: SentencePair, means: Means, config: RunConfig
) -> Diagnosis | None:
    if given.target.entities is None:
        return None
    return diagnose(
        result.pair,
        result.problem,
        result.projection,
        means,
        target_tags=result.target_tags,
        back_translation=result.back_translation,
        tagged=result.source_entities,
        labels=config.labels,
    )


class _Writer:
    """Writes rows into a Parquet file, a row group for every few thousand."""

    _ROWS = 5000

    def __init__(self, path: Path) -> None:
        import pyarrow.parquet as pq

        self._path = path
        self._unfinished = path.with_name(f"{path.name}.tmp")
        self._file = pq.ParquetWriter(self._unfinished, schema(), compression="zstd")
        self._rows: list[Row] = []

    def __enter__(self) -> _Writer:
        return self

    def __call__(self, rows: Iterable[Row]) -> None:
        self._rows += rows
        if len(self._rows) >= self._ROWS:
            self._flush()

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._flush()
        self._file.close()
        if kind is None:
            self._unfinished.replace(self._path)
        else:
            self._unfinished.unlink(missing_ok=True)

    def _flush(self) -> None:
        import pyarrow as pa

        self._file.write_table(pa.Table.from_pylist(self._rows, schema=schema()))
        self._rows = []


def _writer(path: Path | None) -> Any:
    return nullcontext(lambda rows: None) if path is None else _Writer(path)


def _report(tally: Tally) -> dict[str, Any]:
    return {
        "sentences": tally.sentences,
        "gold": tally.gold,
        "bars": tally.bars(),
        "errors": [
            {"kind": kind, "detail": detail, "stage": stage, "n": n}
            for (kind, detail, stage), n in sorted(tally.errors.items())
        ],
    }


def _fingerprint(manifest: Manifest) -> str | None:
    found = manifest.provenance.get("corpus", {}).get("fingerprint")
    return None if found is None else str(found)


def _changed(ids: Sequence[str]) -> list[str]:
    if not ids:
        return []
    who = "1 sentence is" if len(ids) == 1 else f"{len(ids)} sentences are"
    return [
        f"{who} projected otherwise now than in the run (first: {ids[0]!r}), perhaps by another version "
        "of this program; the errors are those of now. Do the run anew to have both the same."
    ]
