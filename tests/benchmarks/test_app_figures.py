"""The figures of the app's benchmark; what it measures needs a browser and is not tested."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.app_figures import calibration, counted, figure, percentile, skipped
from benchmarks.app_large import write_large
from xner_core.corpora import load

numbers = st.lists(st.integers(0, 50).map(float), min_size=1, max_size=30)


@given(numbers, st.floats(0.01, 1))
def test_a_percentile_is_the_smallest_value_that_enough_values_do_not_exceed(
    values: list[float], share: float
) -> None:
    found = percentile(values, share)

    def is_enough(bound: float) -> bool:
        return sum(value <= bound for value in values) >= share * len(values)

    assert found in values
    assert is_enough(found)
    assert not any(is_enough(value) for value in values if value < found)


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1.0], 0), ([1.0], 1.1)])
def test_what_has_no_percentile(values: list[float], share: float) -> None:
    with pytest.raises(ValueError, match="not defined"):
        percentile(values, share)


def test_a_figure_says_whether_its_bars_are_met() -> None:
    values = [*range(1, 41)]
    assert figure(values, "ms", {"median": 20, "p95": 38}) == {
        "n": 40,
        "unit": "ms",
        "median": 20,
        "p95": 38,
        "max": 40,
        "bars": {"median": 20, "p95": 38},
        "met": True,
    }
    assert figure(values, "ms", {"median": 20, "p95": 37})["met"] is False
    assert figure(values, "ms", {})["met"] is None


def test_what_is_counted_or_skipped() -> None:
    assert counted(10, 10)["met"] is True
    assert counted(9, 10)["met"] is False
    report = {"a": counted(9, 10), "b": skipped("no data"), "c": figure([1.5], "ms", {"max": 2})}
    assert json.loads(json.dumps(report)) == report
    assert report["b"] == {"skipped": "no data"}


def test_the_calibration_takes_time() -> None:
    assert 0 < calibration(1) < 60_000


def test_the_large_corpus_can_be_read(tmp_path: Path) -> None:
    write_large(tmp_path / "a.jsonl", 50)
    corpus = load(f"jsonl:{tmp_path / 'a.jsonl'}")
    assert len(corpus.pairs) == 50
    assert sum(pair.target.lang == "de" for pair in corpus.pairs) >= 45
    assert all(pair.source.words[-1] == f"n{k}x" for k, pair in enumerate(corpus.pairs))
