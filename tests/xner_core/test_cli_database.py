"""`xner db …` inside this process."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.xner_core.corrections.values import ORIGIN, note, pair
from xner_core.cli import app
from xner_core.corrections.store import CorrectionStore
from xner_core.errors import ConfigError, CorrectionError

pytestmark = pytest.mark.xdist_group("corrections")


@pytest.fixture(autouse=True)
def _own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder without corrections, and tables as on a wide terminal."""
    from xner_core.cli import output

    monkeypatch.setattr(output.output, "width", 200)
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("XNER_DATABASE_URL", raising=False)


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(app, ("db", *arguments), catch_exceptions=False)


def told(*arguments: str) -> Any:
    return json.loads(invoke(*arguments, "--json").stdout)


def correct(text: str, seen: int = 0, sid: str = "s1") -> None:
    CorrectionStore.open().record(pair(sid), [note(text, seen)], author="Ana", origin=ORIGIN)


def test_upgrade_makes_the_tables_once() -> None:
    assert told("status")["revision"] is None
    assert "nothing was made yet" in invoke("status").stdout
    assert "brought to revision" in invoke("upgrade").stdout
    assert told("upgrade") == {**told("upgrade"), "changed": False}
    assert told("status")["is_current"] is True


def test_status_says_what_there_is(tmp_path: Path) -> None:
    correct("a")
    correct("b", 1)
    found = told("status")
    assert found["address"] == str(tmp_path / "data" / "corrections.sqlite")
    assert (found["n_events"], found["n_sentences"], found["authors"]) == (2, 1, ["Ana"])
    assert "Ana" in invoke("status").stdout


def test_backup_and_restore(tmp_path: Path) -> None:
    correct("a")
    file = tmp_path / "b.sqlite"
    assert told("backup", str(file))["n_events"] == 1
    correct("b", 1)
    correct("c", sid="s2")
    assert "2 sentences were corrected since the backup" in invoke("restore", str(file)).stdout
    assert "2 sentences were set" in invoke("restore", str(file), "--replace", "--author", "Ben").stdout
    assert {state.note for state in CorrectionStore.open().states().values()} == {"a", ""}
    assert told("restore", str(file)) == {"added": 0, "present": 1, "ahead": 2, "set_back": 0}


def test_who_sets_back_has_to_be_named(tmp_path: Path) -> None:
    for options in (["--replace"], ["--author", "Ben"]):
        with pytest.raises(ConfigError, match="--author"):
            invoke("restore", str(tmp_path / "b.sqlite"), *options)


def test_check() -> None:
    with pytest.raises(CorrectionError, match="nothing to check: nothing was made yet"):
        invoke("check")
    correct("a")
    assert "1 events, all sound" in invoke("check").stdout
    assert told("check")["problems"] == []
    path = CorrectionStore.open().address.path
    assert path
    with closing(sqlite3.connect(path)) as opened, opened:
        opened.execute("DROP TRIGGER events_no_update")
        opened.execute("UPDATE events SET version = 2")
    for result in (invoke("check"), invoke("check", "--json")):
        assert result.exit_code == 1
        assert "does not go on" in result.stdout


def test_what_is_no_store_of_ours_is_told(tmp_path: Path) -> None:
    correct("a")
    path = CorrectionStore.open().address.path
    assert path
    CorrectionStore.open().close()
    with closing(sqlite3.connect(path)) as opened, opened:
        opened.execute("UPDATE xner_revision SET version_num = '9999'")
    assert "9999: made by a newer version; update the program" in invoke("status").stdout
    with pytest.raises(CorrectionError, match="newer version"):
        invoke("check")
    invoke("backup", str(tmp_path / "newer.sqlite"))
    with pytest.raises(CorrectionError, match="newer version") as caught:
        invoke("restore", str(tmp_path / "newer.sqlite"))
    assert caught.value.where == str(tmp_path / "newer.sqlite")
    path.unlink()
    with closing(sqlite3.connect(path)) as opened, opened:
        opened.execute("CREATE TABLE songs (name TEXT)")
    assert "holds no corrections, or is damaged" in invoke("status").stdout
