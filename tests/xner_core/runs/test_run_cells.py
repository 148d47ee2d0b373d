"""Runs and publications as cells: each figure in its place."""

from __future__ import annotations

import pytest

from tests.xner_core.runs.scored_rows import row, scored
from xner_core.runs.published import best, published
from xner_core.runs.run_cells import (
    bucket_cells,
    is_published,
    label_cells,
    language_cells,
    published_cells,
    published_methods,
    published_name,
)
from xner_core.viz.cells import Cell

RUN = scored(
    [
        row("a", [(0, 1, "PER"), (2, 3, "LOC")], [(0, 1, "PER"), (4, 5, "PER")]),
        row("b", [(0, 1, "PER")], [(0, 1, "PER")]),
        row("c", [], [], lang="sw"),
    ]
)


def test_a_language_s_figures() -> None:
    german, swahili = language_cells("ilp", RUN)
    assert (german.method, german.lang, german.part) == ("ilp", "de", "")
    assert (german.f1, german.precision, german.recall) == (pytest.approx(2 / 3),) * 3
    assert (german.n_gold, german.n_sentences) == (3, 2)
    assert german.low is not None
    assert german.high is not None
    assert german.low < german.f1 < german.high
    assert swahili == Cell("ilp", "sw", "", None, n_gold=0, n_sentences=1)


def test_a_label_s_figures_are_only_where_it_occurs() -> None:
    cells = {(cell.lang, cell.part): cell for cell in label_cells("ilp", RUN)}
    assert set(cells) == {("de", "LOC"), ("de", "PER")}
    assert (cells["de", "LOC"].f1, cells["de", "LOC"].n_gold) == (0.0, 1)
    assert (cells["de", "PER"].precision, cells["de", "PER"].recall) == (pytest.approx(2 / 3), 1.0)


def test_a_bucket_s_figures() -> None:
    cells = bucket_cells("ilp", RUN, "label", None)
    assert [(cell.part, cell.lang, cell.n_gold, cell.n_sentences) for cell in cells] == [
        ("LOC", "", 1, 1),
        ("PER", "", 2, 2),
    ]
    assert [cell.lang for cell in bucket_cells("ilp", RUN, "label", "de")] == ["de", "de"]
    [of_sentences] = bucket_cells("ilp", RUN, "sentence-length", "sw")
    assert (of_sentences.f1, of_sentences.n_sentences) == (None, 1)


def test_published_methods_are_those_of_the_languages() -> None:
    found = published_methods(["deu", "sw"])
    assert [name for name in found if name.endswith(":best")] == [
        "published:masakhaner2:best",
        "published:xtreme:best",
        "published:europarl:best",
    ]
    assert len([name for name in found if name.startswith("published:europarl:")]) == 1 + 7
    assert len([name for name in found if name.startswith("published:xtreme:")]) == 1 + 13
    assert published_methods(["uk"]) == []
    assert published_name("published:europarl:best") == "Published · europarl · best single method"
    assert published_name("published:xtreme:model_transfer") == "Published · xtreme · model_transfer"
    assert is_published("published:xtreme:best")
    assert not is_published("ilp")


def test_published_figures_stand_by_the_codes_of_one_s_own_languages() -> None:
    [cell] = published_cells("published:masakhaner2:best", ["uk", "sw"])
    first = best(published("masakhaner2", "swa"))
    assert first is not None
    assert (cell.lang, cell.f1, cell.precision, cell.recall) == (
        "sw",
        first.f1,
        first.precision,
        first.recall,
    )
    assert (cell.low, cell.high, cell.n_gold) == (None, None, None)
    [single] = published_cells("published:europarl:align_src-simalign", ["de"])
    assert single.f1 == 0.8006


def test_the_best_at_a_label_may_be_another_method() -> None:
    [cell] = published_cells("published:europarl:best", ["de"], "LOC")
    assert cell == Cell("published:europarl:best", "de", "LOC", 0.8632)
    assert published_cells("published:masakhaner2:best", ["sw"], "MISC") == []
