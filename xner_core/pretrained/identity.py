"""Which model it is: a checksum or revision by which its results are known again."""

from __future__ import annotations

import hashlib
from pathlib import Path

from xner_core.pretrained.loading import ModelKind, load_config

_WEIGHTS = frozenset({".bin", ".h5", ".msgpack", ".onnx", ".pt", ".safetensors"})


def identity_of(name: str, kind: ModelKind) -> str:
    """What a model is known by: the revision on the hub, or a checksum of its folder.

    Of the files with weights only sizes and times count, since they take long to read. A folder that is
    copied without its times is another model therefore; one that is moved or renamed stays the same.

    Args:
        name: A folder, or the name of a model of the Hugging Face hub.
        kind: What the model is for.

    Raises:
        ModelUnavailableError: If the model is not there.
    """
    revision = getattr(load_config(name, kind), "_commit_hash", None)
    folder = Path(name)
    if revision or not folder.is_dir():
        return f"{name}@{revision}"
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        digest.update(f"{path.name}\0".encode("utf-8", "surrogateescape"))
        if path.suffix in _WEIGHTS:
            found = path.stat()
            digest.update(f"{found.st_size} {found.st_mtime_ns}".encode())
        else:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"sha256:{digest.hexdigest()}"
