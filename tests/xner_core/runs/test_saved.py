"""Results that are kept, and files among them that are none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from xner_core.runs import saved
from xner_core.runs.saved import save_run, saved_runs


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path))
    return tmp_path / "runs" / "sweep"


def result(n: int, corpus: str = "demo:de") -> dict[str, Any]:
    made = {"components": {"aligner": {"name": "e5-small"}}, "corpus": {"spec": corpus}}
    return {"n": n, "word": "Öl", "provenance": made}


def test_what_is_saved_is_found_again_the_newest_first(folder: Path) -> None:
    assert saved_runs("sweep") == ([], [])
    paths = [save_run("sweep", result(n)) for n in range(3)]
    assert all(path.parent == folder for path in paths)
    found = saved_runs("sweep")
    assert [run.result["n"] for run in found.runs] == [2, 1, 0]
    assert [run.id for run in found.runs] == [path.stem for path in reversed(paths)]
    assert found.runs[0].result == result(2)
    assert found.notices == []


def test_kinds_do_not_mix() -> None:
    save_run("sweep", result(1))
    assert saved_runs("other").runs == []


def test_a_run_is_called_by_its_aligner_and_corpus() -> None:
    save_run("sweep", result(1, "jsonl:/a/b.jsonl"))
    assert saved_runs("sweep").runs[0].name == "e5-small on jsonl:/a/b.jsonl"


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'{"name": "x"}', b'{"name": 1, "result": {}}', b"\xff\xfe"]
)
def test_a_file_that_is_no_run_is_passed_over_with_a_notice(folder: Path, content: bytes) -> None:
    save_run("sweep", result(1))
    bad = folder / "00-bad.json"
    bad.write_bytes(content)
    found = saved_runs("sweep")
    assert [run.result["n"] for run in found.runs] == [1]
    assert found.notices == [f"{bad} is not a saved run and was passed over."]


def test_a_folder_with_the_name_of_a_file_is_passed_over(folder: Path) -> None:
    (folder / "x.json").mkdir(parents=True)
    assert len(saved_runs("sweep").notices) == 1


def test_a_run_that_could_not_be_written_whole_is_not_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(path: Path, text: str, **_: object) -> int:
        path.write_bytes(text.encode()[:10])
        raise OSError("no space left")

    monkeypatch.setattr(Path, "write_text", half)
    with pytest.raises(OSError, match="no space"):
        save_run("sweep", result(1))
    assert saved_runs("sweep") == ([], [])


def test_two_runs_of_the_same_moment_are_two(monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import UTC, datetime

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)

    monkeypatch.setattr(saved, "datetime", Stopped)
    first, second = save_run("sweep", result(1)), save_run("sweep", result(2))
    assert first.stem.startswith("20260102T030405000006Z-")
    assert first != second
    assert len(saved_runs("sweep").runs) == 2
