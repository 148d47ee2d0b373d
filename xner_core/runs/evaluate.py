"""F1 of a pipeline on a corpus."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load
from xner_core.errors import CorpusError
from xner_core.evaluation import candidate_recall, score_entities
from xner_core.pipeline import Pipeline
from xner_core.runs.provenance import provenance
from xner_core.types import Corpus, Entity, Progress, SentencePair, Span

PROJECTORS = ("heuristic", "greedy", "ilp")


def evaluate(
    spec: str,
    config: PipelineConfig | None = None,
    *,
    labels: Collection[str] | None = None,
    limit: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Project a corpus and score it against its gold target entities.

    Args:
        spec: The corpus spec.
        config: The pipeline; the defaults where None.
        labels: The labels that count; all where None.
        limit: Only the first so many pairs.
        progress: Told after each pair.

    Returns:
        What `xner evaluate --json` prints: `n_sentences, f1, precision, recall,
        support, candidate_recall, per_label, per_language, mode, seconds, provenance,
        notices`.

    Raises:
        CorpusError: If the corpus has no gold target entities.
    """
    started = time.perf_counter()
    corpus = load(spec)
    pairs = scored_pairs(corpus, limit)
    loaded = time.perf_counter()
    pipeline = Pipeline(config)
    predicted: list[tuple[Entity, ...]] = []
    candidates: list[tuple[Span, ...]] = []
    for result in pipeline.run(pairs, progress):
        predicted.append(result.projection.target_entities)
        candidates.append(result.problem.candidates)
    notices = [*corpus.notices, *pipeline.notices, *_unused_labels(pairs, predicted, labels or ())]
    projected = time.perf_counter()
    scores = _figures(pairs, predicted, candidates, labels)
    per_language = _per_language(pairs, predicted, candidates, labels)
    ended = time.perf_counter()
    seconds = {
        "load": loaded - started,
        **pipeline.seconds,
        "evaluation": ended - projected,
        "total": ended - started,
    }
    return {
        "n_sentences": len(pairs),
        **scores,
        "per_language": per_language,
        "seconds": {stage: round(value, 3) for stage, value in seconds.items()},
        "notices": notices,
        "provenance": provenance(pipeline, corpus),
    }


def compare_projectors(
    spec: str, config: PipelineConfig | None = None, *, progress: Progress | None = None
) -> dict[str, Any]:
    """Score every projector on the same entities, links and scores, language by language.

    Returns:
        `rows`: one dict per target language and projector with `lang, projector,
        n_sentences, f1, precision, recall, support, candidate_recall, per_label`;
        `n_sentences`, `notices` and `provenance` of the whole.

    Raises:
        CorpusError: If the corpus has no gold target entities.
    """
    corpus = load(spec)
    pairs = scored_pairs(corpus, None)
    pipeline = Pipeline(config)
    projectors = {name: Choice(name=name).build("projector") for name in PROJECTORS}
    predicted: dict[str, list[tuple[Entity, ...]]] = {name: [] for name in PROJECTORS}
    candidates: list[tuple[Span, ...]] = []
    for result in pipeline.run(pairs, progress):
        candidates.append(result.problem.candidates)
        for name, projector in projectors.items():
            predicted[name].append(projector.project(result.problem).target_entities)
    rows = [
        {"lang": lang, "projector": name, **figures}
        for name in PROJECTORS
        for lang, figures in _per_language(pairs, predicted[name], candidates, None).items()
    ]
    return {
        "n_sentences": len(pairs),
        "rows": rows,
        "notices": [*corpus.notices, *pipeline.notices],
        "provenance": provenance(pipeline, corpus),
    }


def scored_pairs(corpus: Corpus, limit: int | None) -> tuple[SentencePair, ...]:
    """The pairs to score.

    Raises:
        CorpusError: If one of them has no gold target entities.
    """
    pairs = tuple(corpus.pairs[:limit])
    untagged = next((pair.id for pair in pairs if pair.target.entities is None), None)
    if untagged is not None:
        raise CorpusError(
            f"sentence {untagged!r} has no gold target tags, so there is nothing to score against",
            where=corpus.spec,
            hint="Use xner project to project without scoring",
        )
    return pairs


def _unused_labels(
    pairs: Sequence[SentencePair], predicted: Sequence[tuple[Entity, ...]], labels: Collection[str]
) -> list[str]:
    """Say so where a label that was asked for does not occur: it may be misspelt."""
    used = {e.label for entities in predicted for e in entities}
    used |= {e.label for pair in pairs for e in pair.target.entities or ()}
    missing = [label for label in labels if label not in used]
    return (
        [f"No entity has the label {', '.join(missing)}; there are {', '.join(sorted(used))}"]
        if missing
        else []
    )


def _figures(
    pairs: Sequence[SentencePair],
    predicted: Sequence[tuple[Entity, ...]],
    candidates: Sequence[tuple[Span, ...]],
    labels: Collection[str] | None,
) -> dict[str, Any]:
    gold = [pair.target.entities or () for pair in pairs]
    scores = score_entities(gold, predicted, [len(pair.target.words) for pair in pairs], labels)
    figures = asdict(scores)
    for label, row in figures["per_label"].items():
        row["candidate_recall"] = candidate_recall(gold, candidates, [label])
    return {**figures, "candidate_recall": candidate_recall(gold, candidates, labels)}


def _per_language(
    pairs: Sequence[SentencePair],
    predicted: Sequence[tuple[Entity, ...]],
    candidates: Sequence[tuple[Span, ...]],
    labels: Collection[str] | None,
) -> dict[str, dict[str, Any]]:
    figures = {}
    for lang in dict.fromkeys(pair.target.lang for pair in pairs):
        chosen = [i for i, pair in enumerate(pairs) if pair.target.lang == lang]
        row = _figures(
            [pairs[i] for i in chosen],
            [predicted[i] for i in chosen],
            [candidates[i] for i in chosen],
            labels,
        )
        row.pop("mode")
        figures[lang] = {"n_sentences": len(chosen), **row}
    return figures
