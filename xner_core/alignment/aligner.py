"""What every aligner can do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar, Protocol

from xner_core.alignment.similarity import SubwordSimilarity
from xner_core.types import SentencePair, WordAlignment


class Aligner(Protocol):
    """Compares the words of sentence pairs.

    Attributes:
        gives_links: Whether it yields links, which are taken as they are, rather than
            similarities, from which an extraction chooses links.
        learns_from_corpus: Whether what it says of a pair depends on the other pairs.
        files: The files and folders that its answers depend on.
    """

    gives_links: ClassVar[bool]
    learns_from_corpus: ClassVar[bool]

    @property
    def files(self) -> tuple[Path, ...]:
        """See the class."""
        ...

    @property
    def model_id(self) -> str:
        """The model or file that its answers come from."""
        ...

    def compare(self, pairs: Sequence[SentencePair]) -> Iterator[SubwordSimilarity | WordAlignment]:
        """Yield the similarities of each pair, in order; or its links, if it gives links."""
        ...

    def load(self) -> None:
        """Load the model now, rather than with the first pair."""
        ...

    def release(self) -> None:
        """Let go of the model's memory."""
        ...
