"""Plain text is cut by the rules of its language."""

from __future__ import annotations

import pytest

from xner_core.tokenization import tokenize


@pytest.mark.parametrize(
    ("lang", "text", "words", "rules"),
    [
        ("en", "Ada doesn't live in N.Y.", ["Ada", "does", "n't", "live", "in", "N.Y."], "en"),
        ("en-GB", "Sofia's hat", ["Sofia", "'s", "hat"], "en"),
        ("fr", "L'avion d'Air France", ["L'", "avion", "d'", "Air", "France"], "fr"),
        ("ewe", "Lome, egbe.", ["Lome", ",", "egbe", "."], "xx"),
        ("und", "a b", ["a", "b"], "xx"),
        ("en", "  a \u00a0\u2028 b\t\n", ["a", "b"], "en"),
        ("en", "", [], "en"),
    ],
)
def test_words_and_rules(lang: str, text: str, words: list[str], rules: str) -> None:
    assert tokenize(lang, [text]) == ([tuple(words)], rules)


def test_texts_stay_in_order() -> None:
    cut, _ = tokenize("de", ["eins zwei", "drei"])
    assert cut == [("eins", "zwei"), ("drei",)]
