"""A form for a component's options, drawn from its config: types, bounds and descriptions."""

from __future__ import annotations

import json
from collections.abc import Callable
from math import floor, log10
from typing import Any, Literal, get_args, get_origin

import streamlit as st
from pydantic.fields import FieldInfo

from ui import state
from xner_core.errors import ConfigError
from xner_core.registry import component_class

_FORMAT = "%.6g"
"""Shows as many digits as a number has, whatever its size, but not what rounding leaves behind."""
_ROUNDING = 1e-9
"""The logarithm of 0.001 is a little less than -3."""

_LARGEST = 2**53 - 1
"""Larger whole numbers are not exact in the browser."""


def pick_options(kind: str, name: str) -> dict[str, Any]:
    """Let the options of a component be changed; return those that differ from their defaults.

    The values live in the URL as `kind.name.option`. What the name itself sets, as in
    `trained:mine`, is not asked again.

    Raises:
        ConfigError: If what is to be JSON is none.
    """
    base, _, argument = name.partition(":")
    component = component_class(kind, base)
    fields = dict(component.Config.model_fields)
    if argument:
        del fields[component.argument]
    if fields:
        st.caption(f"Options of {name}")
    chosen = {}
    for option, field in fields.items():
        value = _pick(f"{kind}.{name}.{option}", option, field)
        default = field.get_default(call_default_factory=True)
        if value != option_text(default):
            chosen[option] = _from_json(option, value) if isinstance(default, dict) else value
    return chosen


def _pick(key: str, option: str, field: FieldInfo) -> str:
    default = option_text(field.get_default(call_default_factory=True))
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
        if field.annotation is int:
            value = st.number_input(label, low, high, step=1, key=key, help=help)
        else:
            step = _step(field.get_default(call_default_factory=True), low, high)
            value = st.number_input(label, low, high, step=step, format=_FORMAT, key=key, help=help)
    else:
        value = st.text_input(label, key=key, help=help)
    state.publish(key, option_text(value), default)
    return option_text(value)


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
            too_low, too_high = low is not None and value < low, high is not None and value > high
            if too_low or too_high or not abs(value) <= _LARGEST:  # NaN is at most nothing
                raise ValueError(text)
            return value

        return parse
    return str


def _from_json(option: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise ConfigError(
            f"the option {option} is no JSON ({error})", hint='Write {"GPE": "LOC", "PERSON": "PER"}'
        ) from None


def _bounds(field: FieldInfo) -> tuple[Any, Any]:
    """The least and the largest value, None where there is none."""
    low = high = None
    for limit in field.metadata:
        low = getattr(limit, "ge", getattr(limit, "gt", low))
        high = getattr(limit, "le", getattr(limit, "lt", high))
    number = float if field.annotation is float else int
    return (None if low is None else number(low)), (None if high is None else number(high))


def _step(default: float, low: float | None, high: float | None) -> float:
    """A step that suits a number's size: a power of ten, at most a tenth of the default.

    Where the default is 0 the range takes its place, and a hundredth of it is the step.
    """
    if default:
        size = abs(default) / 10
    else:
        size = (high - low) / 100 if low is not None and high is not None and high > low else 0.01
    return float(10.0 ** floor(log10(size) + _ROUNDING))


def option_text(value: Any) -> str:
    """An option as the URL and the command line have it; empty where it has no value."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (tuple, list)):
        return ", ".join(map(str, value))
    return str(value)
