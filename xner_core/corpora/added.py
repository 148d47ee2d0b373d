"""Corpora that a user added: kept in the data folder, read as `added:NAME`.

Each is a file of JSON lines that holds everything a pair holds, and a description beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from xner_core.config import Component, ComponentConfig
from xner_core.corpora.build import ContentIds
from xner_core.corpora.jsonl import read_corpus, read_pairs, write_pairs
from xner_core.corpora.spec import CorpusSpec
from xner_core.errors import CorpusError
from xner_core.files import write_whole
from xner_core.paths import data_folder
from xner_core.types import Corpus, Sentence, SentencePair

KIND = "added"
PASTED = "pasted"
"""The name of the corpus that collects pasted sentences."""
_NAME = re.compile(r"\w[\w-]{0,60}")
_LONGEST_NAME = 40


class AddedCorpus(BaseModel):
    """What is known of an added corpus without reading it.

    Attributes:
        name: As in its spec; the stem of its files.
        title: What the user calls it.
        origin: Where it came from, in words.
        time: When it was added or last added to; ISO 8601, UTC.
        n_pairs: Number of pairs, of which one side may be missing.
        n_complete: Pairs with both sides.
        n_source_gold: Source sentences with gold entities.
        n_target_gold: Target sentences with gold entities.
        n_linked: Pairs with gold links.
        source_languages: BCP 47 codes, the most frequent first.
        target_languages: BCP 47 codes, the most frequent first.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    title: str
    origin: str
    time: datetime
    n_pairs: int
    n_complete: int
    n_source_gold: int
    n_target_gold: int
    n_linked: int
    source_languages: tuple[str, ...]
    target_languages: tuple[str, ...]

    @property
    def spec(self) -> str:
        """The spec that loads it."""
        return f"{KIND}:{self.name}"


class AddedCorpora(NamedTuple):
    """The added corpora.

    Attributes:
        corpora: The newest one first.
        notices: Which files could not be read, one sentence each.
    """

    corpora: list[AddedCorpus]
    notices: list[str]


class AddedConfig(ComponentConfig):
    """An `added:` spec has no options."""


class AddedLoader(Component[AddedConfig]):
    """A corpus that was uploaded or pasted into the app, by its name."""

    Config = AddedConfig

    def load(self, spec: CorpusSpec) -> Corpus:
        """Read the file in the data folder."""
        path = corpus_file(spec.where)
        if path is None or not path.exists():
            names = ", ".join(corpus.name for corpus in added_corpora().corpora) or "none"
            raise CorpusError(
                "there is no added corpus of that name", where=spec.text, hint=f"There are: {names}"
            )
        return read_corpus(spec.text, path)

    def files_of(self, spec: CorpusSpec) -> list[Path]:
        """All that is read."""
        path = corpus_file(spec.where)
        return [] if path is None else [path]


def corpus_file(name: str) -> Path | None:
    """The file that an added corpus of this name has; None where it is no name of one."""
    return _folder() / f"{name}.jsonl" if _NAME.fullmatch(name) else None


def added_corpora() -> AddedCorpora:
    """All corpora that were added."""
    found = AddedCorpora([], [])
    for path in _folder().glob("*.json"):
        try:
            corpus = AddedCorpus.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            found.notices.append(f"{path} does not describe a corpus and was passed over.")
            continue
        if corpus.name != path.stem or not path.with_suffix(".jsonl").is_file():
            found.notices.append(f"{path} has no sentences beside it and was passed over.")
            continue
        found.corpora.append(corpus)
    found.corpora.sort(key=lambda corpus: (corpus.time, corpus.name), reverse=True)
    return found


def add_corpus(title: str, pairs: Sequence[SentencePair], origin: str) -> AddedCorpus:
    """Keep a new corpus, under a name made from its title.

    Raises:
        CorpusError: If it has no pair or no title.
    """
    title = " ".join(title.split())
    if not title:
        raise CorpusError("the corpus has no name", hint="Give it one")
    if not pairs:
        raise CorpusError("the corpus has no sentences", where=title, hint="Add some")
    with _locked():
        return _write(_free_name(title), title, pairs, origin)


