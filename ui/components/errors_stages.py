"""What each stage costs a run in F1: as a picture, in figures, and language by language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from ui import state
from ui.components.errors_rows import ALL
from ui.components.inspect_link import selected_row
from xner_core.diagnosis.words import STAGE_HELP, STAGE_TITLES
from xner_core.languages import language_name
from xner_core.viz.waterfall import axis_start, bar_words, waterfall

_TITLES: Mapping[str, str] = {"run": "The run", **STAGE_TITLES}
_HELP = {
    "F1": "After this stage and all above it were done by gold; 1 means no error.",
    "Adds": "How much more F1 that is than before; below 0 it brought more errors than it settled.",
    "Settled": "Gold entities that are found now and wrong predictions that are not made any more; one that "
    "was found in part counts twice.",
    "New": "The reverse: gold entities that are not found any more and new wrong predictions.",
    "Tested in": "Sentences that have the gold which this takes; in the others it changes nothing.",
}


def pick_lang(result: Mapping[str, Any]) -> str:
    """Let a language be chosen, or all of them; the choice lives in the URL."""
    languages = sorted(result["per_language"], key=language_name)
    options = [ALL, *languages] if len(languages) != 1 else languages
    state.follow_url("elang", options[0], options)
    lang: str = st.selectbox(
        "Language",
        options,
        key="elang",
        format_func=lambda code: "All languages" if code == ALL else _named(code),
        help="The target language whose figures and errors are shown.",
    )
    state.publish("elang", lang, options[0])
    return lang


def show_stages(result: Mapping[str, Any], lang: str) -> None:
    """The way from the run's F1 to 1, in words, as a picture and as a table.

    Args:
        result: As `runs.diagnose.diagnose_run` returns it.
        lang: A language, or all.
    """
    shown = result["overall"] if lang == ALL else result["per_language"][lang]
    bars = shown["bars"]
    n = sum(row["n"] for row in shown["errors"])
    with st.container(border=True):
        st.text(
            f"{n:,} errors; {shown['gold']:,} gold entities in {shown['sentences']:,} sentences"
            + (f"; F1 {bars[0]['f1']:.3f}. {_most(bars)}" if bars else ".")
        )
        for notice in result["notices"]:
            st.text(notice)
    if not bars:
        st.info("There is no gold entity here, so there is no F1 to gain.")
        return
    st.subheader("What each stage costs", anchor=False)
    picture, figures = st.columns([5, 4], gap="medium")
    with picture:
        st.plotly_chart(
            waterfall(bars, _TITLES),
            key=f"waterfall-{lang}",
            alt="F1 of the run and what each stage done by gold adds to it; the table beside it has the same "
            "figures",
        )
        st.caption(
            "Every sentence is projected again with one stage after the other done by gold, each keeping "
            f"those above it. The axis begins at {axis_start(bars):.2f}."
        )
    with figures:
        _figures(bars)
    if lang == ALL and len(result["per_language"]) > 1:
        with st.expander("Language by language", icon=":material/table:"):
            _languages(result)


def _most(bars: list[dict[str, Any]]) -> str:
    """Which stage would help most."""
    best = max(bars[1:], key=lambda bar: bar["difference"])
    if best["difference"] <= 0:
        return "Nothing is left to gain."
    return f"Most is to gain at “{STAGE_TITLES[best['stage']]}”: {bar_words(best)}."


def _figures(bars: list[dict[str, Any]]) -> None:
    others = bars[1:]
    table = pd.DataFrame(
        {
            "Done by gold": [_TITLES[bar["stage"]] for bar in bars],
            "F1": [bar["f1"] for bar in bars],
            "Adds": [None, *(bar["difference"] if bar["tested"] else None for bar in others)],
            "Settled": [None, *(bar["gone"] for bar in others)],
            "New": [None, *(bar["new"] for bar in others)],
            "Tested in": [None, *(bar["tested"] for bar in others)],
            "What it means": ["As it is.", *(STAGE_HELP[bar["stage"]] for bar in others)],
        }
    )
    formats = {"F1": "%.3f", "Adds": "%+.3f"}
    st.dataframe(
        table,
        hide_index=True,
        placeholder="",
        height=40 + 35 * len(table),
        column_config={
            "Done by gold": st.column_config.TextColumn(pinned=True, help="The stage."),
            "What it means": st.column_config.TextColumn(width=420),
            **{
                name: st.column_config.NumberColumn(format=formats.get(name, "%d"), help=text, width=70)
                for name, text in _HELP.items()
            },
        },
        alt="F1 after each stage was done by gold, what it adds, and how many errors it settles",
    )


def _languages(result: Mapping[str, Any]) -> None:
    """What each stage adds in each language; a row chooses the language."""
    languages = sorted(result["per_language"], key=language_name)
    per_language = {lang: {b["stage"]: b for b in result["per_language"][lang]["bars"]} for lang in languages}
    stages = [stage for stage in STAGE_TITLES if any(stage in bars for bars in per_language.values())]
    table = pd.DataFrame(
        {
            "Language": [_named(lang) for lang in languages],
            "F1": [per_language[lang].get("run", {}).get("f1") for lang in languages],
            **{
                STAGE_TITLES[stage]: [_added(per_language[lang].get(stage)) for lang in languages]
                for stage in stages
            },
        }
    )
    number = st.column_config.NumberColumn
    event = st.dataframe(
        table,
        key="elanguages",
        hide_index=True,
        placeholder="",
        height=min(40 + 35 * len(table), 460),
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "F1": number(format="%.3f", help="Of the run."),
            **{STAGE_TITLES[stage]: number(format="%+.3f", help=STAGE_HELP[stage]) for stage in stages},
        },
        alt="What each stage done by gold adds to F1 in each language",
    )
    row = selected_row(event, len(languages))
    if row is None:
        st.caption("An empty cell could not be tested. Select a row to see its language alone.")
    elif state.is_news("elanguages", languages[row]):
        state.look_at(elang=languages[row])


def _added(bar: Mapping[str, Any] | None) -> float | None:
    return float(bar["difference"]) if bar and bar["tested"] else None


def _named(lang: str) -> str:
    return f"{language_name(lang)} ({lang})"
