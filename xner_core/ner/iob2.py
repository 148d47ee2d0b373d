"""A tagger's own tags turned into IOB2."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from xner_core.types import TagProbabilities

_PREFIXED = re.compile(r"([BISEUL])-(\S+)")
_OPENING = frozenset("BSU")
"""IOBES writes a single word S-, BILOU U-; an entity's last word is E- or L-, which is I- here."""
_UNNAMED = re.compile(r"LABEL_\d+")


def to_iob2(
    tags: Sequence[str],
    values: NDArray[np.floating],
    *,
    labels: Mapping[str, str] | None = None,
    scheme: Literal["IOB2", "IOB1"] = "IOB2",
) -> TagProbabilities:
    """Add up the probabilities of the tags that mean the same in IOB2.

    Whether a label without a prefix opens an entity, and in IOB1 whether `I-` does, is
    told by the word before: the tag continues an entity where that is the word's most
    probable label, and opens one elsewhere.

    Args:
        tags: The tagger's tags in IOB1, IOB2, IOBES or BILOU, or labels without a prefix.
        values: Probabilities, shape (words, tags).
        labels: The tagger's labels → ours; what other labels have goes to `O`. None: all as they are.
        scheme: What `I-` means. IOBES and BILOU mean by it what IOB2 does.

    Returns:
        The tags `O`, then `B-` and `I-` of each label in order; `O` has what is left, so
        it has everything where a row of `values` is zero.
    """
    parsed = [_parse(tag) for tag in tags]
    ours = [label and (label if labels is None else labels.get(label, "")) for _, label in parsed]
    names = list(dict.fromkeys(label for label in ours if label))
    opening, inside, either = (np.zeros((len(values), len(names))) for _ in range(3))
    for column, ((prefix, _), label) in enumerate(zip(parsed, ours, strict=True)):
        if not label:
            continue
        if prefix in _OPENING:
            part = opening
        elif prefix and not (prefix == "I" and scheme == "IOB1"):
            part = inside
        else:
            part = either
        part[:, names.index(label)] += values[:, column]
    continued = _continued(opening + inside + either)
    result = np.zeros((len(values), 1 + 2 * len(names)), dtype=np.float32)
    result[:, 1::2] = opening + np.where(continued, 0, either)
    result[:, 2::2] = inside + np.where(continued, either, 0)
    result[:, 0] = (1 - result[:, 1:].sum(axis=1)).clip(0, 1)
    return TagProbabilities(("O", *(f"{prefix}-{name}" for name in names for prefix in "BI")), result)


def is_unnamed(tags: Sequence[str]) -> bool:
    """Whether the tags are only the names that transformers gives where a model has none."""
    return all(_UNNAMED.fullmatch(tag) for tag in tags)


def _parse(tag: str) -> tuple[str, str]:
    """Prefix and label; both empty for `O`, the prefix alone for a label without one."""
    if tag == "O":
        return "", ""
    match = _PREFIXED.fullmatch(tag)
    return (match[1], match[2]) if match else ("", tag)


def _continued(by_label: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether each label is the most probable one of the word before; shape as `by_label`."""
    outside = 1 - by_label.sum(axis=1)
    best = np.column_stack([outside, by_label]).argmax(axis=1)
    before = np.concatenate([[0], best[:-1]]) if len(best) else best
    return np.asarray(before[:, None] == np.arange(1, 1 + by_label.shape[1]))
