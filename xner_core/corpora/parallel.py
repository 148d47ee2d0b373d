"""Sentence pairs of the form `source ||| target`, one a line, as fast_align reads them."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from xner_core.config import Component, ComponentConfig
from xner_core.corpora.build import check_language, make_corpus
from xner_core.corpora.spec import CorpusSpec
from xner_core.errors import CorpusError
from xner_core.files import Report, read_lines, refuse
from xner_core.languages import UNKNOWN
from xner_core.types import Corpus, Sentence, SentencePair

_BAR = "|||"


class ParallelConfig(ComponentConfig):
    """Options of a `parallel:` spec."""

    source_lang: str = Field(default=UNKNOWN, description="Language code of what stands before the bars.")
    target_lang: str = Field(default=UNKNOWN, description="Language code of what stands behind the bars.")


class ParallelLoader(Component[ParallelConfig]):
    """One pair a line, source ||| target, with spaces between words; it has no entities."""

    Config = ParallelConfig

    def load(self, spec: CorpusSpec) -> Corpus:
        """Read the file."""
        if not spec.where:
            raise CorpusError("a parallel corpus needs a file", where=spec.text, hint="Write parallel:FILE")
        pairs = read_parallel(Path(spec.where), self.config.source_lang, self.config.target_lang)
        return make_corpus(spec.text, pairs, ())

    def files_of(self, spec: CorpusSpec) -> list[Path]:
        """All that is read."""
        return [Path(spec.where)]


def read_parallel(
    path: Path, source_lang: str = UNKNOWN, target_lang: str = UNKNOWN, report: Report = refuse
) -> list[SentencePair]:
    """Read sentence pairs whose words are separated by spaces.

    Args:
        path: The file.
        source_lang: BCP 47 code of the language before the bars.
        target_lang: BCP 47 code of the language behind them.
        report: Told of each line that is not a pair; where it returns, the line is left out.

    Returns:
        The pairs; the id of each is its line's number, counted from 1.

    Raises:
        CorpusError: If a language is none or the file cannot be read; and whatever `report` raises.
    """
    source_lang, target_lang = (check_language(code, path) for code in (source_lang, target_lang))
    rows = read_lines(path)
    if not rows[-1]:  # behind the last line's end
        rows.pop()
    pairs = []
    for number, row in enumerate(rows, 1):
        words = row.replace("\t", " ").split(" ")  # not split(): a word may be a space of another kind
        words = [word for word in words if word]
        if words.count(_BAR) != 1:
            what = f"the line has {words.count(_BAR)} separate {_BAR}, not 1"
            hint = f"Write source {_BAR} target, with spaces between words and around the bars"
            report(CorpusError(what, path=path, line=number, hint=hint))
            continue
        middle = words.index(_BAR)
        source, target = tuple(words[:middle]), tuple(words[middle + 1 :])
        if not source or not target:
            what = f"the {'target' if source else 'source'} sentence has no words"
            hint = "Leave such pairs out of both files"
            report(CorpusError(what, path=path, line=number, hint=hint))
            continue
        pairs.append(SentencePair(str(number), Sentence(source, source_lang), Sentence(target, target_lang)))
    return pairs
