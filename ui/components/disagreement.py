"""To the next sentence that the two compared projectors project differently."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import streamlit as st

from ui import cache, corrections, state
from ui.cache import NOT_BY_HAND, ByHand
from ui.components.projected import Shown
from xner_core.alignment.edits import LinkEdits
from xner_core.corpora.index import FoundPairs
from xner_core.corrections.events import SentenceKey
from xner_core.errors import ConfigError, CorrectionError, XnerError
from xner_core.types import Corpus, SentencePair
from xner_core.viz.differences import differences

_BUTTONS = (
    ("Earlier disagreement", -1, ":material/arrow_upward:", "Shift+Up"),
    ("Later disagreement", 1, ":material/arrow_downward:", "Shift+Down"),
)
_MOST = 200
"""Sentences that are looked at after one press."""
_SECONDS = 2.0
"""After so long a search waits for the next press, whatever it has seen."""
_AT_ONCE = 20
"""Sentences whose corrections are read together."""
_FOUND = "disagreement-found"
_SOUGHT = "disagreement-sought"


@dataclass(frozen=True, slots=True)
class Sought:
    """How far a search came that found nothing.

    Attributes:
        about: Names what was compared, and the sentence from which.
        step: 1 for later sentences, -1 for earlier ones.
        place: Of the last sentence that was looked at.
        n: How many were looked at.
        failed: How many of them could not be projected.
        is_over: Whether there are no more.
    """

    about: tuple[object, ...]
    step: int
    place: int
    n: int = 0
    failed: int = 0
    is_over: bool = False


def arrive(found: FoundPairs) -> None:
    """Choose the sentence that a search led to; before the list of sentences is drawn."""
    sid = state.widget_value(_FOUND)
    if sid:
        state.set_widget_value(_FOUND, None)
        if found.place(str(sid)) is not None:
            state.set_widget_value("sid", sid)


def seek_disagreement(corpus: Corpus, pair: SentencePair, found: FoundPairs, shown: Shown) -> None:
    """Draw the two buttons, and say where a search found nothing.

    Args:
        corpus: The corpus.
        pair: The sentence pair that is shown.
        found: Those that are gone through, in order.
        shown: What is compared.
    """
    names = (shown.one.name, shown.other.name)
    configs = [shown.configs[name] for name in names]
    about = (corpus.fingerprint, id(found), pair.id, *(each.model_dump_json() for each in configs))
    here = found.place(pair.id)
    if here is None:
        return
    sought = state.widget_value(_SOUGHT)
    if not isinstance(sought, Sought) or sought.about != about:
        sought = None
    pressed = 0
    with st.container(horizontal=True, gap="small"):
        for label, step, icon, keys in _BUTTONS:
            if st.button(
                label,
                key=f"disagreement{step}",
                icon=icon,
                shortcut=keys,
                width="content",
                disabled=not 0 <= here + step < len(found),
                help=f"To the nearest sentence that {names[0]} and {names[1]} project differently.",
            ):
                pressed = step
    if pressed:
        goes_on = sought is not None and sought.step == pressed and not sought.is_over
        start = sought if goes_on and sought is not None else Sought(about, pressed, here)

        def differ(each: SentencePair, by_hand: ByHand) -> bool:
            problem = cache.problem(corpus, each, configs[0], by_hand)
            one, other = (cache.projection(corpus, each, config, by_hand) for config in configs)
            return bool(differences(problem, one, other))

        with st.spinner("Projecting the sentences that follow …", show_time=True):
            sid, sought = _seek(start, found, differ)
        state.set_widget_value(_SOUGHT, sought)
        if sid is not None:
            state.set_widget_value(_FOUND, sid)
            st.rerun()
    if sought is not None:
        st.text(_in_words(sought, names))


def _seek(
    start: Sought, found: FoundPairs, differ: Callable[[SentencePair, ByHand], bool]
) -> tuple[str | None, Sought]:
    """Look at sentence after sentence, until one differs, there are no more or it takes too long.

    Returns:
        The id of the sentence, None where none was found; and how far the search came.
    """
    until = time.monotonic() + _SECONDS
    sought = start
    for seen, (place, pair, by_hand) in enumerate(_following(found, start.place, start.step)):
        if seen == _MOST or (seen and time.monotonic() > until):
            return None, sought
        sought = replace(sought, place=place, n=sought.n + 1)
        try:
            if pair.is_complete and differ(pair, by_hand):
                return pair.id, sought
        except XnerError:
            sought = replace(sought, failed=sought.failed + 1)
    return None, replace(sought, is_over=True)


def _following(found: FoundPairs, place: int, step: int) -> Iterator[tuple[int, SentencePair, ByHand]]:
    """The sentences after a place, or before it, with what people say of them."""
    while 0 <= place + step < len(found):
        first = place + step if step > 0 else max(0, place - _AT_ONCE)
        pairs = found.stretch(first, min(len(found), first + _AT_ONCE) if step > 0 else place)
        by_hand = _by_hand(pairs)
        order = range(len(pairs)) if step > 0 else range(len(pairs) - 1, -1, -1)
        for at in order:
            place = first + at
            yield place, pairs[at], by_hand[at]


def _by_hand(pairs: list[SentencePair]) -> list[ByHand]:
    """What people say of sentences; nothing where that cannot be read, as Inspect then shows them."""
    keys = [SentenceKey.of(pair) for pair in pairs]
    try:
        states = corrections.store().states(keys)
    except (ConfigError, CorrectionError):
        states = {}
    return [
        ByHand(LinkEdits(states[key].links), states[key].source_entities) if key in states else NOT_BY_HAND
        for key in keys
    ]


def _in_words(sought: Sought, names: tuple[str, str]) -> str:
    one, other = names
    which = "later" if sought.step > 0 else "earlier"
    failed = f" {sought.failed:,} of them could not be projected." if sought.failed else ""
    what = f"{sought.n:,} {which} sentences" if sought.n != 1 else f"{which} sentence"
    if sought.is_over:
        return f"{one} and {other} do not differ in the {what}; there are no more.{failed}"
    return f"{one} and {other} do not differ in the nearest {what}. Press again to look further.{failed}"
