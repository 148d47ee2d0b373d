"""Each test of translators begins without translations."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_translations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of this test's translations."""
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data" / "translations.sqlite"
