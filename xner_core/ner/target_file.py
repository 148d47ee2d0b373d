"""Tag probabilities from a file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from xner_core.config import Component, ComponentConfig
from xner_core.errors import ConfigError, CorpusError
from xner_core.files import read_rows
from xner_core.ner.iob2 import to_iob2
from xner_core.types import SentencePair, TagProbabilities

_HINT = "A line needs id, tags, and values: for each word the probability of each tag"
_ROUNDING = 0.02
"""How far the sum of a row may be from 1: figures are often written with two or three decimals."""


class FileTargetTaggerConfig(ComponentConfig):
    """Options of imported tag probabilities."""

    path: str | None = Field(default=None, description="A file of JSON lines with id, tags and values.")


class ProbabilityRow(BaseModel):
    """One line: what a tagger thinks of the target words of one pair.

    Attributes:
        tags: IOB2, IOBES or labels without a prefix; one of them may be `O`.
        values: For each word the probability of each tag.
    """

    model_config = ConfigDict(strict=True, extra="ignore")

    id: str
    tags: list[str]
    values: list[list[float]]


class FileTargetTagger(Component[FileTargetTaggerConfig]):
    """Tag probabilities that another tool has written: file:PATH."""

    Config = FileTargetTaggerConfig
    argument = "path"
    requires = "a file of tag probabilities"
    notices: tuple[str, ...] = ()

    def __init__(self, config: FileTargetTaggerConfig | None = None) -> None:
        super().__init__(config)
        self._lines: dict[str, tuple[int, TagProbabilities]] = {}
        self._model_ids: tuple[str, ...] = ()

    def probabilities(self, pairs: Sequence[SentencePair]) -> list[TagProbabilities | None]:
        """See `TargetTagger`.

        Raises:
            ConfigError: If no file is named.
            CorpusError: If the file is bad, lacks a pair or has another number of words for it.
        """
        if not self.config.path:
            raise ConfigError("the target_ner 'file' needs a file", hint="Write file:PATH")
        path = Path(self.config.path)
        if not self._lines:
            self._lines = _lines(path)
            digest = hashlib.sha256(path.expanduser().read_bytes()).hexdigest()
            self._model_ids = (f"{path.name} sha256:{digest[:16]}",)
        return [self._of(pair, path) for pair in pairs]

    @property
    def model_ids(self) -> tuple[str, ...]:
        """See `TargetTagger`: a file has no model, so its name and the start of its SHA-256."""
        return self._model_ids

    def release(self) -> None:
        """See `TargetTagger`."""
        self._lines = {}

    def _of(self, pair: SentencePair, path: Path) -> TagProbabilities:
        if pair.id not in self._lines:
            raise CorpusError(
                f"it has no line for the sentence {pair.id!r}; its first is {next(iter(self._lines))!r}",
                path=path,
                hint="Use the ids of the corpus, as xner project prints them",
            )
        number, found = self._lines[pair.id]
        n_words = len(pair.target.words)
        if len(found.values) != n_words:
            raise CorpusError(
                f"sentence {pair.id!r}: values of {len(found.values)} words for {n_words} target words",
                path=path,
                line=number,
                hint="Tag the target words as the corpus has them",
            )
        return found


def _lines(path: Path) -> dict[str, tuple[int, TagProbabilities]]:
    lines: dict[str, tuple[int, TagProbabilities]] = {}
    for number, row in read_rows(path, ProbabilityRow, _HINT):
        problem = f"there is a line already: {lines[row.id][0]}" if row.id in lines else _problem(row)
        if problem:
            raise CorpusError(f"sentence {row.id!r}: {problem}", path=path, line=number, hint=_HINT)
        values = _matrix(row)
        lines[row.id] = number, to_iob2(row.tags, values / values.sum(axis=1, keepdims=True))
    return lines


def _matrix(row: ProbabilityRow) -> NDArray[np.float64]:
    return np.array(row.values, dtype=np.float64).reshape(len(row.values), len(row.tags))


def _problem(row: ProbabilityRow) -> str:
    """What is wrong with a line; empty where nothing is."""
    if not row.tags or "" in row.tags:
        return "there are no tags" if not row.tags else "a tag is empty"
    if len(set(row.tags)) < len(row.tags):
        return "a tag is listed twice"
    for index, values in enumerate(row.values):
        if len(values) != len(row.tags):
            return f"word {index} has {len(values)} values for {len(row.tags)} tags"
    matrix = _matrix(row)
    sums = matrix.sum(axis=1)
    for wrong, what in (
        (~np.isfinite(matrix).all(axis=1), "has a value that is no number"),
        ((matrix < 0).any(axis=1), "has a negative value"),
        (~(np.abs(sums - 1) <= _ROUNDING), "has values that add up to {:.3f}, not 1"),
    ):
        if wrong.any():
            index = int(wrong.argmax())
            return f"word {index} {what.format(sums[index])}"
    return ""
