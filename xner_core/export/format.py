"""What every format is: a writer and a reader of one tool's files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

from xner_core.config import Component, ConfigT
from xner_core.export.losses import Aspect, Loss, general_losses
from xner_core.export.sample import ReadSample, Sample


class Format(Component[ConfigT], ABC):
    """Writes samples as files of another tool, and reads them back.

    Attributes:
        title: Its name for the reader.
        read_by: Who reads it, as a phrase: `Label Studio`.
        holds: What of a sample the files have; all else is a loss that `losses` names.
        suffixes: How the names of the files end that `read` takes, with the dot.
    """

    title: ClassVar[str]
    read_by: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]

    @property
    @abstractmethod
    def holds(self) -> frozenset[Aspect]:
        """What of a sample the files have, with these options."""

    def losses(self, sample: Sample) -> Iterator[Loss]:
        """What of a sample the files will not have."""
        yield from general_losses(sample, self.holds)

    @abstractmethod
    def write(self, samples: Iterable[Sample], folder: Path, name: str) -> list[Path]:
        """Write samples as they come, without keeping them all.

        Args:
            samples: The samples.
            folder: An empty folder.
            name: What the files are called, without a suffix.

        Returns:
            The files, in the order a reader should look at them.

        Raises:
            ExportError: If a sample cannot be written at all and `losses` does not say so.
        """

    @abstractmethod
    def read(self, path: Path, notices: list[str] | None = None) -> Iterator[ReadSample]:
        """Read a file, or the folder that `write` wrote.

        Args:
            path: The file or folder.
            notices: Takes what was repaired or guessed, one sentence each; complete once all is read.

        Raises:
            ExportError: If it is not such a file; the message names the file and the line.
        """
