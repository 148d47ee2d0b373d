"""Export and import: what holds of a corpus as files of other tools, and their files as corrections."""

import streamlit as st

from ui.components.corpus_picker import pick_corpus, show_notices
from ui.components.export_format import pick_format
from ui.components.export_import import import_file
from ui.components.export_prepare import prepare
from ui.components.export_scope import pick_scope, say_empty
from ui.components.found_by import pick_found_by
from ui.components.views import pick_view
from ui.frame import errors_shown, page

_VIEWS = {"export": "Export", "import": "Import"}

page("export")
st.header("Export", anchor=False)
view = pick_view(_VIEWS, "way")
with errors_shown():
    corpus = pick_corpus()
    if view == "import":
        import_file(corpus)
    else:
        choices, shown = st.columns([2, 3], gap="large")
        with choices:
            picked = pick_format()
            scope = pick_scope(corpus)
            found_by = pick_found_by(
                corpus, "xrun", help="What people did not correct is as these settings find it."
            )
        with shown:
            if scope.n:
                prepare(corpus, picked, scope, found_by)
            else:
                say_empty(scope)
show_notices(corpus)
