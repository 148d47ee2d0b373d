"""Values are found again by what they were made from, whoever wrote them."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ROOT
from xner_core.content_store import ContentStore, content_key


def test_keys_tell_contents_apart() -> None:
    assert content_key("a", {"x": 1, "y": [2]}) == content_key("a", {"y": [2], "x": 1})
    assert (
        len({content_key("a", "b"), content_key("ab"), content_key(["a", "b"]), content_key("b", "a")}) == 4
    )
    assert content_key("\ud800") != content_key("?")


def test_values_are_found_by_their_keys(tmp_path: Path) -> None:
    store = ContentStore(tmp_path / "deep" / "down" / "values.sqlite")
    assert store.get(["a"]) == {}
    assert not (tmp_path / "deep").exists()
    store.put({"a": b"1", "b": b""})
    assert store.get(["b", "a", "c", "a"]) == {"a": b"1", "b": b""}
    assert store.get([]) == {}


def test_the_first_value_stays(tmp_path: Path) -> None:
    store = ContentStore(tmp_path / "values.sqlite")
    store.put({"a": b"first"})
    store.put({"a": b"second", "b": b"new"})
    assert store.get(["a", "b"]) == {"a": b"first", "b": b"new"}


def test_more_keys_than_a_statement_takes(tmp_path: Path) -> None:
    store = ContentStore(tmp_path / "values.sqlite")
    values = {str(i): str(i).encode() for i in range(2500)}
    store.put(values)
    assert store.get([*values, "none"]) == values


def test_what_was_written_first_makes_room(tmp_path: Path) -> None:
    store = ContentStore(tmp_path / "values.sqlite", max_bytes=10)
    for key in "abc":
        store.put({key: b"1234"})
    assert set(store.get(list("abc"))) == {"b", "c"}
    store.put({"d": b"12345678901"})
    assert store.get(list("abcd")) == {}


def test_all_or_nothing(tmp_path: Path) -> None:
    store = ContentStore(tmp_path / "values.sqlite")
    with pytest.raises(sqlite3.Error):
        store.put({"a": b"1", "b": {}})  # type: ignore[dict-item]
    assert store.get(["a", "b"]) == {}


def test_what_a_deleted_file_left_beside_it_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "values.sqlite"
    ContentStore(path).put({"a": b"old"})
    with closing(sqlite3.connect(path)) as still_open:  # so its log is not written back
        still_open.execute("SELECT * FROM content").fetchall()
        ContentStore(path).put({"b": b"old"})
        log = path.with_name("values.sqlite-wal").read_bytes()
    path.unlink()
    path.with_name("values.sqlite-wal").write_bytes(log)
    path.with_name("values.sqlite.tmp").write_bytes(b"half written")
    ContentStore(path).put({"c": b"new"})
    assert ContentStore(path).get(["a", "b", "c"]) == {"c": b"new"}


WRITER = """
import sys
from pathlib import Path
from xner_core.content_store import ContentStore
store, first = ContentStore(Path(sys.argv[1])), int(sys.argv[2])
for i in range(first, first + 50):
    store.put({str(i): b"x" * 100})
"""


def test_processes_write_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "values.sqlite"
    command = [sys.executable, "-c", WRITER, str(path)]
    writers = [subprocess.Popen([*command, str(50 * n)], cwd=ROOT) for n in range(3)]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert len(ContentStore(path).get([str(i) for i in range(150)])) == 150


STARTER = """
import sys, time
from pathlib import Path
from xner_core.content_store import ContentStore
folder, first, n = Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
for i in range(25):
    time.sleep(max(0, first + i / 20 - time.time()))
    ContentStore(folder / str(i)).put({n: b"x"})
"""


def test_processes_begin_a_file_at_the_same_moment(tmp_path: Path) -> None:
    command = [sys.executable, "-c", STARTER, str(tmp_path), str(time.time() + 1)]
    starters = [subprocess.Popen([*command, str(n)], cwd=ROOT) for n in range(3)]
    assert [starter.wait() for starter in starters] == [0, 0, 0]
    for i in range(25):
        assert len(ContentStore(tmp_path / str(i)).get(["0", "1", "2"])) == 3
