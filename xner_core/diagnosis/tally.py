"""The errors of many sentences, counted: what each stage costs in F1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from xner_core.diagnosis.diagnose import Diagnosis
from xner_core.types import Entity

Item = tuple[bool, Entity]
"""Whether it is a gold entity that is missing, and the entity; else one that was wrongly predicted."""


@dataclass(slots=True)
class StepCounts:
    """What is right and wrong after a step.

    Attributes:
        tested: Sentences in which the step could be tested.
        correct: Predicted entities that are right.
        predicted: Predicted entities.
        gone: Errors of the step before that are gone: missing gold entities that were
            found, and wrong predictions that are no longer made.
        new: Errors that the step before did not have.
    """

    tested: int = 0
    correct: int = 0
    predicted: int = 0
    gone: int = 0
    new: int = 0

    def add(self, other: StepCounts) -> None:
        """Count what another one has counted too."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    def f1(self, gold: int) -> float:
        """Micro-averaged F1; 0 where nothing is predicted and there is no gold."""
        return 2 * self.correct / (self.predicted + gold) if self.predicted + gold else 0.0


@dataclass
class Tally:
    """Counts over the sentences of a language, or of several.

    Attributes:
        sentences: How many were counted.
        gold: Their gold entities.
        steps: Step → counts, in the order of the steps; the first is `run`.
        errors: (kind, detail, stage) → number of errors of the run.
    """

    sentences: int = 0
    gold: int = 0
    steps: dict[str, StepCounts] = field(default_factory=dict)
    errors: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def count(self, diagnosis: Diagnosis) -> None:
        """Count a sentence."""
        self.sentences += 1
        self.gold += len(diagnosis.gold)
        self.errors.update((one.kind, one.detail, one.stage) for one in diagnosis.errors)
        gold = set(diagnosis.gold)
        before = _wrong(gold, diagnosis.steps[0].predicted)
        for step in diagnosis.steps:
            wrong = _wrong(gold, step.predicted)
            counts = StepCounts(
                tested=int(step.tested),
                correct=len(gold.intersection(step.predicted)),
                predicted=len(step.predicted),
                gone=len(before - wrong),
                new=len(wrong - before),
            )
            self.steps.setdefault(step.name, StepCounts()).add(counts)
            before = wrong

    def add(self, other: Tally) -> None:
        """Count the sentences of another tally too."""
        self.sentences += other.sentences
        self.gold += other.gold
        self.errors.update(other.errors)
        for name, counts in other.steps.items():
            self.steps.setdefault(name, StepCounts()).add(counts)

    def bars(self) -> list[dict[str, Any]]:
        """The way from the run's F1 to 1, stage by stage.

        Returns:
            One dict a step with `stage, f1` (after it), `difference` (to the step before it; it may be
            negative), `tested` (sentences), `gone, new`. The first is `run`. `scores` is called `open`
            where a step before could not be tested in every sentence. The last one leads to 1: it is
            `gold`, or `source` where gold source entities are not known everywhere; the tagger's own
            step where nothing is projected. So all differences add up to 1. Empty where there is no
            gold entity.
        """
        if not self.gold:
            return []
        bars: list[dict[str, Any]] = []
        f1 = 0.0
        whole = all(counts.tested == self.sentences for counts in self.steps.values())
        for name, counts in self.steps.items():
            after = counts.f1(self.gold)
            bars.append(
                {
                    "stage": "open" if name == "scores" and not whole else name,
                    "f1": after,
                    "difference": after - f1,
                    "tested": counts.tested,
                    "gone": counts.gone,
                    "new": counts.new,
                }
            )
            f1 = after
        if "scores" not in self.steps:
            return bars
        last = self.steps["scores"]
        rest = self.gold + last.predicted - 2 * last.correct
        bars.append(
            {
                "stage": "gold" if self.steps["ner"].tested == self.sentences else "source",
                "f1": 1.0,
                "difference": 1.0 - f1,
                "tested": self.sentences,
                "gone": rest,
                "new": 0,
            }
        )
        return bars


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    everything = Tally()
    for one in tallies:
        everything.add(one)
    return everything


def _wrong(gold: set[Entity], predicted: Iterable[Entity]) -> set[Item]:
    """What F1 counts as wrong: gold entities that are missing and predictions that are not gold."""
    made = set(predicted)
    return {(True, one) for one in gold - made} | {(False, one) for one in made - gold}