def add_pasted(source: Sentence, target: Sentence) -> SentencePair:
    """Add a pair to the corpus of pasted sentences; one that is there already is not added again.

    Returns:
        The pair as it is kept, with its id.

    Raises:
        CorpusError: If both sentences are missing, or what is there cannot be read.
    """
    if source.is_missing and target.is_missing:
        raise CorpusError(
            "there is no sentence", hint="Give the source sentence, the target sentence or both"
        )
    path = _folder() / f"{PASTED}.jsonl"
    with _locked():
        pairs = read_pairs(path)[0] if path.exists() else []
        for pair in pairs:
            if (pair.source, pair.target) == (source, target):
                return pair
        added = SentencePair(_free_id(pairs, source, target), source, target)
        _write(PASTED, "Pasted sentences", [*pairs, added], "Pasted in the app")
    return added


def remove_corpus(name: str) -> Path:
    """Take a corpus out of the list; its files are moved to `removed/` in the data folder.

    Returns:
        Where its sentences lie now.

    Raises:
        CorpusError: If there is none of that name.
    """
    path = corpus_file(name)
    with _locked():
        if path is None or not path.exists():
            raise CorpusError("there is no added corpus of that name", where=f"{KIND}:{name}")
        removed = data_folder() / "removed"
        removed.mkdir(parents=True, exist_ok=True)
        place = removed / f"{name}-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.jsonl"
        # The description goes first: without it, the corpus is not listed.
        path.with_suffix(".json").replace(place.with_suffix(".json"))
        path.replace(place)
    return place


def _folder() -> Path:
    return data_folder() / "corpora"


@contextmanager
def _locked() -> Iterator[None]:
    """Names are given and files written by one process at a time."""
    from filelock import FileLock

    _folder().mkdir(parents=True, exist_ok=True)
    with FileLock(_folder() / ".lock"):
        yield


def _write(name: str, title: str, pairs: Sequence[SentencePair], origin: str) -> AddedCorpus:
    corpus = AddedCorpus(
        name=name,
        title=title,
        origin=origin,
        time=datetime.now(UTC),
        n_pairs=len(pairs),
        n_complete=sum(pair.is_complete for pair in pairs),
        n_source_gold=sum(pair.source.entities is not None for pair in pairs),
        n_target_gold=sum(pair.target.entities is not None for pair in pairs),
        n_linked=sum(pair.gold_alignment is not None for pair in pairs),
        source_languages=_by_frequency(pair.source.lang for pair in pairs),
        target_languages=_by_frequency(pair.target.lang for pair in pairs),
    )
    path = _folder() / f"{name}.jsonl"
    write_pairs(path, pairs)
    write_whole(path.with_suffix(".json"), corpus.model_dump_json(indent=1))
    return corpus


def _by_frequency(codes: Iterator[str]) -> tuple[str, ...]:
    return tuple(code for code, _ in Counter(codes).most_common())


def _free_name(title: str) -> str:
    """A name that is safe as a file's and that no corpus has; `pasted` is taken."""
    # Letters of any script stay; what would lead out of the folder or hide the file goes.
    base = re.sub(r"[^\w]+", "-", title.casefold())[:_LONGEST_NAME].strip("-") or "corpus"
    name, number = base, 1
    while name == PASTED or any((_folder() / f"{name}{end}").exists() for end in (".json", ".jsonl")):
        number += 1
        name = f"{base}-{number}"
    return name


def _free_id(pairs: Sequence[SentencePair], source: Sentence, target: Sentence) -> str:
    taken = {pair.id for pair in pairs}
    ids = ContentIds()
    while (name := ids.next(source.words, target.words)) in taken:
        pass
    return name
