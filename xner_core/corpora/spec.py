"""Corpus specs: `KIND:WHERE?option=value&option=value`.

A loader whose class has `nested = True` reads other specs: all behind its colon is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from urllib.parse import parse_qsl

from xner_core.config import Choice
from xner_core.corpora.kept import kept_corpus
from xner_core.errors import ConfigError, CorpusError
from xner_core.registry import COMPONENTS, component_class
from xner_core.types import Corpus


@dataclass(frozen=True, slots=True)
class CorpusSpec:
    """A parsed corpus spec.

    Attributes:
        text: The spec as written.
        kind: The name of the loader.
        where: What stands between the colon and the question mark; in a nested spec all behind the colon.
        options: The loader's options.
    """

    text: str
    kind: str
    where: str
    options: dict[str, str]


class CorpusLoader(Protocol):
    """Reads one kind of corpus.

    One that reads nothing but files also has `files_of(spec) -> list[Path]`, which names them all.
    Then a large corpus is kept as it was read.
    """

    def load(self, spec: CorpusSpec) -> Corpus:
        """Read the whole corpus.

        Raises:
            CorpusError: If any of it cannot be read; nothing is half-loaded.
        """
        ...


def parse_spec(text: str) -> CorpusSpec:
    """Parse a corpus spec.

    Raises:
        CorpusError: If it is not of the form `KIND:WHERE?option=value`.
    """
    kind, _, rest = text.strip().partition(":")
    if kind not in COMPONENTS["corpus"]:
        raise CorpusError(
            f"{text!r} is not a corpus spec",
            hint="Write demo:de, jsonl:FILE, parallel:FILE or "
            "conll:SOURCE_FILE,TARGET_FILE?source_lang=en&target_lang=de, for sentences without translations "
            "tagged:FILE or hub:OWNER/NAME/CONFIG, for both in one joined:TAGGED_SPEC|PARALLEL_SPEC",
        )
    if getattr(component_class("corpus", kind), "nested", False):
        return CorpusSpec(text=text.strip(), kind=kind, where=rest, options={})
    where, mark, query = rest.rpartition("?")
    if not mark:
        where, query = rest, ""
    try:
        pairs = parse_qsl(query, strict_parsing=bool(query), keep_blank_values=True)
    except ValueError:
        raise CorpusError(
            f"{query!r} is not a list of options", where=text, hint="Write option=value&option=value"
        ) from None
    return CorpusSpec(text=text.strip(), kind=kind, where=where, options=dict(pairs))


def load(text: str) -> Corpus:
    """Load the corpus that a spec names.

    Raises:
        CorpusError: If the spec or the corpus is bad; the message names file and line.
    """
    spec = parse_spec(text)
    try:
        loader: CorpusLoader = Choice(name=spec.kind, options=spec.options).build("corpus")
    except ConfigError as error:
        raise CorpusError(error.what, where=spec.text, hint=error.hint) from None
    files = getattr(loader, "files_of", None)
    if files is None:
        return loader.load(spec)
    return kept_corpus(spec.text, files(spec), {"kind": spec.kind, **spec.options}, lambda: loader.load(spec))
