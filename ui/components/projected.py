"""One sentence as the chosen settings, a second projector and the pinned settings project it."""

from __future__ import annotations

from dataclasses import dataclass

from ui import cache
from ui.cache import Alternatives, ByHand
from ui.components.settings import Settings
from xner_core.config import PipelineConfig
from xner_core.types import Corpus, Projection, ProjectionProblem, SentencePair
from xner_core.viz.changes import Projected
from xner_core.viz.palette import PROJECTOR_NAMES

PINNED = "pinned"
"""The name of the pinned settings for the reader."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What Inspect shows of one sentence.

    Attributes:
        problem: What is projected.
        chosen: By the chosen projector.
        one: The first of the two projectors that are compared.
        other: The second one.
        beside: The second projector if somebody asked for one; it has a lane of its own.
        pinned: By the pinned settings, if there are any.
        configs: The settings by the projector's name for the reader; those of `one`, `other` and
            `chosen`.
        alternatives: To the exact matching.
    """

    problem: ProjectionProblem
    chosen: Projected
    one: Projected
    other: Projected
    beside: Projected | None
    pinned: Projected | None
    configs: dict[str, PipelineConfig]
    alternatives: Alternatives

    @property
    def projection(self) -> Projection:
        """The chosen one."""
        return self.chosen.projection

    @property
    def lanes(self) -> list[Projected]:
        """Those that have a lane besides the chosen one."""
        return [each for each in (self.beside, self.pinned) if each is not None]


def project(corpus: Corpus, pair: SentencePair, settings: Settings, by_hand: ByHand) -> Shown:
    """Project a sentence in all the ways that are looked at."""
    problem = cache.problem(corpus, pair, settings.config, by_hand)
    two = ("greedy", "ilp") if settings.beside is None else (settings.beside, settings.projector)
    configs = {
        name: settings.config.model_copy(update={"projector": settings.other(name)})
        for name in dict.fromkeys((settings.projector, *two, "ilp"))
    }
    projected = {
        name: Projected(
            PROJECTOR_NAMES[name], problem.source_entities, cache.projection(corpus, pair, config, by_hand)
        )
        for name, config in configs.items()
    }
    pinned = None
    if settings.pinned is not None:
        entities = cache.problem(corpus, pair, settings.pinned, by_hand).source_entities
        pinned = Projected(PINNED, entities, cache.projection(corpus, pair, settings.pinned, by_hand))
    shown = dict.fromkeys((settings.projector, *two))
    return Shown(
        problem,
        projected[settings.projector],
        projected[two[0]],
        projected[two[1]],
        None if settings.beside is None else projected[settings.beside],
        pinned,
        {PROJECTOR_NAMES[name]: configs[name] for name in shown},
        cache.what_if(corpus, pair, configs["ilp"], by_hand),
    )
