"""A form for a component's options, drawn from its config: types, bounds and descriptions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, get_args, get_origin

import streamlit as st
from pydantic.fields import FieldInfo

from ui import state
from xner_core.registry import component_class


def pick_options(kind: str, name: str) -> dict[str, Any]:
    """Let the options of a component be changed; return those that differ from their defaults.

    The values live in the URL as `kind.name.option`.
    """
    fields = component_class(kind, name).Config.model_fields
    if fields:
        st.caption(f"Options of {name}")
    chosen = {}
    for option, field in fields.items():
        value = _pick(f"{kind}.{name}.{option}", option, field)
        if value != _text(field.get_default(call_default_factory=True)):
            chosen[option] = value
    return chosen


def _pick(key: str, option: str, field: FieldInfo) -> str:
    default = _text(field.get_default(call_default_factory=True))
    label = option.replace("_", " ")
    help = field.description
    allowed = [str(value) for value in get_args(field.annotation)] if _is_choice(field) else None
    if field.annotation is bool:
        allowed = ["False", "True"]
    state.follow_url(key, default, allowed, _parser(field))
    value: Any
    if field.annotation is bool:
        value = st.toggle(label, key=key, help=help)
    elif allowed:
        value = st.selectbox(label, allowed, key=key, help=help)
    elif field.annotation in (int, float):
        low, high = _bounds(field)
        value = st.number_input(
            label, low, high, step=1 if field.annotation is int else 0.05, key=key, help=help
        )
    else:
        value = st.text_input(label, key=key, help=help)
    state.publish(key, _text(value), default)
    return _text(value)


def _is_choice(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is Literal


def _parser(field: FieldInfo) -> Callable[[str], Any]:
    if field.annotation is bool:
        return lambda text: text == "True"
    if field.annotation in (int, float):
        low, high = _bounds(field)
        number = field.annotation

        def parse(text: str) -> Any:
            value = number(text)
            if (low is not None and value < low) or (high is not None and value > high):
                raise ValueError(text)
            return value

        return parse
    return str


def _bounds(field: FieldInfo) -> tuple[Any, Any]:
    """The least and the largest value, None where there is none."""
    low = high = None
    for limit in field.metadata:
        low = getattr(limit, "ge", getattr(limit, "gt", low))
        high = getattr(limit, "le", getattr(limit, "lt", high))
    number = float if field.annotation is float else int
    return (None if low is None else number(low)), (None if high is None else number(high))


def _text(value: Any) -> str:
    """An option as the URL and the command line have it."""
    if isinstance(value, (tuple, list)):
        return ", ".join(map(str, value))
    return str(value)
