"""Many sentences corrected as one step: done, told, and taken back as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ui import cache, corrections, state
from xner_core.corrections.events import Action, Change, ConflictError, Origin, SentenceKey, undoable
from xner_core.types import Corpus, SentencePair

Items = Sequence[tuple[SentencePair, Sequence[Change]]]


@dataclass(frozen=True, slots=True)
class Applied:
    """What was recorded.

    Attributes:
        pairs: The sentences that were corrected.
        author: Who did it.
        origin: What they looked at.
        step: Names what was done at once.
        conflicts: Why others stayed as they were.
        taken_back: In how many of them it was taken back; None while it stands.
    """

    pairs: tuple[SentencePair, ...]
    author: str
    origin: Origin
    step: str
    conflicts: tuple[str, ...]
    taken_back: int | None = None


def apply_together(key: str, items: Items, author: str, origin: Origin, reason: str, action: Action) -> None:
    """Record changes to many sentences as one step; `show_applied` tells of it.

    Args:
        key: Where what was done is remembered.
        items: Sentence pairs and their changes, as they were shown.
        author: Who does it.
        origin: What they look at.
        reason: Why.
        action: How it comes about.

    Raises:
        CorrectionError: If a change does not fit its sentence, or the database cannot be written.
    """
    made = corrections.store().record_many(items, author=author, origin=origin, reason=reason, action=action)
    done = {event.sentence for event in made.events}
    pairs = tuple(pair for pair, _ in items if SentenceKey.of(pair) in done)
    step = made.events[0].step if made.events else ""
    conflicts = tuple(str(conflict) for conflict in made.conflicts)
    state.set_widget_value(key, Applied(pairs, author, origin, step, conflicts))


def applied(key: str) -> Applied | None:
    """What was recorded last; None where nothing was."""
    found = state.widget_value(key)
    return found if isinstance(found, Applied) else None


def forget(key: str) -> None:
    """Tell of it no more."""
    state.set_widget_value(key, None)


def show_applied(key: str) -> None:
    """Say what was done, and offer to take it back in all sentences."""
    done = applied(key)
    if done is None:
        return
    n = len(done.pairs)
    sentences = "1 sentence was" if n == 1 else f"{n:,} sentences were"
    if n:
        with st.container(horizontal=True, vertical_alignment="center"):
            if done.taken_back is None:
                st.success(f"{sentences} corrected as one step.", icon=":material/check:")
                st.button(
                    "Undo all of it",
                    key=f"{key}-undo",
                    icon=":material/undo:",
                    on_click=_take_back,
                    args=(key,),
                    help="Takes it back where you did nothing since. Single sentences are "
                    "undone on the page Inspect.",
                )
            else:
                st.info(f"Taken back in {done.taken_back:,} of {n:,} sentences.")
    if done.conflicts:
        many = "1 sentence stays" if len(done.conflicts) == 1 else f"{len(done.conflicts):,} sentences stay"
        st.warning(f"{many} as somebody else left it since you looked:")
        for conflict in done.conflicts[:20]:
            st.text(conflict)
        if len(done.conflicts) > 20:
            st.text(f"and {len(done.conflicts) - 20:,} more")


def _take_back(key: str) -> None:
    done = applied(key)
    if done is None:
        return
    store, n = corrections.store(), 0
    for pair in done.pairs:
        last = undoable(store.history(SentenceKey.of(pair)), done.author)
        if last and last[0].step == done.step:
            try:
                n += bool(store.undo(pair, done.author, done.origin))
            except ConflictError:
                continue  # somebody changed it since; it stays as it is
    state.set_widget_value(
        key, Applied(done.pairs, done.author, done.origin, done.step, done.conflicts, taken_back=n)
    )


def pair_of(corpus: Corpus, name: str) -> SentencePair | None:
    """The pair of an id; None where the corpus has none."""
    return cache.pairs_by_id(corpus).get(name)
