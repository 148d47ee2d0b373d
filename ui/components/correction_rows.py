"""What people say of the sentences of a corpus as rows, and which of them are listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from ui import cache, corrections, state
from xner_core.corrections.events import KINDS, Kind, SentenceState
from xner_core.types import Corpus
from xner_core.viz.event_wording import STATUSES

ALL = "all"
FILTERS = ("cstatus", "cauthor", "ckind", "cq")
KIND_NAMES: Mapping[Kind, str] = {
    "source_entities": "source entities",
    "target_entities": "target entities",
    "links": "links",
    "status": "status",
    "note": "note",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence that somebody said something of.

    Attributes:
        id: Of the pair.
        said: What people say.
    """

    id: str
    said: SentenceState

    @property
    def kinds(self) -> list[Kind]:
        """The fields that hold a person's word, or held one."""
        return [kind for kind in KINDS if self.said.versions[kind]]


def rows_of(states: Mapping[str, SentenceState]) -> list[Row]:
    """All of them, what was changed last first."""
    rows = [Row(name, said) for name, said in states.items()]
    return sorted(
        rows, key=lambda row: "" if row.said.updated is None else row.said.updated.isoformat(), reverse=True
    )


def pick_filters(rows: Sequence[Row]) -> dict[str, str]:
    """Let the sentences be filtered; parameter of the URL → value."""
    authors = sorted({name for row in rows for name in row.said.authors})
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        found = {
            "cstatus": _pick(
                "cstatus",
                "Status",
                {str(key): name for key, name in STATUSES.items()},
                "What the last reviewer thinks.",
            ),
            "cauthor": _pick(
                "cauthor", "Author", {name: name for name in authors}, "Who changed anything in it."
            ),
            "ckind": _pick(
                "ckind",
                "What was changed",
                {str(kind): name for kind, name in KIND_NAMES.items()},
                "Sentences of which this was changed, even if it was taken back.",
            ),
        }
        state.follow_url("cq", "")
        found["cq"] = st.text_input(
            "Search",
            key="cq",
            width=190,
            placeholder="text or id",
            help="Only sentences with this text on either side, in their id or in their note.",
        )
        state.publish("cq", found["cq"], "")
    return found


def filtered(rows: Sequence[Row], corpus: Corpus, filters: Mapping[str, str]) -> list[Row]:
    """The sentences that all filters leave."""
    needle = filters["cq"].casefold().strip()
    with_text = set(cache.index(corpus).find(None, needle).positions.tolist()) if needle else set()
    place = corrections.pair_keys(corpus).place
    return [
        row
        for row in rows
        if filters["cstatus"] in (ALL, row.said.status)
        and filters["cauthor"] in (ALL, *row.said.authors)
        and (filters["ckind"] == ALL or filters["ckind"] in row.kinds)
        and (not needle or place(row.id) in with_text or needle in row.said.note.casefold())
    ]


def clear_filters() -> None:
    """Let every sentence be listed."""
    for key in FILTERS:
        state.set_widget_value(key, "" if key == "cq" else ALL)


def _pick(key: str, title: str, names: Mapping[str, str], help: str) -> str:
    named = {ALL: "all", **names}
    state.follow_url(key, ALL, list(named))
    chosen: str = st.selectbox(
        title, list(named), key=key, width=190, format_func=lambda one: named.get(one, one), help=help
    )
    state.publish(key, chosen, ALL)
    return chosen
