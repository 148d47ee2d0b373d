"""What stages make of a batch, as bytes and back."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from xner_core.alignment.similarity import SubwordEmbeddings, SubwordSimilarity
from xner_core.types import Entity, TagProbabilities, WordAlignment

_ENTITIES: TypeAdapter[list[tuple[Entity, ...]]] = TypeAdapter(list[tuple[Entity, ...]])
_TAGS: TypeAdapter[list[tuple[str, ...] | None]] = TypeAdapter(list[tuple[str, ...] | None])


def pack_entities(found: Sequence[tuple[Entity, ...]]) -> bytes:
    """The entities of sentences as bytes."""
    return _ENTITIES.dump_json(list(found))


def unpack_entities(data: bytes) -> list[tuple[Entity, ...]]:
    """See `pack_entities`."""
    return _ENTITIES.validate_json(data)


def pack_alignments(found: Sequence[WordAlignment]) -> bytes:
    """Word alignments with their similarities as bytes."""
    arrays: dict[str, NDArray[Any]] = {}
    for index, one in enumerate(found):
        arrays[f"{index}.sure"] = np.array(one.sure, dtype=np.int32).reshape(-1, 2)
        arrays[f"{index}.possible"] = np.array(one.possible, dtype=np.int32).reshape(-1, 2)
        if one.similarity is not None:
            arrays[f"{index}.similarity"] = one.similarity
    return _pack(arrays, len(found))


def unpack_alignments(data: bytes) -> list[WordAlignment]:
    """See `pack_alignments`."""
    arrays, n = _unpack(data)

    def links(name: str) -> tuple[tuple[int, int], ...]:
        return tuple((i, j) for i, j in arrays[name].tolist())

    return [
        WordAlignment(links(f"{i}.sure"), links(f"{i}.possible"), arrays.get(f"{i}.similarity"))
        for i in range(n)
    ]


def pack_similarities(found: Sequence[SubwordSimilarity]) -> bytes:
    """Similarities as bytes, without the vectors that they were computed from: no extraction reads them."""
    arrays: dict[str, NDArray[Any]] = {}
    for index, one in enumerate(found):
        arrays[f"{index}.values"] = one.values
        for side, sentence in (("source", one.source), ("target", one.target)):
            arrays[f"{index}.{side}"] = np.append(sentence.words, sentence.n_words)
    return _pack(arrays, len(found))


def unpack_similarities(data: bytes) -> list[SubwordSimilarity]:
    """See `pack_similarities`; the vectors have no dimensions."""
    arrays, n = _unpack(data)

    def sentence(name: str) -> SubwordEmbeddings:
        words, n_words = arrays[name][:-1], int(arrays[name][-1])
        return SubwordEmbeddings(np.zeros((len(words), 0), np.float32), words, n_words)

    return [
        SubwordSimilarity(arrays[f"{i}.values"], sentence(f"{i}.source"), sentence(f"{i}.target"))
        for i in range(n)
    ]


def pack_tags(found: Sequence[TagProbabilities | None]) -> bytes:
    """Tag probabilities as bytes."""
    names = _TAGS.dump_json([None if one is None else one.tags for one in found])
    arrays = {f"{i}": one.values for i, one in enumerate(found) if one is not None}
    return _pack(arrays | {"tags": np.frombuffer(names, dtype=np.uint8)}, len(found))


def unpack_tags(data: bytes) -> list[TagProbabilities | None]:
    """See `pack_tags`."""
    arrays, _ = _unpack(data)
    names = _TAGS.validate_json(arrays["tags"].tobytes())
    return [
        None if tags is None else TagProbabilities(tags, arrays[str(index)])
        for index, tags in enumerate(names)
    ]


def _pack(arrays: Mapping[str, NDArray[Any]], n: int) -> bytes:
    written = io.BytesIO()
    np.savez(written, allow_pickle=False, n=np.array(n), **arrays)
    return written.getvalue()


def _unpack(data: bytes) -> tuple[dict[str, NDArray[Any]], int]:
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        arrays = dict(file)
    return arrays, int(arrays.pop("n"))
