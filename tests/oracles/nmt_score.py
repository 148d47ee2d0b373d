"""NMTScore of two texts, one sequence at a time: no batch, no padding, no shared encoder."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, NamedTuple


class Said(NamedTuple):
    """A text and the model's own code of its language, None where the model has none."""

    text: str
    code: str | None


class NmtScore:
    """The score by the model in a folder, whose targets begin with `given` tokens that are not predicted."""

    def __init__(self, folder: Path, given: int) -> None:
        from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

        self._tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self._given = given
        self._model: Any = AutoModelForSeq2SeqLM.from_pretrained(folder).eval()

    def similarity(self, a: Said, b: Said) -> float:
        return (
            self.probability(a, b) / self.probability(a, a) + self.probability(b, a) / self.probability(b, b)
        ) / 2

    def probability(self, target: Said, source: Said) -> float:
        """P(target | source) to the power 1 / predicted tokens."""
        import torch

        if source.code:
            self._tokenizer.src_lang = source.code
        if target.code:
            self._tokenizer.tgt_lang = target.code
        read = self._tokenizer(source.text)["input_ids"]
        written = self._tokenizer(text_target=target.text)["input_ids"]
        start = self._model.config.decoder_start_token_id
        with torch.no_grad():
            logits = self._model(
                input_ids=torch.tensor([read]), decoder_input_ids=torch.tensor([[start, *written[:-1]]])
            ).logits[0]
        log = 0.0
        for position in range(self._given, len(written)):
            row = logits[position].double()
            log += float(row[written[position]]) - math.log(sum(math.exp(float(value)) for value in row))
        return math.exp(log / (len(written) - self._given))
