"""What an export leaves out, summed up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from xner_core.export.format import Format
from xner_core.export.losses import ASPECTS, Aspect, Loss
from xner_core.export.sample import Sample

MOST_EXAMPLES = 5
"""So many losses of each kind are named; the others are counted."""


@dataclass
class LossSummary:
    """What the files lack, by kind.

    Attributes:
        n_samples: Number of sentence pairs that were looked at.
        losses: Losses by kind.
        samples: Sentence pairs by the kinds of what they lose.
        examples: The first losses of each kind.
    """

    n_samples: int = 0
    losses: Counter[Aspect] = field(default_factory=Counter)
    samples: Counter[Aspect] = field(default_factory=Counter)
    examples: dict[Aspect, list[Loss]] = field(default_factory=lambda: defaultdict(list))

    def add(self, losses: Iterable[Loss]) -> None:
        """Take in what one sentence pair loses."""
        self.n_samples += 1
        aspects = set()
        for loss in losses:
            aspects.add(loss.aspect)
            self.losses[loss.aspect] += 1
            if len(self.examples[loss.aspect]) < MOST_EXAMPLES:
                self.examples[loss.aspect].append(loss)
        self.samples.update(aspects)

    @property
    def n_losses(self) -> int:
        """Number of all losses."""
        return self.losses.total()

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        """The kinds of what is lost, in the order in which they are always named."""
        return tuple(aspect for aspect in ASPECTS if self.losses[aspect])

    def as_data(self) -> dict[str, Any]:
        """The summary as plain JSON."""
        return {
            "n_samples": self.n_samples,
            "n_losses": self.n_losses,
            "aspects": {
                aspect: {
                    "losses": self.losses[aspect],
                    "sentences": self.samples[aspect],
                    "examples": [
                        {"sentence": loss.sample, "side": loss.side, "what": loss.what}
                        for loss in self.examples[aspect]
                    ],
                }
                for aspect in self.aspects
            },
        }


def announce(file_format: Format[Any], samples: Iterable[Sample]) -> LossSummary:
    """What the files of a format would lack.

    Args:
        file_format: The format, with its options.
        samples: What would be written.
    """
    summary = LossSummary()
    for sample in samples:
        summary.add(file_format.losses(sample))
    return summary
