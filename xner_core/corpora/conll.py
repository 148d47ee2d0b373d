"""Two CoNLL-2002 or CoNLL-2003 files whose sentences are translations of each other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field

from xner_core.config import Component, ComponentConfig
from xner_core.corpora.build import ContentIds, check_language, decode_all, make_corpus
from xner_core.corpora.spec import CorpusSpec
from xner_core.errors import CorpusError
from xner_core.files import read_lines
from xner_core.languages import UNKNOWN, is_language
from xner_core.tags import is_tag
from xner_core.types import Corpus, Sentence, SentencePair

_BLANK = " \t\r"
_NO_LANGUAGES = frozenset({"bio", "dev", "iob", "ner", "tag"})
"""Codes of languages that in a file's name mean something else."""


class ConllConfig(ComponentConfig):
    """Options of a `conll:` spec; a language left out is looked for in the file's name."""

    source_lang: str | None = Field(default=None, description="Language code of the first file.")
    target_lang: str | None = Field(default=None, description="Language code of the second file.")


class ConllLoader(Component[ConllConfig]):
    """Two files, one word a line with its tag last, a blank line between sentences.

    The separator (TAB or spaces) is sniffed; a file with one column has no tags.
    """

    Config = ConllConfig

    def load(self, spec: CorpusSpec) -> Corpus:
        """Read both files and pair their sentences in order."""
        paths = [Path(part) for part in spec.where.split(",")]
        if len(paths) != 2 or not all(spec.where.split(",")):
            raise CorpusError(
                "a conll corpus needs two files", where=spec.text, hint="Write conll:SOURCE_FILE,TARGET_FILE"
            )
        files = [_read(path) for path in paths]
        if len(files[0].words) != len(files[1].words):
            shorter = min(files, key=lambda file: len(file.words))
            raise CorpusError(
                f"{paths[0].name} has {len(files[0].words)} sentences, {paths[1].name} has "
                f"{len(files[1].words)}",
                path=shorter.path,
                line=shorter.lines[-1][-1],
                hint="The two files must be parallel, sentence by sentence",
            )
        notices: list[str] = []
        langs = [
            _language(given, path, notices)
            for given, path in zip((self.config.source_lang, self.config.target_lang), paths, strict=True)
        ]
        sources, targets = (_sentences(file, lang, notices) for file, lang in zip(files, langs, strict=True))
        ids = ContentIds()
        pairs = [
            SentencePair(ids.next(source.words, target.words), source, target)
            for source, target in zip(sources, targets, strict=True)
        ]
        return make_corpus(spec.text, pairs, notices)


@dataclass
class _File:
    """The columns of one file, sentence by sentence; `tags` stays empty where it has one column."""

    path: Path
    words: list[list[str]] = field(default_factory=list)
    tags: list[list[str]] = field(default_factory=list)
    lines: list[list[int]] = field(default_factory=list)


def _read(path: Path) -> _File:
    lines = read_lines(path)
    rows = [line for line in lines if line.strip(_BLANK)]
    separator = re.compile(r"\t" if any("\t" in row for row in rows) else r" +")
    file = _File(path)
    n_columns = 0
    new_sentence = True
    for number, line in enumerate(lines, 1):
        if not line.strip(_BLANK) or line.startswith("-DOCSTART-"):
            new_sentence = True
            continue
        columns = separator.split(line.rstrip(" \r"))
        n_columns = n_columns or len(columns)
        _check_row(columns, n_columns, path, number)
        if new_sentence:
            file.words.append([])
            file.lines.append([])
            if n_columns > 1:
                file.tags.append([])
            new_sentence = False
        file.words[-1].append(columns[0])
        file.lines[-1].append(number)
        if n_columns > 1:
            file.tags[-1].append(columns[-1])
    if not file.words:
        raise CorpusError("the file has no sentences", path=path, hint="Write one word and its tag a line")
    return file


def _check_row(columns: list[str], n_columns: int, path: Path, number: int) -> None:
    if not columns[0].strip(_BLANK):
        raise CorpusError(
            "the word is empty", path=path, line=number, hint="Write a word before its tag, or nothing at all"
        )
    if len(columns) < n_columns or (n_columns > 1 and not columns[-1]):
        raise CorpusError(
            f"the word {columns[0]!r} has no tag",
            path=path,
            line=number,
            hint="Outside entities it is O",
        )
    if len(columns) > n_columns:
        raise CorpusError(
            f"the row has {len(columns)} columns, the rows before it {n_columns}",
            path=path,
            line=number,
            hint="A word must not contain the separator",
        )
    if n_columns > 1 and not is_tag(columns[-1]):
        raise CorpusError(
            f"{columns[-1]!r} is not an IOB tag", path=path, line=number, hint="Use O, B-PER, I-PER …"
        )


def _sentences(file: _File, lang: str, notices: list[str]) -> list[Sentence]:
    if not file.tags:
        return [Sentence(tuple(words), lang) for words in file.words]
    entities, repairs = decode_all(file.path, file.tags, file.lines)
    notices += repairs
    return [Sentence(tuple(words), lang, spans) for words, spans in zip(file.words, entities, strict=True)]


def _language(given: str | None, path: Path, notices: list[str]) -> str:
    if given is not None:
        return check_language(given, path)
    guess = re.split(r"[-_.]", path.name)[0]
    if guess not in _NO_LANGUAGES and is_language(guess):
        notices.append(f"{path.name}: language {guess!r} taken from the file's name")
        return guess
    notices.append(f"{path.name}: language unknown; name it with source_lang= and target_lang=")
    return UNKNOWN
