"""What is shown is of one moment: corrections that others make meanwhile are told of, and change nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from ui import corrections, state
from xner_core.corrections.events import SentenceKey
from xner_core.errors import XnerError
from xner_core.types import Corpus

_LOOK_SECONDS = 30
"""How often a page that nobody touches asks whether somebody recorded anything; it costs one number."""
_SENTENCES_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Moment:
    """The state of what people say of a corpus.

    Attributes:
        n_events: How many events there are of its sentences; it grows with each of them.
        store: Names the store, and the time of the last event.
        last: That time alone; None where there is no event.
    """

    n_events: int
    store: str
    last: datetime | None = None


def as_of(corpus: Corpus, what: str, *, lasting: bool = False) -> Moment:
    """The moment of which something is shown: the one at which it was first asked for.

    Args:
        corpus: The corpus.
        what: Names what is shown.
        lasting: Whether it stays so for the whole session, and not only for this visit to the page.
    """
    key = _key(what, lasting)
    seen = state.widget_value(key)
    if not isinstance(seen, Moment):
        seen = _now(corpus)
        state.set_widget_value(key, seen)
    return seen


def renew(corpus: Corpus, what: str, *, lasting: bool = False) -> None:
    """Show it as of now."""
    state.set_widget_value(_key(what, lasting), _now(corpus))


def tell_news(corpus: Corpus, what: str, label: str, *, lasting: bool = False) -> None:
    """Say who recorded corrections since, and offer to do it again; nothing where nobody did.

    Args:
        corpus: The corpus.
        what: As in `as_of`.
        label: On the button.
        lasting: As in `as_of`.
    """
    _tell(corpus, as_of(corpus, what, lasting=lasting), label, what, lasting)


def tell_later(corpus: Corpus) -> None:
    """The same on a page that shows what holds now: who records corrections while nothing is clicked."""
    _tell(corpus, _now(corpus), "Show what is new", None, False)


@st.fragment(run_every=_LOOK_SECONDS)
def _tell(corpus: Corpus, seen: Moment, label: str, what: str | None, lasting: bool) -> None:
    try:
        now = _now(corpus)
    except XnerError:  # the page says so as soon as something is clicked
        return
    if seen == now:
        return
    n = now.n_events - seen.n_events
    it = "it" if n == 1 else "them"
    changes = "1 change was" if n == 1 else f"{n:,} changes were" if n > 0 else "Other corrections were"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(f"{changes} recorded in this corpus since; what you see here is without {it}.")
        names = _authors_since(corpus, seen)
        if names:
            st.text(f"By {', '.join(names)}", width="content")
        if st.button(label, key="renew", icon=":material/refresh:"):
            if what is not None:
                renew(corpus, what, lasting=lasting)
            st.rerun()


def _authors_since(corpus: Corpus, seen: Moment) -> list[str]:
    """Who recorded something since, in order; of very many sentences only the latest are looked at."""
    said = [
        (state.updated, name)
        for name, state in corrections.states(corpus).items()
        if state.updated is not None and (seen.last is None or state.updated > seen.last)
    ]
    names = [name for _, name in sorted(said)[-_SENTENCES_LOOKED_AT:]]
    keys = [SentenceKey.of(pair) for pair in corrections.pairs_of(corpus, names)]
    events = [
        event
        for history in corrections.store().histories(keys).values()
        for event in history
        if seen.last is None or event.time > seen.last
    ]
    return list(dict.fromkeys(event.author for event in sorted(events, key=lambda event: event.number)))


def _key(what: str, lasting: bool) -> str:
    return f"as-of:{'' if lasting else state.visits()}:{what}"


def _now(corpus: Corpus) -> Moment:
    store = corrections.store()
    n, last = _counted(id(corpus.pairs), str(store.address), store.version(), corpus)
    return Moment(n, f"{store.address.shown} {'' if last is None else last.isoformat()}", last)


@st.cache_resource(max_entries=8, show_spinner=False)
def _counted(number: int, address: str, version: int, _corpus: Corpus) -> tuple[int, datetime | None]:
    said = corrections.states(_corpus).values()
    times = [state.updated for state in said if state.updated is not None]
    n = sum(sum(state.versions.values()) for state in said)
    return n, max(times, default=None)
