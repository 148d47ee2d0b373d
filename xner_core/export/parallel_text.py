"""A sentence and its translation on a line, `source ||| target`, beside a file of links."""

from __future__ import annotations

from pathlib import Path

from xner_core.errors import ExportError
from xner_core.export.plain_words import FILLER, plain_word
from xner_core.export.sample import ReadSide
from xner_core.export.text_files import numbered_lines
from xner_core.types import SentencePair

BAR = "|||"
SUFFIX = ".src-tgt"


def barred_word(word: str) -> str:
    """A word as it can stand in such a line: plain, and without the bars between the two sentences."""
    return plain_word(word).replace(BAR, FILLER)


def parallel_line(pair: SentencePair) -> str:
    """Both sentences; neither is missing."""
    source, target = (" ".join(map(barred_word, side.words)) for side in (pair.source, pair.target))
    return f"{source} {BAR} {target}\n"


def read_parallel(path: Path) -> list[tuple[ReadSide, ReadSide]]:
    """Read the sentences of a file.

    Raises:
        ExportError: If a line is not two sentences; the message names it.
    """
    pairs = []
    for number, line in numbered_lines(path):
        words = [word for word in line.replace("\t", " ").split(" ") if word]
        if words.count(BAR) != 1:
            raise ExportError(
                f"the line has {words.count(BAR)} separate {BAR}, not 1",
                path=path,
                line=number,
                hint=f"Write source {BAR} target, with spaces between words and around the bars",
            )
        middle = words.index(BAR)
        pairs.append((ReadSide(tuple(words[:middle])), ReadSide(tuple(words[middle + 1 :]))))
    return pairs
