"""Labels of other tools as tags can hold them."""

from __future__ import annotations

from pathlib import Path

from xner_core.corpora.uploads.findings import Findings
from xner_core.errors import CorpusError


def tag_label(label: str, path: Path, line: int, findings: Findings) -> str:
    """A label without white space, which would end a tag.

    Raises:
        CorpusError: If nothing is left of it.
    """
    written = "_".join(label.split())
    if not written:
        raise CorpusError("a label is empty", path=path, line=line, hint="Name the label, for example PER")
    if written != label:
        what = f"the label {label!r} was written as {written!r}"
        findings.change(CorpusError(what, path=path, line=line, hint="Tags hold no white space"))
    return written
