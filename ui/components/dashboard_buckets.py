"""F1 by what entities or sentences have in common."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui.components.dashboard_behind import say_bucket, sentences_of_bucket
from ui.components.dashboard_choice import choose
from ui.components.dashboard_methods import Method, columns_of, key_of, languages_of
from ui.components.dashboard_picture import draw_picture, follow_pick, picked, publish_pick
from ui.components.dashboard_save import pick_form
from ui.components.dashboard_table import figure_table
from xner_core.runs.buckets import ATTRIBUTES, bucket_names
from xner_core.viz.bucket_chart import bucket_chart
from xner_core.viz.cells import by_part, language_label
from xner_core.viz.figure_wording import told_apart

_ALL = "all"
_COUNTED = {
    "entity": "F1 of a bucket: its recall is of the gold entities in it, its precision of the found entities "
    "in it.",
    "sentence": "F1 of a bucket is of all entities in its sentences.",
}


def show_buckets(methods: Sequence[Method]) -> None:
    """Draw the view."""
    langs = languages_of(methods)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        attribute = choose("d-by", "By", {name: one.title for name, one in ATTRIBUTES.items()})
        lang = choose("d-lang", "Language", {_ALL: "All languages", **{x: language_label(x) for x in langs}})
        form = pick_form()
    about, one_lang = ATTRIBUTES[attribute], None if lang == _ALL else lang
    st.caption(f"{about.help} {_COUNTED[about.of]}")
    found = [cell for method in methods for cell in method.bucket_cells(attribute, one_lang)]
    names = dict.fromkeys(name for method in methods for name in bucket_names(method.run, attribute))
    cells = by_part(columns_of(methods), list(names), found)
    if not cells.rows:
        st.info("There is nothing to count here. Choose another language.")
        return
    follow_pick()
    st.text(told_apart(cells, "bucket") or "F1 with its 95 % interval.")
    key = f"{attribute}-{lang}-{key_of(methods)}"
    alt = f"F1 of each method by {about.title.lower()}; the table below has the same figures"
    draw_picture(bucket_chart(cells, about.title), f"buckets-{key}", alt, f"f1-{attribute}", form)
    say_bucket(methods, picked(), attribute, one_lang)
    figure_table([cells], f"bucket-table-{key}", f"buckets-{attribute}", first=about.title, name_of=str)
    sentences_of_bucket(methods, picked(), attribute, one_lang)
    publish_pick()
