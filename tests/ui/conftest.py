"""What all tests of pages share."""

from __future__ import annotations

import pytest

from ui import state


@pytest.fixture(autouse=True)
def set_at_leisure(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser has long heard of what buttons set; the tests are quicker than a person."""
    monkeypatch.setattr(state, "SET_UNDER_WAY_SECONDS", 0.0)
