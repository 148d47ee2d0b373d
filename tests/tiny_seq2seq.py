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


def t5(folder: Path, extra: tuple[str, ...] = ()) -> Path:
    """A T5: no languages, no begin of a sentence, and any number of positions.

    Args:
        folder: Where it is saved.
        extra: Tokens besides the letters.
    """
    from transformers import T5Config, T5ForConditionalGeneration

    n_tokens = save_letters(folder, "$A </s>", extra)
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
        initializer_factor=3.0 if extra else 1.0,  # wide, or all texts get the same translation
    )
    _save(T5ForConditionalGeneration, config, folder)
    return folder


def save_letters(folder: Path, template: str, extra: tuple[str, ...] = ()) -> int:
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
    tokenizer.add_tokens(list(extra))
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", **bos
    ).save_pretrained(folder)
    return len(vocabulary) + len(extra)


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
    from sentencepiece import SentencePieceProcessor
    from transformers import M2M100Config, M2M100ForConditionalGeneration, M2M100Tokenizer

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "spm.model").write_bytes(_letter_pieces())
    pieces = SentencePieceProcessor(model_proto=_letter_pieces())
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


def marian(folder: Path, *, languages: tuple[str, ...] = (), pair: tuple[str, str] = ("en", "de")) -> Path:
    """A Marian model: two SentencePiece tokenizers, the padding at the end of the vocabulary.

    Args:
        folder: Where it is saved.
        languages: The marks of its target languages, such as >>spa<<; none for a model of one pair.
        pair: The languages that its tokenizer says it has.
    """
    from sentencepiece import SentencePieceProcessor
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    pieces = SentencePieceProcessor(model_proto=_letter_pieces())
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(_letter_pieces())
    words = [pieces.id_to_piece(i) for i in range(3, pieces.get_piece_size())]
    tokens = {token: i for i, token in enumerate(("</s>", "<unk>", *words, *languages, "<pad>"))}
    (folder / "vocab.json").write_text(json.dumps(tokens))
    MarianTokenizer(
        *(str(folder / name) for name in ("source.spm", "target.spm", "vocab.json")),
        source_lang=pair[0],
        target_lang=pair[1],
        model_max_length=64,
    ).save_pretrained(folder)
    pad = len(tokens) - 1
    shape = _shape(len(tokens)) | {
        "bos_token_id": 0,
        "eos_token_id": 0,
        "pad_token_id": pad,
        "decoder_start_token_id": pad,
        "activation_function": "swish",
        "scale_embedding": True,
    }
    _save(MarianMTModel, MarianConfig(**shape), folder)
    return folder


def madlad(folder: Path) -> Path:
    """A T5 as MADLAD-400: a token before the text, such as <2de>, names the target language."""
    t5(folder, extra=("<2de>", "<2pt>", "<2zh_Latn>"))
    return folder


def _letter_pieces() -> bytes:
    """A SentencePiece model to which each letter is a token."""
    from sentencepiece import SentencePieceTrainer

    written = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(["".join(LETTERS)]),
        model_writer=written,
        model_type="char",
        vocab_size=len(LETTERS) + 3,
        minloglevel=2,
    )
    return written.getvalue()
