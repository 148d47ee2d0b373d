"""Tag probabilities of words, one sentence and one subword at a time, with plain transformers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModelForTokenClassification, AutoTokenizer


class SlowTagger:
    """Reads words as `TokenClassifier` should, by loops.

    Args:
        folder: A folder with a BERT-like model and its tokenizer.
        longest: How many subwords fit into a window, the two special tokens included.
    """

    def __init__(self, folder: str, longest: int) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModelForTokenClassification.from_pretrained(folder, dtype=torch.float32).eval()
        self.room = longest - 2

    def probabilities(self, words: Sequence[str], aggregation: str) -> NDArray[np.float32]:
        """Shape (words, tags); words without a subword have zeros."""
        ids: list[int] = []
        owners: list[int] = []
        for index, word in enumerate(words):
            pieces = self.tokenizer(word, add_special_tokens=False)["input_ids"]
            ids += pieces
            owners += [index] * len(pieces)
        subwords = self._subwords(ids)
        rows = []
        for index in range(len(words)):
            own = [row for row, owner in zip(subwords, owners, strict=True) if owner == index]
            if not own:
                rows.append(np.zeros(self.model.config.num_labels))
            elif aggregation == "first":
                rows.append(own[0])
            elif aggregation == "mean":
                rows.append(sum(own) / len(own))
            else:
                rows.append(max(own, key=max))
        return np.array(rows, dtype=np.float32)

    def _subwords(self, ids: list[int]) -> list[NDArray[np.float64]]:
        step = self.room // 2
        starts = [0]
        while starts[-1] + self.room < len(ids):
            starts.append(starts[-1] + step)
        windows = [self._window(ids[start : start + self.room]) for start in starts]
        found = []
        for place in range(len(ids)):
            best, best_distance = None, -1.0
            for start, window in zip(starts, windows, strict=True):
                end = start + len(window)
                if not start <= place < end:
                    continue
                left = float("inf") if start == 0 else place - start
                right = float("inf") if end == len(ids) else end - 1 - place
                if min(left, right) >= best_distance:
                    best, best_distance = window[place - start], min(left, right)
            assert best is not None
            found.append(best)
        return found

    def _window(self, ids: list[int]) -> list[NDArray[np.float64]]:
        whole = [self.tokenizer.cls_token_id, *ids, self.tokenizer.sep_token_id]
        with torch.inference_mode():
            logits = self.model(torch.tensor([whole])).logits[0, 1:-1].double().numpy()
        exponents = np.exp(logits - logits.max(axis=1, keepdims=True))
        return list(exponents / exponents.sum(axis=1, keepdims=True))
