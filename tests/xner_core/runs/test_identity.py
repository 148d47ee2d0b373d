"""A result is known by the content of the files it was made from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xner_core.runs import identity
from xner_core.runs.identity import file_ids, software_id


def test_software_is_one_checksum() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", software_id())
    assert software_id() == software_id()


def test_a_changed_file_has_another_id(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one")
    before = file_ids([path])
    assert before.keys() == {str(path)}
    path.touch()
    assert file_ids([path]) == before
    path.write_text("two")
    assert file_ids([path]) != before


def test_a_folder_is_all_that_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a").write_text("x")
    before = file_ids([tmp_path])
    (tmp_path / "deep" / "a").rename(tmp_path / "deep" / "b")
    renamed = file_ids([tmp_path])
    (tmp_path / "deep" / "b").write_text("y")
    assert len({str(one) for one in (before, renamed, file_ids([tmp_path]))}) == 3


def test_a_large_file_is_known_by_size_and_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "_HASHED_WHOLE", 2)
    path = tmp_path / "weights"
    path.write_bytes(b"abc")
    before = file_ids([path])
    assert file_ids([path]) == before
    path.write_bytes(b"abcd")
    assert file_ids([path]) != before
