"""Events written by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from xner_core.corrections.events import UNSAID, Action, Event, Kind, Origin, SentenceKey, Value

KEY = SentenceKey("s1", "0" * 64)
_START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


class Teller:
    """Writes the events of one sentence, one after the other."""

    def __init__(self, key: SentenceKey = KEY) -> None:
        self.key = key
        self.events: list[Event] = []
        self._values: dict[Kind, Value] = dict(UNSAID)
        self._versions: dict[Kind, int] = {}

    def says(
        self, author: str, kind: Kind, after: Value, action: Action = "edit", step: str | None = None
    ) -> Teller:
        number = len(self.events) + 1
        self._versions[kind] = self._versions.get(kind, 0) + 1
        self.events.append(
            Event(
                number,
                self.key,
                kind,
                self._versions[kind],
                self._values[kind],
                after,
                action,
                author,
                _START + timedelta(seconds=number),
                "",
                None,
                step or f"step {number}",
                Origin("made up", "0"),
            )
        )
        self._values[kind] = after
        return self
