"""Inspect: one sentence pair through the whole chain."""

import streamlit as st

from ui.components.alignment_panel import Drawn, alignment_panel
from ui.components.candidates import candidates
from ui.components.corpus_picker import (
    pick_corpus,
    pick_language,
    pick_sentence,
    search_sentences,
    show_notices,
)
from ui.components.links_by_hand import document_id, links_by_hand
from ui.components.look import pick_look
from ui.components.missing_sentence import completed
from ui.components.page_keys import told_to_keys
from ui.components.pinned_entity import SENTENCES, pinned_entity
from ui.components.projected import project
from ui.components.sentence_pair import sentence_pair
from ui.components.settings import Settings, pick_settings, without_gold
from ui.components.side_by_side import side_by_side
from ui.components.what_happened import compared_with_pin, summary, where_it_went_wrong
from ui.frame import errors_shown, page
from xner_core.corpora.index import FoundPairs
from xner_core.types import Corpus, SentencePair
from xner_core.viz.sentence_view import sentence_view


@st.fragment
def chain(corpus: Corpus, lang: str, found: FoundPairs) -> None:
    """The sentence and everything that follows from it; drawn anew without the rest of the page."""
    with errors_shown():
        pair = pick_sentence(corpus, lang, found)
        if pair is not None and not pair.is_complete:
            corpus, pair = completed(corpus, pair)
        if pair is not None:
            settings = pick_settings(pair)
            draw(corpus, pair if settings.shows_gold else without_gold(pair), settings)


def draw(corpus: Corpus, pair: SentencePair, settings: Settings) -> None:
    """Entities, words, links and candidates of one sentence."""
    edits = links_by_hand(corpus, pair).edits
    doc_id = document_id(corpus, pair)
    shown = project(corpus, pair, settings, edits)
    pinned = pinned_entity(doc_id, len(shown.problem.source_entities))
    view = sentence_view(pair, shown.problem, shown.chosen, *shown.lanes)
    said = {"doc": doc_id, "pinned": pinned.entity, "ack": pinned.ack, "keys": told_to_keys()}
    sentence_pair(view, said, SENTENCES)
    # A container keeps the number of parts the same: the matrix would be built anew, and lose the focus,
    # when a part before it appears or goes.
    with st.container():
        summary(pair, shown)
        compared_with_pin(pair, settings, shown)
        where_it_went_wrong(corpus, pair, settings, shown, edits)

    st.subheader("Alignment", anchor=False)
    look = pick_look(pair, settings.config)
    # Two matrices, or the words of a whole sentence in a row, need the width of the page.
    matrix, compared = [st.container(), st.container()] if look.is_wide else st.columns(2, gap="medium")
    with matrix:
        alignment_panel(corpus, pair, settings, look, Drawn(shown.problem, shown.projection))
    with compared:
        side_by_side(pair, shown)
    st.subheader("Candidates", anchor=False)
    candidates(corpus, pair, shown, edits, doc_id)


page("inspect")
st.header("Inspect", anchor=False)
with errors_shown():
    where, which, what = st.columns([3, 2, 2])
    with where:
        corpus = pick_corpus()
    with which:
        lang = pick_language(corpus)
    with what:
        found = search_sentences(corpus, lang)
chain(corpus, lang, found)
show_notices(corpus)
