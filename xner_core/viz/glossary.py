"""The words a reader may not know, each explained in a sentence, to be shown where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TERMS: Mapping[str, str] = MappingProxyType(
    {
        "heuristic": "The longest stretch of words linked to an entity; it does not look at scores.",
        "greedy": "The pair with the best score first, then the next one that fits.",
        "ILP": "Integer linear programme: the matching with the largest total score, proven.",
        "target candidate": "Words in a row of the translation that an entity may be projected to.",
        "matching score": "How well a candidate suits an entity; higher is better.",
        "threshold": "Scores below it count as 0.",
        "regret": "How much the largest total score falls if this candidate is forced on this entity; 0.00 "
        "and not chosen is a tie.",
        "margin": "How much less the next best matching has in total.",
        "n_proj": "How often an entity is projected: at most, exactly or at least so often.",
        "tie rule": "What decides between matchings with equal totals.",
        "sure, possible": "Links that must be found, and links that may be.",
        "gold": "What a person made: the entities and links that are taken to be right.",
        "source entities": "The entities of the source sentence, which are carried over.",
    }
)


def explained(*terms: str) -> str:
    """The explanations of some terms, one after the other, each with its term.

    Args:
        terms: Keys of `TERMS`. Of a single one the explanation alone is given.
    """
    if len(terms) == 1:
        return TERMS[terms[0]]
    return " ".join(f"{term[0].upper()}{term[1:]}: {_small(TERMS[term])}" for term in terms)


def _small(sentence: str) -> str:
    second = sentence[1:2]
    return sentence if second.isupper() else sentence[0].lower() + sentence[1:]
