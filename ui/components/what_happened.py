"""What was projected, what the pinned settings would do, and what went wrong, in words."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from ui import cache
from ui.cache import ByHand
from ui.components.projected import PINNED, Shown
from ui.components.settings import Settings
from ui.pinned import differing
from xner_core.diagnosis import Stage, sentence_of
from xner_core.export.sample import Annotation
from xner_core.review.changes import projection_change
from xner_core.review.found import bare, matches_of
from xner_core.types import Corpus, Projection, ProjectionProblem, SentencePair
from xner_core.viz import wording
from xner_core.viz.difference_wording import changed

_MENDS: Mapping[Stage, str] = {
    "ner": "To mend it, take other source entities: Options, Source entities.",
    "alignment": "To mend it, change the links in the matrix, or choose another way to link words.",
    "candidates": "To mend it, let more words be candidates: Options, Candidates; or a longer n-gram.",
    "solver": "To mend it, choose ILP.",
    "scores": "To mend it, try another score, or its weights and threshold under What if.",
}


def summary(pair: SentencePair, shown: Shown) -> None:
    """Say what was projected."""
    with st.container(gap="xxsmall", border=True):
        for sentence in [
            wording.summary(shown.problem, shown.projection, shown.chosen.name),
            *wording.unprojected(pair, shown.problem, shown.projection),
            *wording.unmet(pair, shown.problem, shown.projection),
            *wording.against_gold(pair, shown.projection),
            *wording.note(pair),
        ]:
            st.text(sentence)


def by_hand_changed(
    corpus: Corpus, pair: SentencePair, settings: Settings, shown: Shown, by_hand: ByHand
) -> None:
    """Say what became of the projection by corrected source entities; nothing where none were."""
    if by_hand.sources is None:
        return
    links = ByHand(by_hand.links)
    problem = cache.problem(corpus, pair, settings.config, links)
    before = _annotation(problem, cache.projection(corpus, pair, settings.config, links))
    changed_to = projection_change(before, _annotation(shown.problem, shown.projection))
    with st.container(gap="xxsmall", border=True):
        lines = changed_to.in_words(pair)
        st.text("By the corrected source entities, found → now:" if lines else _NO_CHANGE)
        for line in lines:
            st.text(line)


_NO_CHANGE = "By the corrected source entities the same is projected as before."


def _annotation(problem: ProjectionProblem, projection: Projection) -> Annotation:
    return Annotation(
        problem.source_entities,
        projection.target_entities,
        bare(problem.alignment),
        matches_of(projection),
    )


def compared_with_pin(pair: SentencePair, settings: Settings, shown: Shown) -> None:
    """Say what the settings change against the pinned ones; nothing where none are pinned."""
    if settings.pinned is None or shown.pinned is None:
        return
    others = differing(settings.pinned, settings.config)
    same = all(getattr(settings.pinned, kind) == getattr(settings.config, kind) for kind in _SCORES)
    with st.container(gap="xxsmall", border=True):
        if not others:
            st.text("Pinned: just these settings. Change any, and what that changes is said here.")
        for sentence in changed(pair, shown.pinned, shown.chosen, same_scores=same) if others else []:
            st.text(sentence)
        if others:
            changes = (f"{key}: {was or 'default'} → {now or 'default'}" for key, was, now in others)
            st.text(f"Other than {PINNED}: {'; '.join(changes)}.")


_SCORES = ("ner", "aligner", "extraction", "candidates", "scorer")
"""What the scores, and so the totals, depend on."""


def where_it_went_wrong(
    corpus: Corpus, pair: SentencePair, settings: Settings, shown: Shown, by_hand: ByHand
) -> None:
    """Name each wrong, missing or spurious entity, the stage it is owed to, and what would mend it."""
    if pair.target.entities is None:
        return
    found = cache.diagnosis(corpus, pair, settings.config, by_hand)
    if not found:
        return
    with st.container(gap="xxsmall", border=True):
        st.markdown(
            "**Where it went wrong**",
            help="Each stage is done by gold, one after the other; an error is owed to the first one after "
            "which it is gone.",
        )
        for error in found:
            st.text(f"{sentence_of(error, pair)} {_MENDS.get(error.stage, '')}".rstrip())
