"""The losses of Dou and Neubig (2021, arXiv 2101.08231), section 3, on batches of sentence pairs.

Shapes: a batch has B pairs, of which the longest has n source and m target subwords, special
tokens not counted. Masks are true where there is a subword and false where there is padding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor


_LEAST = 1e-9
"""Smaller probabilities count as this: their logarithm must stay finite."""


def similarity(source: Tensor, target: Tensor) -> Tensor:
    """Similarities in [0, 1] as the aligner has them: (cosine + 1) / 2.

    Args:
        source: Vectors, shape (B, n, dimensions).
        target: Vectors, shape (B, m, dimensions).

    Returns:
        Shape (B, n, m).
    """
    from torch.nn.functional import normalize

    cosine = normalize(source, dim=-1) @ normalize(target, dim=-1).transpose(1, 2)
    return (cosine + 1) / 2


def log_probabilities(
    values: Tensor, source_mask: Tensor, target_mask: Tensor, temperature: float
) -> tuple[Tensor, Tensor]:
    """Softmax of similarities in both directions.

    Args:
        values: Similarities, shape (B, n, m).
        source_mask: Shape (B, n).
        target_mask: Shape (B, m).
        temperature: What similarities are divided by.

    Returns:
        log P(target | source), log P(source | target), each of shape (B, n, m); what lies in
        padding has no meaning, but is finite.
    """
    # Not -inf: a row that is padding altogether would turn into NaN.
    lowest = -1e4
    scaled = (values - 1) / temperature
    forward = scaled.masked_fill(~target_mask[:, None, :], lowest).log_softmax(dim=2)
    reverse = scaled.masked_fill(~source_mask[:, :, None], lowest).log_softmax(dim=1)
    return forward, reverse


def mutual_links(values: Tensor, source_mask: Tensor, target_mask: Tensor) -> Tensor:
    """Links on which both directions agree: each the other's most similar.

    Dou and Neubig take the links that are probable in both directions. Those also keep a
    runner-up that is nearly as probable, which taught the embedded encoder less.

    Returns:
        Shape (B, n, m), true for a link; no gradient flows through it.
    """
    inside = source_mask[:, :, None] & target_mask[:, None, :]
    values = values.detach().masked_fill(~inside, -1.0)
    of_row = values == values.amax(dim=2, keepdim=True)
    of_column = values == values.amax(dim=1, keepdim=True)
    return of_row & of_column & inside


def of_words(
    links: Tensor, forward: Tensor, reverse: Tensor, source_words: Tensor, target_words: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """Go over from subwords to the words that they belong to.

    Words are linked when any of their subwords are, as the aligner has it; so it is enough
    that a subword finds one of the subwords of a linked word.

    Args:
        links: Links between subwords, shape (B, n, m).
        forward: log P(target subword | source subword), shape (B, n, m).
        reverse: log P(source subword | target subword), shape (B, n, m).
        source_words: Index of each subword's word, shape (B, n); negative outside of words.
        target_words: The same for the target, shape (B, m).

    Returns:
        Links between all subwords of linked words; for each subword, the log-probability of
        the other one's word: all of shape (B, n, m).
    """
    same_source, same_target = (
        ((words[:, :, None] == words[:, None, :]) & (words[:, :, None] >= 0)).float()
        for words in (source_words, target_words)
    )
    widened = same_source @ links.float() @ same_target > 0
    of_target = (forward.exp() @ same_target).clamp(min=_LEAST).log()
    of_source = (same_source @ reverse.exp()).clamp(min=_LEAST).log()
    return widened, of_target, of_source


def self_training_loss(
    forward: Tensor, reverse: Tensor, links: Tensor, source_mask: Tensor, target_mask: Tensor
) -> Tensor:
    """Make links more probable: the mean over pairs of -½ Σ links · (log P(t|s) / n + log P(s|t) / m).

    The paper's equation for its self-training objective, with the logarithm of each
    probability, whose gradient does not vanish for links that are improbable as yet. n and m
    are the pair's own lengths.

    Args:
        forward: log P(target | source), shape (B, n, m).
        reverse: log P(source | target), shape (B, n, m).
        links: The links that are taken for right, shape (B, n, m).
        source_mask: Shape (B, n).
        target_mask: Shape (B, m).
    """
    n, m = (mask.sum(dim=1).clamp(min=1)[:, None, None] for mask in (source_mask, target_mask))
    gains = (forward / n + reverse / m).masked_fill(~links, 0.0)
    return -gains.sum(dim=(1, 2)).mean() / 2


def agreement_loss(forward: Tensor, reverse: Tensor, source_mask: Tensor, target_mask: Tensor) -> Tensor:
    """Make both directions agree: the mean over pairs of -Σ P(t|s) · P(s|t) / min(n, m).

    The paper's consistency objective: the trace of the product of both matrices. Where the
    directions agree on one-to-one links it is -1.

    Args:
        forward: log P(target | source), shape (B, n, m).
        reverse: log P(source | target), shape (B, n, m).
        source_mask: Shape (B, n).
        target_mask: Shape (B, m).
    """
    import torch

    inside = source_mask[:, :, None] & target_mask[:, None, :]
    shared = (forward + reverse).exp().masked_fill(~inside, 0.0).sum(dim=(1, 2))
    shorter = torch.minimum(source_mask.sum(dim=1), target_mask.sum(dim=1)).clamp(min=1)
    return -(shared / shorter).mean()


def translation_lm_loss(logits: Tensor, wanted: Tensor) -> Tensor:
    """How surprising the subwords that were left out are: cross-entropy, 0 where there is none.

    Args:
        logits: Shape (left out, vocabulary).
        wanted: Column of the right subword, shape (left out,).
    """
    from torch.nn.functional import cross_entropy

    # A mean over nothing would be NaN.
    return cross_entropy(logits, wanted, reduction="sum") / max(1, len(wanted))


def parallel_loss(logits: Tensor, is_translation: Tensor) -> Tensor:
    """How surprising it is which sentences are translations of each other: binary cross-entropy.

    Args:
        logits: One for each pair of sentences; positive for a translation.
        is_translation: 1 or 0 for each.
    """
    from torch.nn.functional import binary_cross_entropy_with_logits

    return binary_cross_entropy_with_logits(logits, is_translation)
