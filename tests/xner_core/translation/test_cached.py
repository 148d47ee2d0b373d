"""No translation is made twice, and none goes to another text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.xner_core.translation.engines import Upper, UpperConfig
from xner_core.errors import XnerError


def test_each_distinct_text_is_translated_once() -> None:
    translator = Upper()
    assert translator.translate(["b", "", "aa", "b", "  \n"], "en", "de") == ["B", "", "AA", "B", ""]
    assert sorted(translator.asked) == ["aa", "b"]


def test_what_another_process_translated_is_not_translated_again() -> None:
    Upper().translate(["a", "b"], "en", "de")
    later = Upper()
    assert later.translate(["c", "b", "a"], "en", "de") == ["C", "B", "A"]
    assert later.asked == ["c"]


def test_options_and_languages_are_told_apart() -> None:
    Upper().translate(["a"], "en", "de")
    for config, langs in ((UpperConfig(version=2), ("en", "de")), (None, ("en", "fr")), (None, ("de", "en"))):
        translator = Upper(config)
        translator.translate(["a"], *langs)
        assert translator.asked == ["a"]


def test_a_process_that_ends_half_way_loses_one_batch_at_most() -> None:
    texts = ["aaaa", "bbb", "cc", "d"]
    with pytest.raises(KeyboardInterrupt):
        Upper(fails_after=1).translate(texts, "en", "de")
    again = Upper()
    assert again.translate(texts, "en", "de") == ["AAAA", "BBB", "CC", "D"]
    assert again.asked == ["cc", "d"]


def test_progress_counts_every_text() -> None:
    Upper().translate(["x"], "en", "de")
    told: list[tuple[str, int, int]] = []
    Upper().translate(["x", "", "bbb", "bbb", "cc", "d"], "en", "de", lambda *each: told.append(each))
    assert told == [("translation", done, 6) for done in (2, 5, 6)]


def test_remarks_are_kept_with_the_translation() -> None:
    for _ in range(2):
        translator = Upper()
        assert translator.notices == ()
        translator.translate(["a long one", "another long one", "short", "a long one"], "en", "de")
        translator.translate(["a long one"], "en", "de")
        (notice,) = translator.notices
        assert notice.endswith("only the beginning was translated: 2.")


def test_nothing_to_translate_touches_nothing(own_translations: Path) -> None:
    assert Upper().translate([], "en", "de") == []
    assert Upper().translate([" ", ""], "en", "de") == ["", ""]
    assert not own_translations.exists()


def test_half_a_character_is_no_crash() -> None:
    assert Upper().translate(["a\ud800b", "😀"], "en", "de") == ["A\ufffdB", "😀"]


def test_a_broken_file_is_named(own_translations: Path) -> None:
    own_translations.parent.mkdir()
    own_translations.write_text("not a database, but long enough to be taken for one at first" * 99)
    with pytest.raises(XnerError, match=r"translations\.sqlite: .*XNER_DATA_DIR"):
        Upper().translate(["a"], "en", "de")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.lists(st.text(max_size=6), max_size=8), max_size=3), st.integers(1, 4))
def test_any_texts_in_any_order(calls: list[list[str]], batch_size: int) -> None:
    translator = Upper(UpperConfig(batch_size=batch_size))
    for texts in calls:
        found = translator.translate(texts, "en", "de")
        assert found == [text.upper() if text.strip() else "" for text in texts]
