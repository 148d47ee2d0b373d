"""From a figure that was chosen to its sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from ui.components.dashboard_methods import Method
from ui.components.dashboard_sentences import list_sentences
from xner_core.runs.buckets import ATTRIBUTES, bucket_counts, sentences_in
from xner_core.runs.run_cells import is_published
from xner_core.viz.cells import language_label, parse_id

_PROMPT = "Click a mark, or select a row of the table (Shift+Space), to list the sentences behind it."


def say_language(methods: Sequence[Method], chosen: str) -> None:
    """Say under a picture which language and label were chosen, or how to choose.

    Args:
        methods: The methods.
        chosen: Id of the cell; empty where none was chosen.
    """
    if is_published(parse_id(chosen)[0]):
        st.text("Published figures have no sentences to list. Choose one of your own.")
        return
    method, lang, label = _language(methods, chosen)
    _say("" if method is None else _title(method, lang, label))


def sentences_of_language(methods: Sequence[Method], chosen: str) -> None:
    """List the sentences of the language that was chosen, or those with a label in it."""
    method, lang, label = _language(methods, chosen)
    if method is None:
        return
    run = method.run
    sentences = np.nonzero(run.in_language(lang))[0]
    counts = run.of_label(label) if label else run.counts()
    if label:
        sentences = sentences[counts[sentences].sum(axis=1) > 0]
    list_sentences(method, _title(method, lang, label), sentences, counts, chosen)


def say_bucket(methods: Sequence[Method], chosen: str, attribute: str, lang: str | None) -> None:
    """Say under a picture which bucket was chosen, or how to choose.

    Args:
        methods: The methods.
        chosen: Id of the cell; empty where none was chosen.
        attribute: A key of `ATTRIBUTES`.
        lang: The language that is shown; all where None.
    """
    method, name = _bucket(methods, chosen, attribute, lang)
    _say("" if method is None else _bucket_title(method, name, attribute, lang))


def sentences_of_bucket(methods: Sequence[Method], chosen: str, attribute: str, lang: str | None) -> None:
    """List the sentences behind the bucket that was chosen; the arguments are those of `say_bucket`."""
    method, name = _bucket(methods, chosen, attribute, lang)
    if method is not None:
        list_sentences(
            method,
            _bucket_title(method, name, attribute, lang),
            sentences_in(method.run, attribute, name, lang),
            bucket_counts(method.run, attribute, name),
            f"{attribute}-{chosen}",
        )


def _say(title: str) -> None:
    """One line in either case, so that nothing jumps."""
    st.text(f"Chosen: {title}. Its sentences are listed below the table." if title else _PROMPT)


def _language(methods: Sequence[Method], chosen: str) -> tuple[Method | None, str, str]:
    """The method, language and label that were chosen; no method where the URL names what is not there."""
    name, lang, label = parse_id(chosen)
    method = next((method for method in methods if method.id == name), None)
    if method is None or lang not in method.run.langs or (label and label not in method.run.labels):
        return None, "", ""
    return method, lang, label


def _bucket(
    methods: Sequence[Method], chosen: str, attribute: str, lang: str | None
) -> tuple[Method | None, str]:
    """The method and the bucket that were chosen; no method where the URL names what is not there."""
    name, of_lang, bucket = parse_id(chosen)
    method = next((method for method in methods if method.id == name), None)
    if (
        method is None
        or of_lang != (lang or "")
        or not len(sentences_in(method.run, attribute, bucket, lang))
    ):
        return None, ""
    return method, bucket


def _title(method: Method, lang: str, label: str) -> str:
    return " · ".join(filter(None, (method.name, language_label(lang), label)))


def _bucket_title(method: Method, bucket: str, attribute: str, lang: str | None) -> str:
    language = "all languages" if lang is None else language_label(lang)
    return f"{method.name} · {language} · {ATTRIBUTES[attribute].title}: {bucket}"
