"""WebAnno TSV 3.3, which INCEpTION reads and writes: a file for each of the two sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field

from xner_core.config import ComponentConfig
from xner_core.errors import ExportError
from xner_core.export.characters import placed, utf16_units
from xner_core.export.format import Format
from xner_core.export.labels import read_label
from xner_core.export.losses import Aspect, Loss, general_losses, sentence_loss
from xner_core.export.running_text import RunningText, located, text_of
from xner_core.export.sample import CharacterRange, ReadSample, ReadSide, Sample
from xner_core.export.text_files import TextWriter, files_in, numbered_lines
from xner_core.export.two_files import joined
from xner_core.types import SIDES, Sentence, Side

NAMED_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
"""INCEpTION's own layer for entities; its features are `identifier` and `value`."""
_HEADER = "#FORMAT=WebAnno TSV 3"
_LAYER = re.compile(r"#T_(SP|CH|RL)=([^|]+)(.*)")
_NOTHING, _NO_VALUE = "_", "*"
_OFFSETS = re.compile(r"(\d+)-(\d+)")
_STACKED = re.compile(r"(?:\\.|[^\\|])+")
_NUMBERED = re.compile(r"(.*)\[(\d+)\]", re.DOTALL)
_VALUE_ESCAPES = re.compile(r"->|[\\\[\]|_;\t\n*]")
_VALUE_UNESCAPES = re.compile(r"\\(->|[\\\[\]|_;tn*])")
_LETTERS = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b"}
_ESCAPED_LETTERS = {character: f"\\{letter}" for letter, character in _LETTERS.items()}
_TEXT_ESCAPES = re.compile(r"[\x00-\x0a\x0c-\x1f\\]")
_TEXT_UNESCAPES = re.compile(r"\\([tnfrb\\\x00-\x07\x0e-\x1f])")
_BREAKING = re.compile(r"[\t\n\r]")
_HINT = "Export the document from INCEpTION or WebAnno as WebAnno TSV v3.3"


class WebAnnoConfig(ComponentConfig):
    """Options of the format `webanno`."""

    layer: str = Field(
        NAMED_ENTITY,
        pattern=r"^[A-Za-z_][\w.]*$",
        description="The layer of the entities: INCEpTION's own, or one of the project, such as "
        "webanno.custom.Entity.",
    )
    feature: str = Field(
        "value", pattern=r"^[A-Za-z_]\w*$", description="The feature of the layer that holds the label."
    )
    side: Literal["source", "target"] = Field(
        "target", description="Reading: which sentences a file has whose name does not say it."
    )


@dataclass(slots=True)
class _Sentence:
    """A sentence as its lines have it; offsets are UTF-16 units of the document."""

    line: int
    id: str | None = None
    texts: list[str] = field(default_factory=list)
    words: list[tuple[int, int]] = field(default_factory=list)
    marks: dict[str, tuple[int, int, str]] = field(default_factory=dict)


