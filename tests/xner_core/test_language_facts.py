"""The table of facts about languages: complete where figures are shown, and honest where it knows nothing."""

from __future__ import annotations

import pytest

from xner_core.corpora import load
from xner_core.language_facts import NOT_KNOWN, LanguageFacts, language_facts
from xner_core.runs.published import published


def test_every_language_that_is_shown_has_its_facts() -> None:
    shown = {figure.lang for figure in published()} | set(load("demo").languages)
    assert len(shown) > 55
    facts = {lang: language_facts(lang) for lang in shown}
    assert [lang for lang, one in facts.items() if NOT_KNOWN in (one.family, one.script)] == []
    assert [lang for lang, one in facts.items() if one.resources == NOT_KNOWN] == ["luo"]
    assert {one.resources for one in facts.values()} == {*"012345", NOT_KNOWN}


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("swa", LanguageFacts("Atlantic-Congo", "Latin", "2")),
        ("sw", LanguageFacts("Atlantic-Congo", "Latin", "2")),
        ("tl", LanguageFacts("Austronesian", "Latin", "3")),
        ("zh", LanguageFacts("Sino-Tibetan", "Simplified Han", "5")),
        ("zh-Hant", LanguageFacts("Sino-Tibetan", "Traditional Han", "5")),
        ("eu", LanguageFacts("Basque (isolate)", "Latin", "4")),
        ("sr", LanguageFacts(NOT_KNOWN, "Cyrillic", NOT_KNOWN)),
        ("und", LanguageFacts(NOT_KNOWN, NOT_KNOWN, NOT_KNOWN)),
        ("no language", LanguageFacts(NOT_KNOWN, NOT_KNOWN, NOT_KNOWN)),
    ],
)
def test_by_any_code(code: str, facts: LanguageFacts) -> None:
    assert language_facts(code) == facts
