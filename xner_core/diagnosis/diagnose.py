"""The errors of one sentence, each with the stage it is owed to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from xner_core.diagnosis.details import Detail, detail_of
from xner_core.diagnosis.steps import STEPS, Means, Stage, Step, StepName, take_steps
from xner_core.evaluation.spans import Judged, Kind, classify
from xner_core.types import (
    BackTranslation,
    Entity,
    Projection,
    ProjectionProblem,
    SentencePair,
    TagProbabilities,
)


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """An error of a sentence.

    Attributes:
        kind: What is wrong, never `correct`; see `evaluation.spans.classify`.
        detail: What is wrong more precisely; see `details.detail_of`.
        gold: The gold entity; None where it is spurious.
        predicted: The predicted entity matched with it; None where it is missed.
        stage: What it is owed to; see `diagnose`.
        untested: The steps that could not be tested.
    """

    kind: Kind
    detail: Detail
    gold: Entity | None
    predicted: Entity | None
    stage: Stage
    untested: tuple[StepName, ...] = ()

    @property
    def label(self) -> str:
        """The gold label, or the predicted one where there is no gold."""
        return self.gold.label if self.gold else self.predicted.label if self.predicted else ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is wrong with a sentence, and what each step would have changed.

    Attributes:
        gold: The gold entities that count.
        errors: Ordered by first word.
        steps: The projection as it was, then after each step; only the entities that count.
    """

    gold: tuple[Entity, ...]
    errors: tuple[Diagnosed, ...]
    steps: tuple[Step, ...]


def diagnose(
    pair: SentencePair,
    problem: ProjectionProblem,
    projection: Projection,
    means: Means,
    *,
    target_tags: TagProbabilities | None = None,
    back_translation: BackTranslation | None = None,
    tagged: tuple[Entity, ...] | None = None,
    labels: Collection[str] | None = None,
) -> Diagnosis | None:
    """Name a sentence's errors, and attribute each to a stage by counterfactual.

    The sentence is projected again with the stages done by gold one after the other, each step
    keeping those before it (`steps.take_steps`): gold source entities, gold alignment, gold spans
    among the candidates, exact solver, perfect scores. No tagger and no aligner is called; a
    scorer with a model of its own is.

    A gold entity that was not found is *gone* as an error where a step finds it, a predicted
    one that is spurious where a step does not predict it. An error is owed to the first step
    after which it is gone and stays gone: one that comes back later is owed to the step that
    settles it. What perfect scores settle is owed to the `scores` where all steps before were tested,
    and is `open` where one was not: it may be owed to that stage as well. What is never settled has
    no counterpart: no source entity of its label is left for it, or no gold entity for its source
    entity. It is owed to `gold`, whose two sides differ, or to the `source`, where gold source
    entities are not known.

    Args:
        pair: The sentences; with gold source entities and gold alignment where there are any.
        problem: What was projected.
        projection: The projector's answer to it.
        means: What candidates, scores and projection are made by: `Means.of(config)`.
        target_tags: A tagger's view of the target sentence, where candidates or scores need it.
        back_translation: What the source sentence became before it was aligned, if anything.
        tagged: The entities found in the source sentence, where that differs from the problem's.
        labels: Only entities with these labels count, on both sides; all where None.

    Returns:
        The errors; None where there are no gold target entities.

    Raises:
        ConfigError: If a score or the candidates lack what they are made from.
    """
    if pair.target.entities is None:
        return None
    steps = take_steps(
        pair,
        problem,
        projection,
        means,
        target_tags=target_tags,
        back_translation=back_translation,
        tagged=tagged,
    )
    everything = steps[0].predicted
    steps = tuple(Step(one.name, one.tested, _counted(one.predicted, labels)) for one in steps)
    gold = _counted(pair.target.entities, labels)
    untested = tuple(name for name, step in zip(STEPS, steps[1:], strict=True) if not step.tested)
    errors = tuple(
        Diagnosed(
            one.kind,
            detail_of(one, pair.target.entities, everything, problem, projection),
            one.gold,
            one.predicted,
            _stage(one, steps, untested),
            untested,
        )
        for one in classify(gold, steps[0].predicted)
        if one.kind != "correct"
    )
    return Diagnosis(gold, errors, steps)


def diagnose_tagged(
    pair: SentencePair, found: Sequence[Entity], labels: Collection[str] | None = None
) -> Diagnosis | None:
    """Name the errors of a target sentence that was tagged itself: all are owed to the tagger.

    Args:
        pair: The sentences.
        found: What the tagger found in the target sentence.
        labels: As in `diagnose`.

    Returns:
        The errors, with one step in which gold tags; None where there are no gold target entities.
    """
    if pair.target.entities is None:
        return None
    gold, predicted = _counted(pair.target.entities, labels), _counted(found, labels)
    errors = tuple(
        Diagnosed(
            one.kind, detail_of(one, pair.target.entities, tuple(found)), one.gold, one.predicted, "ner"
        )
        for one in classify(gold, predicted)
        if one.kind != "correct"
    )
    return Diagnosis(gold, errors, (Step("run", True, predicted), Step("ner", True, gold)))


def _counted(entities: Sequence[Entity], labels: Collection[str] | None) -> tuple[Entity, ...]:
    return tuple(sorted(one for one in entities if labels is None or one.label in labels))


def _stage(judged: Judged, steps: Sequence[Step], untested: Sequence[StepName]) -> Stage:
    """The first step after which the error is gone and stays gone."""
    still_there = [
        index
        for index, step in enumerate(steps)
        if (judged.gold not in step.predicted if judged.gold else judged.predicted in step.predicted)
    ]
    settled = max(still_there) + 1
    if settled < len(steps) - 1:
        return STEPS[settled - 1]
    if settled < len(steps):
        return "open" if untested else "scores"
    return "source" if "ner" in untested else "gold"
