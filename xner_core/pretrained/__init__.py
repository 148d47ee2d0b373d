"""Models of Hugging Face's form: how they are loaded, read sentences and name languages."""

from __future__ import annotations

from xner_core.pretrained.loading import (
    PREFIX_SPACE,
    Device,
    ModelKind,
    device_for,
    load_outline,
    load_pretrained,
    load_tokenizer,
    load_weights,
    positions,
    quiet,
    version_of,
)

__all__ = [
    "PREFIX_SPACE",
    "Device",
    "ModelKind",
    "device_for",
    "load_outline",
    "load_pretrained",
    "load_tokenizer",
    "load_weights",
    "positions",
    "quiet",
    "version_of",
]
