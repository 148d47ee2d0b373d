"""Translation models with a handful of random weights, saved as Hugging Face saves real ones."""

from __future__ import annotations

import io
import json
import string
from pathlib import Path
from typing import Any

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
LETTERS = (*string.ascii_letters, *string.digits, *".,:-äöüß ")


def plain(folder: Path) -> Path:
    """A BART whose tokenizer knows letters and no languages."""
    from transformers import BartConfig, BartForConditionalGeneration

    n_tokens = save_letters(folder, "<s> $A </s>")
    _save(BartForConditionalGeneration, BartConfig(**_shape(n_tokens)), folder)
    return folder


def t5(folder: Path) -> Path:
    """A T5: no languages, no begin of a sentence, and any number of positions."""
    from transformers import T5Config, T5ForConditionalGeneration

    n_tokens = save_letters(folder, "$A </s>")
    config = T5Config(
        vocab_size=n_tokens,
        d_model=16,
        d_kv=8,
        d_ff=32,
        num_layers=1,
        num_heads=2,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=1,
    )
    _save(T5ForConditionalGeneration, config, folder)
    return folder


def save_letters(folder: Path, template: str) -> int:
    """Save a tokenizer to which each letter is a token; returns how many it knows."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    vocabulary = {token: index for index, token in enumerate((*SPECIAL, *LETTERS))}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    tokenizer.post_processor = processors.TemplateProcessing(
        single=template, special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    bos = {"bos_token": "<s>"} if "<s>" in template else {}
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", **bos
    ).save_pretrained(folder)
    return len(vocabulary)


def nllb(folder: Path) -> Path:
    """An NLLB: BPE tokenizer with codes such as deu_Latn."""
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    vocabulary = {token: index for index, token in enumerate((*SPECIAL, "▁", *LETTERS[:-1]))}
    tokenizer = NllbTokenizer(vocab=vocabulary, merges=[])
    tokenizer.save_pretrained(folder)
    _save(M2M100ForConditionalGeneration, M2M100Config(**_shape(len(tokenizer))), folder)
    return folder


def m2m100(folder: Path) -> Path:
    """An M2M100: SentencePiece tokenizer with codes such as de."""
    from sentencepiece import SentencePieceProcessor, SentencePieceTrainer
    from transformers import M2M100Config, M2M100ForConditionalGeneration, M2M100Tokenizer

    folder.mkdir(parents=True, exist_ok=True)
    written = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(["".join(LETTERS)]),
        model_writer=written,
        model_type="char",
        vocab_size=len(LETTERS) + 3,
        minloglevel=2,
    )
    (folder / "spm.model").write_bytes(written.getvalue())
    pieces = SentencePieceProcessor(model_proto=written.getvalue())
    words = [pieces.id_to_piece(i) for i in range(3, pieces.get_piece_size())]
    (folder / "pieces.json").write_text(json.dumps({t: i for i, t in enumerate((*SPECIAL, *words))}))
    tokenizer = M2M100Tokenizer(str(folder / "pieces.json"), str(folder / "spm.model"))
    tokenizer.save_pretrained(folder)
    _save(M2M100ForConditionalGeneration, M2M100Config(**_shape(len(SPECIAL) + len(words) + 110)), folder)
    return folder


def _shape(n_tokens: int) -> dict[str, Any]:
    return {
        "vocab_size": n_tokens,
        "d_model": 16,
        "encoder_layers": 1,
        "decoder_layers": 1,
        "encoder_attention_heads": 2,
        "decoder_attention_heads": 2,
        "encoder_ffn_dim": 32,
        "decoder_ffn_dim": 32,
        "max_position_embeddings": 64,
        "init_std": 0.5,  # wide, so that tokens are not about equally probable
        "bos_token_id": 0,
        "pad_token_id": 1,
        "eos_token_id": 2,
        "decoder_start_token_id": 2,
    }


def _save(model: Any, config: Any, folder: Path) -> None:
    import torch
    from transformers.utils import logging

    logging.disable_progress_bar()
    with torch.random.fork_rng():
        torch.manual_seed(7)
        model(config).save_pretrained(folder)
