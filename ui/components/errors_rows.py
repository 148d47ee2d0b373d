"""The errors of a run as a table in memory, and which of them the filters leave."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import streamlit as st

from ui import cache
from xner_core.types import Corpus

ALL = "all"
COLUMN_OF = {"elang": "lang", "ekind": "kind", "edetail": "detail", "estage": "stage", "elabel": "label"}
"""Parameter of the URL → the column in which its value stands."""
SEARCH = "eq"
FILTERS = (*COLUMN_OF, SEARCH)


def rows_of(path: Path) -> pd.DataFrame:
    """The errors that a job wrote; shared by all, so not to be changed.

    Raises:
        FileNotFoundError: If the file is gone.
    """
    return _rows(str(path), path.stat().st_mtime_ns)


@st.cache_resource(max_entries=8, show_spinner="Reading the errors …")
def _rows(path: str, changed: int) -> pd.DataFrame:
    rows = pd.read_parquet(path)
    for name in COLUMN_OF.values():
        rows[name] = rows[name].astype("category")  # a hundredth of the memory
    return rows


def filtered(rows: pd.DataFrame, corpus: Corpus, filters: Mapping[str, str]) -> pd.DataFrame:
    """The errors that all filters leave, in the order of the corpus.

    Args:
        rows: All errors.
        corpus: The corpus; its sentences are searched too.
        filters: Parameter of the URL → value; `all` or nothing leaves everything.
    """
    kept = pd.Series(True, index=rows.index)
    for key, column in COLUMN_OF.items():
        if filters.get(key, ALL) != ALL:
            kept &= rows[column] == filters[key]
    needle = filters.get(SEARCH, "").casefold().strip()
    if needle:
        with_text = {name for lang in rows["lang"].unique() for name in cache.find(corpus, lang, needle)}
        kept &= rows["id"].isin(with_text)
    return rows[kept]
