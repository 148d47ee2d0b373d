"""What computes translations from tokens: transformers or CTranslate2."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Generated(NamedTuple):
    """What a model wrote.

    Attributes:
        ids: Its tokens, without those that begin or end a sentence or name its language.
        ended: Whether it came to an end by itself, before the limit.
    """

    ids: list[int]
    ended: bool


class Engine(Protocol):
    """A translation model held in memory."""

    def generate(self, inputs: Sequence[list[int]], language: int | None, limit: int) -> list[Generated]:
        """Translate one batch by beam search, or greedily with one beam.

        Args:
            inputs: The tokens of each text, special ones included.
            language: The token that names the target language, where the model has one.
            limit: How many tokens a translation may have.
        """
        ...


def between(ids: Sequence[int], language: int | None, ends: frozenset[int], limit: int) -> Generated:
    """What a model wrote between the token of the language and the end.

    Args:
        ids: All that it wrote behind the token that begins a sentence.
        language: The token that names the target language; it is the first one, if it is there.
        ends: The tokens that end a sentence.
        limit: How many tokens the rest may have.
    """
    rest = list(ids[1:] if language is not None and ids and ids[0] == language else ids)
    end = next((index for index, token in enumerate(rest) if token in ends), None)
    return Generated(rest[:limit] if end is None else rest[:end], end is not None)
