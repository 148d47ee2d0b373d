"""Counts sentence by sentence against seqeval, and what labels and languages leave of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from tests.xner_core.runs.finished import write_run
from tests.xner_core.runs.scored_rows import ROWS, row, scored
from xner_core.errors import ConfigError
from xner_core.evaluation.bootstrap import f1
from xner_core.runs.figures import figures
from xner_core.runs.folder import RunFolder
from xner_core.runs.rows import Row
from xner_core.runs.scored import scored_run


def _as_figures_want(rows: list[Row]) -> list[Row]:
    return [{**each, "gold_among_candidates": None} for each in rows]


@given(ROWS)
def test_the_sums_are_seqevals(rows: list[Row]) -> None:
    for labels in (None, ["PER", "LOC"]):
        run = scored(rows, labels)
        known = figures(_as_figures_want(rows), labels)
        counts = run.counts()
        assert (run.n, run.n_left_out) == (known["n_scored"], len(rows) - known["n_scored"])
        if known["overall"] is None:
            continue
        assert float(f1(counts.sum(axis=0))) == pytest.approx(known["overall"]["f1"])
        assert run.langs == tuple(sorted(known["per_language"]))
        for lang, scores in known["per_language"].items():
            inside = counts[run.in_language(lang)]
            assert float(f1(inside.sum(axis=0))) == pytest.approx(scores["f1"])
            assert inside[:, [0, 2]].sum() == scores["support"]
            for label, each in scores["per_label"].items():
                of_label = run.of_label(label)[run.in_language(lang)]
                assert float(f1(of_label.sum(axis=0))) == pytest.approx(each["f1"])


def test_each_sentence_has_its_own_counts() -> None:
    run = scored(
        [
            row("a", [(0, 1, "PER"), (2, 4, "LOC")], [(0, 1, "PER"), (2, 3, "LOC")]),
            row("b", None, [(0, 1, "PER")]),
            row("c", [(0, 1, "PER")], [(0, 1, "LOC"), (3, 4, "ORG")], lang="sw"),
            row("d", [], []),
        ]
    )
    assert run.counts().tolist() == [[1, 1, 1], [0, 2, 1], [0, 0, 0]]
    assert run.of_label("LOC").tolist() == [[0, 1, 1], [0, 1, 0], [0, 0, 0]]
    assert run.of_label("XYZ").tolist() == [[0, 0, 0]] * 3
    assert (run.langs, run.labels) == (("de", "sw"), ("LOC", "ORG", "PER"))
    assert run.in_language("sw").tolist() == [False, True, False]
    assert not run.in_language("xx").any()
    assert [each["id"] for each in run.sentences([2, 0])] == ["d", "a"]


def test_a_run_without_gold_has_no_sentence() -> None:
    run = scored([row("a", None, [(0, 1, "PER")])])
    assert (run.n, run.n_left_out, run.langs) == (0, 1, ())
    assert run.counts().shape == (0, 3)


def test_the_same_place_in_another_sentence_is_another_entity() -> None:
    run = scored([row("a", [(1, 2, "PER")], []), row("b", [], [(1, 2, "PER")])])
    assert run.counts().tolist() == [[0, 0, 1], [0, 1, 0]]


def test_labels_of_the_run_count_and_the_folder_is_read(tmp_path: Path) -> None:
    rows = [row("a", [(0, 1, "PER"), (2, 3, "LOC")], [(2, 3, "LOC")])]
    place = RunFolder(Path(write_run(tmp_path / "one", rows, labels=("PER",))))
    manifest = place.manifest()
    assert manifest is not None
    run = scored_run(place, manifest)
    assert run.labels == ("PER",)
    np.testing.assert_array_equal(run.counts(), [[0, 0, 1]])
    place.sentences.unlink()
    with pytest.raises(ConfigError, match="cannot be read"):
        scored_run(place, manifest)
