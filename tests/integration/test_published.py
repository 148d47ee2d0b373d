"""The table of published figures is the one that was published."""

from __future__ import annotations

from importlib.resources import files

import pytest

from benchmarks.published_table import convert
from tests.conftest import SHARED
from xner_core.runs.published import TABLE


def test_the_table_is_what_the_published_file_becomes() -> None:
    source = SHARED / "published" / "politov2025_f1.csv"
    if not source.exists():
        pytest.skip(f"{source} is not here")
    assert files("xner_core.runs").joinpath(TABLE).read_text(encoding="utf-8") == convert(source)
