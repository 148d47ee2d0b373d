"""The methods that the dashboard compares: settings with a name, finished runs, published figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ui import cache, state
from ui.components.run_picker import Result, ready, titles_of
from xner_core.errors import CorpusError
from xner_core.runs.buckets import ATTRIBUTES
from xner_core.runs.published import SOURCE
from xner_core.runs.run_cells import (
    bucket_cells,
    label_cells,
    language_cells,
    published_methods,
    published_name,
)
from xner_core.runs.scored import ScoredRun, scored_run
from xner_core.types import Corpus
from xner_core.viz.cells import Cell, MethodColumn
from xner_core.viz.method_style import styled

_DEFAULT = ("ilp", "greedy", "heuristic")


@dataclass(frozen=True, slots=True)
class Method:
    """A run that the dashboard shows.

    Attributes:
        id: Name of the setting or id of the run, as the URL has it.
        name: What the reader calls it.
        result: The run.
    """

    id: str
    name: str
    result: Result

    @property
    def run(self) -> ScoredRun:
        """What it found, counted."""
        return _scored(*self._key, self.result)

    @property
    def language_cells(self) -> list[Cell]:
        """Its figures in each language."""
        return _language_cells(*self._key, self.id, self.result)

    @property
    def label_cells(self) -> list[Cell]:
        """Its figures of each label in each language."""
        return _label_cells(*self._key, self.id, self.result)

    def bucket_cells(self, attribute: str, lang: str | None) -> list[Cell]:
        """Its figures of each bucket of an attribute."""
        return _bucket_cells(*self._key, self.id, attribute, lang, self.result)

    @property
    def _key(self) -> tuple[str, int]:
        """The file of its sentences and when that was written."""
        path = self.result.place.sentences
        try:
            return str(path), path.stat().st_mtime_ns
        except OSError:
            return str(path), 0  # who reads it says what is wrong with it


def pick_methods(corpus: Corpus) -> list[Method] | None:
    """Let methods be chosen; those that were never run are run, or offered to be.

    Returns:
        The methods, or None while one is not done or where none is chosen; the page then says so.

    Raises:
        CorpusError: If the corpus has no gold target entities.
        XnerError: If one cannot be run.
    """
    if not cache.has_gold(corpus):
        raise CorpusError(
            "no sentence has gold target entities, so there is nothing to score against",
            where=corpus.spec,
            hint="Published figures are shown for any language: see Published figures",
        )
    titles = titles_of(corpus)
    state.follow_list("methods", _DEFAULT, titles)
    chosen: list[str] = st.multiselect(
        "Methods",
        list(titles),
        key="methods",
        format_func=lambda each: titles.get(each, each),
        placeholder="Choose settings or runs",
        help="Settings with a name, and the runs over this corpus from the page Runs.",
    )
    state.publish_list("methods", chosen, _DEFAULT)
    if not chosen:
        st.info("Choose a method to see its figures.")
        return None
    results = ready(corpus, chosen)
    if results is None:
        return None
    return [Method(one, titles[one], result) for one, result in zip(chosen, results, strict=True)]


def pick_published(langs: Sequence[str]) -> list[str]:
    """Let published figures be chosen to stand beside one's own; see `published_methods`."""
    options = published_methods(langs)
    state.follow_list("d-published", (), options)
    chosen: list[str] = st.multiselect(
        "Published figures beside them",
        options,
        key="d-published",
        format_func=published_name,
        placeholder="none" if options else "there are none for these languages",
        disabled=not options,
        help="Figures that others published for these languages. The best single method is the best in each "
        "language. They may be of other sentences than yours, and have no interval.",
    )
    state.publish_list("d-published", chosen, ())
    return chosen


def columns_of(methods: Sequence[Method], published: Sequence[str] = ()) -> tuple[MethodColumn, ...]:
    """The methods with their colours and marks; these do not change when a published one is added."""
    return styled(
        [(method.id, method.name) for method in methods], [(one, published_name(one)) for one in published]
    )


def say_published(published: Sequence[str]) -> None:
    """Say where published figures are from."""
    if published:
        st.caption(
            f"☆ Published: {SOURCE}. Other sentences or labels may have been scored there, so a small "
            "difference says little."
        )


def key_of(methods: Sequence[Method]) -> str:
    """Names the runs of methods, for the keys of what is drawn of them."""
    return "-".join(f"{method.id}-{method.result.id[-10:]}" for method in methods)


def languages_of(methods: Sequence[Method]) -> list[str]:
    """The languages of the methods' runs, sorted by code."""
    return sorted({lang for method in methods for lang in method.run.langs})


@st.cache_resource(max_entries=12, show_spinner="Counting right and wrong entities …")
def _scored(path: str, stamp: int, _result: Result) -> ScoredRun:
    return scored_run(_result.place, _result.manifest)


@st.cache_resource(max_entries=64, show_spinner=False)
def _language_cells(path: str, stamp: int, method: str, _result: Result) -> list[Cell]:
    return language_cells(method, _scored(path, stamp, _result))


@st.cache_resource(max_entries=64, show_spinner=False)
def _label_cells(path: str, stamp: int, method: str, _result: Result) -> list[Cell]:
    return label_cells(method, _scored(path, stamp, _result))


@st.cache_resource(max_entries=64 * len(ATTRIBUTES), show_spinner=False)
def _bucket_cells(
    path: str, stamp: int, method: str, attribute: str, lang: str | None, _result: Result
) -> list[Cell]:
    return bucket_cells(method, _scored(path, stamp, _result), attribute, lang)
