"""The links of a corpus that an aligner is least certain of, first."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from heapq import nsmallest
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from xner_core.alignment.confidence import link_confidence
from xner_core.config import PipelineConfig
from xner_core.errors import CorpusError
from xner_core.pipeline import Pipeline
from xner_core.runs.provenance import provenance
from xner_core.types import Corpus, Entity, Progress, SentencePair, WordAlignment

MODE = "margin: the similarity less the larger one of both runner-ups'"
Directions = Literal["both", "source only", "target only", "neither"]
_STAGES = ("ner", "aligner", "extraction")


@dataclass(frozen=True, slots=True)
class UncertainLink:
    """A link and what speaks against it.

    Attributes:
        pair: Id of the sentence pair.
        source: Index of the source word.
        target: Index of the target word.
        source_word: The source word.
        target_word: The target word.
        similarity: Of the two words, in [0, 1].
        other_target: The target word that is most similar to the source word besides this
            one; None where there is no other.
        other_source: The source word that is most similar to the target word besides this
            one; None where there is no other.
        margin: The similarity less the larger one of theirs; None where there is no other word.
        directions: Which of the two words has the other as its most similar one.
        of_entity: Whether the source word belongs to an entity.
    """

    pair: str
    source: int
    target: int
    source_word: str
    target_word: str
    similarity: float
    other_target: str | None
    other_source: str | None
    margin: float | None
    directions: Directions
    of_entity: bool


def least_certain_links(
    pairs: Sequence[SentencePair],
    alignments: Sequence[WordAlignment],
    entities: Sequence[Sequence[Entity]],
    limit: int | None = None,
    *,
    of_entities_only: bool = False,
) -> list[UncertainLink]:
    """Order links by their margin, the smallest first; links without one come last.

    Between equal margins the order is that of the corpus.

    Args:
        pairs: The sentence pairs.
        alignments: Of each pair, with similarities.
        entities: Source entities of each pair.
        limit: At most so many; all where None.
        of_entities_only: Leave out links of words that belong to no entity.

    Raises:
        ConfigError: If the links were not made from similarities.
    """
    links = (
        link
        for row in zip(pairs, alignments, entities, strict=True)
        for link in _links(*row)
        if link.of_entity or not of_entities_only
    )
    return sorted(links, key=_order) if limit is None else nsmallest(limit, links, key=_order)


def uncertain_links(
    corpus: Corpus,
    config: PipelineConfig | None = None,
    *,
    lang: str | None = None,
    limit: int | None = None,
    top: int = 50,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Align a corpus and list the least certain links.

    Args:
        corpus: The corpus.
        config: The pipeline, of which the tagger, the aligner and the extraction are used.
        lang: Only pairs with this target language; all where None.
        limit: Only the first so many of them.
        top: How many links to list.
        progress: Told after each pair.

    Returns:
        What `xner uncertain-links --json` prints: `links` and `entity_links` (of words of
        entities), each a list of `UncertainLink` as dicts, `n_pairs, n_links, seconds,
        notices, provenance`.

    Raises:
        ConfigError: If the aligner gives links without similarities.
        CorpusError: If no pair has the language.
    """
    started = time.perf_counter()
    pairs = [pair for pair in corpus.pairs if lang in (None, pair.target.lang)][:limit]
    if not pairs:
        raise CorpusError(
            f"no sentence is in the language {lang!r}",
            where=corpus.spec,
            hint=f"Choose from {', '.join(corpus.languages)}",
        )
    pipeline = Pipeline(config)
    entities = pipeline.tag(pairs)
    alignments = []
    for index, links in enumerate(pipeline.align(pairs), 1):
        alignments.append(links)
        if progress is not None:
            progress("alignment", index, len(pairs))
    found = least_certain_links(pairs, alignments, entities, top)
    of_entities = least_certain_links(pairs, alignments, entities, top, of_entities_only=True)
    return {
        "links": [asdict(link) for link in found],
        "entity_links": [asdict(link) for link in of_entities],
        "n_pairs": len(pairs),
        "n_links": sum(len(alignment.links) for alignment in alignments),
        "seconds": {"total": round(time.perf_counter() - started, 3)},
        "notices": [*corpus.notices, *pipeline.notices],
        "provenance": provenance(pipeline, corpus, stages=_STAGES, mode=MODE),
    }


def _order(link: UncertainLink) -> tuple[bool, float]:
    return link.margin is None, link.margin or 0.0


def _links(
    pair: SentencePair, alignment: WordAlignment, entities: Sequence[Entity]
) -> Iterator[UncertainLink]:
    confidence = link_confidence(alignment)
    values = alignment.similarity
    assert values is not None  # or there would be no confidence
    of_entities = {word for entity in entities for word in range(entity.span.start, entity.span.end)}
    for index, (source, target) in enumerate(confidence.links.tolist()):
        margin = float(confidence.margin[index])
        yield UncertainLink(
            pair=pair.id,
            source=source,
            target=target,
            source_word=pair.source.words[source],
            target_word=pair.target.words[target],
            similarity=float(confidence.similarity[index]),
            other_target=_most_similar(values[source], target, pair.target.words),
            other_source=_most_similar(values[:, target], source, pair.source.words),
            margin=None if np.isnan(margin) else margin,
            directions=_directions(bool(confidence.forward[index]), bool(confidence.reverse[index])),
            of_entity=source in of_entities,
        )


def _most_similar(values: NDArray[np.float32], without: int, words: Sequence[str]) -> str | None:
    """The word with the largest value besides one; between equals the first."""
    if len(words) < 2:
        return None
    others = values.copy()
    others[without] = -np.inf
    return words[int(others.argmax())]


def _directions(forward: bool, reverse: bool) -> Directions:
    if forward and reverse:
        return "both"
    if forward or reverse:
        return "source only" if forward else "target only"
    return "neither"
