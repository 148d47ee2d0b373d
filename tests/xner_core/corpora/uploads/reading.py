"""Reading uploads in tests."""

from __future__ import annotations

import json

from xner_core.corpora.uploads.preview import Preview, Upload, preview


def read(
    format: str, *contents: str | bytes, langs: tuple[str, str] = ("en", "de"), name: str = "a"
) -> Preview:
    """Read the files of an upload, whose contents are given."""
    uploads = [Upload(name, each.encode() if isinstance(each, str) else each) for each in contents]
    return preview(uploads, format, langs)


def lines(*rows: object) -> str:
    """JSON lines."""
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def problems(found: Preview) -> list[tuple[int | None, str]]:
    """The lines and words of what was left out."""
    return [(each.line, each.what) for each in found.findings if each.is_problem]


def changes(found: Preview) -> list[tuple[int | None, str]]:
    """The lines and words of what was changed."""
    return [(each.line, each.what) for each in found.findings if not each.is_problem]
