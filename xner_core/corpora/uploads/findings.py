"""What is wrong in a file, line by line."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from xner_core.errors import CorpusError

MOST_LISTED = 100
"""So many findings of each kind are listed, the others counted."""


class Finding(NamedTuple):
    """Something in a file that is not as it should be.

    Attributes:
        file: The file's name.
        line: The 1-based line; None where it is the whole file.
        what: What is wrong.
        hint: What to do.
        is_problem: Whether it was left out; else it was changed and kept.
    """

    file: str
    line: int | None
    what: str
    hint: str
    is_problem: bool

    @classmethod
    def of(cls, error: CorpusError, is_problem: bool) -> Finding:
        """What an error says."""
        file = "" if error.path is None else Path(error.path).name
        return cls(file, error.line, error.what, error.hint or "", is_problem)


class Findings:
    """Collects what readers report.

    Attributes:
        listed: The first findings of each kind, in order.
        n_problems: Number of problems: what has one is left out.
        n_changes: Number of changes: what was changed is kept.
    """

    def __init__(self) -> None:
        self.listed: list[Finding] = []
        self.n_problems = 0
        self.n_changes = 0

    def problem(self, error: CorpusError) -> None:
        """Take in why something was left out."""
        self.n_problems += 1
        if self.n_problems <= MOST_LISTED:
            self.listed.append(Finding.of(error, is_problem=True))

    def change(self, error: CorpusError) -> None:
        """Take in how something was changed."""
        self.n_changes += 1
        if self.n_changes <= MOST_LISTED:
            self.listed.append(Finding.of(error, is_problem=False))
