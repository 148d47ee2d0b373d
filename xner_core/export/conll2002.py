"""CoNLL-2002: a word and its tag a line."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from xner_core.export.conll_columns import ColumnsConfig, ColumnsFormat
from xner_core.export.conll_rows import id_comment, rows_text, tags_of
from xner_core.export.losses import Aspect
from xner_core.export.plain_words import plain_word
from xner_core.export.sample import Sample
from xner_core.types import Side


class Conll2002Config(ColumnsConfig):
    """Options of CoNLL-2002."""

    separator: Literal["TAB", "space"] = Field(
        default="TAB", description="What stands between a word and its tag; doccano reads TAB only."
    )
    id_comments: bool = Field(
        default=False,
        description="Write the id before each sentence, as in # id = 7. Many readers take that for a word.",
    )
    keep_no_break_spaces: bool = Field(
        default=False,
        description="Keep no-break spaces within words, as in 5\u00a0000, instead of writing an underscore. "
        "Readers that cut lines at any white space take what follows for the tag.",
    )


class Conll2002Format(ColumnsFormat[Conll2002Config]):
    """A word and its IOB2 tag a line, a blank line between sentences.

    In words, white space is written as an underscore.
    """

    Config = Conll2002Config
    title = "CoNLL-2002"
    read_by = "most programs that train entity taggers, and doccano"

    @property
    def holds(self) -> frozenset[Aspect]:
        """The words and entities of the sides that are written; ids where they are comments."""
        return super().holds | {"id"} if self.config.id_comments else super().holds

    def plain(self, word: str) -> str:
        """A word as it is written."""
        return plain_word(word, keeps_no_break_spaces=self.config.keep_no_break_spaces)

    def rows(self, sample: Sample, side: Side) -> str:
        """A sentence as lines, the last of them blank."""
        words = map(self.plain, sample.pair.side(side).words)
        between = "\t" if self.config.separator == "TAB" else " "
        text = rows_text(words, tags_of(sample, side, self.config.overlaps), between)
        return id_comment(sample.pair.id) + text if self.config.id_comments else text
