"""A form for a component's options, drawn from its config: types, bounds and descriptions."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from math import floor, log10
from typing import Any, Literal, cast, get_args, get_origin

import streamlit as st
from pydantic.fields import FieldInfo

from ui import state
from xner_core.errors import ConfigError
from xner_core.registry import component_class
from xner_core.viz.glossary import TERMS

_FORMAT = "%.6g"
"""Shows as many digits as a number has, whatever its size, but not what rounding leaves behind."""
_ROUNDING = 1e-9
"""The logarithm of 0.001 is a little less than -3."""

_SLIDER_WIDTH = 220
"""In pixels."""
_LARGEST = 2**53 - 1
"""Larger whole numbers are not exact in the browser."""


def pick_options(
    kind: str,
    name: str,
    leave_out: Collection[str] = (),
    *,
    drawn: bool = True,
    titled: bool = True,
) -> dict[str, Any]:
    """Let the options of a component be changed; return those that differ from their defaults.

    The values live in the URL as `kind.name.option`. What the name itself sets, as in
    `trained:mine`, is not asked again.

    Args:
        kind: Of the component.
        name: Of the component.
        leave_out: Options that are asked for elsewhere.
        drawn: Whether there is a form; if not, its values are only read.
        titled: Whether the form says whose options they are.

    Raises:
        ConfigError: If what is to be JSON is none.
    """
    base, _, argument = name.partition(":")
    component = component_class(kind, base)
    fields = dict(component.Config.model_fields)
    for option in {component.argument if argument else "", *leave_out} & fields.keys():
        del fields[option]
    if fields and drawn and titled:
        st.caption(f"Options of {name}")
    return _chosen(kind, name, fields, _pick if drawn else _read)


def slide_options(
    kind: str, name: str, options: Mapping[str, tuple[str, float]], *, drawn: bool = True
) -> dict[str, Any]:
    """Let some options of a component be changed by sliders and switches; otherwise as `pick_options`.

    Args:
        kind: Of the component.
        name: Of the component.
        options: Its label and the usual largest value of each option, which is a slider's end where
            the option has none or a larger one; those that the component lacks are passed over.
        drawn: Whether there is a form; if not, its values are only read.
    """
    fields = component_class(kind, name.partition(":")[0]).Config.model_fields

    def slide(key: str, option: str, field: FieldInfo) -> str:
        return _slide(key, *options[option], field)

    known = {option: fields[option] for option in options if option in fields}
    return _chosen(kind, name, known, slide if drawn else _read)


def _chosen(
    kind: str, name: str, fields: Mapping[str, FieldInfo], pick: Callable[[str, str, FieldInfo], str]
) -> dict[str, Any]:
    chosen = {}
    for option, field in fields.items():
        value = pick(f"{kind}.{name}.{option}", option, field)
        default = field.get_default(call_default_factory=True)
        if value != option_text(default):
            chosen[option] = _from_json(option, value) if isinstance(default, dict) else value
    return chosen


def _read(key: str, option: str, field: FieldInfo) -> str:
    default = option_text(field.get_default(call_default_factory=True))
    state.follow_url(key, default, _allowed(field), _parser(field), drawn=False)
    value = option_text(state.widget_value(key))
    state.publish(key, value, default)
    return value


def _slide(key: str, label: str, usual: float, field: FieldInfo) -> str:
    help = TERMS.get(key.rpartition(".")[2], field.description)
    default = option_text(field.get_default(call_default_factory=True))
    allowed = _allowed(field)
    state.follow_url(key, default, allowed, _parser(field))
    value: Any
    if field.annotation is bool:
        value = st.toggle(label, key=key, help=help)
    elif allowed:
        value = st.segmented_control(label, allowed, required=True, key=key, help=help)
    else:
        low, high = _bounds(field)
        number = cast("type[float]", field.annotation)
        high = number(usual) if high is None else min(high, number(usual))
        high = max(high, state.widget_value(key))
        step = 1 if number is int else _step(field.get_default(call_default_factory=True), low, high)
        value = st.slider(label, low, high, step=step, key=key, width=_SLIDER_WIDTH, help=help)
    state.publish(key, option_text(value), default)
    return option_text(value)


def _pick(key: str, option: str, field: FieldInfo) -> str:
    default = option_text(field.get_default(call_default_factory=True))
    label = option.replace("_", " ")
    help = field.description
    allowed = _allowed(field)
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


def _allowed(field: FieldInfo) -> list[str] | None:
    """The values that an option may have, as text; None where they are not counted."""
    if field.annotation is bool:
        return ["False", "True"]
    if get_origin(field.annotation) is Literal:
        return [str(value) for value in get_args(field.annotation)]
    return None


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
