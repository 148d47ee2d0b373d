"""What a finished run found, pair by pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xner_core.config import PipelineConfig
from xner_core.errors import ConfigError, XnerError
from xner_core.review.found import ROW_COLUMNS, Found, of_row
from xner_core.runs.config import RunConfig
from xner_core.runs.folder import Manifest, RunFolder, all_runs
from xner_core.runs.reading import table_of_run
from xner_core.runs.run import key_of
from xner_core.types import Corpus, SentencePair

Run = tuple[RunFolder, Manifest]


class RunRows:
    """The rows of a run that is done.

    Args:
        run: Its folder and manifest.
        corpus: The corpus it was over.

    Raises:
        ConfigError: If the run is not done, cannot be read, or was over another corpus.
    """

    def __init__(self, run: Run, corpus: Corpus) -> None:
        place, manifest = run
        self._id = manifest.id
        made_from = manifest.provenance.get("corpus", {}).get("fingerprint")
        if made_from != corpus.fingerprint:
            raise ConfigError(
                f"the run {manifest.id} was over another corpus, or this one has changed since",
                where=corpus.spec,
                hint=f"Its corpus was {manifest.config.corpus}; do the run anew where that has changed",
            )
        self._table: Any = table_of_run(place, manifest, ["id", *ROW_COLUMNS])
        self._place = {name: at for at, name in enumerate(self._table["id"].to_pylist())}

    def __contains__(self, name: str) -> bool:
        return name in self._place

    def found(self, pairs: Sequence[SentencePair]) -> list[Found]:
        """What the run found of each pair, in order.

        Raises:
            ConfigError: If the run left one out.
        """
        try:
            places = [self._place[pair.id] for pair in pairs]
        except KeyError as error:
            raise ConfigError(
                f"the run {self._id} has no sentence {error}",
                hint="It was over one language or the first sentences only: choose those, or another run",
            ) from None
        rows = self._table.take(places).to_pylist()
        return [of_row(row, pair) for row, pair in zip(rows, pairs, strict=True)]


def run_of(corpus: Corpus, config: PipelineConfig, pairs: Sequence[SentencePair]) -> Run | None:
    """A run that is done and that found what a pipeline would find of pairs; None where there is none.

    Args:
        corpus: The corpus.
        config: The pipeline.
        pairs: The pairs, all of which the run must have.
    """
    for run in all_runs():
        asked = run[1].config
        same = RunConfig(
            corpus=corpus.spec,
            pipeline=config,
            lang=asked.lang,
            labels=asked.labels,
            batch_size=asked.batch_size,
        )
        if run[1].status != "done" or asked.model_copy(update={"name": ""}) != same:
            continue
        if asked.lang is not None and any(pair.target.lang != asked.lang for pair in pairs):
            continue
        try:
            key = key_of(same, corpus)
        except XnerError:  # it could not be done any more
            continue
        if run[1].key == key:
            return run
    return None
