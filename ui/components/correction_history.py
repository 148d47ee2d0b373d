"""What was done with one sentence, step by step, in words."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from xner_core.corrections.events import Event
from xner_core.review.changes import step_in_words, steps

_HELP = {
    "What": "Words of the sentence are counted from 1.",
    "Why": "What the author gave as a reason.",
    "Number": "Of the last event of this step.",
}


def show_history(history: Sequence[Event]) -> None:
    """The steps of a sentence, the last one first.

    Args:
        history: All its events in order.
    """
    rows = [
        {
            "When (UTC)": f"{step[-1].time:%Y-%m-%d %H:%M:%S}",
            "Who": step[0].author,
            "What": "; ".join(step_in_words(step)),
            "Why": step[0].reason,
            "Number": step[-1].number,
        }
        for step in reversed(steps(history))
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        placeholder="",
        height=min(40 + 35 * len(rows), 300),
        column_config={
            name: st.column_config.Column(help=text, width="large" if name == "What" else None)
            for name, text in _HELP.items()
        },
        alt="What was done with this sentence: when, who, what and why",
    )
