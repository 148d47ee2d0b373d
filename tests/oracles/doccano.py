"""What doccano makes of a file of JSON lines, after the rules of its importer.

It reads a line as a JSON object and all lines as one table. `text` must be there and not empty. A label
is a list of start, end and name, or, with relations, an object; start lies before end, neither is
negative, and the name is not empty. What is in no known column is metadata: a cell that a line lacks
becomes no number (NaN), which its database refuses. Of `Comments` it takes nothing in. Its pages count
characters in UTF-16 units, and so do the spans here.
"""

from __future__ import annotations

import json
from typing import Any

KNOWN = {"text", "label", "entities", "relations"}


def examples(content: str) -> list[dict[str, Any]]:
    """The texts that are imported; raises AssertionError where doccano would leave one out or fail."""
    rows = []
    for line in content.split("\n"):
        if line.rstrip():
            row = json.loads(line.rstrip())
            assert isinstance(row, dict)
            rows.append(row)
    columns = {key for row in rows for key in row}
    found = []
    for row in rows:
        assert set(row) == columns, "a cell is missing"
        assert None not in row.values(), "a cell is null"
        assert isinstance(row["text"], str)
        assert row["text"] != ""
        length = len(row["text"].encode("utf-16-le")) // 2
        spans = [span(label, length) for label in row.get("label", [])]
        by_id = {}
        for entity in row.get("entities", []):
            assert isinstance(entity["id"], int)
            by_id[entity["id"]] = span(
                [entity["start_offset"], entity["end_offset"], entity["label"]], length
            )
        assert len(by_id) == len(row.get("entities", []))
        relations = []
        for relation in row.get("relations", []):
            assert relation["type"]
            relations.append((by_id[relation["from_id"]], by_id[relation["to_id"]]))
        found.append(
            {
                "text": row["text"],
                "spans": [*spans, *by_id.values()],
                "relations": relations,
                "meta": {key: value for key, value in row.items() if key not in {*KNOWN, "Comments"}},
            }
        )
    return found


def span(label: list[Any], length: int) -> tuple[int, int, str]:
    start, end, name = label
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert 0 <= start < end <= length
    assert isinstance(name, str)
    assert name
    return start, end, name
