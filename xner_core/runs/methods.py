"""The methods of the published experiments, and what they are called here.

A name is what is compared, joined by hyphens: `candidates-simalign-ngrams`. Where it does not
matter who aligns, the aligner is left out: `candidates-ngrams`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from xner_core.errors import ConfigError

APPROACHES = {
    "align_src": "heuristic over links between the source and the target sentence",
    "align_tgt": "heuristic over links between the back-translated and the target sentence",
    "candidates": "best matching of target candidates, links from the source sentence",
    "backtrans_candidates": "best matching of target candidates, links from the back-translated sentence",
    "model_transfer": "the tagger of the source applied to the target sentence",
}
"""Approach → what it does. `align_*` project word by word, the others match entities and candidates."""
ALIGNERS = ("awesome", "simalign")
CANDIDATES = ("ngrams", "ner")
"""All n-grams of the target sentence, or what a tagger finds in it."""


@dataclass(frozen=True, slots=True)
class Method:
    """A published method.

    Attributes:
        approach: One of `APPROACHES`.
        aligner: One of `ALIGNERS`; empty where there is none, or where it may be any.
        candidates: One of `CANDIDATES`; empty where the approach has none.
    """

    approach: str
    aligner: str = ""
    candidates: str = ""

    def __str__(self) -> str:
        """Its name."""
        return "-".join(filter(None, (self.approach, self.aligner, self.candidates)))

    @property
    def is_transfer(self) -> bool:
        """Whether nothing is projected."""
        return self.approach == "model_transfer"

    @property
    def is_back_translated(self) -> bool:
        """Whether the source sentence is translated back before it is aligned."""
        return self.approach in ("align_tgt", "backtrans_candidates")

    @property
    def has_tagged_targets(self) -> bool:
        """Whether a tagger looks at the target sentence."""
        return self.is_transfer or self.candidates == "ner"

    @property
    def whoever_aligns(self) -> Method:
        """The method without its aligner."""
        return replace(self, aligner="")


def _all() -> tuple[Method, ...]:
    found = []
    for approach in APPROACHES:
        if approach == "model_transfer":
            found.append(Method(approach))
            continue
        for aligner in ALIGNERS:
            kinds = CANDIDATES if approach.endswith("candidates") else ("",)
            found += [Method(approach, aligner, kind) for kind in kinds]
    return tuple(found)


METHODS = _all()
"""The thirteen methods that figures are published of."""
UNALIGNED = tuple(dict.fromkeys(method.whoever_aligns for method in METHODS))
"""The seven of them that differ in more than the aligner."""


def parse_method(name: str) -> Method:
    """Read a method's name, with or without its aligner.

    Raises:
        ConfigError: If there is no such method.
    """
    for method in (*METHODS, *UNALIGNED):
        if str(method) == name:
            return method
    raise ConfigError(
        f"there is no published method {name!r}", hint=f"Choose from {', '.join(map(str, METHODS))}"
    )
