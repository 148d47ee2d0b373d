"""What a language code tells."""

from __future__ import annotations

import pytest

from xner_core.languages import UNKNOWN, direction, is_language, language_name, short_code


@pytest.mark.parametrize("code", ["en", "twi", "ewe", "lug", "ckb", "zh-Hant", "de-AT", "sr-Latn", "und"])
def test_is_language(code: str) -> None:
    assert is_language(code)


@pytest.mark.parametrize(
    "code", ["", "e", "xx", "zz", "en_US", "deu_Latn", "data", "no such", "en ", "en\n", "de-"]
)
def test_is_no_language(code: str) -> None:
    assert not is_language(code)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("de", "German"),
        ("twi", "Twi"),
        ("yo", "Yoruba"),
        ("zh-Hant", "Chinese (Traditional)"),
        (UNKNOWN, "unknown language"),
        ("no such", "no such"),
    ],
)
def test_language_name(code: str, name: str) -> None:
    assert language_name(code) == name


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ar", "rtl"),
        ("he", "rtl"),
        ("fa", "rtl"),
        ("ur", "rtl"),
        ("yi", "rtl"),
        ("dv", "rtl"),
        ("ckb", "rtl"),
        ("uz-Arab", "rtl"),
        ("pa-PK", "rtl"),
        ("uz", "ltr"),
        ("pa", "ltr"),
        ("de", "ltr"),
        ("zh", "ltr"),
        ("ha", "ltr"),
        ("ar-Latn", "ltr"),
        (UNKNOWN, "auto"),
        ("no such", "auto"),
    ],
)
def test_direction_follows_the_script(code: str, expected: str) -> None:
    assert direction(code) == expected


def test_short_codes_drop_script_region_and_length() -> None:
    codes = ("eng", "en-GB", "zh-Hant", "twi", "lug", "und", "not a code")
    assert [short_code(code) for code in codes] == ["en", "en", "zh", "tw", "lg", "und", "not a code"]
