"""The review queue: sentences in the order in which a person's time mends most."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from xner_core.config import PipelineConfig
from xner_core.corrections.events import UNTOUCHED, SentenceKey, SentenceState
from xner_core.review.doubts import Doubter, Doubts
from xner_core.review.priority import WEIGHTS, priority
from xner_core.runs.config import RunConfig
from xner_core.runs.identity import file_ids, software_id
from xner_core.runs.jobs import Job
from xner_core.runs.provenance import provenance
from xner_core.runs.run import batch_size, chosen_pairs
from xner_core.runs.stages import RememberingPipeline
from xner_core.types import Corpus, Progress

MODE = "weighted sum of doubts"
Reviewed = Literal["last", "out"]
"""Where approved and rejected sentences go."""


@dataclass(frozen=True, slots=True)
class Queued:
    """A sentence of the queue.

    Attributes:
        key: Which sentence.
        lang: Its target language.
        priority: The larger, the sooner it should be looked at.
        doubts: What that is made of.
    """

    key: SentenceKey
    lang: str
    priority: float
    doubts: Doubts

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON; `from_dict` reads it again."""
        return {
            "id": self.key.id,
            "content": self.key.content,
            "lang": self.lang,
            "priority": round(self.priority, 4),
            "doubts": self.doubts.as_dict(),
        }

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Queued:
        """Read what `as_dict` wrote."""
        key = SentenceKey(row["id"], row["content"])
        return cls(key, row["lang"], row["priority"], Doubts(**row["doubts"]))


def in_order(
    queued: Iterable[Queued],
    states: Mapping[SentenceKey, SentenceState],
    *,
    reviewed: Reviewed = "last",
) -> list[Queued]:
    """Order sentences by what people said of them, then by priority.

    First what somebody marked as needing review; then what nobody has edited; then what was edited,
    but not approved; last what was approved or rejected. Between equals the order stays.

    Args:
        queued: The sentences.
        states: What people say of them; those that are not in it are untouched.
        reviewed: Whether approved and rejected sentences go last or out.
    """
    ranked = [(_rank(states.get(each.key, UNTOUCHED)), each) for each in queued]
    if reviewed == "out":
        ranked = [each for each in ranked if each[0] != _REVIEWED]
    return [each for _, each in sorted(ranked, key=lambda one: (one[0], -one[1].priority))]


_REVIEWED = 3


def _rank(state: SentenceState) -> int:
    if state.is_reviewed:
        return _REVIEWED
    if state.status == "needsReview":
        return 0
    return 2 if state.is_edited else 1


def review_queue(
    corpus: Corpus,
    config: PipelineConfig | None = None,
    *,
    lang: str | None = None,
    limit: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Project a corpus and order its sentences by how likely they need a correction.

    What a run over the same corpus has tagged and aligned is not done again. Pairs that lack a sentence
    are left out unless a translator makes it.

    Args:
        corpus: The corpus.
        config: The pipeline.
        lang: Only pairs with this target language; all where None.
        limit: Only the first so many of them.
        progress: Told after each pair.

    Returns:
        What the job's result is: `sentences`, each a `Queued` as a dict, the one most worth a look
        first; `weights`, `n_pairs`, `seconds`, `notices`, `provenance`.

    Raises:
        CorpusError: If no pair has the language.
        XnerError: If a stage cannot do its work.
    """
    started = time.perf_counter()
    config = config or PipelineConfig()
    asked = RunConfig(corpus=corpus.spec, pipeline=config, lang=lang, limit=limit)
    chosen = chosen_pairs(corpus, asked)
    translates = config.translator.name != "none"
    pairs = [pair for pair in chosen if pair.is_complete or translates]
    pipeline = RememberingPipeline(config)
    doubter = Doubter(config)
    size = batch_size(asked, pipeline, pairs)
    found: list[Queued] = []
    notices = [*corpus.notices, *_left_out(len(chosen) - len(pairs))]
    try:
        for start in range(0, len(pairs), size):
            for result in pipeline.run(pairs[start : start + size]):
                doubts = doubter.doubts(result)
                pair = result.pair  # translated, where the corpus lacks a sentence
                found.append(Queued(SentenceKey.of(pair), pair.target.lang, priority(doubts), doubts))
                if progress is not None:
                    progress("review queue", len(found), len(pairs))
            notices += pipeline.notices
    finally:
        pipeline.release()
    return {
        "sentences": [each.as_dict() for each in in_order(found, {})],
        "weights": dict(WEIGHTS),
        "n_pairs": len(pairs),
        "seconds": {"total": round(time.perf_counter() - started, 3)},
        "notices": list(dict.fromkeys(notices)),
        "provenance": provenance(pipeline, corpus, mode=MODE),
    }


def _left_out(n: int) -> list[str]:
    if not n:
        return []
    what = "1 pair lacks a sentence and is" if n == 1 else f"{n} pairs lack a sentence and are"
    return [f"{what} not in the queue; choose a translator to have it made."]


class ReviewQueueJob(Job):
    """The review queue of a corpus, whoever has reviewed what: `in_order` takes that into account.

    Args:
        corpus: The loaded corpus.
        config: The pipeline.
        lang: Only pairs with this target language; all where None.
        limit: Only the first so many of them; all where None.
    """

    def __init__(
        self,
        corpus: Corpus,
        config: PipelineConfig,
        *,
        lang: str | None = None,
        limit: int | None = None,
    ) -> None:
        told = [f"--config={config.model_dump_json(exclude_defaults=True)}"]
        told += [] if lang is None else [f"--lang={lang}"]
        told += [] if limit is None else [f"--limit={limit}"]
        files = [file_ids(component.files) for component in RememberingPipeline(config).components()]
        identity = [corpus.fingerprint, config.model_dump(mode="json"), files, lang, limit, software_id()]
        super().__init__("review-queues", identity, ["queue", f"--corpus={corpus.spec}", *told])
