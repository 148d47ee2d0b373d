"""What every candidate generator can do, and what they share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from xner_core.candidates.rules import SpanRules
from xner_core.config import Component
from xner_core.types import AlignedPair, SentencePair, Span

RulesT = TypeVar("RulesT", bound=SpanRules)


class CandidateGenerator(Protocol):
    """Proposes target spans."""

    def check(self, pairs: Sequence[SentencePair]) -> list[str]:
        """Look at all pairs before the work begins.

        Returns:
            What the reader should know of them, one sentence each.

        Raises:
            XnerError: If there can be no candidates for them.
        """
        ...

    def generate(self, aligned: AlignedPair) -> tuple[Span, ...]:
        """Propose spans, sorted and without repetition."""
        ...


class RuledGenerator(Component[RulesT]):
    """Base of the generators: what one proposes is a candidate where the rules allow it."""

    @abstractmethod
    def propose(self, aligned: AlignedPair) -> Iterable[Span]:
        """Propose spans in any order; the rules are applied to them afterwards."""

    def check(self, pairs: Sequence[SentencePair]) -> list[str]:
        """See `CandidateGenerator`."""
        return []

    def generate(self, aligned: AlignedPair) -> tuple[Span, ...]:
        """See `CandidateGenerator`."""
        return self.config.keep(self.propose(aligned), aligned.pair.target)
