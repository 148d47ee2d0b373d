"""One CoNLL-2002 or CoNLL-2003 file of one language; its translation is still to be made."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from xner_core.config import Component, ComponentConfig
from xner_core.corpora.build import make_corpus
from xner_core.corpora.conll import read_tagged
from xner_core.corpora.one_sided import Side, one_sided
from xner_core.corpora.spec import CorpusSpec
from xner_core.errors import CorpusError
from xner_core.languages import UNKNOWN, short_code
from xner_core.types import Corpus

_ENGLISH = "en"


class TaggedConfig(ComponentConfig):
    """Options of a `tagged:` spec."""

    lang: str | None = Field(
        default=None, description="Language code of the file; looked for in its name where none is given."
    )
    side: Side = Field(
        default="target",
        description="What the file's sentences are: target (to be translated and compared with), or source.",
    )
    other_lang: str | None = Field(
        default=None,
        description="Language code of the sentences to be made; English where empty, and unknown where the "
        "file itself is English.",
    )


class TaggedLoader(Component[TaggedConfig]):
    """One file of one language, a word and its tag a line; a translator makes the other sentences.

    A file with one column has no tags.
    """

    Config = TaggedConfig

    def load(self, spec: CorpusSpec) -> Corpus:
        """Read the file."""
        if not spec.where:
            raise CorpusError("a tagged corpus needs a file", where=spec.text, hint="Write tagged:FILE")
        notices: list[str] = []
        sentences = read_tagged(Path(spec.where), self.config.lang, notices)
        other_lang = self.config.other_lang or _other_than(sentences[0].lang)
        pairs = one_sided(sentences, self.config.side, other_lang, spec.text)
        return make_corpus(spec.text, pairs, notices)

    def files_of(self, spec: CorpusSpec) -> list[Path]:
        """All that is read."""
        return [Path(spec.where)]


def _other_than(lang: str) -> str:
    return UNKNOWN if short_code(lang) == _ENGLISH else _ENGLISH
