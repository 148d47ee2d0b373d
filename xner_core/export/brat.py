"""brat standoff: a text and its annotations, for several sentence pairs a document, and brat's settings.

A pair is three lines: its id, the source and the target. The id is annotated as `SentencePair`: the status
and the remark hang on it, and what brat has no name for, as JSON in a comment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field

from xner_core.config import ComponentConfig
from xner_core.errors import ExportError
from xner_core.export.brat_lines import DocumentWriter, can_be_marked, plain
from xner_core.export.brat_reading import DocumentReader, text_of_document
from xner_core.export.brat_settings import SETTINGS, annotation_conf, visual_conf
from xner_core.export.characters import text_loss
from xner_core.export.format import Format
from xner_core.export.losses import CONTENT, Aspect, Loss, entity_name, general_losses
from xner_core.export.running_text import text_of
from xner_core.export.sample import ReadSample, Sample
from xner_core.export.text_files import TextWriter, files_in
from xner_core.types import SIDES, Side

_ENTITIES: dict[Side, Aspect] = {"source": "source entities", "target": "target entities"}


class BratConfig(ComponentConfig):
    """Options of the format `brat`."""

    pairs: int = Field(20, ge=1, le=1000, description="Writing: sentence pairs in one document.")
    side: Literal["source", "target"] = Field(
        "target", description="Reading: which sentences the lines of a text are that does not say it."
    )


class BratFormat(Format[BratConfig]):
    """A text and a file of annotations for every few sentence pairs, and brat's settings for them."""

    Config = BratConfig
    title: ClassVar[str] = "brat standoff"
    read_by: ClassVar[str] = "brat"
    suffixes: ClassVar[tuple[str, ...]] = (".ann", ".txt")

    @property
    def holds(self) -> frozenset[Aspect]:
        """All but who did what, and what the components found."""
        return CONTENT

    def losses(self, sample: Sample) -> Iterator[Loss]:
        """What standoff does not hold; carriage returns, which brat may count or not; marked line ends."""
        sid = sample.pair.id
        yield from general_losses(sample, self.holds)
        yield from text_loss(sample)
        for side in SIDES:
            sentence = sample.pair.side(side)
            running = text_of(sentence)
            if sentence.text == running.text and "\r" in running.text:
                what = f"the running text of the {side}: a carriage return is written as a space"
                yield Loss(sid, "text", what, side)
            for index, word in enumerate(sentence.words):
                if "\r" in word:
                    what = f"the word {word!r}: a carriage return is written as a space"
                    yield Loss(sid, "words", what, side, word=index, written=plain(word))
            for entity in sample.corrected.entities(side):
                if not can_be_marked(sentence, entity):
                    what = f"{entity_name(sample, side, entity)}: brat cannot mark the end of a line"
                    yield Loss(sid, _ENTITIES[side], what, side, entity)

    def write(self, samples: Iterable[Sample], folder: Path, name: str) -> list[Path]:
        """Write `NAME-000001.txt` and `.ann` and so on, `annotation.conf` and `visual.conf`."""
        settings = [folder / SETTINGS, folder / "visual.conf"]
        documents: list[Path] = []
        labels: set[str] = set()
        batch: list[Sample] = []
        for sample in samples:
            labels |= {entity.label for side in SIDES for entity in sample.corrected.entities(side)}
            batch.append(sample)
            if len(batch) == self.config.pairs:
                documents += _write(batch, folder / f"{name}-{len(documents) // 2 + 1:06d}")
                batch = []
        if batch:
            documents += _write(batch, folder / f"{name}-{len(documents) // 2 + 1:06d}")
        for path, text in zip(settings, (annotation_conf(labels), visual_conf(labels)), strict=True):
            with TextWriter(path) as file:
                file.write(text)
        return settings + documents

    def read(self, path: Path, notices: list[str] | None = None) -> Iterator[ReadSample]:
        """Read a document, or those of a folder.

        In a document that is not ours every line is a sentence.
        """
        heard = notices if notices is not None else []
        for file in files_in(path, (".ann", SETTINGS)):
            if file.name == SETTINGS and file != path:
                continue
            marks, text = file.with_suffix(".ann"), file.with_suffix(".txt")
            if not text.is_file():
                raise ExportError("its text is not there", path=marks, hint=f"Put {text.name} beside it")
            yield from self._document(marks, text_of_document(text), heard)

    def _document(self, path: Path, text: str, notices: list[str]) -> list[ReadSample]:
        """Read a document; whether the end of a line counts as one character or two differs among tools."""
        own: list[str] = []
        try:
            samples = list(DocumentReader(self.config.side, path, text, own).samples())
        except ExportError:
            if "\r\n" not in text:
                raise
            own = []
            samples = list(DocumentReader(self.config.side, path, text.replace("\r\n", "\n"), own).samples())
        notices += own
        return samples


def _write(samples: Iterable[Sample], stem: Path) -> list[Path]:
    text, annotations = stem.with_name(f"{stem.name}.txt"), stem.with_name(f"{stem.name}.ann")
    with TextWriter(text) as words, TextWriter(annotations) as marks:
        writer = DocumentWriter()
        for sample in samples:
            lines, said = writer.pair(sample)
            words.write(lines)
            marks.write(said)
    return [text, annotations]
