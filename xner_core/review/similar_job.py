"""Apply to similar, from a correction that was made: what it mended, and where else that could be mended."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from xner_core.config import PipelineConfig
from xner_core.corpora.index import CorpusIndex
from xner_core.corrections.events import Event, Kind, SentenceKey, SentenceState
from xner_core.errors import CorpusError, CorrectionError
from xner_core.review.changes import steps
from xner_core.review.patterns import in_words, problems
from xner_core.review.rows_for_jobs import item_json, lines_of
from xner_core.review.samples import Corrections, Review, corrected
from xner_core.review.similar import look, pairs_with_words
from xner_core.runs.identity import software_id
from xner_core.runs.jobs import Job
from xner_core.types import Corpus, Progress

MOST_LOOKED_AT = 500
"""Of the sentences with the same words; to look at more takes minutes."""
CONTENT: frozenset[Kind] = frozenset({"source_entities", "target_entities", "links"})
"""The fields whose corrections can be made elsewhere too."""


def similar_report(
    corpus: Corpus,
    store: Corrections,
    sentence: str,
    event: int | None = None,
    config: PipelineConfig | None = None,
    *,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Find the sentences that a step of corrections mends too.

    Args:
        corpus: The corpus.
        store: What people said.
        sentence: Id of the corrected pair.
        event: Number of an event of the step; the last step that set entities or links where None.
        config: The pipeline; the default one where None.
        progress: Told of the pairs that were projected.

    Returns:
        What the job's result is: `problems`, in words; `found`, each with its `item` (see
        `rows_for_jobs`) and `lines`; `n_seen`, `left_out` (ids), `is_cut`, `event`, `notices`.

    Raises:
        CorpusError: If there is no such sentence.
        CorrectionError: If there is no such event, or it set neither entities nor links.
        XnerError: If a stage cannot do its work.
    """
    index = CorpusIndex(corpus)
    try:
        given = index.all()[sentence]
    except KeyError:
        raise CorpusError(
            f"no sentence has the id {sentence!r}", where=corpus.spec, hint="See xner queue for ids"
        ) from None
    review = Review(corpus, config)
    [found] = review.found([given])
    pair = found.pair
    history = store.histories([SentenceKey.of(pair)]).get(SentenceKey.of(pair), ())
    step = _step(history, event, sentence)
    states = [
        SentenceState.of(one for one in history if one.number < step[0].number),
        SentenceState.of(one for one in history if one.number <= step[-1].number),
    ]
    before, after = (
        corrected(review.pipeline, one, state)
        for one, state in zip(review.ready([found] * 2, states), states, strict=True)
    )
    wrong = problems(pair, before, after, {one.kind for one in step})
    others = list(islice(pairs_with_words(index, pair, wrong), MOST_LOOKED_AT + 1))
    met = look(review, others[:MOST_LOOKED_AT], store, wrong, progress)
    return {
        "event": step[-1].number,
        "problems": [in_words(problem) for problem in wrong],
        "found": [
            {
                "item": item_json(one.pair, one.changes, index.all()[one.pair.id]),
                "lines": lines_of(one.pair, one.before, one.after or one.before, one.changes),
            }
            for one in met.found
        ],
        "n_seen": met.n_seen,
        "left_out": list(met.left_out),
        "is_cut": len(others) > MOST_LOOKED_AT,
        "notices": review.notices,
    }


def content_steps(history: Sequence[Event]) -> list[tuple[Event, ...]]:
    """The steps of a sentence that set entities or links and were not taken back, in order."""
    taken_back: set[int | None] = set()
    for event in history:
        if event.action == "undo":
            taken_back.add(event.refers)
        elif event.action == "redo":
            taken_back.discard(event.refers)
    return [
        step
        for step in steps(history)
        if step[0].action not in {"undo", "redo"}
        and any(event.kind in CONTENT for event in step)
        and not any(event.number in taken_back for event in step)
    ]


class SimilarJob(Job):
    """The sentences that a step of corrections mends too.

    Args:
        corpus: The loaded corpus.
        sentence: Id of the corrected pair.
        event: Number of an event of the step.
        config: The pipeline.
        version: Of the store of corrections: what was said later may leave other sentences.
        store: Which store it is, where there are several.
    """

    def __init__(
        self,
        corpus: Corpus,
        sentence: str,
        event: int,
        config: PipelineConfig,
        version: int,
        store: str = "",
    ) -> None:
        told = [
            f"--sentence={sentence}",
            f"--event={event}",
            f"--config={config.model_dump_json(exclude_defaults=True)}",
        ]
        identity = [corpus.fingerprint, told, version, store, software_id()]
        super().__init__("similar-sentences", identity, ["similar", f"--corpus={corpus.spec}", *told])


def _step(history: Sequence[Event], event: int | None, sentence: str) -> tuple[Event, ...]:
    there = content_steps(history)
    wanted = [step for step in there if event is None or any(one.number == event for one in step)]
    if not wanted:
        what = (
            "nobody has set entities or links of this sentence"
            if event is None
            else f"event {event} sets no entities or links of this sentence"
        )
        raise CorrectionError(what, where=sentence, hint="Choose an event that xner history lists")
    return wanted[-1]
