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
    step_on,
)
from ui.components.corrected import corrected, shown_in
from ui.components.corrections_told import corrections_told
from ui.components.disagreement import arrive, seek_disagreement
from ui.components.look import pick_look
from ui.components.missing_sentence import completed
from ui.components.page_keys import told_to_keys
from ui.components.pinned_entity import pinned_entity
from ui.components.projected import project
from ui.components.sentence_pair import sentence_pair
from ui.components.settings import Settings, pick_settings, without_gold
from ui.components.side_by_side import side_by_side
from ui.components.what_happened import by_hand_changed, compared_with_pin, summary, where_it_went_wrong
from ui.correcting import SENTENCES, take_in
from ui.frame import errors_shown, page
from xner_core.corpora.index import FoundPairs
from xner_core.types import Corpus, SentencePair
from xner_core.viz.sentence_view import sentence_view


@st.fragment
def chain(corpus: Corpus, lang: str, found: FoundPairs) -> None:
    """The sentence and everything that follows from it; drawn anew without the rest of the page."""
    with errors_shown():
        step_on(found, [document.pair.id for document in take_in()])
        arrive(found)
        pair = pick_sentence(corpus, lang, found)
        if pair is not None and not pair.is_complete:
            corpus, pair = completed(corpus, pair)
        if pair is not None:
            settings = pick_settings(pair)
            draw(corpus, found, pair if settings.shows_gold else without_gold(pair), settings)


def draw(corpus: Corpus, found: FoundPairs, pair: SentencePair, settings: Settings) -> None:
    """Entities, words, links and candidates of one sentence."""
    doc_id, document, by_hand = corrected(corpus, pair, settings)
    shown = project(corpus, pair, settings, by_hand)
    pinned = pinned_entity(doc_id, shown.problem.source_entities, document.sources)
    document = shown_in(doc_id, document, corpus, pair, settings, shown)
    view = sentence_view(
        pair,
        shown.problem,
        shown.chosen,
        *shown.lanes,
        is_source_by_hand=by_hand.sources is not None,
        corrected=document.state.target_entities,
    )
    said = {"doc": doc_id, "pinned": pinned.entity, "ack": pinned.ack, "keys": told_to_keys()}
    said["correct"] = corrections_told(corpus, pair, doc_id, document, shown)
    sentence_pair(view, said, SENTENCES)
    # A container keeps the number of parts the same: the matrix would be built anew, and lose the focus,
    # when a part before it appears or goes.
    with st.container():
        summary(pair, shown)
        by_hand_changed(corpus, pair, settings, shown, by_hand)
        compared_with_pin(pair, settings, shown)
        where_it_went_wrong(corpus, pair, settings, shown, by_hand)

    st.subheader("Alignment", anchor=False)
    look = pick_look(pair, settings.config)
    # Two matrices, or the words of a whole sentence in a row, need the width of the page.
    matrix, compared = [st.container(), st.container()] if look.is_wide else st.columns(2, gap="medium")
    with matrix:
        drawn = Drawn(shown.problem, shown.projection)
        alignment_panel(corpus, pair, settings, look, drawn, doc_id, document)
    with compared:
        side_by_side(pair, shown, doc_id)
        seek_disagreement(corpus, pair, found, shown)
    st.subheader("Candidates", anchor=False)
    candidates(corpus, pair, shown, by_hand, doc_id)


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
