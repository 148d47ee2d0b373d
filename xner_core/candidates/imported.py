"""Candidates from a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from xner_core.candidates.generator import RuledGenerator
from xner_core.candidates.rules import SpanRules
from xner_core.errors import ConfigError, CorpusError
from xner_core.files import read_rows
from xner_core.tags import decode, is_tag
from xner_core.types import AlignedPair, SentencePair, Span

_HINT = "A line needs id, and spans as [[start, end], …] (words from 0, end exclusive) or target_tags"


class ImportedRules(SpanRules):
    """Options of imported candidates."""

    path: str | None = Field(
        default=None, description="A file of JSON lines with id, and spans or target_tags."
    )


class ImportedRow(BaseModel):
    """One line: the candidates of one sentence pair."""

    model_config = ConfigDict(strict=True, extra="ignore")

    id: str
    spans: list[Annotated[list[int], Field(min_length=2, max_length=2)]] | None = None
    target_tags: list[str] | None = None

    @model_validator(mode="after")
    def _check(self) -> ImportedRow:
        if (self.spans is None) == (self.target_tags is None):
            raise ValueError(f"sentence {self.id!r} needs either spans or target_tags")
        for start, end in self.spans or ():
            if not 0 <= start < end:
                raise ValueError(f"sentence {self.id!r}: [{start}, {end}] is no span")
        for tag in self.target_tags or ():
            if not is_tag(tag):
                raise ValueError(f"sentence {self.id!r}: {tag!r} is not an IOB tag")
        return self


@dataclass(frozen=True)
class _Line:
    """What a line says; `n_words` is None where it gives spans."""

    number: int
    spans: tuple[Span, ...]
    n_words: int | None


class ImportedSpans(RuledGenerator[ImportedRules]):
    """Spans from a file, imported:PATH; a sentence that is not in it has no candidates."""

    Config = ImportedRules
    argument = "path"
    requires = "a file of spans"

    def __init__(self, config: ImportedRules | None = None) -> None:
        super().__init__(config)
        self._lines: dict[str, _Line] | None = None

    def check(self, pairs: Sequence[SentencePair]) -> list[str]:
        """See `CandidateGenerator`.

        Raises:
            CorpusError: If the file has none of the sentences, or does not fit one of them.
        """
        path, lines = self._read()
        missing = [pair.id for pair in pairs if pair.id not in lines]
        if pairs and len(missing) == len(pairs):
            raise CorpusError(
                f"it has none of the {len(pairs)} sentences: it has {next(iter(lines))!r}, they have "
                f"{missing[0]!r}",
                path=path,
                hint="Use the ids of the corpus, as xner project prints them",
            )
        for pair in pairs:
            self._spans(pair)
        if not missing:
            return []
        return [
            f"{path.name}: {len(missing)} of {len(pairs)} sentences are not in it and have no candidates "
            f"(first: {missing[0]})"
        ]

    def propose(self, aligned: AlignedPair) -> tuple[Span, ...]:
        """See `RuledGenerator`.

        Raises:
            CorpusError: If the file is bad or does not fit the sentence.
        """
        return self._spans(aligned.pair)

    def _spans(self, pair: SentencePair) -> tuple[Span, ...]:
        path, lines = self._read()
        line = lines.get(pair.id)
        if line is None:
            return ()
        n_words = len(pair.target.words)
        if line.n_words not in (None, n_words):
            what = f"{line.n_words} target_tags for {n_words} words"
        elif outside := [span for span in line.spans if span.end > n_words]:
            what = f"[{outside[0].start}, {outside[0].end}] ends behind the last of {n_words} words"
        else:
            return line.spans
        raise CorpusError(f"sentence {pair.id!r}: {what}", path=path, line=line.number, hint=_HINT)

    def _read(self) -> tuple[Path, dict[str, _Line]]:
        if not self.config.path:
            raise ConfigError("the candidates 'imported' need a file", hint="Write imported:PATH")
        path = Path(self.config.path)
        if self._lines is None:
            self._lines = _lines(path)
        return path, self._lines


def _lines(path: Path) -> dict[str, _Line]:
    rows = read_rows(path, ImportedRow, _HINT)
    lines: dict[str, _Line] = {}
    for number, row in rows:
        if row.id in lines:
            raise CorpusError(
                f"sentence {row.id!r} has a line already: {lines[row.id].number}",
                path=path,
                line=number,
                hint="Write all its spans on one line",
            )
        if row.target_tags is not None:
            entities, _ = decode(row.target_tags)  # the scheme changes what is a repair, not the spans
            lines[row.id] = _Line(number, tuple(e.span for e in entities), len(row.target_tags))
        else:
            lines[row.id] = _Line(number, tuple(Span(start, end) for start, end in row.spans or ()), None)
    return lines
