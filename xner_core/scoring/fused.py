"""Several scores added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, cast

from pydantic import Field, field_validator

from xner_core.config import Choice, Component, ComponentConfig
from xner_core.errors import ConfigError
from xner_core.scoring.scorer import Scorer
from xner_core.types import AlignedPair, ScoreMatrix, ScorePart, Span

DEFAULT_FORMULA = "0.7*alignment:words + 0.3*name"
_EXAMPLE = "Write weights and scorers, as in 0.5*alignment + 0.5*ner:any"


class FusedPart(ComponentConfig):
    """A scorer, its weight in the sum and its own options."""

    name: str = Field(description="The scorer, as in ner:any.")
    weight: float = Field(
        default=1.0, gt=0, allow_inf_nan=False, description="What its scores are multiplied by."
    )
    options: dict[str, Any] = Field(default={}, description="Its options that differ from their defaults.")


class FusedConfig(ComponentConfig):
    """Options of the fused score.

    Formula and threshold are measured on the demonstration corpus and MasakhaNER2: the
    best of those that lose to the alignment score alone on none of them. Names of
    more weight help distant languages more, but cut names whose words are in another order.
    """

    parts: tuple[FusedPart, ...] = Field(
        # Kept as text, so that a list of options shows it as a person would write it.
        default=cast("tuple[FusedPart, ...]", DEFAULT_FORMULA),
        validate_default=True,
        min_length=1,
        description="What is added up, as in 0.5*alignment + 0.5*ner:any + 1*translation.",
    )
    threshold: float = Field(default=0.45, ge=0, description="Sums below it count as 0.")

    @field_validator("parts", mode="before")
    @classmethod
    def _read_formula(cls, value: Any) -> Any:
        return parse_formula(value) if isinstance(value, str) else value


class FusedScore(Component[FusedConfig]):
    """A weighted sum of other scores, as in fused:0.5*alignment+0.5*name.

    Each score keeps its own threshold, which is applied before it is weighted.
    Politov et al. 2025 (arXiv 2501.18750) publish *all_fusion* as the best on
    average: 0.5*alignment + 0.5*ner:any + 1*translation.
    """

    Config = FusedConfig
    argument = "parts"

    def __init__(self, config: FusedConfig | None = None) -> None:
        """Make the scorers of all parts.

        Raises:
            ConfigError: If a part names no scorer, or a fused one, or has bad options.
        """
        super().__init__(config)
        self._scorers: list[tuple[str, float, Scorer]] = []
        seen: Counter[str] = Counter()
        for part in self.config.parts:
            if part.name.partition(":")[0] == "fused":
                raise ConfigError(
                    "a fused score cannot be part of another",
                    hint="Write all scorers with their weights into one formula",
                )
            seen[part.name] += 1
            label = part.name if seen[part.name] == 1 else f"{part.name} ({seen[part.name]})"
            scorer = Choice(name=part.name, options=part.options).build("scorer")
            self._scorers.append((label, part.weight, scorer))

    def score(self, aligned: AlignedPair, candidates: Sequence[Span]) -> ScoreMatrix:
        """See `Scorer`; the parts are named as in the formula."""
        parts = {}
        for label, weight, scorer in self._scorers:
            (part,) = scorer.score(aligned, candidates).parts.values()  # only a fused score has several
            parts[label] = ScorePart(part.raw, weight * part.weight, part.threshold)
        return ScoreMatrix.of(parts, self.config.threshold)

    @property
    def model_ids(self) -> tuple[str, ...]:
        """See `Scorer`."""
        return tuple(dict.fromkeys(name for _, _, scorer in self._scorers for name in scorer.model_ids))

    def release(self) -> None:
        """See `Scorer`."""
        for _, _, scorer in self._scorers:
            scorer.release()


def parse_formula(text: str) -> tuple[FusedPart, ...]:
    """Read `0.5*alignment + name`; a scorer without a weight has 1.

    Raises:
        ConfigError: If a term is empty, or its weight is no positive number.
    """
    return tuple(_parse_term(term.strip(), text) for term in text.split("+"))


def _parse_term(term: str, formula: str) -> FusedPart:
    weight, star, name = term.partition("*")
    if not star:
        weight, name = "1", term
    name = name.strip()
    if not name:
        raise ConfigError(f"a scorer is missing in the formula {formula!r}", hint=_EXAMPLE)
    try:
        return FusedPart(name=name, weight=float(weight))
    except ValueError:  # pydantic's errors are ValueErrors too
        raise ConfigError(
            f"{weight.strip()!r}, the weight of {name!r} in the formula {formula!r}, is no positive number",
            hint=_EXAMPLE,
        ) from None
