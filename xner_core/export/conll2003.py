"""CoNLL-2003: four columns, of which the first is the word and the last its tag."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from xner_core.export.conll_columns import ColumnsConfig, ColumnsFormat
from xner_core.export.conll_rows import rows_text, tags_of
from xner_core.export.sample import Sample
from xner_core.types import Side

_DOCUMENT = "-DOCSTART- -X- O O\n\n"
"""The only line between documents that spaCy knows."""
_COLUMNS = " -X- O "
"""No part of speech and no phrase."""


class Conll2003Config(ColumnsConfig):
    """Options of CoNLL-2003."""

    scheme: Literal["IOB2", "IOB1"] = Field(
        default="IOB2",
        description="How tags begin an entity: always by B-, or by B- only directly behind another of its "
        "label (IOB1, as in the original data).",
    )
    sentences_per_document: int = Field(
        default=0,
        ge=0,
        description="How many sentences there are between two -DOCSTART- lines; 0 writes one such line, at "
        "the top. spaCy makes one document of all sentences in between.",
    )


class Conll2003Format(ColumnsFormat[Conll2003Config]):
    """Word, -X-, O and tag a line, with the DOCSTART line that spaCy knows.

    In words, white space is written as an underscore.
    """

    Config = Conll2003Config
    title = "CoNLL-2003"
    read_by = "spacy convert, and most programs that train entity taggers"

    def head(self, n_written: int) -> str:
        """The line between documents, where one begins."""
        size = self.config.sentences_per_document
        begins = n_written % size == 0 if size else n_written == 0
        return _DOCUMENT if begins else ""

    def rows(self, sample: Sample, side: Side) -> str:
        """A sentence as lines, the last of them blank."""
        tags = tags_of(sample, side, self.config.overlaps, self.config.scheme)
        return rows_text(map(self.plain, sample.pair.side(side).words), tags, _COLUMNS)
