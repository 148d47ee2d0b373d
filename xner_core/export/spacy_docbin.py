"""spaCy's binary files of documents: a document per sentence, a file for each of the two sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Literal, NamedTuple, get_args

from pydantic import Field

from xner_core.config import ComponentConfig
from xner_core.errors import ExportError
from xner_core.export.characters import text_loss
from xner_core.export.format import Format
from xner_core.export.labels import read_label
from xner_core.export.links_line import links_line, links_of
from xner_core.export.losses import CONTENT, Aspect, Loss, Overlaps, general_losses, without_overlaps
from xner_core.export.running_text import RunningText, located, text_of
from xner_core.export.sample import ReadSample, ReadSide, Sample
from xner_core.export.text_files import files_in
from xner_core.export.two_files import joined
from xner_core.types import SIDES, Entity, ReviewStatus, Side, Span

_ABOUT = "xner"
"""Where a document keeps what belongs to its pair: `doc.user_data["xner"]`."""
_RAW = "predicted"
_ONLY_WRITTEN: frozenset[Aspect] = frozenset({"provenance"})
"""What is in the file for scripts, but is not read back."""
_ATTRIBUTES = ["ENT_IOB", "ENT_TYPE"]
_NAME = re.compile(r"(.*?)(?:\.(\d+))?(?:\.(source|target))?\.spacy", re.DOTALL)

Marked = tuple[int, int, str]
"""First word, the one behind the last, label."""


class SpacyConfig(ComponentConfig):
    """Options of the format `spacy`."""

    group: str = Field(
        "gold", min_length=1, description="The group of doc.spans with all entities, also those that overlap."
    )
    overlaps: Overlaps = Field(
        "outermost",
        description="Writing: which of several entities that share a word is in doc.ents, which holds one.",
    )
    documents: int = Field(
        5000, ge=1, description="Writing: sentences in one file; a file is made in memory."
    )
    side: Literal["source", "target"] = Field(
        "target", description="Reading: which sentences documents are that do not say it."
    )


class _Read(NamedTuple):
    """A document: its sentence, what it says of the pair, and where it stands."""

    place: str
    side: ReadSide
    about: dict[str, Any]


class SpacyFormat(Format[SpacyConfig]):
    """Documents of spaCy with our words, entities and groups of spans, for training and for scripts."""

    Config = SpacyConfig
    title: ClassVar[str] = "spaCy DocBin"
    read_by: ClassVar[str] = "spaCy"
    suffixes: ClassVar[tuple[str, ...]] = (".spacy",)

    @property
    def holds(self) -> frozenset[Aspect]:
        """All but who did what, and the links that the components found."""
        return CONTENT

    def losses(self, sample: Sample) -> Iterator[Loss]:
        """What a document has no place for."""
        yield from general_losses(sample, self.holds | _ONLY_WRITTEN)
        yield from text_loss(sample)

    def write(self, samples: Iterable[Sample], folder: Path, name: str) -> list[Path]:
        """Write `NAME.source.spacy` and `NAME.target.spacy`; of many sentences, `NAME.2.source.spacy` …."""
        from spacy.tokens import DocBin
        from spacy.vocab import Vocab

        def empty() -> tuple[Any, dict[Side, Any]]:
            # With a vocabulary of its own, which keeps every word it has seen.
            return Vocab(), {side: DocBin(attrs=_ATTRIBUTES, store_user_data=True) for side in SIDES}

        def flush() -> None:
            number = f".{len(paths) // 2 + 1}" if paths else ""
            for side, documents in boxes.items():
                paths.append(folder / f"{name}{number}.{side}.spacy")
                documents.to_disk(paths[-1])

        paths: list[Path] = []
        vocab, boxes = empty()
        for sample in samples:
            if len(boxes["source"]) == self.config.documents:
                flush()
                vocab, boxes = empty()
            try:
                documents = {side: self._document(sample, side, vocab) for side in SIDES}
                with _known_encoders():
                    for side, document in documents.items():
                        boxes[side].add(document)
            except UnicodeEncodeError as error:
                what = f"the character U+{ord(error.object[error.start]):04X} cannot be written"
                hint = "It is half a surrogate pair: correct the text"
                raise ExportError(what, where=sample.pair.id, hint=hint) from None
        flush()
        return paths

    def read(self, path: Path, notices: list[str] | None = None) -> Iterator[ReadSample]:
        """Read a file; in a folder, `NAME.source.spacy` and `NAME.target.spacy` belong together."""
        heard = notices if notices is not None else []
        files: dict[tuple[str, int], dict[Side, Path]] = {}
        for file in files_in(path, self.suffixes):
            match = _NAME.fullmatch(file.name)
            name, number, said = match.groups() if match else (file.name, None, None)
            side = next((each for each in SIDES if each == said), self.config.side)
            files.setdefault((name, int(number or 1)), {})[side] = file
        for _, by_side in sorted(files.items()):
            documents: dict[Side, list[tuple[str | None, _Read]]] = {"source": [], "target": []}
            for named, file in by_side.items():
                for read in self._read(file, heard):
                    side = read.about.get("side", named)
                    documents[side].append((read.about.get("pair_id"), read))
            for source, target in joined(documents["source"], documents["target"]):
                yield _sample(source, target)

    def _document(self, sample: Sample, side: Side, vocab: Any) -> Any:
        """A sentence as a document whose text is the sentence's, and whose entities stand where ours do."""
        from spacy.tokens import Doc

        sentence = sample.pair.side(side)
        running = text_of(sentence)
        tokens, spaces, gaps = _tokens(running)
        document = Doc(vocab, words=tokens, spaces=spaces)
        if document.text != running.text:
            raise ExportError(f"spaCy makes {document.text!r} of it", where=sample.pair.id)

        def span(entity: Entity) -> Any:
            start, end, surface = located(running, sentence.words, entity.span)
            found = document.char_span(start, end, label=entity.label)
            if found is None or found.text != surface:
                what = f"spaCy does not find {surface!r} at {start} to {end}"
                raise ExportError(what, where=sample.pair.id)
            return found

        said = sample.corrected
        chosen, _ = without_overlaps(said.entities(side), self.config.overlaps)
        spans = [span(entity) for entity in chosen]
        # spaCy does not train on an entity whose edge is white space, which a few corpora have as words.
        allowed = [each for each in spans if not (each[0].text.isspace() or each[-1].text.isspace())]
        document.set_ents(allowed, default="outside")
        document.spans[self.config.group] = [span(entity) for entity in said.entities(side)]
        if sample.raw is not None and self.config.group != _RAW:
            document.spans[_RAW] = [span(entity) for entity in sample.raw.entities(side)]
        document.user_data[_ABOUT] = {
            "pair_id": sample.pair.id,
            "side": side,
            "lang": sentence.lang,
            "gaps": gaps,
            "alignment": links_line(said.alignment),
            "matches": [
                (_marked(said.source_entities[source]), _marked(said.target_entities[target]))
                for source, target in said.matches
            ],
            "status": sample.status,
            "note": sample.note,
            "provenance": dict(sample.provenance),
        }
        return document

    def _read(self, path: Path, notices: list[str]) -> Iterator[_Read]:
        from spacy.tokens import DocBin
        from spacy.vocab import Vocab

        try:
            with _known_encoders():
                documents = list(DocBin().from_disk(path).get_docs(Vocab()))
        except Exception as error:  # whatever its decoders make of other bytes
            what = f"spaCy cannot read it ({type(error).__name__}: {error})"
            raise ExportError(what, path=path, hint="Write it with DocBin.to_disk of spaCy 3") from None
        for number, document in enumerate(documents, 1):
            about = document.user_data.get(_ABOUT)
            about = about if isinstance(about, dict) else {}
            place = f"{path}, document {number}"
            yield _Read(place, self._side(document, about, path, number, notices), about)

    def _side(
        self, document: Any, about: dict[str, Any], path: Path, number: int, notices: list[str]
    ) -> ReadSide:
        # Tokens of white space are spaCy's way to keep a text whole; they are no words of ours.
        gaps = set(about.get("gaps", (token.i for token in document if token.text.isspace())))
        indices = [index for index in range(len(document)) if index not in gaps]
        words = tuple(document[index].text for index in indices)
        at = {index: position for position, index in enumerate(indices)}
        spans = None
        if self.config.group in document.spans:
            spans = list(document.spans[self.config.group])
        elif document.has_annotation("ENT_IOB"):
            spans = list(document.ents)
        entities = set()
        for span in spans or ():
            covered = [at[token.i] for token in span if token.i in at]
            if not covered:
                notices.append(f"{path.name}, document {number}: an entity without words was passed over")
                continue
            label = read_label(
                span.label_,
                path,
                number,
                lambda what: notices.append(f"{path.name}, document {number}: {what}"),
            )
            entities.add(Entity(Span(covered[0], covered[-1] + 1), label))
        return ReadSide(
            words, document.text, None if spans is None else tuple(sorted(entities)), lang=about.get("lang")
        )


