"""How far the correctors of a corpus agree."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from xner_core.config import PipelineConfig
from xner_core.corrections.events import SentenceKey, SentenceState
from xner_core.errors import CorpusError
from xner_core.review.agreement import MODE, Histories, agreements, views
from xner_core.review.found import Found
from xner_core.review.samples import Corrections, Review, corrected
from xner_core.types import Corpus, Entity, Progress, SentencePair, Side


def corpus_agreement(
    corpus: Corpus,
    store: Corrections,
    config: PipelineConfig | None = None,
    *,
    side: Side = "target",
    lang: str | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Compare all authors who have judged a sentence of a corpus in common.

    Where somebody approved a sentence as it was found, the pipeline finds it again; nothing
    is computed otherwise.

    Args:
        corpus: The corpus.
        store: What people said.
        config: The pipeline that they looked at; the default one where None.
        side: Whose entities.
        lang: Only pairs with this target language; all where None.
        progress: Told of the sentences that are projected.

    Returns:
        What `xner agreement --json` prints: `agreements`, each an `Agreement` as a dict; `side`, `mode`,
        `n_sentences` (that anybody touched), `n_projected`, `notices`.

    Raises:
        CorpusError: If no pair has the language.
        XnerError: If a stage cannot do its work.
    """
    if lang is not None and lang not in corpus.languages:
        raise CorpusError(
            f"no sentence is in the language {lang!r}",
            where=corpus.spec,
            hint=f"Choose from {', '.join(corpus.languages)}",
        )
    pairs = _touched(corpus, store, lang)
    histories = store.histories(pairs)
    reader = _Reader(corpus, config, pairs, side)
    notices = reader.prepare(histories, progress)
    found = agreements(histories, lambda key: len(pairs[key].side(side).words), reader.entities, side)
    return {
        "agreements": [asdict(each) for each in found],
        "side": side,
        "mode": MODE,
        "n_sentences": len(pairs),
        "n_projected": reader.n_projected,
        "notices": notices,
    }


def _touched(corpus: Corpus, store: Corrections, lang: str | None) -> dict[SentenceKey, SentencePair]:
    """The pairs of the corpus that somebody said something of."""
    touched = store.states()
    ids = {key.id for key in touched}
    by_key = {
        SentenceKey.of(pair): pair
        for pair in corpus.pairs
        if pair.id in ids and lang in (None, pair.target.lang)
    }
    return {key: pair for key, pair in by_key.items() if key in touched}


class _Reader:
    """What holds in a state; the pipeline works only for what nobody set."""

    def __init__(
        self,
        corpus: Corpus,
        config: PipelineConfig | None,
        pairs: dict[SentenceKey, SentencePair],
        side: Side,
    ) -> None:
        self._corpus, self._config, self._pairs, self._side = corpus, config, pairs, side
        self._review: Review | None = None
        self._found: dict[SentenceKey, Found] = {}

    @property
    def n_projected(self) -> int:
        return len(self._found)

    def prepare(self, histories: Histories, progress: Progress | None) -> list[str]:
        """Find what is left open by one of several authors; what a reader should know of that."""
        wanted = []
        for key, history in histories.items():
            said = views(history, self._side)
            if len(said) > 1 and any(self._set_by_hand(state) is None for state in said.values()):
                wanted.append(key)
        if not wanted:
            return []
        self._review = Review(self._corpus, self._config)
        found = self._review.found([self._pairs[key] for key in wanted], progress)
        self._found = dict(zip(wanted, found, strict=True))
        return self._review.notices

    def entities(self, key: SentenceKey, state: SentenceState) -> tuple[Entity, ...] | None:
        """The entities that hold; None where the sentence was never projected."""
        by_hand = self._set_by_hand(state)
        if by_hand is not None:
            return by_hand
        found = self._found.get(key)
        if found is None or self._review is None:
            return None
        if self._side == "target" and not found.is_projected:
            return None
        [ready] = self._review.ready([found], [state])
        return corrected(self._review.pipeline, ready, state).entities(self._side)

    def _set_by_hand(self, state: SentenceState) -> tuple[Entity, ...] | None:
        return state.source_entities if self._side == "source" else state.target_entities
