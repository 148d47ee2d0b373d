"""Word links as the shared tasks of 2003 and 2005 have them: `sentence source target S`, counted from 1."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field

from xner_core.config import ComponentConfig
from xner_core.errors import ExportError
from xner_core.export.format import Format
from xner_core.export.losses import Aspect, Loss, general_losses, sentence_loss, unwritten_sentences
from xner_core.export.plain_words import plain_losses, plain_word
from xner_core.export.sample import ReadSample, ReadSide, Sample
from xner_core.export.text_files import TextWriter, files_in, numbered_lines
from xner_core.types import SIDES, Link, Side, WordAlignment

_TEXT_SUFFIX = ".sgml"
_SENTENCE = re.compile(r"<s snum=[\"']?(\d+)[\"']?>(.*)</s>\s*", re.ASCII)
_HINT = "Write the numbers of the sentence, the source word and the target word, each from 1, and S or P"


class NaaclConfig(ComponentConfig):
    """Options of the NAACL format."""

    possible_links: bool = Field(default=True, description="Write possible links too, marked P.")
    text: bool = Field(
        default=True,
        description="Write the sentences beside the links, a file for each side, as the shared tasks did. "
        "Without them a pair that has no link cannot be told.",
    )


class NaaclFormat(Format[NaaclConfig]):
    """Word links alone, one a line: sentence, source word, target word (from 1), S or P."""

    Config = NaaclConfig
    title = "NAACL word links"
    read_by = "the scorers of the shared tasks on word alignment (NAACL 2003, ACL 2005)"
    suffixes = (".naacl", ".wa", ".wpt", ".nonullalign")

    @property
    def holds(self) -> frozenset[Aspect]:
        """The links, and the words where the text is written."""
        held: set[Aspect] = {"sentence", "links"}
        if self.config.possible_links:
            held.add("possible links")
        if self.config.text:
            held.add("words")
        return frozenset(held)

    def losses(self, sample: Sample) -> Iterator[Loss]:
        """Besides what it does not hold: pairs that lack a sentence, odd words."""
        if self.config.text and not sample.pair.is_complete:
            yield sentence_loss(sample, why="one of its sentences is missing")
        elif not self.config.text and not self._marked(sample):
            yield sentence_loss(sample, why="it has no link, so no line")
        else:
            yield from general_losses(sample, self.holds)
            for side in SIDES if self.config.text else ():
                yield from plain_losses(sample, side)
            yield from unwritten_sentences(sample, () if self.config.text else SIDES)

    def write(self, samples: Iterable[Sample], folder: Path, name: str) -> list[Path]:
        """The links, and the text beside them; sentences are numbered in their order."""
        path = folder / f"{name}.naacl"
        texts = {side: _text_path(path, side) for side in SIDES} if self.config.text else {}
        number = 0
        with ExitStack() as stack:
            links = stack.enter_context(TextWriter(path))
            files = {side: stack.enter_context(TextWriter(text)) for side, text in texts.items()}
            for sample in samples:
                if files and not sample.pair.is_complete:
                    continue
                number += 1
                for i, j, mark in self._marked(sample):
                    links.write(f"{number:04d} {i} {j} {mark}\n")
                for side, file in files.items():
                    words = " ".join(map(plain_word, sample.pair.side(side).words))
                    file.write(f"<s snum={number:04d}> {words} </s>\n")
        return [path, *texts.values()]

    def read(self, path: Path, notices: list[str] | None = None) -> Iterator[ReadSample]:
        """The sentences are read too where `NAME.source.sgml` and `NAME.target.sgml` are beside it.

        Without them, only the order of the numbers tells which pair a sentence is. Links to word 0, which
        stands for no word, are passed over.
        """
        for file in files_in(path, self.suffixes):
            said = _read_links(file, notices if notices is not None else [])
            texts = {side: _text_path(file, side) for side in SIDES}
            if all(text.exists() for text in texts.values()):
                yield from _with_text(file, said, {side: _read_text(text) for side, text in texts.items()})
            else:
                for _, links in sorted(said.items()):
                    place = f"{file.name}, line {links.line}"
                    yield ReadSample(place, alignment=links.alignment)

    def _marked(self, sample: Sample) -> list[tuple[int, int, str]]:
        alignment = sample.corrected.alignment
        marked = [(i + 1, j + 1, "S") for i, j in alignment.sure]
        if self.config.possible_links:
            marked += [(i + 1, j + 1, "P") for i, j in alignment.possible]
        return sorted(marked)


@dataclass(slots=True)
class _Links:
    """The links of a sentence pair, and the line of the first."""

    line: int
    sure: list[Link] = field(default_factory=list)
    possible: list[Link] = field(default_factory=list)

    @property
    def alignment(self) -> WordAlignment:
        return WordAlignment.of(self.sure, self.possible)


@dataclass(frozen=True, slots=True)
class _Text:
    """The sentences of a file by number, each with its line."""

    path: Path
    words: dict[int, tuple[str, ...]]
    lines: dict[int, int]


def _text_path(path: Path, side: Side) -> Path:
    return path.with_suffix(f".{side}{_TEXT_SUFFIX}")


def _read_links(path: Path, notices: list[str]) -> dict[int, _Links]:
    """The links of each sentence, in the order of the file."""
    found: dict[int, _Links] = {}
    n_null = 0
    for number, line in numbered_lines(path):
        if not line.strip():
            continue
        columns = line.split()
        marks = columns[3:4] or ["S"]
        if not (
            3 <= len(columns) <= 5
            and all(column.isascii() and column.isdecimal() for column in columns[:3])
            and marks[0] in {"S", "P"}
        ):
            raise ExportError(f"{line!r} is not a link such as 1 2 2 S", path=path, line=number, hint=_HINT)
        sentence, i, j = map(int, columns[:3])
        links = found.setdefault(sentence, _Links(number))
        if i and j:
            (links.sure if marks[0] == "S" else links.possible).append((i - 1, j - 1))
        else:
            n_null += 1
    if n_null:
        count, were = ("1 link", "was") if n_null == 1 else (f"{n_null} links", "were")
        notices.append(f"{path.name}: {count} to word 0, which stands for no word, {were} passed over")
    return found


def _read_text(path: Path) -> _Text:
    text = _Text(path, {}, {})
    for number, line in numbered_lines(path):
        if not line.strip():
            continue
        match = _SENTENCE.fullmatch(line)
        if match is None:
            hint = "Write <s snum=0001> and </s> around each sentence"
            raise ExportError("the line is no sentence", path=path, line=number, hint=hint)
        sentence = int(match[1])
        if sentence in text.words:
            what = f"sentence {sentence} stands in line {text.lines[sentence]} already"
            raise ExportError(what, path=path, line=number, hint="Give each sentence its own number")
        text.words[sentence] = tuple(word for word in re.split(r"[ \t]+", match[2]) if word)
        text.lines[sentence] = number
    return text


def _with_text(path: Path, said: dict[int, _Links], texts: dict[Side, _Text]) -> Iterator[ReadSample]:
    source, target = texts["source"], texts["target"]
    alone = next(iter(source.words.keys() ^ target.words.keys()), None)
    if alone is not None:
        only = source if alone in source.words else target
        what = f"sentence {alone} has no translation in the other file"
        raise ExportError(what, path=only.path, line=only.lines[alone], hint="Both files need each sentence")
    for sentence, links in said.items():
        if sentence not in source.words:
            what = f"{source.path.name} has no sentence {sentence}"
            raise ExportError(what, path=path, line=links.line, hint="Use the links of these very sentences")
    for sentence, words in source.words.items():
        others = target.words[sentence]
        links = said.get(sentence, _Links(source.lines[sentence]))
        outside = [(i, j) for i, j in links.alignment.links if i >= len(words) or j >= len(others)]
        if outside:
            i, j = outside[0]
            what = (
                f"the link {i + 1} {j + 1} of sentence {sentence} points outside {len(words)} source and "
                f"{len(others)} target words"
            )
            raise ExportError(what, path=path, line=links.line, hint="Use the links of these very sentences")
        place = f"{path.name if sentence in said else source.path.name}, line {links.line}"
        yield ReadSample(place, None, ReadSide(words), ReadSide(others), links.alignment)
