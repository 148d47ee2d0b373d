"""Values and events as JSON, and back exactly as they were.

JSON is written in ASCII alone, so that a database takes every character: PostgreSQL's text has no
place for a NUL, and no database one for half of a surrogate pair.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, cast

from xner_core.corrections.events import Event, Kind, Origin, SentenceKey, Value
from xner_core.types import Entity, LinkEdit, Span

_ENTITIES = frozenset({"source_entities", "target_entities"})
_UNFIT = re.compile("[\\\\\x00\ud800-\udfff]")
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")


def dumps(content: Any) -> str:
    """Plain JSON values as the shortest text; equal values in the same order have equal texts."""
    return json.dumps(content, separators=(",", ":"), allow_nan=False)


def plain(kind: Kind, value: Value) -> Any:
    """A field's value as plain JSON: `[start, end, label]` an entity, `[source, target, state]` a link."""
    if value is None or isinstance(value, str):
        return value
    if kind in _ENTITIES:
        return [[each.span.start, each.span.end, each.label] for each in cast("tuple[Entity, ...]", value)]
    return [list(each) for each in cast("tuple[LinkEdit, ...]", value)]


def unplain(kind: Kind, content: Any) -> Value:
    """The field's value that `plain` made `content` of."""
    if content is None or isinstance(content, str):
        return content
    if kind in _ENTITIES:
        return tuple(Entity(Span(start, end), label) for start, end, label in content)
    return tuple(cast(LinkEdit, tuple(each)) for each in content)


def encode(kind: Kind, value: Value) -> str:
    """A field's value as text."""
    return dumps(plain(kind, value))


@lru_cache(maxsize=10_000)  # most sentences have a value that many others have: a status, a first word as PER
def decode(kind: Kind, text: str) -> Value:
    """The field's value that `encode` made a text of."""
    return unplain(kind, json.loads(text))


def event_json(event: Event) -> dict[str, Any]:
    """An event as plain JSON."""
    return {
        "number": event.number,
        "sentence": {"id": event.sentence.id, "content": event.sentence.content},
        "kind": event.kind,
        "version": event.version,
        "before": plain(event.kind, event.before),
        "after": plain(event.kind, event.after),
        "action": event.action,
        "author": event.author,
        "time": time_text(event.time),
        "reason": event.reason,
        "refers": event.refers,
        "step": event.step,
        "origin": {
            "corpus": event.origin.corpus,
            "fingerprint": event.origin.fingerprint,
            "run": event.origin.run,
            "config": dict(event.origin.config),
        },
    }


def event_of(content: Mapping[str, Any]) -> Event:
    """The event that `event_json` made `content` of.

    Raises:
        KeyError: If a part of it is missing.
        ValueError: If a time or a span is none.
    """
    said = dict(content)
    kind: Kind = said["kind"]
    said["sentence"] = SentenceKey(**said["sentence"])
    said["origin"] = Origin(**said["origin"])
    said["before"], said["after"] = unplain(kind, said["before"]), unplain(kind, said["after"])
    said["time"] = time_of(said["time"])
    return Event(**{name: said[name] for name in Event.__slots__})


def time_text(time: datetime) -> str:
    """A time as ISO 8601 in UTC to the microsecond: texts sort as the times do."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def time_of(text: str) -> datetime:
    """The time that `time_text` wrote."""
    return datetime.fromisoformat(text)


def escape(text: str) -> str:
    r"""A text without what databases do not take: NUL, surrogates and `\` become `\u` and four digits."""
    return _UNFIT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def unescape(text: str) -> str:
    """The text that `escape` was given."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "\\" in text else text
