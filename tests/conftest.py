"""Fixtures that all tests share, and the rule on skipping."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# One cache for all tests and workers, kept between runs: unpacking the model takes seconds.
os.environ["XNER_CACHE_DIR"] = str(ROOT / ".pytest_cache" / "xner")
os.environ["HF_HUB_OFFLINE"] = "1"
SHARED = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def europarl() -> Path:
    """The folder of Europarl-NER; skips where it is missing."""
    return _shared("europarl-ner")


@pytest.fixture(scope="session")
def masakhaner() -> Path:
    """The folder of MasakhaNER2 joined with MAFAND-MT; skips where it is missing."""
    return _shared("masakhaner2-mafand")


def _shared(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"the data folder {folder} is not here")
    return folder