@contextmanager
def _known_encoders() -> Iterator[None]:
    """Let spaCy's encoder not look through all installed packages for extensions of it, thrice a document.

    That takes four fifths of the time. Where a package extends it, nothing is changed.
    """
    registries = _unextended()
    before = [registry.entry_points for registry in registries]
    try:
        for registry in registries:
            registry.entry_points = False
        yield
    finally:
        for registry, value in zip(registries, before, strict=True):
            registry.entry_points = value


@lru_cache(maxsize=1)
def _unextended() -> list[Any]:
    from srsly import msgpack

    registries = (msgpack.msgpack_encoders, msgpack.msgpack_decoders)
    return [registry for registry in registries if not registry.get_entry_points()]


def _tokens(running: RunningText) -> tuple[list[str], list[bool], list[int]]:
    """Words, and tokens of the white space between them that is more than one space, as spaCy cuts it.

    Returns:
        The tokens, whether a space follows each, and which of them are none of the words.
    """
    tokens: list[str] = []
    spaces: list[bool] = []
    gaps: list[int] = []
    at = 0
    for start, end in (*running.offsets, (len(running.text), len(running.text))):
        gap = running.text[at:start]
        if tokens and gap.startswith(" "):
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            gaps.append(len(tokens))
            tokens.append(gap)
            spaces.append(False)
        if end > start:
            tokens.append(running.text[start:end])
            spaces.append(False)
        at = end
    return tokens, spaces, gaps


def _marked(entity: Entity) -> Marked:
    return entity.span.start, entity.span.end, entity.label


def _sample(source: _Read | None, target: _Read | None) -> ReadSample:
    """What one document, or two, say of a pair."""
    there = [each for each in (source, target) if each is not None]
    first, about = there[0], there[0].about
    sides = [each.side if each is not None else None for each in (source, target)]
    entities = [side.entities or () if side is not None else () for side in sides]
    orders = [{_marked(entity): index for index, entity in enumerate(those)} for those in entities]
    links, status = about.get("alignment"), about.get("status")
    matches = None
    if "matches" in about and None not in sides:
        # A match whose entity was moved or deleted is one no more.
        found = [(orders[0].get(tuple(a)), orders[1].get(tuple(b))) for a, b in about["matches"]]
        matches = tuple(sorted((i, j) for i, j in found if i is not None and j is not None))
    path, _, number = first.place.rpartition(", document ")
    return ReadSample(
        place=first.place,
        id=about.get("pair_id"),
        source=sides[0],
        target=sides[1],
        alignment=None if links is None else links_of(links, sides[0], sides[1], Path(path), int(number)),
        matches=matches,
        status=status if status in get_args(ReviewStatus) else None,
        note=about.get("note"),
    )
