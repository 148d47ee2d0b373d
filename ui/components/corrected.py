"""What people say of the sentence that is shown, and what this window remembers of showing it."""

from __future__ import annotations

from dataclasses import replace

from ui import cache, corrections, state
from ui.cache import ByHand
from ui.components.projected import Shown
from ui.components.settings import Settings
from ui.correcting import opened
from ui.sentence_document import SentenceDocument
from xner_core.types import Corpus, Entity, SentencePair, Side


def corrected(corpus: Corpus, pair: SentencePair, settings: Settings) -> tuple[str, SentenceDocument, ByHand]:
    """Take in what the browser reports of a sentence.

    Returns:
        The id of its document, the document, and what its projection follows from.
    """
    doc_id, document = opened(corpus, pair, corrections.origin(corpus, settings.config))
    return doc_id, document, ByHand(document.grid.edits, document.state.source_entities)


def shown_in(
    doc_id: str,
    document: SentenceDocument,
    corpus: Corpus,
    pair: SentencePair,
    settings: Settings,
    shown: Shown,
) -> SentenceDocument:
    """Remember what the sentence is shown with: what a person corrects next begins with that."""
    found: dict[Side, tuple[Entity, ...]] = {
        "source": cache.source_entities(corpus, pair, settings.config),
        "target": shown.projection.target_entities,
    }
    document = replace(document, found=found, sources=shown.problem.source_entities)
    state.keep_document(doc_id, document)
    return document
