"""A corpus through a pipeline, in batches that are kept: killed at any point, it goes on where it was."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from xner_core.content_store import content_key
from xner_core.corpora import load
from xner_core.errors import ConfigError, CorpusError, XnerError
from xner_core.files import write_whole
from xner_core.runs.config import RunConfig
from xner_core.runs.figures import figures
from xner_core.runs.folder import Manifest, RunFolder, runs_folder
from xner_core.runs.identity import file_ids, software_id
from xner_core.runs.provenance import provenance
from xner_core.runs.rows import Row, marked_row, row_of, table, transferred_row
from xner_core.runs.stages import RememberingPipeline
from xner_core.types import Corpus, Progress, SentencePair

_PROGRESS_EVERY_SECONDS = 0.2


def run(
    config: RunConfig, folder: Path | None = None, *, again: bool = False, progress: Progress | None = None
) -> RunFolder:
    """Do a run, go on with it where it was stopped, or find it done.

    Killed at any point and started again it continues behind the last finished batch, and
    its sentences and figures are byte for byte those of a run that was left alone.

    Args:
        config: What to do.
        folder: Where to; by default a folder in the data folder that the config and the
            corpus name, so that the same run is found again.
        again: Throw away what the folder holds of this run, and begin anew.
        progress: Told of the sentences that are done.

    Raises:
        ConfigError: If the folder holds another run, is being written to, or was begun
            with another version of the software.
        CorpusError: If the corpus is bad, or has no pair with the language.
        XnerError: If a stage cannot do its work; finished batches are kept.
    """
    corpus = load(config.corpus)
    pairs = chosen_pairs(corpus, config)
    pipeline = RememberingPipeline(config.pipeline)
    _check(config, pairs)
    key = _key(config, corpus, pipeline)
    place = RunFolder(folder.expanduser().absolute()) if folder else _place(config, key)
    with place.held():
        manifest = _found(place, key, again=again)
        if manifest is None:
            manifest = Manifest(
                id=_place(config, key).path.name,
                config=config,
                key=key,
                software=software_id(),
                started=_now(),
                n_sentences=len(pairs),
                n_batches=-(-len(pairs) // batch_size(config, pipeline, pairs)),
            )
        if manifest.status != "done":
            _Work(place, manifest, pipeline, corpus, pairs, progress).do()
    return place


def place_of(config: RunConfig, corpus: Corpus) -> RunFolder:
    """The folder in the data folder where a run is done, and found again.

    Args:
        config: What it does.
        corpus: The corpus that the config names.

    Raises:
        ConfigError: If a component or an option does not exist, or the corpus and the
            components do not fit.
        CorpusError: If the corpus has no pair with the language.
    """
    _check(config, chosen_pairs(corpus, config))
    return _place(config, key_of(config, corpus))


def key_of(config: RunConfig, corpus: Corpus) -> str:
    """What a run is known by, as in its manifest; no pair is looked at, so it takes no time.

    Args:
        config: What the run does, if it can be done.
        corpus: The corpus that the config names.

    Raises:
        ConfigError: If a component or an option does not exist.
    """
    return _key(config, corpus, RememberingPipeline(config.pipeline))


class _Work:
    """One process's share of a run."""

    def __init__(
        self,
        place: RunFolder,
        manifest: Manifest,
        pipeline: RememberingPipeline,
        corpus: Corpus,
        pairs: Sequence[SentencePair],
        progress: Progress | None,
    ) -> None:
        self._place, self._pipeline, self._corpus, self._pairs = place, pipeline, corpus, pairs
        self._before = manifest
        self._manifest = manifest.model_copy(update={"status": "running", "error": "", "ended": None})
        self._size = batch_size(manifest.config, pipeline, pairs)
        self._started = time.perf_counter()
        self._tell = _teller(place, len(pairs), progress)

    def do(self) -> None:
        self._place.batches.mkdir(exist_ok=True)
        try:
            for index in range(self._manifest.n_batches):
                if not self._place.batch(index).exists():
                    self._write_batch(index)
                self._note(n_done=index + 1)
            self._finish()
        except XnerError as error:
            self._note(status="failed", error=str(error), ended=_now())
            raise
        finally:
            self._pipeline.release()

    def _write_batch(self, index: int) -> None:
        self._note(n_done=index)
        start = index * self._size
        batch = self._pairs[start : start + self._size]
        rows = _METHODS[self._manifest.config.method](
            self._pipeline, batch, lambda stage, done, total: self._tell(stage, start, done, total)
        )
        _write_parquet(self._place.batch(index), table(rows))

    def _finish(self) -> None:
        """Join the batches; they are removed last, so that a process killed here does it again."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._tell("evaluation", len(self._pairs), 0, 0)
        batches = [pq.read_table(self._place.batch(i)) for i in range(self._manifest.n_batches)]
        _write_parquet(self._place.sentences, pa.concat_tables(batches))
        rows: list[Row] = pq.read_table(self._place.sentences).to_pylist()
        found = figures(rows, self._manifest.config.labels)
        write_whole(self._place.path / "metrics.json", json.dumps(found, ensure_ascii=False, indent=1))
        self._note(
            status="done",
            ended=_now(),
            n_done=self._manifest.n_batches,
            provenance=provenance(self._pipeline, self._corpus),
        )
        for index in range(self._manifest.n_batches):
            self._place.batch(index).unlink(missing_ok=True)
        self._place.batches.rmdir()

    def _note(self, **changes: Any) -> None:
        """Write the manifest: what changed, and what all processes so far have spent and used."""
        before, pipeline = self._before, self._pipeline
        spent = {**pipeline.seconds, "total": time.perf_counter() - self._started}
        self._manifest = self._manifest.model_copy(
            update={
                "seconds": {
                    stage: round(before.seconds.get(stage, 0.0) + value, 3) for stage, value in spent.items()
                },
                "reused": {
                    stage: before.reused.get(stage, 0) + pipeline.reused[stage]
                    for stage in sorted({*before.reused, *pipeline.reused})
                },
                "models": {
                    stage: sorted({*before.models.get(stage, ()), *models})
                    for stage, models in sorted((before.models | pipeline.used_models()).items())
                },
                "notices": list(dict.fromkeys([*before.notices, *self._corpus.notices, *pipeline.notices])),
                "pid": os.getpid(),
                **changes,
            }
        )
        self._place.write(self._manifest)


def _projected(pipeline: RememberingPipeline, batch: Sequence[SentencePair], progress: Progress) -> list[Row]:
    return [row_of(result, given) for result, given in zip(pipeline.run(batch, progress), batch, strict=True)]


def _transferred(
    pipeline: RememberingPipeline, batch: Sequence[SentencePair], progress: Progress
) -> list[Row]:
    found = pipeline.transfer(batch)
    return [transferred_row(pair, entities) for pair, entities in zip(batch, found, strict=True)]


def _marked(pipeline: RememberingPipeline, batch: Sequence[SentencePair], progress: Progress) -> list[Row]:
    entities = pipeline.tag(batch)
    marked = pipeline.carry(batch, entities, progress)
    rows = []
    for pair, found, back in zip(batch, entities, marked, strict=True):
        made = SentencePair(pair.id, pair.source, back.pair.source, None, pair.note)
        rows.append(marked_row(made, found, back, pair))
    return rows


_METHODS: dict[str, Callable[[RememberingPipeline, Sequence[SentencePair], Progress], list[Row]]] = {
    "projection": _projected,
    "transfer": _transferred,
    "markers": _marked,
}


def chosen_pairs(corpus: Corpus, config: RunConfig) -> tuple[SentencePair, ...]:
    """The pairs of a corpus that a run is over.

    Raises:
        CorpusError: If there is none.
    """
    pairs = tuple(pair for pair in corpus.pairs if config.lang in (None, pair.target.lang))[: config.limit]
    if not pairs:
        raise CorpusError(
            f"no sentence is in the language {config.lang!r}" if config.lang else "there is no sentence",
            where=corpus.spec,
            hint=f"Choose from {', '.join(corpus.languages)}" if corpus.languages else None,
        )
    return pairs


def batch_size(config: RunConfig, pipeline: RememberingPipeline, pairs: Sequence[SentencePair]) -> int:
    """Sentence pairs in a batch: all of them for an aligner that learns from the corpus."""
    return len(pairs) if pipeline.aligner.learns_from_corpus else config.batch_size


def _check(config: RunConfig, pairs: Sequence[SentencePair]) -> None:
    """Refuse what cannot be done before anything is done."""
    missing = {side: next((p.id for p in pairs if getattr(p, side).is_missing), None) for side in _SIDES}
    if config.method == "transfer" and missing["target"] is not None:
        raise ConfigError(
            f"sentence {missing['target']!r} has no target sentence, and model transfer tags these",
            where=config.corpus,
            hint="Choose a corpus that has them, or the method projection with a translator",
        )
    if config.method == "markers":
        if config.pipeline.refinement.name == "none":
            raise ConfigError(
                "the method markers needs a refinement, which marks entities and translates",
                hint="Set refinement: back-translation:apertium or another translator",
            )
        if missing["source"] is not None:
            raise ConfigError(
                f"sentence {missing['source']!r} has no source sentence to mark entities in",
                where=config.corpus,
                hint="Choose a corpus of source sentences, such as tagged:FILE?side=source",
            )
        present = next((pair.id for pair in pairs if not pair.target.is_missing), None)
        if present is not None:
            raise ConfigError(
                f"sentence {present!r} has a target sentence already, and the method markers makes new ones",
                where=config.corpus,
                hint="Choose a corpus of source sentences, or the method projection",
            )
    if config.method == "projection" and config.pipeline.translator.name == "none":
        side = next((side for side in _SIDES if missing[side] is not None), None)
        if side is not None:
            raise ConfigError(
                f"sentence {missing[side]!r} has no {side} sentence, and there is no translator",
                where=config.corpus,
                hint="Set translator: apertium, transformers:MODEL or file:PATH",
            )


_SIDES = ("source", "target")


def _place(config: RunConfig, key: str) -> RunFolder:
    return RunFolder(runs_folder() / f"{_slug(config.name or config.corpus)}-{key[:10]}")


def _key(config: RunConfig, corpus: Corpus, pipeline: RememberingPipeline) -> str:
    asked = config.model_dump(mode="json", exclude={"name"})
    files = [file_ids(component.files) for component in pipeline.components()]
    return content_key(asked, corpus.fingerprint, files)


def _found(place: RunFolder, key: str, *, again: bool) -> Manifest | None:
    """The manifest to go on with, None where the run begins."""
    manifest = place.manifest()
    if manifest is not None and manifest.key != key:
        raise ConfigError(
            f"the folder holds another run ({manifest.id})", where=str(place.path), hint="Name another folder"
        )
    if again:
        place.clear()
        return None
    if manifest is None or manifest.status == "done" or manifest.software == software_id():
        return manifest
    if manifest.n_done == 0:  # nothing would be lost
        place.clear()
        return None
    raise ConfigError(
        "the run was begun with another version of this program or of its packages",
        where=str(place.path),
        hint="Begin anew with --again",
    )


def _write_parquet(path: Path, content: Any) -> None:
    import pyarrow.parquet as pq

    unfinished = path.with_name(f"{path.name}.tmp")
    pq.write_table(content, unfinished, compression="zstd")
    unfinished.replace(path)


def _teller(place: RunFolder, total: int, progress: Progress | None) -> Callable[[str, int, int, int], None]:
    """Tell how many sentences are done: in progress.json for the app, and to whoever called."""
    began, last = time.time(), 0.0
    first: int | None = None

    def tell(stage: str, start: int, done: int, of: int) -> None:
        nonlocal last, first
        n = start + (done if stage == "projection" else 0)
        first = n if first is None else first
        if progress is not None:
            progress(stage, n, total)
        if time.monotonic() - last > _PROGRESS_EVERY_SECONDS:
            last = time.monotonic()
            state = {
                "stage": stage,
                "done": n,
                "total": total,
                "began": began,
                "first": first,
                "now": time.time(),
            }
            if stage != "projection":
                state |= {"stage_done": done, "stage_total": of}
            write_whole(place.path / "progress.json", json.dumps(state))

    return tell


def _slug(text: str) -> str:
    """A name that can be a folder's."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:40].strip("-") or "run"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
