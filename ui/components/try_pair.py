"""The pair that is tried: one of the examples, or sentences of one's own."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from ui import cache, state
from ui.components.corpora_languages import pick_language_code
from ui.components.missing_sentence import pick_translator, translated
from ui.frame import errors_shown
from xner_core.corpora.build import make_corpus
from xner_core.languages import language_name, short_code
from xner_core.tokenization import tokenize
from xner_core.types import Corpus, Sentence, SentencePair

DEMO = "demo"
OWN = "own"
EXAMPLES = {
    "de": "de-reordering",
    "fi": "fi-late-train",
    "tr": "tr-river",
    "es": "es-old-friends",
    "sw": "sw-reordering",
    "ar": "ar-old-friends",
    "hi": "hi-river",
    "zh": "zh-old-friends",
}
"""Sentences of the demonstration corpus by language; what is hard differs."""
MOST_WORDS = 200
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Tried:
    """What is tried.

    Attributes:
        corpus: The pair alone, so that what is computed is kept by its content.
        pair: The pair, without gold for the target sentence.
        pasted: The sentences as they were pasted, one of which may be missing; None for an example.
        translator: What translated the missing one, if anything.
    """

    corpus: Corpus
    pair: SentencePair
    pasted: SentencePair | None = None
    translator: str | None = None


def pick_pair() -> Tried | None:
    """Let an example be chosen, or sentences be typed; None while there is nothing to go on with."""
    names = {code: language_name(code) for code in EXAMPLES}
    first = next(iter(EXAMPLES))
    state.follow_url("example", first, [*EXAMPLES, OWN])
    chosen = st.pills(
        "An example in English and …",
        [*EXAMPLES, OWN],
        key="example",
        required=True,
        format_func=lambda code: names.get(code, "Your own sentences"),
    )
    state.publish("example", str(chosen), first)
    return _own() if chosen == OWN else _example(EXAMPLES[str(chosen)])


def _example(sid: str) -> Tried:
    pair = cache.pairs_by_id(cache.corpus(DEMO))[sid]
    return _tried(replace(pair, target=replace(pair.target, entities=None), gold_alignment=None))


def _tried(pair: SentencePair, pasted: SentencePair | None = None, translator: str | None = None) -> Tried:
    return Tried(make_corpus("try", [pair], []), pair, pasted, translator)


def _own() -> Tried | None:
    st.text("Type or paste a sentence and its translation. Where one is missing, a translator can write it.")
    source, target = (_side(*each) for each in (("Source", "sl", "en", "src"), ("Target", "tl", "de", "tgt")))
    if source is None or target is None:
        return None
    if not (source[1] or target[1]):
        st.info("Write at least one sentence. Ctrl + Enter, or a click beside the field, takes it in.")
        return None
    if short_code(source[0]) == short_code(target[0]):
        st.info(
            f"Both languages are {language_name(source[0])}. Choose the languages that the sentences are in."
        )
        return None
    return _read(source, target)


def _side(side: str, lang_key: str, default: str, text_key: str) -> tuple[str, str] | None:
    """The language and the text of one sentence; None while the language is not known."""
    which, what = st.columns([1, 3], gap="small")
    with which:
        state.follow_url(lang_key, default)
        lang = pick_language_code(f"{side} language", lang_key)
        state.publish(lang_key, lang or "", default)
    with what:
        state.follow_text(text_key, _LONGEST)
        text = st.text_area(
            f"{side} sentence",
            key=text_key,
            height=75,
            max_chars=_LONGEST,
            placeholder="may be left empty where the other one is there",
        )
        state.publish_text(text_key, text)
    return None if lang is None else (lang, " ".join(text.split()))


def _read(source: tuple[str, str], target: tuple[str, str]) -> Tried | None:
    sentences = []
    for side, (lang, text) in (("source", source), ("target", target)):
        [words], _ = tokenize(lang, [text])
        if text and not words:
            st.info(f"The {side} sentence has no words, only characters that cannot be seen.")
            return None
        if len(words) > MOST_WORDS:
            st.info(
                f"The {side} sentence has {len(words)} words; up to {MOST_WORDS} can be shown here. Take one "
                "sentence, or upload the text on the page Corpora."
            )
            return None
        sentences.append(Sentence(words, lang, text=text if words else None))
    [first, second] = sentences
    pasted = SentencePair("yours", first, second)
    if pasted.is_complete:
        return _tried(pasted, pasted)
    name = pick_translator(pasted)
    if name is None:
        return None
    with errors_shown():
        whole = translated(pasted, name)
    st.text(f"{name}: {' '.join((whole.source if pasted.source.is_missing else whole.target).words)}")
    return _tried(whole, pasted, name)
