"""Very many good JSON lines at once, as columns: several times as fast as line by line.

It reads only files that are certainly good and have nothing unusual, and makes of them what
`jsonl.read_pairs` and `build.make_corpus` would make. Of any other file it says nothing.
"""

from __future__ import annotations

import hashlib
import re
from codecs import BOM_UTF8
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from xner_core.corpora import json_columns as as_json
from xner_core.corpora.build import ContentIds
from xner_core.corpora.json_columns import UnusualError
from xner_core.corpora.packed import PACKED_FROM, PackedPairs
from xner_core.languages import UNKNOWN, is_language
from xner_core.types import Corpus

_TEXTS = ("id", "source_lang", "target_lang", "source_text", "target_text", "alignment", "note")
_LISTS = ("source_tokens", "source_tags", "target_tokens", "target_tags")
_SIDES = ("source", "target")
_BLOCK = 1 << 23
"""Bytes that are read at once."""
_THREADS = 2
_NULL = re.compile(rb'"\s*:\s*null')


def read_columns(spec: str, path: Path) -> Corpus | None:
    """Read a corpus from a file of very many lines.

    Args:
        spec: The corpus spec.
        path: The file.

    Returns:
        The corpus, which has no notices; None where the lines have to be looked at one by one.
    """
    try:
        data = path.expanduser().read_bytes().removeprefix(BOM_UTF8)
    except (OSError, ValueError, RuntimeError):
        return None
    if data.count(b"\n") + 1 < PACKED_FROM:
        return None

    import pyarrow as pa
    import pyarrow.compute as pc

    digest = hashlib.sha256()
    ids = ContentIds()
    try:
        rows = _rows(data)
        # Ids that are made of the content count how often it was there before: one thread, in order.
        n_threads = _THREADS if all(batch["id"].null_count == 0 for batch in rows) else 1
        with ThreadPoolExecutor(n_threads) as pool:
            batches = list(pool.map(lambda batch: _packed(batch, ids), rows))
        for batch in batches:
            content = batch["content"]
            digest.update(content.buffers()[2].slice(0, pc.sum(pc.binary_length(content)).as_py()))
        table = pa.Table.from_batches(batches)
        _refuse(pc.count_distinct(table["id"]).as_py() < len(table), "an id was used before")
    except (UnusualError, pa.ArrowException):
        return None
    return Corpus(spec, PackedPairs(table), (), digest.hexdigest())


def _rows(data: bytes) -> list[Any]:
    """The lines of a file as record batches whose fields have the right types.

    Raises:
        UnusualError: If a line is not one object with nothing around it.
        pa.ArrowException: If it is not JSON, a field has another type or is unknown.
    """
    import pyarrow as pa
    import pyarrow.json

    fields = [(name, pa.string()) for name in _TEXTS] + [(name, pa.list_(pa.string())) for name in _LISTS]
    table = pyarrow.json.read_json(
        pa.BufferReader(data),
        pyarrow.json.ReadOptions(block_size=_BLOCK),
        pyarrow.json.ParseOptions(explicit_schema=pa.schema(fields), unexpected_field_behavior="error"),
    )
    _refuse(len(table) < PACKED_FROM, "there are few rows")
    table.validate(full=True)  # finds what is not UTF-8
    # The JSON reader takes objects on one line, or one on several. As no field holds an object and no
    # string a raw line end, these are as many as there are objects only where each has its own line.
    lines = data.rstrip(b" \t\r\n")
    ends = lines.count(b"}\n{") + lines.count(b"}\r\n{")
    _refuse(not lines.count(b"\n") == ends == len(table) - 1, "a line is not an object")
    _refuse(table["note"].null_count > 0 and _has_null_note(data), "a note is null")
    return list(table.to_batches())


def _has_null_note(data: bytes) -> bool:
    """Whether a note is null, which is an error, and not just left out; its name may be escaped."""
    for null in _NULL.finditer(data):
        field = data[data.rfind(b'"', 0, null.start()) + 1 : null.start()]
        if field == b"note" or b"\\" in field:
            return True
    return False


def _packed(rows: Any, ids: ContentIds) -> Any:
    """The columns of `PackedPairs`, as a record batch.

    Raises:
        UnusualError: If a row has to be looked at.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    words = [_words(rows[f"{side}_tokens"]) for side in _SIDES]
    names = rows["id"]
    if names.null_count == len(names):
        contents = as_json.joined("[", words[0], ", ", words[1], "]")
        names = pa.array(map(ids.of, contents.to_pylist()), pa.string())
    _refuse(names.null_count > 0 or _shortest(names) == 0, "an id is missing or empty")
    sizes = [as_json.lengths(rows[f"{side}_tokens"]) for side in _SIDES]
    sides = [
        as_json.joined("[", _language(rows, side), ", ", written, ", ", _spans(rows, side), ", ", text, "]")
        for side, written in zip(_SIDES, words, strict=True)
        for text in [as_json.strings(rows[f"{side}_text"])]
    ]
    links = as_json.links(rows["alignment"], *sizes)
    content = as_json.joined("[", as_json.strings(names), ", ", sides[0], ", ", sides[1], ", ", links, "]")
    tokens = [pc.binary_join(rows[f"{side}_tokens"], " ") for side in _SIDES]
    searched = pc.binary_join_element_wise(names, *tokens, " ").to_pylist()
    return pa.record_batch(
        {
            "id": names.cast(pa.large_string()),
            "lang": rows["target_lang"],
            "text": pa.array(map(str.casefold, searched), pa.large_string()),
            "content": content.cast(pa.large_binary()),
            "note": pc.fill_null(rows["note"], "").cast(pa.large_string()),
        }
    )


def _words(tokens: Any) -> Any:
    """The words of a side as JSON; no sentence may be missing and no word blank."""
    import pyarrow.compute as pc

    flat = tokens.flatten()
    _refuse(tokens.null_count > 0 or as_json.lengths(tokens).min() == 0, "a sentence has no words")
    _refuse(flat.null_count > 0 or _shortest(pc.ascii_trim(flat, " \t\r\n")) == 0, "a word is blank")
    return as_json.words(tokens)


def _spans(rows: dict[str, Any], side: str) -> Any:
    """The entities of a side as JSON; each word has a tag, or none has."""
    tags, tokens = rows[f"{side}_tags"], rows[f"{side}_tokens"]
    differ = as_json.lengths(tags) != as_json.lengths(tokens)
    differ &= tags.is_valid().to_numpy(zero_copy_only=False)
    _refuse(bool(differ.any()), "a sentence has not as many tags as words")
    return as_json.spans(tags)


def _language(rows: dict[str, Any], side: str) -> Any:
    """The language of a side as JSON; each is one."""
    codes = rows[f"{side}_lang"]
    known = codes.unique().to_pylist()
    good = all(code is not None and (code == UNKNOWN or is_language(code)) for code in known)
    _refuse(not good, "a language code is none")
    return as_json.strings(codes)


def _shortest(column: Any) -> int:
    import pyarrow.compute as pc

    return int(pc.min(pc.binary_length(column)).as_py())


def _refuse(unusual: bool, what: str) -> None:
    if unusual:
        raise UnusualError(what)
