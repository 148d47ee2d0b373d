"""Random sentence pairs."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.properties.strategies import tagged_sentences
from xner_core.types import Sentence, SentencePair, WordAlignment

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5)
words = texts.filter(lambda word: word == word.strip(" \t\r\n") != "")
languages = st.sampled_from(["en", "zh-Hant", "twi", "und"])


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    entities, n_words = draw(tagged_sentences().filter(lambda tagged: tagged[1] > 0))
    tokens = tuple(draw(st.lists(words, min_size=n_words, max_size=n_words)))
    return Sentence(tokens, draw(languages), draw(st.sampled_from([None, entities])), draw(st.none() | texts))


@st.composite
def pairs(draw: st.DrawFn) -> SentencePair:
    source, target = draw(sentences()), draw(sentences())
    missing = draw(st.sampled_from(["", "", "source", "target"]))
    if missing == "source":
        source = Sentence((), source.lang)
    elif missing:
        target = Sentence((), target.lang)
    links = st.sets(
        st.tuples(st.integers(0, len(source.words) - 1), st.integers(0, len(target.words) - 1)), max_size=4
    )
    gold = None
    if not missing and draw(st.booleans()):
        gold = WordAlignment.of(draw(links), draw(links))
    return SentencePair(draw(texts), source, target, gold, draw(st.just("") | texts))
