"""What is read as columns is what is read line by line, or nothing."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracles.fingerprint import fingerprint
from tests.properties.pairs import pairs
from tests.properties.test_jsonl import FIELDS, ODD
from xner_core.corpora import jsonl_columns
from xner_core.corpora.jsonl import read_pairs, row_of
from xner_core.corpora.jsonl_columns import read_columns
from xner_core.errors import CorpusError
from xner_core.types import Corpus, SentencePair

complete = pairs().filter(lambda pair: pair.is_complete)


def columns(lines: list[str], folder: str, block: int) -> tuple[Path, Corpus | None]:
    path = Path(folder) / "a.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8", newline="")
    with patch.multiple(jsonl_columns, PACKED_FROM=1, _BLOCK=block):
        return path, read_columns("x", path)


@settings(max_examples=60)
@given(
    st.lists(complete, min_size=1, max_size=4, unique_by=lambda pair: pair.id),
    st.booleans(),
    st.sampled_from([1 << 11, 1 << 20]),
)
def test_every_complete_pair_is_read(written: list[SentencePair], ascii_only: bool, block: int) -> None:
    lines = [json.dumps(row_of(pair), ensure_ascii=ascii_only) for pair in written]
    with tempfile.TemporaryDirectory() as folder:
        _, found = columns(lines, folder, block)
    assert found is not None
    assert found.pairs == tuple(written)
    assert found.fingerprint == fingerprint(written)
    assert found.notices == ()


@settings(max_examples=60)
@given(
    st.lists(pairs(), min_size=1, max_size=3),
    st.dictionaries(st.sampled_from(FIELDS), ODD, max_size=2),
    st.sets(st.sampled_from(FIELDS), max_size=2),
    st.tuples(
        st.integers(0, 400), st.sampled_from(["", "", "", "\n", "\0", "\ufeff", " ", ",", "}", '"', "{"])
    ),
)
def test_of_what_is_bad_it_says_nothing(
    written: list[SentencePair], changed: dict[str, Any], left_out: set[str], put_in: tuple[int, str]
) -> None:
    rows: list[dict[str, Any]] = [row_of(pair) for pair in written]
    rows[-1] = {key: each for key, each in {**rows[-1], **changed}.items() if key not in left_out}
    text = "\n".join(json.dumps(row) for row in rows)
    text = text[: put_in[0]] + put_in[1] + text[put_in[0] :]
    with tempfile.TemporaryDirectory() as folder:
        path, found = columns([text], folder, 1 << 20)
        if found is None:
            return
        try:
            expected, notices = read_pairs(path)
        except CorpusError as error:
            raise AssertionError(f"columns were read of a file that is refused: {error}") from error
    assert found.pairs == tuple(expected)
    assert found.fingerprint == fingerprint(expected)
    assert notices == []
