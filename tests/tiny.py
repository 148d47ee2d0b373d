"""Token classification models of a few kilobytes: real classes, random weights."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

TAGS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,"


def save_tagger(folder: Path, tags: Sequence[str] = TAGS, *, kind: str = "bert", positions: int = 40) -> str:
    """Save a model with its tokenizer; each letter of a word is a subword.

    Args:
        folder: Where to.
        tags: The model's tags.
        kind: `bert`, or `roberta`, which counts positions from behind the padding's.
        positions: How many subwords fit, special tokens included.
    """
    import torch
    from transformers import (
        BertConfig,
        BertForTokenClassification,
        RobertaConfig,
        RobertaForTokenClassification,
    )

    torch.manual_seed(5)
    tokenizer = save_tokenizer(folder)
    options: dict[str, Any] = {
        "vocab_size": len(tokenizer),
        "hidden_size": 16,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "intermediate_size": 16,
        "initializer_range": 1.0,  # large enough that neighbours change what a word is
        "pad_token_id": tokenizer.pad_token_id,
        "id2label": dict(enumerate(tags)),
        "label2id": {tag: column for column, tag in enumerate(tags)},
    }
    if kind == "bert":
        model = BertForTokenClassification(BertConfig(max_position_embeddings=positions, **options))
    else:
        offset = tokenizer.pad_token_id + 1
        model = RobertaForTokenClassification(
            RobertaConfig(max_position_embeddings=positions + offset, **options)
        )
    model.save_pretrained(folder)
    return str(folder)


def save_tokenizer(folder: Path) -> Any:
    """Save a fast tokenizer; it leaves nothing of characters that have no width."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    special = ["[UNK]", "[PAD]", "[CLS]", "[SEP]"]
    pieces = [*special, *_LETTERS, *(f"##{letter}" for letter in _LETTERS)]
    backend = Tokenizer(models.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]"))
    backend.normalizer = normalizers.BertNormalizer(lowercase=True)
    backend.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    backend.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=backend,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
    )
    tokenizer.save_pretrained(folder)
    return tokenizer
