"""Entity F1 of a tagger by itself: of source NER, and of model transfer."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any, Literal

from xner_core.config import Choice
from xner_core.corpora import load
from xner_core.errors import ConfigError, CorpusError
from xner_core.evaluation import score_entities
from xner_core.ner.tagger import Tagger
from xner_core.runs.provenance import software
from xner_core.types import Corpus, Entity, Progress, Sentence

Side = Literal["source", "target"]
_SENTENCES_PER_CHUNK = 256
"""Enough for even batches; progress is told after each."""


def evaluate_ner(
    spec: str,
    ner: Choice,
    *,
    side: Side = "target",
    labels: Collection[str] | None = None,
    limit: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Tag one side of a corpus and score it against its gold entities.

    Args:
        spec: The corpus spec; the other side may be missing.
        ner: The tagger. It does not see the gold entities.
        side: The side that is tagged.
        labels: The labels that count; all where None.
        limit: Only the first so many sentences.
        progress: Told after each chunk of sentences.

    Returns:
        What `xner evaluate-ner --json` prints: what `evaluate_tagger` returns, `side, seconds,
        notices, provenance`.

    Raises:
        ConfigError: If there is no such tagger, or it is gold.
        CorpusError: If a sentence has no gold entities.
        ModelUnavailableError: If the tagger's model is not there.
    """
    if ner.name == "gold":
        raise ConfigError(
            "gold entities cannot be measured against themselves", hint="Choose another ner, such as spacy"
        )
    started = time.perf_counter()
    corpus = load(spec)
    sentences = tagged_sentences(corpus, side, limit)
    tagger: Tagger = ner.build("ner")
    report = evaluate_tagger(tagger, sentences, labels, progress)
    config: dict[str, Any] = tagger.config.model_dump(mode="json")  # type: ignore[attr-defined]
    return {
        **report,
        "side": side,
        "seconds": round(time.perf_counter() - started, 1),
        "notices": [*corpus.notices, *tagger.notices, *label_notices(spec, report["labels"], labels)],
        "provenance": {
            **software(),
            "ner": {"name": ner.name, "options": config},
            "models": list(tagger.model_ids),
            "corpus": {"spec": corpus.spec, "fingerprint": corpus.fingerprint},
            "labels": None if labels is None else sorted(labels),
            "limit": limit,
        },
    }


def evaluate_tagger(
    tagger: Tagger,
    sentences: Sequence[Sentence],
    labels: Collection[str] | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Tag sentences and score them against their gold entities, which the tagger does not see.

    Args:
        tagger: The tagger.
        sentences: Sentences with gold entities.
        labels: The labels that count; all where None.
        progress: Told after each chunk of sentences.

    Returns:
        `n_sentences, f1, precision, recall, support, per_label, mode`; `per_language`: language →
        the same without the mode; `labels`: those that occur in `gold`, and in `predicted`.
    """
    predicted: list[tuple[Entity, ...]] = []
    for start in range(0, len(sentences), _SENTENCES_PER_CHUNK):
        chunk = sentences[start : start + _SENTENCES_PER_CHUNK]
        predicted += tagger.tag([replace(sentence, entities=None) for sentence in chunk])
        if progress is not None:
            progress("ner", len(predicted), len(sentences))

    def figures(chosen: Sequence[int]) -> dict[str, Any]:
        gold = [sentences[i].entities or () for i in chosen]
        n_words = [len(sentences[i].words) for i in chosen]
        scores = asdict(score_entities(gold, [predicted[i] for i in chosen], n_words, labels))
        return {"n_sentences": len(chosen), **scores}

    per_language = {}
    for lang in dict.fromkeys(sentence.lang for sentence in sentences):
        row = figures([i for i, sentence in enumerate(sentences) if sentence.lang == lang])
        row.pop("mode")
        per_language[lang] = row
    return {
        **figures(range(len(sentences))),
        "per_language": per_language,
        "labels": {
            "gold": _labels(sentence.entities or () for sentence in sentences),
            "predicted": _labels(predicted),
        },
    }


def tagged_sentences(corpus: Corpus, side: Side, limit: int | None) -> list[Sentence]:
    """One side of a corpus.

    Raises:
        CorpusError: If a sentence has no gold entities.
    """
    sentences = []
    for pair in corpus.pairs[:limit]:
        sentence = pair.source if side == "source" else pair.target
        if sentence.entities is None:
            other = "target" if side == "source" else "source"
            raise CorpusError(
                f"the {side} sentence of {pair.id!r} has no gold tags, so there is nothing to score against",
                where=corpus.spec,
                hint=f"Choose a corpus with tags, or --side {other}",
            )
        sentences.append(sentence)
    return sentences


def label_notices(spec: str, found: dict[str, list[str]], labels: Collection[str] | None) -> list[str]:
    """Say so where the corpus and the tagger do not have the same labels: it lowers F1.

    Args:
        spec: The corpus.
        found: `labels` as `evaluate_tagger` returns it.
        labels: The labels that count; all where None.
    """

    def counted(names: Collection[str]) -> set[str]:
        return {name for name in names if labels is None or name in labels}

    gold, predicted = counted(found["gold"]), counted(found["predicted"])
    notices = []
    if predicted - gold:
        notices.append(
            f"{spec} has no entity with the label {', '.join(sorted(predicted - gold))}, which the tagger "
            "gives: each is counted as wrong"
        )
    if gold - predicted:
        notices.append(
            f"the tagger gave no entity of {spec} the label {', '.join(sorted(gold - predicted))}: each of "
            "these is counted as missed"
        )
    if notices and gold & predicted:
        notices.append(f"to count what both have, give --labels {','.join(sorted(gold & predicted))}")
    return notices


def _labels(sentences: Iterable[Iterable[Entity]]) -> list[str]:
    return sorted({entity.label for entities in sentences for entity in entities})
