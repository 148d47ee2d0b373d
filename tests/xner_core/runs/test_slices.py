"""Filters that are kept under a name."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from xner_core.errors import ConfigError
from xner_core.paths import data_folder
from xner_core.runs.slices import MOST_CHARACTERS, all_slices, delete_slice, save_slice

FILTERS = {"ekind": "missed", "estage": "alignment"}


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))


def test_saved_found_and_deleted() -> None:
    assert all_slices() == []
    one = save_slice("  Lost by \n the alignment ", FILTERS)
    other = save_slice("arabic", {"elang": "ar"})
    assert [(each.name, each.filters) for each in all_slices()] == [
        ("arabic", {"elang": "ar"}),
        ("Lost by the alignment", FILTERS),
    ]
    delete_slice(other.id)
    delete_slice(other.id)
    assert all_slices() == [one]


def test_the_same_is_kept_once_and_other_filters_under_the_same_name_besides() -> None:
    save_slice("mine", FILTERS)
    save_slice("mine", dict(reversed(FILTERS.items())))
    assert len(all_slices()) == 1
    save_slice("mine", {"elang": "ar"})
    assert [each.name for each in all_slices()] == ["mine", "mine"]


def test_many_at_once_lose_none() -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: save_slice("mine", {"eq": str(n)}), range(40)))
    assert {each.filters["eq"] for each in all_slices()} == {str(n) for n in range(40)}


@pytest.mark.parametrize("name", ["", " \n", "x" * (MOST_CHARACTERS + 1), "a\u202eb", "a\x00b"])
def test_a_name_that_cannot_be_shown_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match="printable"):
        save_slice(name, FILTERS)
    assert all_slices() == []


def test_other_files_are_passed_over_and_left_alone() -> None:
    save_slice("mine", FILTERS)
    folder = data_folder() / "slices"
    (folder / "broken.json").write_text("{")
    outside = data_folder() / "outside.json"
    outside.write_text('{"name": "x", "filters": {}}')
    assert len(all_slices()) == 1
    delete_slice("../outside")
    delete_slice("broken")
    assert outside.exists()
    assert (folder / "broken.json").exists()


def test_a_folder_that_cannot_be_written_is_an_error() -> None:
    data_folder().mkdir(parents=True)
    (data_folder() / "slices").write_text("a file")
    with pytest.raises(ConfigError, match="cannot be written"):
        save_slice("mine", FILTERS)
