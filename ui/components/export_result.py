"""What an export holds and lacks, seen before it is downloaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd
import streamlit as st

from xner_core.export.losses import TITLES
from xner_core.review.exporting import ABOUT

_LINES, _CHARACTERS, _FILES = 15, 200, 200
_BYTES = 4 * _CHARACTERS + 8
"""A character has four at most."""
_SETTINGS = {".conf", ".xml"}
"""How files end that tell a tool how to show the others."""


def show_losses(losses: Mapping[str, Any], folder: Path, name: str) -> None:
    """What the files lack: counts by kind, examples, and all of it as a table to download.

    Args:
        losses: `LossSummary.as_data`.
        folder: Of the export.
        name: Of the download.
    """
    st.subheader("What the files lack", anchor=False)
    if not losses["n_losses"]:
        st.success("Nothing: the files hold everything.")
        return
    aspects = losses["aspects"]
    st.dataframe(
        pd.DataFrame(
            [
                {
                    "What": TITLES[aspect],
                    "How often": one["losses"],
                    "In sentences": one["sentences"],
                    "For example": one["examples"][0]["what"],
                }
                for aspect, one in aspects.items()
            ]
        ),
        hide_index=True,
        placeholder="",
        column_config={
            "What": st.column_config.TextColumn(help="What of the sentences has no place in this format."),
            "How often": st.column_config.NumberColumn(
                format="%d", help="Entities, links, notes … that are left out."
            ),
            "In sentences": st.column_config.NumberColumn(
                format="%d", help="Sentence pairs that lose any of it."
            ),
        },
        alt="What the files lack, how often and in how many sentences",
    )
    with st.expander("Examples"):
        st.dataframe(
            pd.DataFrame(
                [
                    {
                        "What": TITLES[aspect],
                        "Sentence": each["sentence"],
                        "Side": each["side"] or "",
                        "Lost": each["what"],
                    }
                    for aspect, one in aspects.items()
                    for each in one["examples"]
                ]
            ),
            hide_index=True,
            placeholder="",
            alt="The first losses of each kind",
        )
    st.download_button(
        "All losses as CSV",
        data=(folder / ABOUT / "losses.csv").read_bytes,
        file_name=f"{name}-losses.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        help="One row for each thing that the files lack; it is in the download too, in the folder about.",
    )


def show_files(files: list[str], folder: Path) -> None:
    """The files with their sizes, and how the first one begins.

    Args:
        files: Their names within the folder, the first one first.
        folder: Of the export.
    """
    st.subheader("Files", anchor=False)
    st.dataframe(
        pd.DataFrame(
            [{"File": name, "Size": size_of((folder / name).stat().st_size)} for name in files[:_FILES]]
        ),
        hide_index=True,
        placeholder="",
        height=min(40 + 35 * min(len(files), _FILES), 250),
        alt="The files of the export and their sizes",
    )
    if len(files) > _FILES:
        st.caption(f"and {len(files) - _FILES:,} more files")
    with st.container(border=True, gap="xsmall"):
        first = next((name for name in files if Path(name).suffix not in _SETTINGS), files[0])
        st.text(f"The beginning of {first}:")
        st.text(beginning(folder / first))


def beginning(path: Path) -> str:
    """The first lines of a file, long ones cut; or that it is no text."""
    with path.open("rb") as file:
        lines = [each.rstrip(b"\r\n") for each in islice(_lines(file), _LINES)]
    try:
        # What was cut may have been cut within a character.
        return "\n".join(
            _shown(line.decode("utf-8", "strict" if len(line) < _BYTES else "ignore")) for line in lines
        )
    except UnicodeDecodeError:
        return "It is no text, so it cannot be shown here."


def size_of(n: int) -> str:
    """Bytes as people write them: `12 KB`."""
    for unit, size in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if n >= size:
            return f"{n / size:,.1f} {unit}"
    return "1 byte" if n == 1 else f"{n} bytes"


def _shown(line: str) -> str:
    return line if len(line) <= _CHARACTERS else f"{line[:_CHARACTERS]} …"


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file, each read no further than is shown: all of it may be one line."""
    while line := file.readline(_BYTES):
        yield line
        while line and not line.endswith(b"\n"):
            line = file.readline(_BYTES)
