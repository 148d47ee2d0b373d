"""Running text with labelled stretches of characters, made into sentence pairs.

Annotation tools count characters, everything here counts words. A text is cut into words,
and an entity is the words that its characters touch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xner_core.corpora.build import check_language
from xner_core.corpora.jsonl import links_of, missing_notices
from xner_core.corpora.uploads.findings import Findings
from xner_core.errors import CorpusError
from xner_core.tokenization import span_of_characters, tokenize, tokenizer_name
from xner_core.types import Entity, Sentence, SentencePair, Span

MOST_SENTENCES = 200_000
"""Pairs that the app takes in from one upload."""


@dataclass(frozen=True, slots=True)
class Region:
    """A labelled stretch of text: characters `start` to `end - 1`, counted in code points."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text as an annotation tool holds it.

    Attributes:
        text: The text.
        lang: Its BCP 47 code.
        regions: What was labelled; None where nobody has annotated it.
        words: How it is cut into words, where the file says so.
        line: The 1-based line it stands in.
    """

    text: str
    lang: str
    regions: tuple[Region, ...] | None
    words: tuple[str, ...] | None
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A pair of texts, one of which may be missing.

    Attributes:
        name: The id of the pair; unique in a good file.
        source: The source text; where it is missing, its language.
        target: The target text; where it is missing, its language.
        alignment: Gold links in Pharaoh format, where there are some.
        note: A remark for the reader.
        line: The 1-based line it begins in.
    """

    name: str
    source: AnnotatedText | str
    target: AnnotatedText | str
    alignment: str | None
    note: str
    line: int


def check_size(n: int, path: Path) -> None:
    """See that an upload is not too long to be handled in the app.

    Raises:
        CorpusError: If it is.
    """
    if n > MOST_SENTENCES:
        raise CorpusError(
            f"there are {n:,} sentences; the app takes {MOST_SENTENCES:,} at once",
            path=path,
            hint="Upload the file in parts, or name it by a spec such as jsonl:FILE: there it may be longer",
        )


def pairs_of(
    documents: Sequence[Document], path: Path, notices: list[str], findings: Findings
) -> list[SentencePair]:
    """Cut the texts into words and their regions into entities.

    Args:
        documents: The documents of a file.
        path: The file.
        notices: Takes what was done to the whole file, one sentence each.
        findings: Takes what was left out or changed, each with its line.

    Returns:
        The pairs that can be made; the ids are unique.
    """
    check_size(len(documents), path)
    documents = [document for document in documents if _has_languages(document, path, findings)]
    words = _words(documents, path, notices)
    pairs: dict[str, SentencePair] = {}
    for document in documents:
        try:
            if document.name in pairs:
                what = f"the id {document.name!r} was used before"
                raise CorpusError(what, path=path, line=document.line, hint="Give each pair its own id")
            source, target = (
                _sentence(text, words, path, findings) for text in (document.source, document.target)
            )
            links = links_of(document.alignment, source, target, path, document.line)
        except CorpusError as problem:
            findings.problem(problem)
        else:
            pairs[document.name] = SentencePair(document.name, source, target, links, document.note)
    notices += missing_notices(path, pairs.values())
    return list(pairs.values())


Cut = dict[tuple[str, str], tuple[str, ...]]
"""The words of each text by its language and itself."""


def _has_languages(document: Document, path: Path, findings: Findings) -> bool:
    """Whether both languages are some; a code that is none is a problem."""
    try:
        for text in (document.source, document.target):
            if isinstance(text, AnnotatedText):
                check_language(text.lang, path, text.line)
            else:
                check_language(text, path)
    except CorpusError as problem:
        findings.problem(problem)
        return False
    return True


def _words(documents: Sequence[Document], path: Path, notices: list[str]) -> Cut:
    """Cut all texts that the file does not cut itself."""
    by_language: dict[str, dict[str, None]] = {}
    for document in documents:
        for text in (document.source, document.target):
            if isinstance(text, AnnotatedText) and text.words is None:
                by_language.setdefault(text.lang, {})[text.text] = None
    words: Cut = {}
    for lang, texts in by_language.items():
        cut, _ = tokenize(lang, texts)
        notices.append(f"{path.name}: {len(texts)} texts cut into words by {tokenizer_name(lang)}")
        words.update({(lang, text): found for text, found in zip(texts, cut, strict=True)})
    return words


def _sentence(text: AnnotatedText | str, cut: Cut, path: Path, findings: Findings) -> Sentence:
    """Make a sentence of a text.

    Raises:
        CorpusError: If it cannot be made.
    """
    if isinstance(text, str):
        return Sentence((), text)
    words = cut[text.lang, text.text] if text.words is None else text.words
    if not words:
        raise CorpusError("the text has no words", path=path, line=text.line, hint="Leave such texts out")
    places = _places(text, words, path)
    entities = None
    if text.regions is not None:
        spans = [Entity(_span(each, text, places, path, findings), each.label) for each in text.regions]
        entities = _apart(spans, words, path, text.line, findings)
    return Sentence(words, text.lang, entities, text.text)


def _places(text: AnnotatedText, words: Sequence[str], path: Path) -> list[tuple[int, int]]:
    """The characters `[start, end)` of each word."""
    places = []
    at = 0
    for word in words:
        start = text.text.find(word, at)
        if start < 0 or not word.strip():
            what = f"the word {word!r} is not in the text where it should be"
            raise CorpusError(what, path=path, line=text.line, hint="Write the words in the text's order")
        at = start + len(word)
        places.append((start, at))
    return places


def _span(
    region: Region,
    text: AnnotatedText,
    places: Sequence[tuple[int, int]],
    path: Path,
    findings: Findings,
) -> Span:
    """The words that a region touches."""
    if not 0 <= region.start < region.end <= len(text.text):
        raise CorpusError(
            f"the entity {region.label} at characters {region.start} to {region.end} is outside the text, "
            f"which has {len(text.text)}",
            path=path,
            line=text.line,
            hint="Characters count from 0, and the end is behind the last one",
        )
    span = span_of_characters(places, region.start, region.end)
    surface = text.text[region.start : region.end]
    if span is None:
        raise CorpusError(
            f"the entity {region.label} at characters {region.start} to {region.end} has no word",
            path=path,
            line=text.line,
            hint="Label a word",
        )
    start, end = places[span.start][0], places[span.end - 1][1]
    if start < region.start or end > region.end:
        findings.change(
            CorpusError(
                f"the entity {surface!r} ends inside a word; it was widened to {text.text[start:end]!r}",
                path=path,
                line=text.line,
                hint="Entities are whole words",
            )
        )
    return span


def _apart(
    entities: Sequence[Entity], words: Sequence[str], path: Path, line: int, findings: Findings
) -> tuple[Entity, ...]:
    """The outermost entities: of two that share a word, the longer one."""
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda entity: (-len(entity.span), entity.span)):
        over = next((other for other in kept if other.span.overlaps(entity.span)), None)
        if over is None:
            kept.append(entity)
            continue
        inner, outer = (
            f"{each.label} {' '.join(words[each.span.start : each.span.end])!r}" for each in (entity, over)
        )
        findings.change(
            CorpusError(
                f"the entity {inner} shares words with {outer} and was left out",
                path=path,
                line=line,
                hint="A word can be in one entity only",
            )
        )
    return tuple(sorted(kept))
