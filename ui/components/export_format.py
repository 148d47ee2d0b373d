"""Which format is written or read, and its options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import streamlit as st

from ui import state
from ui.components.options import pick_options
from xner_core.config import Choice
from xner_core.export.format import Format
from xner_core.export.losses import ASPECTS, TITLES
from xner_core.registry import COMPONENTS, component_class

_DEFAULT = "jsonl"
_OTHER = {"writing": "Reading", "reading": "Writing"}
"""How the descriptions begin of options that are of no use here."""


@dataclass(frozen=True, slots=True)
class PickedFormat:
    """A format that was chosen.

    Attributes:
        name: Its name.
        options: Those that differ from their defaults.
    """

    name: str
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def arguments(self) -> tuple[str, ...]:
        """The same for a command of `xner`."""
        return (f"--format={self.name}", *(f"--set={key}={value}" for key, value in self.options.items()))

    @property
    def title(self) -> str:
        """Its name for the reader."""
        return titles()[self.name]


def titles() -> dict[str, str]:
    """The formats and their names for the reader, the one that loses nothing first."""
    names = sorted(COMPONENTS["format"], key=lambda name: name != _DEFAULT)
    return {name: component_class("format", name).title for name in names}


def pick_format() -> PickedFormat:
    """Let a format to be written be chosen, and its options; the choices live in the URL.

    Raises:
        ConfigError: If an option has a value that it cannot have.
    """
    named = titles()
    state.follow_url("format", _DEFAULT, list(named))
    name = str(
        st.selectbox("Format", list(named), key="format", format_func=lambda each: named.get(each, each))
    )
    state.publish("format", name, _DEFAULT)
    picked = PickedFormat(name, pick_format_options(name, "writing"))
    made: Format[Any] = Choice(name=name, options=dict(picked.options)).build("format")
    st.caption(f"Read by {made.read_by}.")
    lacking = [TITLES[aspect] for aspect in ASPECTS if aspect not in made.holds]
    st.caption(
        f"An import of it does not bring back: {', '.join(lacking)}. What the files lack of your sentences "
        "is listed before you download them."
        if lacking
        else "An import of it brings everything back."
    )
    return picked


def pick_format_options(name: str, use: Literal["writing", "reading"]) -> dict[str, Any]:
    """Let the options of a format be changed that matter for this use."""
    fields = component_class("format", name).Config.model_fields
    useless = [key for key, each in fields.items() if (each.description or "").startswith(_OTHER[use])]
    if len(useless) == len(fields):
        return {}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        return pick_options("format", name, useless, titled=False)
