"""Sentences whose entities and links are written by hand, projected and diagnosed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from tests.builders import blank_pair
from xner_core.config import Choice, PipelineConfig
from xner_core.diagnosis import Diagnosed, Diagnosis, Means, diagnose
from xner_core.types import AlignedPair, Entity, Link, ProjectionProblem, SentencePair, Span, WordAlignment

N = 10
"""Words on either side."""
Written = tuple[int, int, str]


def read(entities: Iterable[Written] | None) -> tuple[Entity, ...] | None:
    if entities is None:
        return None
    return tuple(Entity(Span(start, end), label) for start, end, label in entities)


def sentence(
    gold: Iterable[Written], source: Iterable[Written] | None, gold_links: Collection[Link] | None = None
) -> SentencePair:
    """A pair with gold target entities and, where there are any, gold source entities and links."""
    pair = blank_pair(N, N)
    return replace(
        pair,
        source=replace(pair.source, entities=read(source)),
        target=replace(pair.target, entities=read(gold)),
        gold_alignment=None if gold_links is None else WordAlignment.of(gold_links),
    )


def diagonal(*words: int) -> list[Link]:
    return [(word, word) for word in words]


def diagnosed(
    pair: SentencePair,
    links: Collection[Link],
    *,
    tagged: Sequence[Written] | None = None,
    projector: str = "ilp",
    candidates: str = "aligned",
    scorer: Choice | None = None,
    labels: Collection[str] | None = None,
) -> Diagnosis:
    """Project a pair and diagnose it; the gold source entities are tagged where nothing else is said."""
    means = Means.of(
        PipelineConfig(
            projector=Choice(name=projector),
            candidates=Choice(name=candidates),
            scorer=scorer or Choice(name="alignment"),
        )
    )
    entities = read(tagged) if tagged is not None else pair.source.entities or ()
    assert entities is not None
    aligned = AlignedPair(pair, entities, WordAlignment.of(links))
    spans = means.generator.generate(aligned)
    problem = ProjectionProblem.of(aligned, spans, means.scorer.score(aligned, spans))
    found = diagnose(pair, problem, means.projector.project(problem), means, labels=labels)
    assert found is not None
    return found


def only(diagnosis: Diagnosis) -> Diagnosed:
    [error] = diagnosis.errors
    return error


def what(diagnosis: Diagnosis) -> list[tuple[str, str, str]]:
    return [(error.kind, error.detail, error.stage) for error in diagnosis.errors]
