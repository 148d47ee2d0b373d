"""A file of another tool, uploaded to be taken in as corrections."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePath

import streamlit as st

from ui.components.export_format import PickedFormat, pick_format_options, titles
from xner_core.paths import cache_folder
from xner_core.review.sniffing import looks_like
from xner_core.review.unpacking import unpacked
from xner_core.runs.tidying import note_use, tidy


@dataclass(frozen=True, slots=True)
class Uploaded:
    """An uploaded file.

    Attributes:
        name: What the reader calls it.
        path: Where it lies; named by its content.
        size: In bytes.
    """

    name: str
    path: Path
    size: int


def upload_file() -> Uploaded | None:
    """Let a file be uploaded; None while there is none."""
    file = st.file_uploader(
        "File",
        key="import-file",
        help="A file that another tool wrote, or a ZIP archive of several, such as an export.",
    )
    if file is None:
        st.caption(
            f"Up to {st.get_option('server.maxUploadSize')} MB. Nothing is recorded before you have seen "
            "what would change."
        )
        return None
    data = file.getvalue()
    folder = cache_folder() / "uploads" / hashlib.sha256(data).hexdigest()[:20]
    path = folder / (re.sub(r"[^\w.-]", "_", PurePath(file.name).name)[-80:].lstrip(".-") or "file")
    if not path.exists():
        tidy(folder.parent)
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f".{os.getpid()}.tmp"
        unfinished.write_bytes(data)
        unfinished.replace(path)
    note_use(path)
    return Uploaded(file.name, path, len(data))


def pick_read_format(file: Uploaded) -> PickedFormat | None:
    """Let its format be chosen, unless it looks like one; None while none is.

    Raises:
        ExportError: If it is a broken archive.
    """
    guess = _guess(str(file.path))
    named = titles()
    names = sorted(named, key=lambda name: name != guess)
    name = st.selectbox(
        "Format",
        names,
        index=None if guess is None else 0,
        key=f"import-format-{file.path.parent.name}",
        placeholder="It looks like none; choose what it is",
        format_func=lambda each: named[each] + (" (as it seems)" if each == guess else ""),
    )
    return None if name is None else PickedFormat(name, pick_format_options(name, "reading"))


@st.cache_data(max_entries=32, show_spinner=False)
def _guess(path: str) -> str | None:
    with unpacked(Path(path)) as there:
        found = looks_like(there)
    return found if found in titles() else None
