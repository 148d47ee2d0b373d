"""AER of an aligner, or of links from a file, on pairs with gold links."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from xner_core.config import Choice, PipelineConfig
from xner_core.corpora.build import make_corpus
from xner_core.corpora.parallel import read_parallel
from xner_core.errors import CorpusError
from xner_core.evaluation import score_alignment
from xner_core.languages import UNKNOWN
from xner_core.pharaoh import LinkFile
from xner_core.pipeline import Pipeline
from xner_core.runs.provenance import provenance
from xner_core.types import Corpus, Progress, SentencePair, WordAlignment

MODE = "AER of Och and Ney 2003, micro-averaged"
_STAGES = ("aligner", "extraction")


def align_score(
    pairs_file: Path,
    gold_file: Path,
    *,
    index_base: int,
    config: PipelineConfig | None = None,
    source_lang: str = UNKNOWN,
    target_lang: str = UNKNOWN,
    limit: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Align sentence pairs and score the links.

    Args:
        pairs_file: Lines `source ||| target`.
        gold_file: Gold links in Pharaoh format, one line a pair, or with ids (line numbers).
        index_base: What the first word of a sentence is called in `gold_file`: 0 or 1.
        config: The pipeline, of which the aligner and the extraction are used.
        source_lang: BCP 47 code.
        target_lang: BCP 47 code.
        limit: Only the first so many pairs.
        progress: Told after each pair.

    Returns:
        What `xner align-score --json` prints: `aer, precision, recall, f1, n_pairs, links`
        (how many were predicted), `counts` (what the figures are made of), `seconds,
        notices, provenance`.

    Raises:
        CorpusError: If a file is bad, or the files do not belong together.
    """
    started = time.perf_counter()
    corpus = gold_corpus(
        pairs_file, gold_file, index_base=index_base, source_lang=source_lang, target_lang=target_lang
    )
    pairs = corpus.pairs[:limit]
    pipeline = Pipeline(config)
    pipeline.aligner.load()
    loaded = time.perf_counter()
    predicted = []
    for index, links in enumerate(pipeline.align(pairs), 1):
        predicted.append(links)
        if progress is not None:
            progress("alignment", index, len(pairs))
    aligned = time.perf_counter()
    scores = score_alignment([pair.gold_alignment or WordAlignment(()) for pair in pairs], predicted)
    ended = time.perf_counter()
    seconds = {
        "load": loaded - started,
        "alignment": aligned - loaded,
        "evaluation": ended - aligned,
        "total": ended - started,
    }
    return {
        "aer": scores.aer,
        "precision": scores.precision,
        "recall": scores.recall,
        "f1": scores.f1,
        "n_pairs": len(pairs),
        "links": scores.n_predicted,
        "counts": asdict(scores),
        "seconds": {stage: round(value, 3) for stage, value in seconds.items()},
        "notices": pipeline.notices,
        "provenance": provenance(pipeline, corpus, stages=_STAGES, mode=MODE),
    }


def gold_corpus(
    pairs_file: Path,
    gold_file: Path,
    *,
    index_base: int,
    source_lang: str = UNKNOWN,
    target_lang: str = UNKNOWN,
) -> Corpus:
    """Read sentence pairs and their gold links; the ids are line numbers, counted from 1.

    Args:
        pairs_file: Lines `source ||| target`.
        gold_file: Gold links in Pharaoh format.
        index_base: What the first word of a sentence is called in `gold_file`: 0 or 1.
        source_lang: BCP 47 code.
        target_lang: BCP 47 code.

    Raises:
        CorpusError: If a file is bad, or the files do not belong together.
    """
    pairs = read_parallel(pairs_file, source_lang, target_lang)
    file = LinkFile(gold_file, index_base)
    check_length(file, pairs, pairs_file)
    return make_corpus(
        f"{pairs_file} with {gold_file}",
        [replace(pair, gold_alignment=_gold(file, pair)) for pair in pairs],
        (),
    )


def links_from(path: Path, pairs_file: Path, index_base: int) -> Choice:
    """Choose the links of a file in an aligner's place.

    Args:
        path: Links in Pharaoh format.
        pairs_file: The pairs they belong to.
        index_base: What the first word of a sentence is called in `path`: 0 or 1.

    Raises:
        CorpusError: If one of the files is bad, or they do not belong together.
    """
    check_length(LinkFile(path, index_base), read_parallel(pairs_file), pairs_file)
    return Choice(name="links", options={"path": str(path), "index_base": index_base})


def check_length(file: LinkFile, pairs: Sequence[SentencePair], pairs_file: Path) -> None:
    """Refuse a file of links, one line a pair, that has not as many lines as there are pairs."""
    if not file.has_ids and file.n_lines != len(pairs):
        raise CorpusError(
            f"it has {file.n_lines} lines, but {pairs_file} has {len(pairs)} sentence pairs",
            path=file.path,
            hint="Write one line a pair, an empty one where there is no link",
        )


def _gold(file: LinkFile, pair: SentencePair) -> WordAlignment:
    links = file.links(pair)
    if links is None:
        raise file.missing(pair)
    return links
