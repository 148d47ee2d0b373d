"""The lines of a document of brat: the texts of a pair, and its annotations."""

from __future__ import annotations

import json
import re

from pydantic import BaseModel, ConfigDict

from xner_core.export.brat_settings import PAIR, PROJECTS, STATUS, type_name
from xner_core.export.links_line import links_line
from xner_core.export.running_text import located, text_of
from xner_core.export.sample import Sample
from xner_core.types import SIDES, Entity, Sentence, Side

PAIR_DATA = "PairData"
"""The kind of the comment that holds what brat has no name for."""
_BREAKS = "\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029"
"""brat ends a line of annotations at any of these, so no annotated text may hold one."""
_FRAGMENT = re.compile(f"[^{_BREAKS}]+")
_BREAK = re.compile(f"[{_BREAKS}\\\\]")
_ESCAPED = re.compile(r"\\(u[0-9a-f]{4}|[\\nrt])")
_PLAIN = {"\\": "\\", "n": "\n", "r": "\r", "t": "\t"}


class PairData(BaseModel):
    """What brat has no name for: where the sentences stand in the text, and what is known of them.

    Of the words the offsets are listed, counted from the beginning of their sentence: the first
    character of each and the one behind its last.
    """

    model_config = ConfigDict(strict=True, extra="ignore")

    id: str
    source: tuple[int, int]
    target: tuple[int, int]
    source_words: list[int]
    target_words: list[int]
    source_lang: str
    target_lang: str
    links: str


class DocumentWriter:
    """Counts characters and annotations of a document."""

    def __init__(self) -> None:
        self._at = 0
        self._counts = dict.fromkeys("TRA#", 0)

    def pair(self, sample: Sample) -> tuple[str, str]:
        """The lines of text and of annotations of one more pair."""
        heading = re.sub(r"[\s\ufeff]", "_", sample.pair.id) or "_"
        texts = [heading, *(plain(text_of(sample.pair.side(side)).text) for side in SIDES)]
        begins = [self._at]
        for text in texts:
            begins.append(begins[-1] + len(text) + 1)
        self._at = begins[-1] + 1
        pair = self._next("T")
        said = [f"{pair}\t{PAIR} {begins[0]} {begins[0] + len(heading)}\t{heading}"]
        if sample.status != "created":
            said.append(f"{self._next('A')}\t{STATUS} {pair} {sample.status}")
        if sample.note:
            said.append(f"{self._next('#')}\tAnnotatorNotes {pair}\t{_escaped(sample.note)}")
        data = PairData(
            id=sample.pair.id,
            source=(begins[1], begins[1] + len(texts[1])),
            target=(begins[2], begins[2] + len(texts[2])),
            source_words=[at for place in text_of(sample.pair.source).offsets for at in place],
            target_words=[at for place in text_of(sample.pair.target).offsets for at in place],
            source_lang=sample.pair.source.lang,
            target_lang=sample.pair.target.lang,
            links=links_line(sample.corrected.alignment),
        )
        said.append(f"{self._next('#')}\t{PAIR_DATA} {pair}\t{_escaped_json(data)}")
        names: dict[Side, list[str]] = {"source": [], "target": []}
        for side, begin in zip(SIDES, begins[1:], strict=False):
            sentence = sample.pair.side(side)
            running = text_of(sentence)
            for entity in sample.corrected.entities(side):
                is_marked = can_be_marked(sentence, entity)
                names[side].append(self._next("T") if is_marked else "")
                if not is_marked:
                    continue
                start, _, surface = located(running, sentence.words, entity.span)
                pieces = _fragments(surface)
                places = ";".join(f"{begin + start + a} {begin + start + b}" for a, b in pieces)
                words = " ".join(surface[a:b] for a, b in pieces)
                said.append(f"{names[side][-1]}\t{type_name(entity.label)} {places}\t{words}")
        for i, j in sample.corrected.matches:
            source, target = names["source"][i], names["target"][j]
            if source and target:
                said.append(f"{self._next('R')}\t{PROJECTS} Arg1:{source} Arg2:{target}")
        return "\n".join([*texts, "", ""]), "\n".join([*said, ""])

    def _next(self, kind: str) -> str:
        self._counts[kind] += 1
        return f"{kind}{self._counts[kind]}"


def can_be_marked(sentence: Sentence, entity: Entity) -> bool:
    """Whether an entity begins and ends with more than white space, which a few corpora have as words."""
    edges = (sentence.words[entity.span.start], sentence.words[entity.span.end - 1])
    return all(word.strip() for word in edges)


def plain(text: str) -> str:
    """A text without carriage returns, which some count with the line feed and some do not."""
    return text.replace("\r", " ")


def _fragments(surface: str) -> list[tuple[int, int]]:
    """The parts of an entity between line breaks, without white space at their edges."""
    fragments = []
    for match in _FRAGMENT.finditer(surface):
        part = match.group()
        left, right = len(part) - len(part.lstrip()), len(part) - len(part.rstrip())
        if part.strip():
            fragments.append((match.start() + left, match.end() - right))
    return fragments


def _escaped(text: str) -> str:
    def escape(match: re.Match[str]) -> str:
        character = match.group()
        short = next((key for key, value in _PLAIN.items() if value == character), None)
        return f"\\{short}" if short else f"\\u{ord(character):04x}"

    return _BREAK.sub(escape, text)


def unescaped(text: str) -> str:
    """A remark as it was before it was written on one line."""

    def character(match: re.Match[str]) -> str:
        code = match.group(1)
        return _PLAIN.get(code) or chr(int(code[1:], 16))

    return _ESCAPED.sub(character, text)


def _escaped_json(data: PairData) -> str:
    return json.dumps(data.model_dump())  # ASCII only, so that no line ends within it
