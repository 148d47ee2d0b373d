"""What is written as JSON lines is read back identically, quickly or not."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.properties.pairs import pairs
from xner_core.corpora import jsonl
from xner_core.corpora.jsonl import JsonlRow, read_pairs, row_of, write_pairs
from xner_core.files import parse_row
from xner_core.types import SentencePair

ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        None,
        "",
        " ",
        "\u00a0",
        "a",
        "O",
        0,
        1.5,
        True,
        [],
        {},
        [""],
        ["a", 1],
        ["a", "O"],
        ["O"],
        ["X-PER"],
        [["O"]],
    ]
)
FIELDS = [*JsonlRow.model_fields, "extra"]


@given(st.lists(pairs(), min_size=1, max_size=3, unique_by=lambda pair: pair.id))
def test_every_pair_survives(written: list[SentencePair]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        write_pairs(path, written)
        assert read_pairs(path)[0] == written


@given(
    pairs(),
    st.dictionaries(st.sampled_from(FIELDS), ODD, max_size=2),
    st.sets(st.sampled_from(FIELDS), max_size=2),
)
def test_the_quick_reader_says_what_the_careful_one_says_or_nothing(
    pair: SentencePair, changed: dict[str, Any], left_out: set[str]
) -> None:
    row = {**row_of(pair), **changed}
    line = json.dumps({key: value for key, value in row.items() if key not in left_out})
    quick = jsonl._Quick().row(line, 3)
    if quick is None:
        assert changed or left_out or not all(map(str.strip, (*pair.source.words, *pair.target.words)))
        return
    assert quick == jsonl._of(parse_row(line, Path("a"), 3, JsonlRow, ""), 3)
