"""Sentences as an encoder reads them: subwords between the special tokens of their language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xner_core.errors import ConfigError
from xner_core.pretrained import positions
from xner_core.pretrained.language_codes import closest_code, codes_of
from xner_core.pretrained.subwords import Subwords, cut, special_tokens
from xner_core.types import Sentence


class EncoderInputs:
    """What a model is given of a sentence.

    Args:
        tokenizer: The model's tokenizer.
        model: The model; asked for its number of positions.
        model_id: What the model is called in errors.

    Attributes:
        longest: How many subwords the model reads at once, special tokens included.
        padding: The number of the token that fills up a batch.
    """

    def __init__(self, tokenizer: Any, model: Any, model_id: str) -> None:
        self._tokenizer = tokenizer
        self._model_id = model_id
        self._codes = codes_of(tokenizer)
        self._special: dict[str, tuple[list[int], list[int]]] = {}
        self.longest = int(min(tokenizer.model_max_length, positions(model)))
        self.padding: int = tokenizer.pad_token_id or 0

    def subwords(self, sentences: Sequence[Sentence]) -> list[Subwords]:
        """Cut sentences; none of them gets special tokens."""
        return cut(self._tokenizer, [sentence.words for sentence in sentences])

    def special_tokens(self, lang: str) -> tuple[list[int], list[int]]:
        """What stands before and behind a sentence of this language; a translation model is told which.

        Raises:
            ConfigError: If a translation model does not know the language.
        """
        code = self.code(lang)
        if code not in self._special:
            if code:
                self._tokenizer.src_lang = code
            self._special[code] = special_tokens(self._tokenizer)
        return self._special[code]

    def code(self, lang: str) -> str:
        """The model's own code of a language; empty if it has none for any.

        Raises:
            ConfigError: If it has codes, but none for this language.
        """
        code = closest_code(lang, self._codes) if self._codes else ""
        if code is None:
            raise ConfigError(
                f"the model {self._model_id!r} does not know the language {lang!r}",
                hint="Choose another model, or correct the language of the corpus",
            )
        return code
