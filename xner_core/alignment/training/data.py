"""Sentence pairs as batches of subwords."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from xner_core.alignment.inputs import EncoderInputs
from xner_core.pretrained.subwords import padded
from xner_core.types import SentencePair

SHARE_LEFT_OUT = 0.15
"""How many subwords translation-lm leaves out: BERT's share (Devlin et al. 2019)."""
NOT_LEFT_OUT = -1
NO_WORD = -1


@dataclass(frozen=True, slots=True)
class Side:
    """A sentence, or a pair as one text, as the model reads it.

    Attributes:
        ids: Subwords and special tokens.
        words: Index of the word that each subword belongs to; -1 for a special token.
    """

    ids: list[int]
    words: list[int]

    @property
    def n_subwords(self) -> int:
        """How many subwords it has, special tokens not counted."""
        return len(self.words) - self.words.count(NO_WORD)


def rows(pairs: Sequence[SentencePair], inputs: EncoderInputs, longest: int) -> list[dict[str, Any]]:
    """Cut pairs to subwords; one dictionary a pair, as transformers' Trainer takes them.

    Args:
        pairs: The pairs; one of which a sentence has no subword, or more than `longest`, is
            left out.
        inputs: How the model reads a sentence.
        longest: Special tokens not counted.

    Returns:
        `index` among the rows, `source` and `target` (`Side`), `held` (False), and
        `input_ids`, by whose length pairs are put together.

    Raises:
        ConfigError: If a translation model does not know a language.
    """
    sides = []
    for sentences in zip(*((pair.source, pair.target) for pair in pairs), strict=True):
        specials = [inputs.special_tokens(sentence.lang) for sentence in sentences]
        sides.append(
            [
                Side(
                    [*before, *subwords.ids, *behind],
                    [NO_WORD] * len(before) + subwords.words.tolist() + [NO_WORD] * len(behind),
                )
                for subwords, (before, behind) in zip(inputs.subwords(sentences), specials, strict=True)
            ]
        )
    kept = [
        both
        for both in zip(*sides, strict=True)
        if all(0 < side.n_subwords <= longest and len(side.ids) <= inputs.longest for side in both)
    ]
    return [
        {
            "index": index,
            "source": source,
            "target": target,
            "held": False,
            "input_ids": source.ids + target.ids,
        }
        for index, (source, target) in enumerate(kept)
    ]


class Batches:
    """Makes a batch of rows: `Trainer`'s data collator.

    Args:
        inputs: How the model reads a sentence.
        mask_id: The token that stands in place of a subword that is left out; None where
            translation-lm is not trained.
        concatenated: Whether pairs are also read as one text, source before target.
        seed: What the choice of the subwords that are left out starts from. A row that is `held`
            always has the same left out, so that its losses can be compared.
    """

    def __init__(self, inputs: EncoderInputs, *, mask_id: int | None, concatenated: bool, seed: int) -> None:
        self._padding = inputs.padding
        self._longest = inputs.longest
        self._mask_id = mask_id
        self._concatenated = concatenated
        self._seed = seed
        self._rng = np.random.default_rng(seed)

    def __call__(self, chosen: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """Put rows together.

        Returns:
            `source_ids`, `source_mask` (no padding) and `source_words` (-1 for special tokens
            and padding), shape (B, length); the same for `target`. Where pairs are read
            as one text too: `both_…` (translations only), `left_out_ids` with `left_out_wanted`
            (the subword where one is left out, else -1), and `other_…`, in which each source
            stands before its neighbour's target.
        """
        sources, targets = ([row[name] for row in chosen] for name in ("source", "target"))
        batch = {**self._sides("source", sources), **self._sides("target", targets)}
        if self._concatenated:
            texts = [self._one_text(*both) for both in zip(sources, targets, strict=True)]
            others = [self._one_text(*both) for both in zip(sources, targets[1:] + targets[:1], strict=True)]
            batch |= self._sides("both", texts)
            if len(chosen) > 1:
                batch |= self._sides("other", others)
            if self._mask_id is not None:
                batch |= self._left_out(self._mask_id, chosen, texts)
        return batch

    def _sides(self, name: str, sides: Sequence[Side]) -> dict[str, Any]:
        ids, mask = padded([side.ids for side in sides], self._padding)
        words, _ = padded([side.words for side in sides], NO_WORD)
        return {f"{name}_ids": ids, f"{name}_mask": mask, f"{name}_words": words}

    def _one_text(self, source: Side, target: Side) -> Side:
        """Both sentences with the special tokens of each, cut where the model's positions end."""
        return Side(
            (source.ids + target.ids)[: self._longest], (source.words + target.words)[: self._longest]
        )

    def _left_out(
        self, mask_id: int, chosen: Sequence[dict[str, Any]], texts: Sequence[Side]
    ) -> dict[str, Any]:
        """Leave out subwords of both sentences, each with the same probability."""
        ids, wanted = [], []
        for row, text in zip(chosen, texts, strict=True):
            rng = np.random.default_rng((self._seed, row["index"])) if row["held"] else self._rng
            left_out = (np.array(text.words) != NO_WORD) & (rng.random(len(text.ids)) < SHARE_LEFT_OUT)
            ids.append(np.where(left_out, mask_id, text.ids).tolist())
            wanted.append(np.where(left_out, text.ids, NOT_LEFT_OUT).tolist())
        return {
            "left_out_ids": padded(ids, self._padding)[0],
            "left_out_wanted": padded(wanted, NOT_LEFT_OUT)[0],
        }
