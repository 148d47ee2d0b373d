"""The alignment of one sentence: as a matrix or as links, alone or compared with another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from ui import cache
from ui.cache import ByHand
from ui.components.alignment_grid import alignment_grid
from ui.components.link_buttons import link_buttons
from ui.components.link_view import draw_links
from ui.components.look import Look
from ui.components.settings import Settings
from ui.correcting import GRID, LINKS, SECOND_GRID
from ui.grid_document import GridDocument
from ui.sentence_document import SentenceDocument
from xner_core.alignment.confidence import ENTROPY_TEMPERATURE, link_confidence
from xner_core.alignment.extraction.softmax import softmax
from xner_core.types import Corpus, Projection, ProjectionProblem, SentencePair, WordAlignment
from xner_core.viz import wording
from xner_core.viz.alignment_view import alignment_view
from xner_core.viz.comparison import Comparison
from xner_core.viz.edit_wording import projection_changed
from xner_core.viz.link_view import link_view
from xner_core.viz.word_numbers import WordNumbers


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sentence as one pipeline has it."""

    problem: ProjectionProblem
    projection: Projection

    @property
    def numbers(self) -> WordNumbers | None:
        """What follows from its similarities; None without."""
        return word_numbers(self.problem.alignment)


def alignment_panel(
    corpus: Corpus,
    pair: SentencePair,
    settings: Settings,
    look: Look,
    drawn: Drawn,
    doc_id: str,
    said: SentenceDocument,
) -> None:
    """Draw the alignment, and say what is selected and compared.

    Args:
        corpus: The corpus.
        pair: The pair.
        settings: How it is projected.
        look: How it is drawn.
        drawn: What was projected.
        doc_id: Names the sentence and its corpus.
        said: What people say of it.
    """
    document = said.grid
    found = cache.alignment(corpus, pair, settings.config)
    link_buttons(doc_id, said, found)
    comparison = None
    if look.compared is not None:
        other = cache.alignment(corpus, pair, look.compared)
        comparison = Comparison(drawn.problem.alignment, other, look.names)
        st.text(wording.compared_links(comparison))
    if look.view == "links":
        view = link_view(
            pair,
            drawn.problem,
            drawn.projection,
            entities_only=settings.entity_rows_only,
            draw_gold=look.draw_gold,
            numbers=drawn.numbers,
            compared=comparison,
            found=found,
        )
        draw_links(view, doc_id, document, LINKS)
    elif look.compared is not None and look.beside:
        others = cache.problem(corpus, pair, look.compared), cache.projection(corpus, pair, look.compared)
        columns = st.columns(2, gap="medium")
        with columns[0]:
            st.caption(f"Links by {look.names[0]}")
            _grid(pair, settings, look, drawn, None, doc_id, document, GRID, found)
        with columns[1]:
            st.caption(f"Links by {look.names[1]}")
            _grid(pair, settings, look, Drawn(*others), None, doc_id, document, SECOND_GRID, None)
    else:
        _grid(pair, settings, look, drawn, comparison, doc_id, document, GRID, found)
    lines = wording.cell(pair, drawn.problem, document.selected, drawn.numbers, comparison, found)
    if document.edits.against(found):
        sources = ByHand(sources=said.state.source_entities)
        unedited = cache.projection(corpus, pair, settings.config, sources)
        lines += ["", *projection_changed(pair, drawn.problem, unedited, drawn.projection)]
    st.text("\n".join(lines))


def _grid(
    pair: SentencePair,
    settings: Settings,
    look: Look,
    drawn: Drawn,
    comparison: Comparison | None,
    doc_id: str,
    document: GridDocument,
    key: str,
    found: WordAlignment | None,
) -> None:
    """A matrix; its links can be changed where it is known what the aligner found."""
    view: dict[str, Any] = alignment_view(
        pair,
        drawn.problem,
        drawn.projection,
        entity_rows_only=settings.entity_rows_only,
        cells=look.cells,
        numbers=drawn.numbers,
        compared=comparison,
        found=found,
        editable=found is not None,
    )
    alignment_grid(view, doc_id, document, key)


def word_numbers(alignment: WordAlignment) -> WordNumbers | None:
    """The numbers of all pairs of words; None where the links came without similarities."""
    similarity = alignment.similarity
    if similarity is None:
        return None
    confidence = link_confidence(alignment)
    return WordNumbers(
        similarity,
        softmax(similarity, ENTROPY_TEMPERATURE, axis=1),
        softmax(similarity, ENTROPY_TEMPERATURE, axis=0),
        confidence.source_entropy,
        confidence.target_entropy,
    )
