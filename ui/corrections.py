"""Where the app meets the store of corrections: the store, who is working, what people said of a corpus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from ui import cache, state
from xner_core.config import PipelineConfig
from xner_core.corrections.events import MOST_CHARACTERS, Origin, SentenceState, author_name
from xner_core.corrections.store import CorrectionStore
from xner_core.errors import CorrectionError
from xner_core.review.orphans import Orphan, orphans, why_orphaned
from xner_core.review.scope import PairKeys
from xner_core.types import Corpus, SentencePair

ANONYMOUS = "anonymous"
"""The name under which somebody's work is kept who gave none."""


def store() -> CorrectionStore:
    """The store of this process; opened once, and again when another file lies in its place.

    Raises:
        ConfigError: If its address is none.
        CorrectionError: If nothing can be kept there.
    """
    return CorrectionStore.open()


def author() -> str:
    """The name that corrections of this session are recorded under."""
    return state.author() or ANONYMOUS


def take_name(name: Any) -> None:
    """Take in the name that a person gave, or that they have none; what is no name changes nothing."""
    if not isinstance(name, str):
        return
    try:
        state.set_author(author_name(name) if name.strip() else "")
    except CorrectionError:
        return


def author_field() -> str:
    """Draw a field for the name of whoever is working; return the name for the store.

    The same name holds on all pages of the session.
    """
    key = "author-name"
    if state.widget_value(key) != state.author():
        state.set_widget_value(key, state.author())
    st.text_input(
        "Your name",
        key=key,
        max_chars=MOST_CHARACTERS,
        placeholder=ANONYMOUS,
        width=220,
        on_change=lambda: take_name(state.widget_value(key)),
        help=f"Stands beside what you correct. Without a name it is kept as {ANONYMOUS}.",
    )
    return author()


def origin(corpus: Corpus, config: PipelineConfig | None = None, run: str | None = None) -> Origin:
    """What somebody is looking at who corrects sentences of a corpus now."""
    said = {} if config is None else config.model_dump(mode="json")
    return Origin(corpus.spec, corpus.fingerprint, run, said)


def states(corpus: Corpus) -> Mapping[str, SentenceState]:
    """What people say of the pairs of a corpus, by their ids; only of those that anybody touched.

    What was said of other words under the same id is left out.
    """
    return _states(id(corpus.pairs), _place(), store().version(), corpus)


def _place() -> str:
    """Names the store; another file in its place has another name."""
    address = store().address
    return str(address.url) if address.path is None else f"{address.path} {address.path.stat().st_ino}"


@st.cache_resource(max_entries=8, show_spinner=False)
def _states(number: int, place: str, version: int, _corpus: Corpus) -> dict[str, SentenceState]:
    keys = pair_keys(_corpus)
    found: dict[str, SentenceState] = {}
    for key, said in store().states().items():
        at = keys.place(key.id)
        if at is not None and keys.at(at) in (key, None):
            found[key.id] = said
    return found


def orphans_of(corpus: Corpus) -> list[Orphan]:
    """What people said of sentences that are no longer in a corpus; to be left as it is."""
    return _orphans(id(corpus.pairs), corpus.spec, _place(), store().version(), corpus)


@st.cache_resource(max_entries=8, show_spinner=False)
def _orphans(number: int, spec: str, place: str, version: int, _corpus: Corpus) -> list[Orphan]:
    keys = pair_keys(_corpus)
    touched = store().touched(spec, lambda key: why_orphaned(key, keys) is not None)
    return orphans(touched, store().states(touched), keys)


def pairs_of(corpus: Corpus, names: Iterable[str]) -> list[SentencePair]:
    """The pairs of some ids, which the corpus has; to look thousands of them up takes no time."""
    keys, index = pair_keys(corpus), cache.index(corpus)
    places = [keys.place(name) for name in names]
    return [index.pair(at) for at in places if at is not None]


def pair_keys(corpus: Corpus) -> PairKeys:
    """The keys of a corpus's pairs."""
    return _pair_keys(id(corpus.pairs), corpus)


@st.cache_resource(max_entries=8, show_spinner=False)
def _pair_keys(number: int, _corpus: Corpus) -> PairKeys:
    return PairKeys(cache.index(_corpus))