class WebAnnoFormat(Format[WebAnnoConfig]):
    """A document for the source and one for the target sentences, with a layer of entities."""

    Config = WebAnnoConfig
    title: ClassVar[str] = "WebAnno TSV 3.3"
    read_by: ClassVar[str] = "INCEpTION and WebAnno"
    suffixes: ClassVar[tuple[str, ...]] = (".tsv",)

    @property
    def holds(self) -> frozenset[Aspect]:
        """Sentences and their entities; nothing leads from one document to the other but ids."""
        return frozenset(
            {
                "sentence",
                "id",
                "words",
                "text",
                "source entities",
                "target entities",
                "overlapping entities",
            }
        )

    def losses(self, sample: Sample) -> Iterator[Loss]:
        """What belongs to a pair, pairs without words, and white space at the edges of a text."""
        if all(sample.pair.side(side).is_missing for side in SIDES):
            yield sentence_loss(sample, why="it has no words")
            return
        yield from general_losses(sample, self.holds)
        for side in SIDES:
            sentence = sample.pair.side(side)
            if sentence.is_missing:
                continue
            if sentence.text is not None and _inside(text_of(sentence)).text != sentence.text:
                what = f"the running text of the {side}: white space at its edges"
                if text_of(sentence).text != sentence.text:
                    what = f"the running text of the {side}, which has other words"
                yield Loss(sample.pair.id, "text", what, side)

    def write(self, samples: Iterable[Sample], folder: Path, name: str) -> list[Path]:
        """Write `NAME.source.tsv` and `NAME.target.tsv`."""
        paths = [folder / f"{name}.{side}.tsv" for side in SIDES]
        features = ("identifier", "value") if self.config.layer == NAMED_ENTITY else (self.config.feature,)
        if self.config.feature not in features:
            features = (*features, self.config.feature)
        with ExitStack() as stack:
            writers = {
                side: _Writer(stack.enter_context(TextWriter(path)), self.config, features)
                for side, path in zip(SIDES, paths, strict=True)
            }
            for sample in samples:
                for side, writer in writers.items():
                    if not sample.pair.side(side).is_missing:
                        writer.sentence(sample, side)
        return paths

    def read(self, path: Path, notices: list[str] | None = None) -> Iterator[ReadSample]:
        """Read a document; in a folder, `NAME.source.tsv` and `NAME.target.tsv` belong together."""
        heard = notices if notices is not None else []
        documents: dict[str, dict[Side, Path]] = {}
        for file in files_in(path, self.suffixes):
            name, side = file.name.removesuffix(".tsv"), self.config.side
            for each in SIDES:
                if name.endswith(f".{each}"):
                    name, side = name.removesuffix(f".{each}"), each
            documents.setdefault(name, {})[side] = file
        for files in documents.values():
            read = {side: self._read(file, side, heard) for side, file in files.items()}
            if len(read) == 1:
                yield from next(iter(read.values()))
            else:
                sources, targets = ([(each.id, each) for each in read[side]] for side in SIDES)
                for source, target in joined(sources, targets):
                    if source is not None and target is not None:
                        yield replace(source, target=target.target)
                    elif (alone := source or target) is not None:
                        yield alone

    def _read(self, path: Path, side: Side, notices: list[str]) -> Iterator[ReadSample]:
        lines = numbered_lines(path)
        column, n_columns = self._column(path, lines)
        seen: set[str] = set()
        for sentence in _sentences(path, lines, column, n_columns):
            twice = seen & sentence.marks.keys()
            if twice:
                raise ExportError(
                    f"the annotation {min(twice)} goes over two sentences",
                    path=path,
                    line=sentence.line,
                    hint="Mark it within one sentence",
                )
            seen |= {name for name in sentence.marks if not name.startswith("-")}
            read = _side(sentence, path, notices)
            place = f"{path}, line {sentence.line}"
            if side == "source":
                yield ReadSample(place, sentence.id, source=read)
            else:
                yield ReadSample(place, sentence.id, target=read)

    def _column(self, path: Path, lines: Iterator[tuple[int, str]]) -> tuple[int, int]:
        """The column of the labels, counted from the first behind the word, and how many there are."""
        number, line = next(lines, (1, ""))
        if not line.startswith(_HEADER):
            raise ExportError(f"it does not begin with {_HEADER}", path=path, line=number, hint=_HINT)
        labels: dict[tuple[str, str], int] = {}
        n_columns = 0
        for number, line in lines:
            if not line.strip():
                break
            match = _LAYER.fullmatch(line)
            if match is None:
                raise ExportError(f"{line[:40]!r} is no layer", path=path, line=number, hint=_HINT)
            kind, layer, features = match.groups()
            for feature in features.removeprefix("|").split("|"):
                if kind == "SP":
                    labels[layer, feature] = n_columns
                n_columns += 1
        wanted = (self.config.layer, self.config.feature)
        if wanted in labels:
            return labels[wanted], n_columns
        others = [key for key in labels if key[0] == NAMED_ENTITY and key[1] == "value"]
        others = others or [key for key in labels if not key[0].startswith("de.tudarmstadt.ukp")]
        if len(others) == 1:
            return labels[others[0]], n_columns
        known = ", ".join(f"{layer}|{feature}" for layer, feature in labels) or "none"
        raise ExportError(
            f"which layer and feature are the entities? There are: {known}",
            path=path,
            hint="Set the options layer and feature",
        )


class _Writer:
    """Counts sentences, characters and annotations of a document."""

    def __init__(self, file: TextWriter, config: WebAnnoConfig, features: Sequence[str]) -> None:
        self._file = file
        self._is_label = [each == config.feature for each in features]
        self._n_sentences = self._at = self._n_marks = 0
        file.write(f"#FORMAT=WebAnno TSV 3.3\n#T_SP={'|'.join((config.layer, *features))}\n\n")

    def sentence(self, sample: Sample, side: Side) -> None:
        """Write one more sentence."""
        sentence = sample.pair.side(side)
        running = _inside(text_of(sentence))
        self._n_sentences += 1
        lines = ["", f"#Sentence.id={_escaped_text(sample.pair.id)}"]
        lines += [f"#Text={_escaped_text(part)}" for part in running.text.split("\n")]
        stacks = self._stacks(sample, side, sentence, running)
        begin = end = self._at
        before = 0
        for number, (word, (first, last), stack) in enumerate(
            zip(sentence.words, running.offsets, stacks, strict=True), 1
        ):
            begin = end + first - before  # white space, of which no character has two units
            end, before = begin + utf16_units(running.text[first:last]), last
            shown = _BREAKING.sub(lambda match: _ESCAPED_LETTERS[match.group()], word)
            columns = [
                "|".join(f"{label if is_label else _NO_VALUE}{name}" for label, name in stack) or _NOTHING
                for is_label in self._is_label
            ]
            lines.append("\t".join([f"{self._n_sentences}-{number}", f"{begin}-{end}", shown, *columns, ""]))
        self._at = end + 1
        self._file.write("\n".join([*lines, ""]))

    def _stacks(
        self, sample: Sample, side: Side, sentence: Sentence, running: RunningText
    ) -> list[list[tuple[str, str]]]:
        """Of each word, the escaped labels of its entities and their numbers, where they need one."""
        entities = sample.corrected.entities(side)
        cover = [sum(e.span.start <= i < e.span.end for e in entities) for i in range(len(sentence.words))]
        stacks: list[list[tuple[str, str]]] = [[] for _ in sentence.words]
        for entity in entities:
            located(running, sentence.words, entity.span)
            name = ""
            if len(entity.span) > 1 or cover[entity.span.start] > 1:
                self._n_marks += 1
                name = f"[{self._n_marks}]"
            for index in range(entity.span.start, entity.span.end):
                stacks[index].append((_escaped_value(entity.label), name))
        return stacks


