"""The outline of a plain BERT in a folder, read without transformers and torch.

Both take seconds to import, and are not needed where an encoder was rounded to 8-bit integers before:
then the package `tokenizers`, on which transformers builds, cuts sentences, and the config is JSON.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

_PLAIN = frozenset({"TokenizersBackend", "PreTrainedTokenizerFast"})
"""What transformers calls a tokenizer that tokenizer.json alone describes."""


class LightTokenizer:
    """A tokenizer as far as an encoder's inputs need it; it cuts as transformers' own does.

    Args:
        folder: It holds tokenizer.json and tokenizer_config.json.

    Attributes:
        is_fast: As in transformers.
        model_max_length: How many subwords the model reads at once, special tokens included.
        pad_token_id: The number of the token that fills up a batch.
    """

    is_fast = True

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        told = _json(folder / "tokenizer_config.json")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.model_max_length: int = told["model_max_length"]
        self.pad_token_id: int | None = self._tokenizer.token_to_id(told["pad_token"])

    def __call__(
        self,
        texts: str | Sequence[Sequence[str]],
        *,
        is_split_into_words: bool = False,
        add_special_tokens: bool = True,
        **_: Any,
    ) -> Any:
        """Cut a text, or sentences that are given as words."""
        if isinstance(texts, str):
            return {"input_ids": self._tokenizer.encode(texts, add_special_tokens=add_special_tokens).ids}
        return _Encoded(
            self._tokenizer.encode_batch(
                texts, is_pretokenized=is_split_into_words, add_special_tokens=add_special_tokens
            )
        )


class _Encoded(dict[str, list[list[int]]]):
    def __init__(self, found: Sequence[Any]) -> None:
        super().__init__(input_ids=[each.ids for each in found])
        self._found = found

    def word_ids(self, index: int) -> Sequence[int]:
        """Index of the word that each subword of a sentence belongs to."""
        words: Sequence[int] = self._found[index].word_ids
        return words


def light_outline(name: str) -> tuple[LightTokenizer, Any] | None:
    """Tokenizer and outline of a model; None where transformers has to read it.

    Args:
        name: A folder with a BERT and a tokenizer that needs no class of its own, or anything else.
    """
    folder = Path(name).expanduser()
    try:
        config = _json(folder / "config.json")
        if (
            config["model_type"] != "bert"
            or _json(folder / "tokenizer_config.json")["tokenizer_class"] not in _PLAIN
        ):
            return None
        outline = SimpleNamespace(
            model_type="bert",
            is_encoder_decoder=False,
            num_hidden_layers=config["num_hidden_layers"],
            max_position_embeddings=config["max_position_embeddings"],
        )
        return LightTokenizer(folder), SimpleNamespace(config=outline)
    except (
        Exception
    ):  # tokenizers raises nothing more precise; transformers says what is wrong with the folder
        return None


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
