"""Where the cache and the data are."""

from __future__ import annotations

from pathlib import Path

import pytest

from xner_core.paths import cache_folder, data_folder


def test_environment_moves_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XNER_CACHE_DIR", str(tmp_path))
    assert cache_folder() == tmp_path


def test_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XNER_CACHE_DIR", "~/models")
    assert cache_folder() == tmp_path / "models"


@pytest.mark.parametrize("value", [None, ""])
def test_the_platform_decides_where_nothing_is_set(
    monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv("XNER_CACHE_DIR")
    if value is not None:
        monkeypatch.setenv("XNER_CACHE_DIR", value)
    assert cache_folder().name == "xner-inspector"
    assert cache_folder().is_absolute()


def test_the_data_are_not_in_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XNER_DATA_DIR", "XNER_CACHE_DIR"):
        monkeypatch.delenv(name)
    assert data_folder().name == cache_folder().name == "xner-inspector"
    assert data_folder() != cache_folder()


def test_environment_moves_the_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XNER_DATA_DIR", "~/data")
    assert data_folder() == tmp_path / "data"
