"""A cache of its own for each test that opens the app."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from xner_core.alignment.embedded import embedded_model
from xner_core.runs import jobs


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No job was ever started, but the model is unpacked; no job outlives its test.

    A visit to the dashboard starts one.
    """
    models = embedded_model().parent
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "models").symlink_to(models)
    monkeypatch.setenv("XNER_CACHE_DIR", str(cache))
    before = set(jobs._processes)
    yield
    for folder in set(jobs._processes) - before:
        process = jobs._processes.pop(folder)
        process.kill()
        process.wait()
