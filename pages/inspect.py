"""Inspect: one sentence pair through the whole chain."""

import streamlit as st

from ui import cache
from ui.components.alignment_panel import Drawn, alignment_panel
from ui.components.candidate_table import candidate_table
from ui.components.corpus_picker import (
    pick_corpus,
    pick_language,
    pick_sentence,
    search_sentences,
    show_notices,
)
from ui.components.look import pick_look
from ui.components.missing_sentence import completed
from ui.components.sentence_pair import sentence_pair
from ui.components.settings import Settings, pick_settings
from ui.components.side_by_side import side_by_side
from ui.frame import errors_shown, page
from xner_core.types import Corpus, SentencePair
from xner_core.viz import wording
from xner_core.viz.sentence_view import sentence_view


@st.fragment
def chain(corpus: Corpus, pair: SentencePair) -> None:
    """Everything that follows from the sentence; drawn anew without the rest of the page."""
    settings = pick_settings(pair)
    with errors_shown():
        draw(corpus, pair, settings)


def draw(corpus: Corpus, pair: SentencePair, settings: Settings) -> None:
    """Entities, words, links and candidates of one sentence."""
    problem = cache.problem(corpus, pair, settings.config)
    configs = {
        name: settings.config.model_copy(update={"projector": settings.other(name)})
        for name in dict.fromkeys((settings.projector, "ilp", "greedy"))
    }
    projections = {name: cache.projection(corpus, pair, config) for name, config in configs.items()}
    projection = projections[settings.projector]
    alternatives = cache.what_if(corpus, pair, configs["ilp"])
    sentence_pair(sentence_view(pair, problem, projection, settings.projector_name), key="sentences")

    with st.container(gap="xxsmall", border=True):
        for sentence in [
            wording.summary(problem, projection, settings.projector_name),
            *wording.unprojected(pair, problem, projection),
            *wording.unmet(pair, problem, projection),
            *wording.against_gold(pair, projection),
            *wording.note(pair),
        ]:
            st.text(sentence)

    st.subheader("Alignment", anchor=False)
    look = pick_look(pair, settings.config)
    # Two matrices, or the words of a whole sentence in a row, need the width of the page.
    matrix, compared = [st.container(), st.container()] if look.is_wide else st.columns(2, gap="medium")
    with matrix:
        alignment_panel(corpus, pair, settings, look, Drawn(problem, projection))
    with compared:
        st.subheader("Greedy and ILP", anchor=False)
        side_by_side(pair, problem, projections["greedy"], projections["ilp"], alternatives)
    st.subheader("Candidates", anchor=False)
    key = f"candidates-{corpus.fingerprint[:12]}/{pair.id}-{settings.projector}-{settings.config.scorer.name}"
    candidate_table(pair, problem, projections, alternatives, key)


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
    pair = pick_sentence(corpus, lang, found)
    if pair is not None and not pair.is_complete:
        corpus, pair = completed(corpus, pair)
if pair is not None:
    chain(corpus, pair)
show_notices(corpus)
