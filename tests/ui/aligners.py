"""Aligners that work at once, for the tests of what the app does with more than one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

from pydantic import Field

from xner_core.config import Component, ComponentConfig
from xner_core.types import SentencePair, WordAlignment


class DiagonalConfig(ComponentConfig):
    """Options of the diagonal."""

    shift: int = Field(default=0, ge=0, le=3, description="By how many words links are shifted.")
    kind: Literal["sure", "possible"] = Field(default="sure", description="What the links are.")


class DiagonalAligner(Component[DiagonalConfig]):
    """Links words at the same place of their sentences."""

    Config = DiagonalConfig
    model_id = "diagonal"
    gives_links: ClassVar[bool] = True
    learns_from_corpus: ClassVar[bool] = False
    released: ClassVar[list[int]] = []

    def compare(self, pairs: Sequence[SentencePair]) -> Iterator[WordAlignment]:
        for pair in pairs:
            shift = self.config.shift
            length = min(len(pair.source.words), len(pair.target.words) - shift)
            links = [(i, i + shift) for i in range(length)]
            yield WordAlignment.of(links) if self.config.kind == "sure" else WordAlignment.of([], links)

    def load(self) -> None:
        """Nothing to load."""

    def release(self) -> None:
        self.released.append(self.config.shift)
