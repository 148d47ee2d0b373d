"""Statistical word alignment by the program eflomal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from xner_core.alignment.aligner import Aligner
from xner_core.alignment.eflomal_program import (
    MOST_WORDS,
    NumberedPair,
    check_program,
    directed_links,
    program_version,
)
from xner_core.alignment.extraction import Extraction, Links, grow_diag_final_and
from xner_core.config import Choice, Component, ComponentConfig
from xner_core.errors import ConfigError
from xner_core.types import SentencePair, WordAlignment

_SYMMETRISE: dict[str, Callable[[Links, Links], Links]] = {
    "intersection": np.logical_and,
    "grow-diag-final-and": grow_diag_final_and,
    "union": np.logical_or,
}


class EflomalConfig(ComponentConfig):
    """Options of eflomal."""

    priors: str | None = Field(
        default=None,
        description="An aligner whose links are counted before eflomal begins, such as e5-small.",
    )
    priors_extraction: str = Field(
        default="unbalanced", description="How the links of that aligner are chosen from its similarities."
    )
    symmetrise: Literal["intersection", "grow-diag-final-and", "union"] = Field(
        default="intersection", description="How the links of both directions become one set."
    )
    model: int = Field(
        default=3,
        ge=1,
        le=3,
        description="What it learns: 1 translations of words, 2 also their order, "
        "3 also how many links a word has.",
    )
    length: float = Field(
        default=1.0,
        ge=0.1,
        le=100,
        description="How long it samples, relative to what it chooses by the size of the corpus.",
    )
    lowercase: bool = Field(default=True, description="Whether words count as one that differ in case only.")


class EflomalAligner(Component[EflomalConfig]):
    """The statistical aligner eflomal, which learns from the corpus itself; eflomal:e5-small adds priors.

    It sees all pairs of a call at once, so the links of a pair depend on the others: a small
    corpus teaches little, and one pair alone nothing. It draws random numbers and takes no
    seed, so two runs differ a little. Pairs with an empty sentence, or with one of more than
    1,023 words, get no links.

    *Priors* count the links of another aligner over the same pairs as if they had been seen
    before (Östling and Tiedemann 2016 have the model). Words of another pair of languages
    are other words.
    """

    Config = EflomalConfig
    argument = "priors"
    requires = "the package eflomal"
    gives_links: ClassVar[bool] = True
    learns_from_corpus: ClassVar[bool] = True

    def __init__(self, config: EflomalConfig | None = None) -> None:
        """Make the aligner of the priors.

        Raises:
            ConfigError: If it or its extraction does not exist, or it is eflomal.
        """
        super().__init__(config)
        self._extraction: Extraction = Choice(name=self.config.priors_extraction).build("extraction")
        self._prior = _prior_aligner(self.config.priors) if self.config.priors else None

    @property
    def model_id(self) -> str:
        """See `Aligner`: the program's version and the model of the priors.

        Raises:
            ModelUnavailableError: If the program is not installed.
        """
        program = f"eflomal {program_version()} (a program under the GPL-3)"
        return program if self._prior is None else f"{program}, priors: {self._prior.model_id}"

    @property
    def files(self) -> tuple[Path, ...]:
        """See `Component`: those of the aligner of the priors."""
        return () if self._prior is None else self._prior.files

    def compare(self, pairs: Sequence[SentencePair]) -> Iterator[WordAlignment]:
        """See `Aligner`; all pairs are aligned before the first is yielded.

        Raises:
            ModelUnavailableError: If the program is not installed, or the model of the priors
                is not there.
            XnerError: If the program fails.
        """
        fitting = [pair for pair in pairs if _fits(pair)]
        found = iter(self._aligned(fitting) if fitting else ())
        for pair in pairs:
            yield next(found) if _fits(pair) else WordAlignment(())

    def load(self) -> None:
        """See `Aligner`."""
        check_program()
        if self._prior is not None:
            self._prior.load()

    def release(self) -> None:
        """See `Aligner`."""
        if self._prior is not None:
            self._prior.release()

    def _aligned(self, pairs: Sequence[SentencePair]) -> list[WordAlignment]:
        check_program()  # before the priors, which take longer
        directed = directed_links(
            _numbered(pairs, self.config.lowercase),
            model=self.config.model,
            length=self.config.length,
            prior_links=None if self._prior is None else self._prior_links(self._prior, pairs),
        )
        choose = _SYMMETRISE[self.config.symmetrise]
        return [
            _word_alignment(choose(by_source.matrix(*shape), by_target.matrix(*shape)))
            for shape, (by_source, by_target) in zip(map(_shape, pairs), directed, strict=True)
        ]

    def _prior_links(self, aligner: Aligner, pairs: Sequence[SentencePair]) -> list[WordAlignment]:
        return [
            found if isinstance(found, WordAlignment) else self._extraction.align(found)
            for found in aligner.compare(pairs)
        ]


def _prior_aligner(name: str) -> Aligner:
    if name.partition(":")[0] == "eflomal":
        raise ConfigError("eflomal cannot give its own priors", hint="Name another aligner, such as e5-small")
    aligner: Aligner = Choice(name=name).build("aligner")
    return aligner


def _shape(pair: SentencePair) -> tuple[int, int]:
    return len(pair.source.words), len(pair.target.words)


def _fits(pair: SentencePair) -> bool:
    return all(0 < n_words <= MOST_WORDS for n_words in _shape(pair))


def _word_alignment(links: Links) -> WordAlignment:
    return WordAlignment.of((source, target) for source, target in np.argwhere(links).tolist())


def _numbered(pairs: Sequence[SentencePair], lowercase: bool) -> list[NumberedPair]:
    """Write words as numbers; the same number is the same word in the same pair of languages."""
    known: dict[tuple[str, str, str], int] = {}

    def number(pair: SentencePair, word: str) -> int:
        key = (pair.source.lang, pair.target.lang, word.lower() if lowercase else word)
        return known.setdefault(key, len(known))

    return [
        (
            [number(pair, word) for word in pair.source.words],
            [number(pair, word) for word in pair.target.words],
        )
        for pair in pairs
    ]
