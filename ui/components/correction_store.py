"""Where the corrections are kept, and how to make a backup of them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ui import corrections
from xner_core.corrections.address import VARIABLE
from xner_core.corrections.checking import status


def show_store() -> None:
    """Say where the store is, what is in it and how it is backed up."""
    address = corrections.store().address
    found = status()
    kind = "PostgreSQL server" if address.path is None else "SQLite file"
    rows = [
        ("Kind", kind),
        ("Place", found.address),
        ("Changes", f"{found.n_events:,}"),
        ("Sentences", f"{found.n_sentences:,}, of all corpora"),
        ("Authors", ", ".join(found.authors) or "none yet"),
        ("Last change", found.updated or "none yet"),
        ("Size", "kept by the server" if found.size is None else f"{found.size:,} bytes"),
    ]
    st.dataframe(
        pd.DataFrame(rows, columns=["What", "Value"]),
        hide_index=True,
        width=760,
        alt="Where the corrections are kept, and how many there are",
    )
    st.text("Make a backup while the app runs and people work; it is one file, wherever the store is:")
    st.code("xner db backup corrections-backup.sqlite", language="bash")
    st.text("Bring back what is missing from a backup; nothing that was done since is lost:")
    st.code("xner db restore corrections-backup.sqlite", language="bash")
    st.caption(
        f"The environment variable {VARIABLE} names another place, such as a PostgreSQL server for several "
        "machines. Changes are only ever added; nothing here is overwritten or deleted."
    )
