"""Values and events survive the way through JSON exactly."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from tests.builders import entity
from tests.xner_core.corrections.values import SAID, TEXTS, History
from xner_core.corrections.codec import (
    decode,
    dumps,
    encode,
    escape,
    event_json,
    event_of,
    time_of,
    time_text,
    unescape,
)
from xner_core.corrections.events import Kind, Value


@given(SAID)
def test_values(said: tuple[Kind, Value]) -> None:
    kind, value = said
    text = encode(kind, value)
    assert decode(kind, text) == value
    assert text.isascii()
    assert "\0" not in text


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("source_entities", None, "null"),
        ("source_entities", (), "[]"),
        ("target_entities", (entity(0, 2, "人"),), '[[0,2,"\\u4eba"]]'),
        ("links", ((0, 1, "none"), (2, 0, "possible")), '[[0,1,"none"],[2,0,"possible"]]'),
        ("status", "approved", '"approved"'),
        ("note", "\0\ud83d", '"\\u0000\\ud83d"'),
    ],
)
def test_the_form_in_the_database_stays(kind: Kind, value: Value, text: str) -> None:
    assert encode(kind, value) == text
    assert decode(kind, text) == value


def test_events() -> None:
    history = History()
    history.add("Ana", "1", source_entities=(entity(0, 2),), links=((0, 0, "sure"),), note="\ud800")
    history.add("Ana", "2", "undo", refers=1, source_entities=None, target_entities=(), status="rejected")
    for event in history.events:
        assert event_of(json.loads(dumps(event_json(event)))) == event


def test_a_number_that_json_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        dumps({"threshold": float("nan")})


@given(TEXTS)
def test_any_text_is_made_storable(text: str) -> None:
    stored = escape(text)
    assert unescape(stored) == text
    assert "\0" not in stored
    stored.encode()  # no surrogates


def test_plain_text_stays_readable() -> None:
    assert escape("José – 人 'x'") == "José – 人 'x'"
    assert escape("\\u0000") != escape("\0")


def test_times_sort_as_texts() -> None:
    from datetime import UTC, datetime, timedelta, timezone

    whole = datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)
    later = whole + timedelta(microseconds=1)
    elsewhere = later.astimezone(timezone(timedelta(hours=-9)))
    assert time_text(whole) == "2026-05-06T07:08:09.000000+00:00" < time_text(later)
    assert time_of(time_text(elsewhere)) == later
    assert time_text(elsewhere) == time_text(later)
