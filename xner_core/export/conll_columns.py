"""What the CoNLL formats share: which sentences are written, and what is lost."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field

from xner_core.config import ComponentConfig
from xner_core.export.conll_rows import OVERLAPS_HELP, SUFFIXES, read_sides
from xner_core.export.format import Format
from xner_core.export.losses import (
    ENTITIES,
    Aspect,
    Loss,
    Overlaps,
    general_losses,
    overlap_losses,
    sentence_loss,
    unwritten_sentences,
)
from xner_core.export.plain_words import plain_losses, plain_word
from xner_core.export.sample import ReadSample, Sample
from xner_core.export.text_files import TextWriter
from xner_core.types import SIDES, Side


class ColumnsConfig(ComponentConfig):
    """The options that CoNLL formats share."""

    side: Literal["target", "source", "both"] = Field(
        default="target", description="The sentences that are written; both makes two parallel files."
    )
    overlaps: Overlaps = Field(default="outermost", description=OVERLAPS_HELP)


ColumnsT = TypeVar("ColumnsT", bound=ColumnsConfig)


class ColumnsFormat(Format[ColumnsT]):
    """Writes a word and its tag a line, one file a side; pairs that lack a sentence are left out."""

    suffixes = SUFFIXES

    @property
    def holds(self) -> frozenset[Aspect]:
        """The words and entities of the sides that are written."""
        return frozenset({"sentence", "words", *(ENTITIES[side] for side in self.sides)})

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that are written."""
        return SIDES if self.config.side == "both" else (self.config.side,)

    def losses(self, sample: Sample) -> Iterator[Loss]:
        """Besides what it does not hold: missing sentences, entities that share words, odd words."""
        missing = [side for side in self.sides if sample.pair.side(side).is_missing]
        if missing:
            yield sentence_loss(sample, why=f"the {missing[0]} sentence is missing")
            return
        yield from general_losses(sample, self.holds)
        yield from unwritten_sentences(sample, (side for side in SIDES if side not in self.sides))
        yield from overlap_losses(sample, self.sides, self.config.overlaps)
        for side in self.sides:
            yield from plain_losses(sample, side, self.plain)

    def write(self, samples: Iterable[Sample], folder: Path, name: str) -> list[Path]:
        """One file a side."""
        paths = {side: folder / f"{name}.{side}.conll" for side in self.sides}
        n_written = 0
        with ExitStack() as stack:
            files = {side: stack.enter_context(TextWriter(path)) for side, path in paths.items()}
            for sample in samples:
                if not any(sample.pair.side(side).is_missing for side in files):
                    for side, file in files.items():
                        file.write(self.head(n_written) + self.rows(sample, side))
                    n_written += 1
        return [paths[side] for side in reversed(SIDES) if side in paths]

    def read(self, path: Path, notices: list[str] | None = None) -> Iterator[ReadSample]:
        """A file's side is in its name, as in `NAME.source.conll`; otherwise it is the option's."""
        return read_sides(path, notices, "source" if self.config.side == "source" else "target")

    def plain(self, word: str) -> str:
        """A word as it is written."""
        return plain_word(word)

    def head(self, n_written: int) -> str:
        """What stands before a sentence; so many were written before it."""
        return ""

    @abstractmethod
    def rows(self, sample: Sample, side: Side) -> str:
        """A sentence as lines, the last of them blank."""
