"""What is shown is of one moment: corrections that others make meanwhile are told of, and change nothing."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from ui import corrections, state
from xner_core.types import Corpus


@dataclass(frozen=True, slots=True)
class Moment:
    """The state of what people say of a corpus.

    Attributes:
        n_events: How many events there are of its sentences; it grows with each of them.
        store: Names the store, and the time of the last event.
    """

    n_events: int
    store: str


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
    """Say how many corrections were recorded since, and offer to do it again; nothing where there is none.

    Args:
        corpus: The corpus.
        what: As in `as_of`.
        label: On the button.
        lasting: As in `as_of`.
    """
    seen, now = as_of(corpus, what, lasting=lasting), _now(corpus)
    if seen == now:
        return
    n = now.n_events - seen.n_events
    changes = "1 change was" if n == 1 else f"{n:,} changes were" if n > 0 else "Other corrections were"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(f"{changes} recorded in this corpus since; what you see here is without them.")
        st.button(
            label,
            key="renew",
            icon=":material/refresh:",
            on_click=renew,
            args=(corpus, what),
            kwargs={"lasting": lasting},
        )


def _key(what: str, lasting: bool) -> str:
    return f"as-of:{'' if lasting else state.visits()}:{what}"


def _now(corpus: Corpus) -> Moment:
    store = corrections.store()
    n, last = _counted(id(corpus.pairs), str(store.address), store.version(), corpus)
    return Moment(n, f"{store.address.shown} {last}")


@st.cache_resource(max_entries=8, show_spinner=False)
def _counted(number: int, address: str, version: int, _corpus: Corpus) -> tuple[int, str]:
    said = corrections.states(_corpus).values()
    times = [state.updated for state in said if state.updated is not None]
    n = sum(sum(state.versions.values()) for state in said)
    return n, max(times).isoformat() if times else ""
