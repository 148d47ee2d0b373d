"""Two CoNLL-2002 or CoNLL-2003 files whose sentences are translations of each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import methodcaller
from pathlib import Path

from pydantic import Field

from xner_core.config import Component, ComponentConfig
from xner_core.corpora.build import ContentIds, check_language, decode_all, make_corpus
from xner_core.corpora.spec import CorpusSpec
from xner_core.corpora.uncollected import uncollected
from xner_core.errors import CorpusError
from xner_core.files import Report, read_lines, refuse
from xner_core.languages import UNKNOWN, is_language
from xner_core.tags import is_tag
from xner_core.types import Corpus, Entity, Sentence, SentencePair

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
        notices: list[str] = []
        langs = self.config.source_lang, self.config.target_lang
        with uncollected():  # see `jsonl.read_corpus`
            return make_corpus(spec.text, read_conll(paths[0], paths[1], langs, notices), notices)

    def files_of(self, spec: CorpusSpec) -> list[Path]:
        """All that is read."""
        return [Path(part) for part in spec.where.split(",")]


def read_conll(
    source: Path,
    target: Path,
    langs: tuple[str | None, str | None],
    notices: list[str],
    report: Report = refuse,
) -> list[SentencePair]:
    """Read two files and pair their sentences in order.

    Args:
        source: The first file.
        target: The second one.
        langs: Their BCP 47 codes; None is looked for in the file's name.
        notices: Takes what was repaired or guessed, one sentence each.
        report: Told of each bad row; where it returns, the pair with that row is left out.

    Raises:
        CorpusError: If a file cannot be read, a language is none or the files do not have equally many
            sentences; and whatever `report` raises.
    """
    with uncollected():
        files = [_read(path, report) for path in (source, target)]
        _check_counts(*files)
        sides = [
            _sentences(file, _language(lang, file.path, notices), notices)
            for file, lang in zip(files, langs, strict=True)
        ]
        ids = ContentIds()
        return [
            SentencePair(ids.next(first.words, second.words), first, second)
            for first, second in zip(*sides, strict=True)
            if first is not None and second is not None
        ]


def read_tagged(path: Path, lang: str | None, notices: list[str], report: Report = refuse) -> list[Sentence]:
    """Read the sentences of one file; a file with one column has no entities.

    Args:
        path: The file.
        lang: Its BCP 47 code; None is looked for in the file's name.
        notices: Takes what was repaired or guessed, one sentence each.
        report: Told of each bad row; where it returns, the sentence with that row is left out.

    Raises:
        CorpusError: If the file cannot be read or the language is none; and whatever `report` raises.
    """
    with uncollected():
        file = _read(path, report)
        found = _sentences(file, _language(lang, path, notices), notices)
        return [sentence for sentence in found if sentence is not None]


@dataclass
class _Rows:
    """The columns of one sentence; `tags` stays empty where the file has one column."""

    words: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    is_bad: bool = False


@dataclass
class _File:
    """The rows of one file, sentence by sentence."""

    path: Path
    sentences: list[_Rows]
    has_tags: bool


def _read(path: Path, report: Report) -> _File:
    lines = read_lines(path)
    split: Callable[[str], list[str]] = re.compile(r" +").split
    if any("\t" in line for line in lines if line.strip(_BLANK)):
        split = methodcaller("split", "\t")
    sentences: list[_Rows] = []
    n_columns = 0
    new_sentence = True
    good_tags: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip(_BLANK) or line.startswith("-DOCSTART-"):
            new_sentence = True
            continue
        columns = split(line.rstrip(" \r"))
        n_columns = n_columns or len(columns)
        if new_sentence:
            sentence = _Rows()
            sentences.append(sentence)
            new_sentence = False
        sentence.lines.append(number)
        tag = columns[-1] if n_columns > 1 else ""
        # A corpus has few tags, many times each: what was good once is not looked at again.
        if tag not in good_tags or len(columns) != n_columns or not columns[0].strip(_BLANK):
            problem = _problem(columns, n_columns, path, number)
            if problem is not None:
                sentence.is_bad = True
                report(problem)
                continue
            good_tags.add(tag)
        sentence.words.append(columns[0])
        if n_columns > 1:
            sentence.tags.append(tag)
    if not sentences:
        raise CorpusError("the file has no sentences", path=path, hint="Write one word and its tag a line")
    return _File(path, sentences, n_columns > 1)


def _problem(columns: list[str], n_columns: int, path: Path, number: int) -> CorpusError | None:
    if not columns[0].strip(_BLANK):
        what, hint = "the word is empty", "Write a word before its tag, or nothing at all"
    elif len(columns) < n_columns or (n_columns > 1 and not columns[-1]):
        what, hint = f"the word {columns[0]!r} has no tag", "Outside entities it is O"
    elif len(columns) > n_columns:
        what = f"the row has {len(columns)} columns, the rows before it {n_columns}"
        hint = "A word must not contain the separator"
    elif n_columns > 1 and not is_tag(columns[-1]):
        what, hint = f"{columns[-1]!r} is not an IOB tag", "Use O, B-PER, I-PER …"
    else:
        return None
    return CorpusError(what, path=path, line=number, hint=hint)


def _check_counts(source: _File, target: _File) -> None:
    n_source, n_target = len(source.sentences), len(target.sentences)
    if n_source != n_target:
        shorter = source if n_source < n_target else target
        raise CorpusError(
            f"{source.path.name} has {n_source} sentences, {target.path.name} has {n_target}",
            path=shorter.path,
            line=shorter.sentences[-1].lines[-1],
            hint="The two files must be parallel, sentence by sentence",
        )


def _sentences(file: _File, lang: str, notices: list[str]) -> list[Sentence | None]:
    """The sentences of a file, None in place of each that has a bad row."""
    good = [rows for rows in file.sentences if not rows.is_bad]
    entities: Sequence[tuple[Entity, ...] | None] = [None] * len(good)
    if file.has_tags:
        entities, repairs = decode_all(file.path, [rows.tags for rows in good], [rows.lines for rows in good])
        notices += repairs
    spans = iter(entities)
    return [
        None if rows.is_bad else Sentence(tuple(rows.words), lang, next(spans)) for rows in file.sentences
    ]


def _language(given: str | None, path: Path, notices: list[str]) -> str:
    if given is not None:
        return check_language(given, path)
    guess = re.split(r"[-_.]", path.name)[0]
    if guess not in _NO_LANGUAGES and is_language(guess):
        notices.append(f"{path.name}: language {guess!r} taken from the file's name")
        return guess
    notices.append(f"{path.name}: language unknown; name it with source_lang= and target_lang=")
    return UNKNOWN
