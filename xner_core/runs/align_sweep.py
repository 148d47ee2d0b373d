"""Every layer of an aligner's encoder with every extraction: which pair of them aligns or projects best."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import TypeAdapter, ValidationError

from xner_core.alignment.encoder_aligner import AsLayers, EncoderAligner, Layer
from xner_core.alignment.extraction import Extraction
from xner_core.alignment.layerwise import Layerwise
from xner_core.config import Choice, PipelineConfig
from xner_core.errors import ConfigError, CorpusError
from xner_core.pipeline import Pipeline
from xner_core.registry import COMPONENTS
from xner_core.runs.evaluate import scored_pairs
from xner_core.runs.provenance import provenance
from xner_core.runs.sweep_scores import EntityScoring, LinkScoring, Scoring
from xner_core.types import Corpus, Progress, SentencePair

KIND = "align-sweep"
"""Of its saved runs."""
Measure = Literal["aer", "f1"]
_LAYERS = TypeAdapter(Annotated[tuple[Layer, ...], AsLayers])
_TOO_LARGE = re.compile(r"\d{4}")
"""No encoder has so many layers, and a range of them would fill the memory."""


def align_sweep(
    corpus: Corpus,
    config: PipelineConfig | None = None,
    *,
    measure: Measure = "aer",
    layers: str | None = None,
    extractions: Sequence[str] = (),
    limit: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Score each layer with each extraction; the corpus is encoded once.

    Args:
        corpus: With gold links for AER, with gold target entities for F1.
        config: The pipeline. Its aligner's layer and its extraction are what the best
            combination is compared with; for F1 its other stages project.
        measure: `aer` is the alignment error rate, `f1` the entity-level F1 of the projection.
        layers: `7`, `6,8` or `0-12`; all where None.
        extractions: Names; all registered ones where empty.
        limit: Only the first so many pairs.
        progress: Told after each pair.

    Returns:
        What `xner align-sweep --json` prints: `measure, n_pairs, layers, extractions, rows,
        best, default, seconds, notices, provenance`. A row has `layer, extraction,
        precision, recall` and for AER `aer, f1` (of links), `links` (how many were
        predicted), for F1 `f1, support`. `best` is one of the rows; so is `default`, or
        None where the config's own combination is not among them.

    Raises:
        ConfigError: If the aligner is not made from the layers of an encoder, or a layer or
            an extraction does not exist.
        CorpusError: If the corpus lacks what the measure needs.
    """
    started = time.perf_counter()
    pipeline = Pipeline(config)
    names = list(dict.fromkeys(extractions)) or list(COMPONENTS["extraction"])
    chosen: dict[str, Extraction] = {name: Choice(name=name).build("extraction") for name in names}
    wanted = None if layers is None else layers_of(layers)
    # What does not fit is said before a model is loaded.
    pairs = _pairs_with_links(corpus, limit) if measure == "aer" else scored_pairs(corpus, limit)
    layerwise = Layerwise(_encoder_aligner(pipeline), wanted or "all")
    loaded = time.perf_counter()
    scoring: Scoring = LinkScoring() if measure == "aer" else EntityScoring(pipeline, pairs)
    for index, (pair, similarities) in enumerate(zip(pairs, layerwise.compare(pairs), strict=True), 1):
        scoring.begin(pair)
        for layer, similarity in zip(layerwise.layers, similarities, strict=True):
            for name, extraction in chosen.items():
                found = extraction.align(similarity)
                scoring.add((layer, name), found)
        if progress is not None:
            progress("sweep", index, len(pairs))
    compared = time.perf_counter()
    rows = [
        {"layer": layer, "extraction": name, **scoring.figures((layer, name))}
        for layer in layerwise.layers
        for name in chosen
    ]
    default = _default(rows, layerwise.default, pipeline.config.extraction)
    ended = time.perf_counter()
    seconds = {
        "load": loaded - started,
        "sweep": compared - loaded,
        "evaluation": ended - compared,
        "total": ended - started,
    }
    return {
        "measure": measure,
        "n_pairs": len(pairs),
        "layers": list(layerwise.layers),
        "extractions": list(chosen),
        "rows": rows,
        "best": best_of(rows, measure, default),
        "default": default,
        "seconds": {stage: round(value, 3) for stage, value in seconds.items()},
        "notices": [*corpus.notices, *scoring.notices],
        "provenance": provenance(pipeline, corpus, stages=scoring.stages, mode=scoring.mode),
    }


def best_of(
    rows: Sequence[dict[str, Any]], measure: Measure, default: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The row with the lowest AER or the highest F1; among equals the default, then the first one."""
    sign = 1 if measure == "aer" else -1
    return min(rows, key=lambda row: (sign * row[measure], row is not default))


def layers_of(text: str) -> tuple[int, ...]:
    """Read `7`, `6,8` or `0-12`; each layer once.

    Raises:
        ConfigError: If it has another form.
    """
    try:
        found = () if _TOO_LARGE.search(text) else _LAYERS.validate_python(text)
    except ValidationError:
        found = ()
    if not found:
        raise ConfigError(f"{text!r} names no layers", hint="Write 7, 6,8 or 0-12")
    return tuple(dict.fromkeys(found))


def _default(rows: Sequence[dict[str, Any]], layer: int | None, own: Choice) -> dict[str, Any] | None:
    """The row of the config's own combination; none where it has options, as the rows have none."""
    if own.options:
        return None
    return next((row for row in rows if (row["layer"], row["extraction"]) == (layer, own.name)), None)


def _pairs_with_links(corpus: Corpus, limit: int | None) -> tuple[SentencePair, ...]:
    pairs = tuple(corpus.pairs[:limit])
    without = next((pair.id for pair in pairs if pair.gold_alignment is None), None)
    if without is not None:
        raise CorpusError(
            f"sentence {without!r} has no gold links, so there is nothing to measure AER against",
            where=corpus.spec,
            hint="Measure the F1 of the projection instead, or give links to the corpus",
        )
    return pairs


def _encoder_aligner(pipeline: Pipeline) -> EncoderAligner[Any]:
    aligner = pipeline.aligner
    if not isinstance(aligner, EncoderAligner):
        raise ConfigError(
            f"the aligner {pipeline.config.aligner.name!r} has no layers to choose from",
            hint="Choose e5-small or encoder:MODEL",
        )
    return aligner
