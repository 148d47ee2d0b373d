"""Plain text is cut by the rules of its language, and words are put together again."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xner_core.graphemes import cluster_ends
from xner_core.tokenization import (
    is_unspaced,
    running_text,
    span_of_characters,
    tokenize,
    tokenizer_name,
    words_with_offsets,
)
from xner_core.types import Sentence, Span

LANGUAGES = ["en", "fr", "xx", "hi", "ko", "zh", "ja", "th", "my"]
texts = st.text(
    st.sampled_from(
        "aé\u0301 \u200b\u200d👩👧🏽🇩🇪क\u094dषि\u093eക്ഷนี้漢字カーナの한\u1112\u1161.,-'\"()“„«%$\t\n"
        "\u3000\u2028"
    ),
    max_size=20,
)


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
        # Their own tokenisers would need packages that are not there.
        ("ko", "서울에서, 만났다.", ["서울에서", ",", "만났다", "."], "ko"),
        ("vi", "Hà Nội.", ["Hà", "Nội", "."], "vi"),
        ("zh", "习近平在北京。", ["习", "近平", "在", "北京", "。"], "zh"),
        ("zh-Hant", "我們在台北會見美國總統", ["我們", "在", "台北", "會見", "美國", "總統"], "zh"),
        ("yue", "香港 iPhone 15", ["香港", "iPhone", "15"], "yue"),
        ("ja", "東京でバイデン大統領と会談", ["東京", "で", "バイデン", "大統領", "と", "会談"], "ja"),
        ("ja", "ジョー・ﾊﾞｲﾃﾞﾝ", ["ジョー", "・", "ﾊﾞｲﾃﾞﾝ"], "ja"),
        ("th", "เดินทางไปกรุงเทพมหานคร", ["เดิน", "ทาง", "ไป", "กรุงเทพมหานคร"], "th"),
        ("lo", "ຢູ່ນະຄອນຫຼວງວຽງຈັນ", ["ຢູ່", "ນະຄອນຫຼວງວຽງຈັນ"], "lo"),
        ("km", "ភ្នំពេញជា\u200bរាជធានី", ["ភ្នំពេញ", "ជា", "រាជធានី"], "km"),
        ("my", "မြန်မာနိုင်ငံ၏", ["မြန်မာနိုင်ငံ", "၏"], "my"),
    ],
)
def test_words_and_rules(lang: str, text: str, words: list[str], rules: str) -> None:
    assert tokenize(lang, [text]) == ([tuple(words)], rules)


def test_texts_stay_in_order() -> None:
    cut, _ = tokenize("de", ["eins zwei", "drei"])
    assert cut == [("eins", "zwei"), ("drei",)]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("text", ["\u200b", "\u200d\ufeff", " \u2060 \u200b", "\x00", ""])
def test_what_cannot_be_seen_is_no_word(lang: str, text: str) -> None:
    assert tokenize(lang, [text])[0] == [()]


@pytest.mark.parametrize("lang", ["en", "xx", "ja"])
def test_a_tokeniser_that_cuts_a_cluster_is_overruled(lang: str) -> None:
    # spaCy takes a skin tone, a joiner, each half of a flag and an accent behind … for words of their own.
    text = "a…\u0301 👋🏽 👩‍👧 ❤️🇩🇪"
    assert tokenize(lang, [text])[0] == [("a", "…\u0301", "👋🏽", "👩‍👧", "❤️", "🇩🇪")]


@given(st.sampled_from(LANGUAGES), texts)
def test_words_are_whole(lang: str, text: str) -> None:
    offsets = words_with_offsets(lang, text)
    words = [text[start:end] for start, end in offsets]
    assert tokenize(lang, [text])[0] == [tuple(words)]
    assert all(word and not any(c.isspace() for c in word) for word in words)
    assert all(a[1] <= b[0] for a, b in pairwise(offsets))
    edges = {0}
    for piece in re.finditer(r"\S+", text):
        edges |= {piece.start(), *(piece.start() + end for end in cluster_ends(piece.group()))}
    assert {edge for word in offsets for edge in word} <= edges
    left = "".join(text[i] for i in range(len(text)) if not any(a <= i < b for a, b in offsets))
    assert re.fullmatch(r"[\s\u200b\u200d]*", left)


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        (0, 3, Span(0, 1)),
        (1, 2, Span(0, 1)),
        (2, 5, Span(0, 2)),
        (0, 10, Span(0, 3)),
        (9, 10, Span(2, 3)),
        (3, 4, None),
        (3, 5, Span(1, 2)),
        (4, 4, None),
        (5, 5, Span(1, 2)),
    ],
)
def test_characters_tell_words(start: int, end: int, span: Span | None) -> None:
    assert span_of_characters([(0, 3), (4, 9), (9, 10)], start, end) == span


def test_what_cuts_is_named() -> None:
    assert tokenizer_name("en-GB") == "spaCy's en tokeniser"
    assert tokenizer_name("twi") == "spaCy's xx tokeniser"
    assert tokenizer_name("zh-Hant") == "ICU's zh dictionary"


def test_languages_without_spaces() -> None:
    codes = ["zh", "zh-Hant", "zho", "yue", "wuu", "ja", "th", "lo", "km", "my"]
    assert all(map(is_unspaced, codes))
    assert not any(map(is_unspaced, ["en", "ko", "vi", "bo", "hi", "zh-Latn", "und", "nonsense"]))


@pytest.mark.parametrize(
    ("lang", "words", "text"),
    [
        ("en", 'He said : " hello , world " ( it \'s 5 % ) !', 'He said: "hello, world" (it\'s 5%)!'),
        ("en", "You ’re “ kind ” , Ada does n’t say .", "You’re “kind”, Ada doesn’t say."),
        ("en", "Cost : $ 5 ; &amp; more", "Cost: $5; &amp; more"),
        ("fr", "l' avion d’ Air « France » ?", "l'avion d’Air « France » ?"),
        ("it", "dell' Italia", "dell'Italia"),
        ("de", "Er sagt : „ Ja “ , gut …", "Er sagt: „Ja“, gut…"),
        ("es", "« Hola » , ¿ qué ?", "«Hola», ¿qué?"),
        ("ar", "مرحبا ، كيف ؟", "مرحبا، كيف؟"),
        ("hi", "वह गया ।", "वह गया।"),
        ("zh", "他 在 北京 。", "他在北京。"),
        ("zh", "用 iPhone 15 Pro 。", "用iPhone 15 Pro。"),
        ("th", "เดิน ทาง ไป", "เดินทางไป"),
        ("ko", "서울에서 , 만났다 .", "서울에서, 만났다."),
        ("en", "state @-@ of", "state @-@ of"),
        ("und", "a , b", "a, b"),
    ],
)
def test_running_text(lang: str, words: str, text: str) -> None:
    assert running_text(Sentence(tuple(words.split(" ")), lang)) == text


def test_a_text_that_is_there_is_kept() -> None:
    assert running_text(Sentence(("a", "."), "en", None, "a  .")) == "a  ."
    assert running_text(Sentence((), "en")) == ""


@given(
    st.sampled_from(["en", "fr", "it", "cs", "fi", "ga", "ar", "zh", "th", "ko", "und"]),
    st.lists(
        st.sampled_from([*"a'\"“”«»,.!?()$%-…’1漢", "n't", "@-@", "l'", "&quot;", "it", "日本", "x\u00a0y"])
    ),
)
def test_no_character_is_lost_or_added(lang: str, words: list[str]) -> None:
    text = running_text(Sentence(tuple(words), lang))
    assert "".join(text.split()) == "".join("".join(words).split())
    assert text == text.strip()