def _inside(running: RunningText) -> RunningText:
    """A text from its first word to its last: a sentence begins where its first word does."""
    if not running.offsets:
        return RunningText("", ())
    begin, end = running.offsets[0][0], running.offsets[-1][1]
    return RunningText(running.text[begin:end], tuple((a - begin, b - begin) for a, b in running.offsets))


def _sentences(
    path: Path, lines: Iterator[tuple[int, str]], column: int, n_columns: int
) -> Iterator[_Sentence]:
    sentence: _Sentence | None = None
    for number, line in lines:
        if not line:
            if sentence is not None and sentence.words:
                yield sentence
                sentence = None
        elif line.startswith("#"):
            if sentence is not None and sentence.words:
                yield sentence
                sentence = None
            sentence = sentence or _Sentence(number)
            name, _, value = line.partition("=")
            if name == "#Text":
                sentence.texts.append(_unescaped_text(value))
            elif name == "#Sentence.id":
                sentence.id = _unescaped_text(value)
        elif sentence is None or not sentence.texts:
            raise ExportError("a word stands before its #Text", path=path, line=number, hint=_HINT)
        else:
            _row(sentence, line.split("\t"), column, n_columns, path, number)
    if sentence is not None and sentence.words:
        yield sentence


def _row(sentence: _Sentence, cells: list[str], column: int, n_columns: int, path: Path, number: int) -> None:
    """Take in the row of a word, or of a part of one."""
    match = _OFFSETS.fullmatch(cells[1]) if len(cells) >= 3 + n_columns else None
    if match is None:
        what = f"a row has 3 columns of a word and {n_columns} of annotations, not {len(cells)} in all"
        if len(cells) >= 3 + n_columns:
            what = f"{cells[1]!r} are no offsets"
        raise ExportError(what, path=path, line=number, hint=_HINT)
    begin, end = int(match[1]), int(match[2])
    if "." not in cells[0]:
        sentence.words.append((begin, end))
    value = cells[3 + column]
    if value == _NOTHING:
        return
    for at, stacked in enumerate(_STACKED.findall(value)):
        numbered = _NUMBERED.fullmatch(stacked)
        label, name = numbered.groups() if numbered else (stacked, f"-{number}-{at}")
        if label == _NO_VALUE:
            hint = "Label it or delete it"
            raise ExportError("an annotation has no label", path=path, line=number, hint=hint)
        first = sentence.marks.get(name, (begin, end, label))[0]
        sentence.marks[name] = first, end, _unescaped_value(label)


def _side(sentence: _Sentence, path: Path, notices: list[str]) -> ReadSide:
    text = "\n".join(sentence.texts)
    begin = sentence.words[0][0]
    points = {begin: 0}
    units = begin
    for index, character in enumerate(text, 1):
        units += utf16_units(character)
        points[units] = index
    try:
        words = [text[points[first] : points[last]] for first, last in sentence.words]
        ranges = [
            CharacterRange(
                points[first],
                points[last],
                read_label(label, path, sentence.line, lambda what: notices.append(f"{path.name}: {what}")),
            )
            for first, last, label in sentence.marks.values()
        ]
    except KeyError:
        what = "the offsets of the words are not those of #Text"
        raise ExportError(what, path=path, line=sentence.line, hint=_HINT) from None
    return placed(text, words, ranges)[0]


def _escaped_value(text: str) -> str:
    return _VALUE_ESCAPES.sub(lambda match: "\\" + {"\t": "t", "\n": "n"}.get(match[0], match[0]), text)


def _unescaped_value(text: str) -> str:
    return _VALUE_UNESCAPES.sub(lambda match: {"t": "\t", "n": "\n"}.get(match[1], match[1]), text)


def _escaped_text(text: str) -> str:
    return _TEXT_ESCAPES.sub(lambda match: _ESCAPED_LETTERS.get(match[0], f"\\{match[0]}"), text)


def _unescaped_text(text: str) -> str:
    return _TEXT_UNESCAPES.sub(lambda match: _LETTERS.get(match[1], match[1]), text)
