"""The demonstration corpus: 24 English sentences in 14 languages, written for this project (CC0).

It shows what makes projection hard. It is no benchmark: a figure computed on it
says nothing about a language.
"""

from __future__ import annotations

from pathlib import Path

from xner_core.config import Component, ComponentConfig
from xner_core.corpora.build import make_corpus
from xner_core.corpora.jsonl import read_pairs
from xner_core.corpora.spec import CorpusSpec
from xner_core.errors import CorpusError
from xner_core.types import Corpus

_FOLDER = Path(__file__).parent


class DemoConfig(ComponentConfig):
    """A `demo:` spec has no options."""


class DemoLoader(Component[DemoConfig]):
    """The demonstration corpus: `demo` is all of it, `demo:de` one language."""

    Config = DemoConfig

    def load(self, spec: CorpusSpec) -> Corpus:
        """Read one language, or all."""
        languages = demo_languages()
        if spec.where and spec.where not in languages:
            raise CorpusError(
                f"the demonstration corpus has no language {spec.where!r}",
                where=spec.text,
                hint=f"Choose from {', '.join(languages)}, or demo for all",
            )
        chosen = [spec.where] if spec.where else languages
        pairs = [pair for lang in chosen for pair in read_pairs(_FOLDER / f"{lang}.jsonl")[0]]
        return make_corpus(spec.text, pairs, ["A demonstration, not a benchmark."])


def demo_languages() -> list[str]:
    """Target languages of the demonstration corpus, sorted by code."""
    return sorted(path.stem for path in _FOLDER.glob("*.jsonl"))
