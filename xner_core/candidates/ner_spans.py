"""What a tagger takes for entities of the target sentence, as candidates."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from xner_core.candidates.generator import RuledGenerator
from xner_core.candidates.rules import SpanRules
from xner_core.errors import ConfigError
from xner_core.tags import most_probable_entities
from xner_core.types import AlignedPair, Span


class NerSpanRules(SpanRules):
    """Options of predicted candidates."""

    sub_ranges: bool = Field(default=False, description="Every range within a predicted span too.")


class NerSpans(RuledGenerator[NerSpanRules]):
    """The entities that target_ner predicts, whatever their label."""

    Config = NerSpanRules
    requires = "a tagger of the target sentence (target_ner)"

    def propose(self, aligned: AlignedPair) -> Iterator[Span]:
        """See `RuledGenerator`.

        Raises:
            ConfigError: If no tagger has looked at the target sentence.
        """
        if aligned.target_tags is None:
            raise ConfigError(
                "the candidates 'ner' are what a tagger finds in the target sentence, and there is none",
                where=f"sentence {aligned.pair.id!r}",
                hint="Choose a target_ner: transformers:MODEL or file:PATH",
            )
        for entity in most_probable_entities(aligned.target_tags):
            span = entity.span
            if not self.config.sub_ranges:
                yield span
                continue
            for start in range(span.start, span.end):
                for end in range(start + 1, span.end + 1):
                    yield Span(start, end)
