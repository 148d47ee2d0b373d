"""The kinds of files that can be uploaded; a new one is a reader and an entry here."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from xner_core.corpora.build import ContentIds
from xner_core.corpora.conll import read_conll, read_tagged
from xner_core.corpora.jsonl import missing_notices, read_pairs
from xner_core.corpora.parallel import read_parallel
from xner_core.corpora.uploads.doccano import read_doccano
from xner_core.corpora.uploads.findings import Findings
from xner_core.corpora.uploads.label_studio import read_label_studio
from xner_core.languages import UNKNOWN
from xner_core.types import Sentence, SentencePair

Read = Callable[[Sequence[Path], tuple[str, str], list[str], Findings], list[SentencePair]]
"""Reads files, given the languages of both sides; takes notices and findings."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of files.

    Attributes:
        title: What it is called.
        explanation: What it looks like, in one sentence.
        most_files: How many files make a corpus, at most.
        names_languages: Whether the file itself names the languages of its sentences, always.
        read: Its reader.
    """

    title: str
    explanation: str
    most_files: int
    names_languages: bool
    read: Read


def _conll(
    paths: Sequence[Path], langs: tuple[str, str], notices: list[str], findings: Findings
) -> list[SentencePair]:
    source_lang, target_lang = (None if lang == UNKNOWN else lang for lang in langs)
    if len(paths) == 2:
        return read_conll(paths[0], paths[1], (source_lang, target_lang), notices, findings.problem)
    ids = ContentIds()
    missing = Sentence((), langs[0])
    pairs = [
        SentencePair(ids.next((), sentence.words), missing, sentence)
        for sentence in read_tagged(paths[0], target_lang, notices, findings.problem)
    ]
    notices += missing_notices(paths[0], pairs)
    return pairs


def _jsonl(
    paths: Sequence[Path], langs: tuple[str, str], notices: list[str], findings: Findings
) -> list[SentencePair]:
    pairs, found = read_pairs(paths[0], findings.problem)
    notices += found
    return pairs


def _parallel(
    paths: Sequence[Path], langs: tuple[str, str], notices: list[str], findings: Findings
) -> list[SentencePair]:
    return read_parallel(paths[0], *langs, findings.problem)


def _doccano(
    paths: Sequence[Path], langs: tuple[str, str], notices: list[str], findings: Findings
) -> list[SentencePair]:
    return read_doccano(paths[0], langs, notices, findings)


def _label_studio(
    paths: Sequence[Path], langs: tuple[str, str], notices: list[str], findings: Findings
) -> list[SentencePair]:
    return read_label_studio(paths[0], langs, notices, findings)


FORMATS: dict[str, Format] = {
    "conll": Format(
        "CoNLL",
        "One word a line with its tag last, a blank line between sentences; two files whose sentences are "
        "translations of each other, the source first, or one file of target sentences.",
        2,
        False,
        _conll,
    ),
    "jsonl": Format(
        "JSON lines",
        "The project's own format: one pair a line, as the command xner project writes it.",
        1,
        True,
        _jsonl,
    ),
    "doccano": Format(
        "doccano",
        "JSON lines with text and label; two lines of one pair_id, with side source and target, are a pair.",
        1,
        False,
        _doccano,
    ),
    "label-studio": Format(
        "Label Studio",
        "The JSON export of a project with the texts src_text and tgt_text, or with one text.",
        1,
        False,
        _label_studio,
    ),
    "parallel": Format(
        "Parallel text",
        "One pair a line, source ||| target, with spaces between words; it has no entities.",
        1,
        False,
        _parallel,
    ),
}


def sniff(names: Sequence[str], data: bytes) -> str:
    """Guess the format of an upload.

    Args:
        names: The names of its files.
        data: The content of the first one.
    """
    if len(names) > 1:
        return "conll"
    start = data[:4096].decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    line = start.partition("\n")[0]
    if start.startswith("["):
        return "label-studio"
    if start.startswith("{"):
        return _sniff_object(line)
    return "parallel" if " ||| " in line else "conll"


def _sniff_object(line: str) -> str:
    """Guess by the fields of the first object; it may be cut off."""
    if '"source_lang"' in line:
        return "jsonl"
    if '"data"' in line:
        return "label-studio"
    if '"text"' in line:
        return "doccano"
    try:
        json.loads(line)
    except ValueError:
        return "label-studio"  # an object of several lines
    return "jsonl"
