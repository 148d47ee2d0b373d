"""A projected sentence as JSON, and back."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from tests.builders import entity, problem
from xner_core.corpora import load
from xner_core.pipeline import SentenceResult
from xner_core.projection.ilp import IlpProjector
from xner_core.runs.records import record
from xner_core.types import Projection, Sentence, SentencePair


def result() -> SentenceResult:
    """Two entities, one of which has no link."""
    pair = SentencePair(
        "one",
        Sentence(("Ana", "Lima", "met", "Bo"), "en"),
        Sentence(("Bo", "traf", "Ana", "Lima"), "de"),
    )
    stated = problem(
        [entity(0, 2, "PER"), entity(3, 4, "ORG")],
        {(0, (2, 4)): 1.0},
        links=[(0, 2), (1, 3)],
        n_source=4,
        n_target=4,
    )
    return SentenceResult(pair, stated.source_entities, stated, IlpProjector().project(stated))


def test_it_is_plain_json_of_half_open_spans() -> None:
    found = json.loads(json.dumps(record(result()), allow_nan=False))
    assert found == {
        "id": "one",
        "source_lang": "en",
        "target_lang": "de",
        "source_tokens": ["Ana", "Lima", "met", "Bo"],
        "source_tags": ["B-PER", "I-PER", "O", "B-ORG"],
        "target_tokens": ["Bo", "traf", "Ana", "Lima"],
        "target_tags": ["O", "O", "B-PER", "I-PER"],
        "alignment": "0-2 1-3",
        "matches": [{"source": [0, 2], "target": [2, 4], "label": "PER", "score": 1.0}],
        "unprojected": [{"source": [3, 4], "label": "ORG", "reason": "no link"}],
        "objective": 1.0,
        "upper_bound": 1.0,
        "status": "optimal",
    }


def test_a_jsonl_corpus_reads_it_again(tmp_path: Path) -> None:
    projected = result()
    path = tmp_path / "projected.jsonl"
    path.write_text(json.dumps(record(projected)) + "\n", encoding="utf-8")
    (pair,) = load(f"jsonl:{path}").pairs
    assert pair.source.entities == projected.source_entities
    assert pair.target.entities == projected.projection.target_entities
    assert pair.gold_alignment == projected.alignment
    assert (pair.id, pair.source.words, pair.target.words) == (
        projected.pair.id, projected.pair.source.words, projected.pair.target.words
    )  # fmt: skip


def test_an_answer_that_ran_out_of_time_is_json_too() -> None:
    stated = problem(
        [entity(0, 1), entity(1, 2)], {(0, (0, 1)): 1.0, (1, (0, 1)): 1.0}, n_source=4, n_target=4
    )
    projector = IlpProjector(IlpProjector.Config(time_limit=1e-9))
    projection: Projection = projector.project(stated)
    found = record(SentenceResult(result().pair, stated.source_entities, stated, projection))
    json.dumps(found, allow_nan=False)
    assert found["upper_bound"] is not None
    assert np.isfinite(found["upper_bound"])
