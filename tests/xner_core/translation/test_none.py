"""No translator."""

from __future__ import annotations

import pytest

from xner_core.errors import ConfigError
from xner_core.translation.none import NoTranslator


def test_a_text_cannot_be_translated() -> None:
    with pytest.raises(ConfigError, match=r"from 'en' into 'de'.*Choose a translator"):
        NoTranslator().translate(["", "Hello"], "en", "de")
    assert not NoTranslator().supports("en", "de")


def test_nothing_needs_no_translator() -> None:
    assert NoTranslator().translate(["", " "], "en", "de") == ["", ""]
