"""The sentence projected again, one stage after the other done by gold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

import numpy as np

from xner_core.candidates.generator import CandidateGenerator
from xner_core.config import PipelineConfig
from xner_core.projection.ilp import IlpConfig, IlpProjector
from xner_core.projection.projector import Projector
from xner_core.scoring.scorer import Scorer
from xner_core.types import (
    AlignedPair,
    BackTranslation,
    Entity,
    Projection,
    ProjectionProblem,
    ScoreMatrix,
    SentencePair,
    TagProbabilities,
    WordAlignment,
)

StepName = Literal["ner", "alignment", "candidates", "solver", "scores"]
STEPS: tuple[StepName, ...] = get_args(StepName)
"""In the order in which they are taken; each keeps what those before it changed."""
Stage = Literal["ner", "alignment", "candidates", "solver", "scores", "open", "gold", "source"]
STAGES: tuple[Stage, ...] = get_args(Stage)
_A_LITTLE = 1e-4
"""So little that no sentence has enough entities to make up for one that is not found."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is projected after a step.

    Attributes:
        name: `run` for the projection as it was, else the stage that gold has done.
        tested: Whether there was what the step needs. Where there was not, it changes nothing.
        predicted: The projected entities, in order.
    """

    name: Literal["run", "ner", "alignment", "candidates", "solver", "scores"]
    tested: bool
    predicted: tuple[Entity, ...]


@dataclass(frozen=True)
class Means:
    """What candidates, scores and projection are made by; cheap to make, good for any number of sentences.

    Attributes:
        generator: Proposes the candidates.
        scorer: Scores them.
        projector: Projects.
        exact: The exact projector, with the options that it shares with `projector`.
    """

    generator: CandidateGenerator
    scorer: Scorer
    projector: Projector
    exact: Projector

    @classmethod
    def of(cls, config: PipelineConfig) -> Means:
        """Make them as a pipeline does.

        Raises:
            ConfigError: If a component or an option does not exist.
        """
        return cls.with_exact(
            config.candidates.build("candidates"),
            config.scorer.build("scorer"),
            config.projector.build("projector"),
        )

    @classmethod
    def with_exact(cls, generator: CandidateGenerator, scorer: Scorer, projector: Any) -> Means:
        """Find the exact projector that belongs to another one."""
        if isinstance(projector, IlpProjector):
            return cls(generator, scorer, projector, projector)
        options = projector.config.model_dump()
        shared = {name: options[name] for name in IlpConfig.model_fields if name in options}
        return cls(generator, scorer, projector, IlpProjector(IlpConfig(**shared)))


def take_steps(
    pair: SentencePair,
    problem: ProjectionProblem,
    projection: Projection,
    means: Means,
    *,
    target_tags: TagProbabilities | None = None,
    back_translation: BackTranslation | None = None,
    tagged: tuple[Entity, ...] | None = None,
) -> tuple[Step, ...]:
    """Project a sentence again and again, each time with one more stage done by gold.

    `ner`: the gold source entities. `alignment`: the gold links, sure and possible, as the similarity
    too (1 where linked, else 0). `candidates`: every gold target span is a candidate, besides those
    that the generator proposes; the scorer scores it as any other. `solver`: the exact projector.
    `scores`: 1 for a source entity and a gold span of its label; an entity that no gold span needs
    stays where it was. What is wrong even so has no counterpart on the other side.

    A step that lacks its gold is not tested. Where the sentence was back-translated, neither
    gold alignment nor other source entities fit what was aligned, and entities may be lost.

    Args:
        pair: The sentences, with gold target entities.
        problem: What was projected.
        projection: The projector's answer to it.
        means: What candidates, scores and projection are made by.
        target_tags: A tagger's view of the target sentence, where candidates or scores need it.
        back_translation: What the source sentence became before it was aligned, if anything.
        tagged: The entities found in the source sentence, where that differs from the problem's.

    Raises:
        ConfigError: If a score or the candidates lack what they are made from.
    """
    gold_source, gold_links = pair.source.entities, pair.gold_alignment
    found = problem.source_entities if tagged is None else tagged
    is_gold = gold_source is not None and set(gold_source) == set(found)
    is_gold = is_gold and (back_translation is None or not back_translation.lost)
    state = AlignedPair(pair, problem.source_entities, problem.alignment, target_tags)
    if back_translation is not None:
        state = replace(state, pair=back_translation.pair)
    taken = [Step("run", True, projection.target_entities)]

    tested = is_gold or (gold_source is not None and back_translation is None)
    if tested and not is_gold:
        state = replace(state, source_entities=tuple(sorted(gold_source or ())))
        problem = _problem(state, means, means.generator.generate(state))
        projection = means.projector.project(problem)
    taken.append(Step("ner", tested, projection.target_entities))

    tested = gold_links is not None and back_translation is None
    if gold_links is not None and tested:
        state = replace(state, alignment=_certain(gold_links, state))
        problem = _problem(state, means, means.generator.generate(state))
        projection = means.projector.project(problem)
    taken.append(Step("alignment", tested, projection.target_entities))

    missing = {entity.span for entity in pair.target.entities or ()} - set(problem.candidates)
    if missing:
        problem = _problem(state, means, tuple(sorted({*problem.candidates, *missing})))
        projection = means.projector.project(problem)
    taken.append(Step("candidates", True, projection.target_entities))

    if means.exact is not means.projector:
        projection = means.exact.project(problem)
    taken.append(Step("solver", True, projection.target_entities))

    perfect = _perfect(problem, projection, pair.target.entities or ())
    return (*taken, Step("scores", True, means.exact.project(perfect).target_entities))


def _perfect(problem: ProjectionProblem, projection: Projection, gold: Sequence[Entity]) -> ProjectionProblem:
    """The same problem with scores that know gold.

    Of equally many gold entities they keep those that were found. An entity that no gold entity
    needs stays where it was projected: it has no counterpart, which no score can make up.
    """
    found = set(projection.target_entities)
    wanted = {entity: 1.0 + _A_LITTLE * (entity in found) for entity in gold}
    columns = {span: index for index, span in enumerate(problem.candidates)}
    values = np.zeros((len(problem.source_entities), len(problem.candidates)))
    for match in projection.matches:
        if match.target.span in columns:
            values[match.entity, columns[match.target.span]] = _A_LITTLE**2
    for row, source in enumerate(problem.source_entities):
        for entity, score in wanted.items():
            if entity.label == source.label:
                values[row, columns[entity.span]] = score
    return replace(problem, scores=ScoreMatrix(values, {}))


def _problem(state: AlignedPair, means: Means, candidates: Any) -> ProjectionProblem:
    return ProjectionProblem.of(state, candidates, means.scorer.score(state, candidates))


def _certain(links: WordAlignment, state: AlignedPair) -> WordAlignment:
    shape = len(state.pair.source.words), len(state.pair.target.words)
    return replace(links, similarity=links.matrix(*shape).astype(np.float32))
