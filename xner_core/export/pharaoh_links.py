"""Word links in Pharaoh's format: one line a sentence pair, `i-j` sure and `ipj` possible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from pydantic import Field

from xner_core.config import ComponentConfig
from xner_core.errors import ExportError
from xner_core.export.format import Format
from xner_core.export.giza import HEAD, read_giza
from xner_core.export.losses import Aspect, Loss, general_losses, sentence_loss, unwritten_sentences
from xner_core.export.parallel_text import SUFFIX, barred_word, parallel_line, read_parallel
from xner_core.export.plain_words import plain_losses
from xner_core.export.sample import ReadSample, ReadSide, Sample
from xner_core.export.text_files import TextWriter, files_in, line_safe, line_unsafe, numbered_lines
from xner_core.pharaoh import parse_links, read_link
from xner_core.types import SIDES, Link, WordAlignment

_HINT = "Write i-j for a sure link, ipj for a possible one; spaces between links"


class PharaohConfig(ComponentConfig):
    """Options of Pharaoh's format."""

    index_base: int = Field(
        default=0, ge=0, le=1, description="What the first word is called: 0, as usual, or 1."
    )
    possible_links: bool = Field(
        default=True, description="Write possible links too, as in 3p4; not all programs read these."
    )
    ids: bool = Field(
        default=False,
        description="Begin each line with the id of its pair and a tab, as SimAlign does. Without ids, lines "
        "are told apart by their order.",
    )
    text: bool = Field(
        default=True,
        description="Write the sentences beside the links, as source ||| target, which fast_align reads.",
    )


class PharaohFormat(Format[PharaohConfig]):
    """Word links alone, one line a sentence pair (0-0 1-2 3p4), and the sentences beside them."""

    Config = PharaohConfig
    title = "Pharaoh word links"
    read_by = "fast_align, SimAlign, eflomal and their scorers"
    suffixes = (".align", ".pharaoh", ".links", ".gold", ".talp", ".final", ".txt")

    @property
    def holds(self) -> frozenset[Aspect]:
        """The links, and the words where the text is written."""
        held: set[Aspect] = {"sentence", "links"}
        if self.config.possible_links:
            held.add("possible links")
        if self.config.ids:
            held.add("id")
        if self.config.text:
            held.add("words")
        return frozenset(held)

    def losses(self, sample: Sample) -> Iterator[Loss]:
        """Besides what it does not hold: pairs that lack a sentence, odd words."""
        if self.config.text and not sample.pair.is_complete:
            yield sentence_loss(sample, why="one of its sentences is missing")
            return
        yield from general_losses(sample, self.holds)
        if not self.config.text:
            yield from unwritten_sentences(sample, SIDES)
            return
        for side in SIDES:
            yield from plain_losses(sample, side, barred_word)

    def write(self, samples: Iterable[Sample], folder: Path, name: str) -> list[Path]:
        """The links, and the text beside them."""
        links_path, text_path = folder / f"{name}.align", folder / f"{name}{SUFFIX}"
        with ExitStack() as stack:
            links = stack.enter_context(TextWriter(links_path))
            text = stack.enter_context(TextWriter(text_path)) if self.config.text else None
            for sample in samples:
                if text is None or sample.pair.is_complete:
                    links.write(self._line(sample))
                    if text is not None:
                        text.write(parallel_line(sample.pair))
        return [links_path, *([text_path] if self.config.text else [])]

    def read(self, path: Path, notices: list[str] | None = None) -> Iterator[ReadSample]:
        """The sentences are read too where a file of the same name that ends in `.src-tgt` is beside it.

        Without it and without ids, only the order of the lines tells which pair they are. Files of GIZA++
        (A3) are read as well.
        """
        for file in files_in(path, self.suffixes):
            yield from self._read(file)

    def _line(self, sample: Sample) -> str:
        base = self.config.index_base
        alignment = sample.corrected.alignment
        marked = [(i + base, j + base, "-") for i, j in alignment.sure]
        if self.config.possible_links:
            marked += [(i + base, j + base, "p") for i, j in alignment.possible]
        links = " ".join(f"{i}{mark}{j}" for i, j, mark in sorted(marked))
        return f"{line_safe(sample.pair.id)}\t{links}\n" if self.config.ids else f"{links}\n"

    def _read(self, file: Path) -> Iterator[ReadSample]:
        rows = list(numbered_lines(file))
        if rows and rows[0][1].startswith(HEAD):
            yield from read_giza(file, rows)
            return
        has_ids = any("\t" in line for _, line in rows)
        if has_ids:
            rows = [(number, line) for number, line in rows if line.strip()]
        beside = file.with_suffix(SUFFIX)
        texts = read_parallel(beside) if beside.exists() else None
        while texts is not None and len(rows) > len(texts) and not rows[-1][1].strip():
            rows.pop()
        if texts is not None and len(rows) != len(texts):
            raise ExportError(
                f"it has {len(rows)} lines, but {beside.name} has {len(texts)}",
                path=file,
                hint="The two files must have the same pairs in the same order",
            )
        for index, (number, line) in enumerate(rows):
            sid, links = _split(line, file, number) if has_ids else (None, line)
            place = f"{file.name}, line {number}"
            if texts is None:
                read = self._free_links(links, file, number)
                yield ReadSample(place, sid, alignment=read)
            else:
                source, target = texts[index]
                read = self._links(links, source, target, file, number)
                yield ReadSample(place, sid, source, target, read)

    def _links(self, text: str, source: ReadSide, target: ReadSide, file: Path, number: int) -> WordAlignment:
        n_source, n_target = len(source.words or ()), len(target.words or ())
        try:
            return parse_links(text, n_source, n_target, self.config.index_base)
        except ValueError as error:
            hint = getattr(error, "cause", _HINT)
            raise ExportError(str(error), path=file, line=number, hint=hint) from None

    def _free_links(self, text: str, file: Path, number: int) -> WordAlignment:
        """Links of sentences whose lengths are not known."""
        base = self.config.index_base
        sure: list[Link] = []
        possible: list[Link] = []
        for part in text.split():
            link = read_link(part)
            if link is None or min(link[:2]) < base:
                what = f"{part!r} is not a link such as {base}-{base + 1} or {base}p{base + 1}"
                hint = _HINT if link is None else "The words seem to be counted from 0: set index_base to 0"
                raise ExportError(what, path=file, line=number, hint=hint)
            (sure if link[2] else possible).append((link[0] - base, link[1] - base))
        return WordAlignment.of(sure, possible)


def _split(line: str, file: Path, number: int) -> tuple[str, str]:
    sid, tab, links = line.partition("\t")
    if not tab or not sid or "\t" in links:
        raise ExportError(
            "the line is not an id, a tab and links, but others in the file have a tab",
            path=file,
            line=number,
            hint="Write an id and one tab before the links of every line, or of none",
        )
    return line_unsafe(sid), links
