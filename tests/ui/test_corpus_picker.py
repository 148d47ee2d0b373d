"""The list of sentences: short, around the one that is shown, and steady while one steps on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.app import choose, open_app, rerun
from ui.components.corpus_picker import _listed

pytestmark = pytest.mark.xdist_group("app")


@given(st.integers(1, 1000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n - 1))))
def test_the_list_holds_the_sentence_and_its_neighbours(case: tuple[int, int]) -> None:
    n, place = case
    first, last = _listed(n, place)
    assert 0 <= first <= place < last <= n
    assert last - first == min(n, 100)
    assert place - first >= 25 or first == 0
    assert last - place >= 25 or last == n


def test_the_list_stays_for_half_its_length() -> None:
    assert len({_listed(1000, place) for place in range(1000)}) <= 1 + 1000 // 50


def test_one_steps_searches_and_jumps_in_a_long_corpus(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    row = {"source_lang": "en", "target_lang": "de", "target_tokens": ["Bonn"], "source_tags": ["B-LOC"]}
    rows = [{**row, "id": f"s{k}", "source_tokens": [f"Word{k}x"]} for k in range(300)]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    at = open_app(corpus=f"jsonl:{path}", sid="s200")
    box = at.get_by_key("sid")
    assert box.value == "s200"
    assert len(box.options) == 100
    assert "201 · Word200x" in box.options
    at.get_by_key("step1").click()
    rerun(at)
    assert at.get_by_key("sid").value == "s201"
    at.get_by_key("q").set_value("WORD17x")
    rerun(at)
    assert at.get_by_key("sid").options == ["1 · Word17x"]
    at.get_by_key("q").set_value("")
    rerun(at)
    assert at.get_by_key("sid").value == "s17"
    at.get_by_key("q").set_value("nowhere")
    rerun(at)
    assert "No sentence has that text" in at.info[0].value
    at.get_by_key("q").set_value("")
    choose(rerun(at), "sid", "s0")
    assert at.get_by_key("step-1").disabled
