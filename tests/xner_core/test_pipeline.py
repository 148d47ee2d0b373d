"""The stages in order, on the demonstration corpus."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load
from xner_core.errors import ConfigError, CorpusError
from xner_core.pipeline import Pipeline, SentenceResult
from xner_core.projection.ilp import IlpProjector
from xner_core.types import AlignedPair, Corpus, SentencePair, Span, TagProbabilities

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load("demo:de")


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.fixture(scope="module")
def results(pipeline: Pipeline, corpus: Corpus) -> list[SentenceResult]:
    return list(pipeline.run(corpus.pairs))


def test_every_pair_has_its_result_in_order(results: list[SentenceResult], corpus: Corpus) -> None:
    assert [result.pair for result in results] == list(corpus.pairs)


def test_gold_source_entities_are_projected_by_default(results: list[SentenceResult]) -> None:
    assert all(result.source_entities == result.pair.source.entities for result in results)


def test_each_stage_s_output_is_what_its_component_makes_of_the_one_before(
    results: list[SentenceResult], pipeline: Pipeline
) -> None:
    for result in results:
        pair, problem = result.pair, result.problem
        assert problem.alignment is result.alignment
        aligned = AlignedPair(pair, result.source_entities, result.alignment)
        assert problem.candidates == pipeline.generator.generate(aligned)
        scores = pipeline.scorer.score(aligned, problem.candidates)
        assert (problem.scores.values == scores.values).all()
        assert (problem.n_source, problem.n_target) == (len(pair.source.words), len(pair.target.words))
        assert result.projection == IlpProjector().project(problem)


def test_the_alignment_comes_with_the_similarities_it_was_made_from(results: list[SentenceResult]) -> None:
    for result in results:
        similarity = result.alignment.similarity
        assert similarity is not None
        assert similarity.shape == (len(result.pair.source.words), len(result.pair.target.words))
        assert result.alignment.links


def test_projection_is_good_on_easy_sentences(results: list[SentenceResult]) -> None:
    right = sum(result.projection.target_entities == result.pair.target.entities for result in results)
    assert right >= len(results) * 0.6


def test_progress_is_told_after_each_pair(pipeline: Pipeline, corpus: Corpus) -> None:
    told: list[tuple[str, int, int]] = []
    found = pipeline.run(corpus.pairs[:3], progress=lambda *step: told.append(step))
    next(found)
    assert told == [("projection", 1, 3)]
    list(found)
    assert told == [("projection", n, 3) for n in (1, 2, 3)]


def test_seconds_add_up_by_stage(corpus: Corpus, pipeline: Pipeline) -> None:
    before = dict(pipeline.seconds)
    list(pipeline.run(corpus.pairs[:3]))
    assert pipeline.seconds.keys() == {"translation", "ner", "alignment", "projection"}
    assert pipeline.seconds["alignment"] > before["alignment"]
    assert pipeline.seconds["projection"] > before["projection"]


def test_a_released_pipeline_works_again_and_finds_the_same(
    pipeline: Pipeline, corpus: Corpus, results: list[SentenceResult]
) -> None:
    pipeline.release()
    again = list(pipeline.run(corpus.pairs[:2]))
    assert [r.alignment for r in again] == [r.alignment for r in results[:2]]
    assert [r.projection for r in again] == [r.projection for r in results[:2]]


def test_no_pairs_give_no_results(pipeline: Pipeline) -> None:
    assert list(pipeline.run([])) == []


def _probabilities(corpus: Corpus, path: Path) -> Choice:
    """A target tagger that is sure that each sentence's last word is a person, and no other is."""
    rows = [
        {"id": pair.id, "tags": ["O", "B-PER"], "values": [*[[1, 0]] * (len(pair.target.words) - 1), [0, 1]]}
        for pair in corpus.pairs
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return Choice(name=f"file:{path}")


def test_the_tags_of_the_target_reach_the_stages_after_them(corpus: Corpus, tmp_path: Path) -> None:
    tagger = _probabilities(corpus, tmp_path / "tags.jsonl")
    pipeline = Pipeline(PipelineConfig(target_ner=tagger, candidates=Choice(name="ner")))
    for result in pipeline.run(corpus.pairs[::-1]):
        n_words = len(result.pair.target.words)
        assert result.problem.candidates == (Span(n_words - 1, n_words),)
    assert pipeline.target_tagger.model_ids[0].startswith("tags.jsonl sha256:")


def test_target_sentences_are_tagged_in_chunks_and_in_the_time_of_ner(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    class Slow:
        model_ids = notices = ()

        def probabilities(self, pairs: Sequence[SentencePair]) -> list[TagProbabilities | None]:
            asked.append(len(pairs))
            time.sleep(0.05)
            return [None] * len(pairs)

    monkeypatch.setattr("xner_core.pipeline._PAIRS_PER_CHUNK", 4)
    pipeline = Pipeline()
    pipeline.target_tagger = Slow()  # type: ignore[assignment]
    found = pipeline.run(corpus.pairs[:10])
    next(found)
    assert asked == [4]
    assert len(list(found)) == 9
    assert asked == [4, 4, 2]
    assert pipeline.seconds["ner"] >= 0.15


def test_releasing_a_pipeline_releases_the_tagger_of_the_target(tmp_path: Path, corpus: Corpus) -> None:
    path = tmp_path / "tags.jsonl"
    pipeline = Pipeline(PipelineConfig(target_ner=_probabilities(corpus, path)))
    assert len(list(pipeline.tag_targets(corpus.pairs))) == len(corpus.pairs)
    path.unlink()
    pipeline.release()
    with pytest.raises(CorpusError, match="no such file"):
        list(pipeline.tag_targets(corpus.pairs))


def test_what_can_be_told_of_the_candidates_is_told_before_any_work(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "spans.jsonl"
    path.write_text('{"id": "of another corpus", "spans": []}', encoding="utf-8")
    pipeline = Pipeline(PipelineConfig(candidates=Choice(name="imported", options={"path": str(path)})))
    monkeypatch.setattr(pipeline.tagger, "tag", lambda sentences: pytest.fail("work has begun"))
    with pytest.raises(CorpusError, match="none of the 24 sentences"):
        next(pipeline.run(corpus.pairs))


def test_notices_are_those_of_the_candidates_and_of_the_tagger(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "spans.jsonl"
    path.write_text(json.dumps({"id": corpus.pairs[1].id, "spans": []}), encoding="utf-8")
    pipeline = Pipeline(PipelineConfig(candidates=Choice(name=f"imported:{path}")))
    assert pipeline.notices == []
    list(pipeline.run(corpus.pairs[:3]))
    pipeline.target_tagger.notices = ("The tagger was tired",)  # type: ignore[misc]
    first = corpus.pairs[0].id
    assert pipeline.notices == [
        f"spans.jsonl: 2 of 3 sentences are not in it and have no candidates (first: {first})",
        "The tagger was tired",
    ]


def test_the_config_chooses_the_components() -> None:
    config = PipelineConfig(
        ner=Choice(name="gold"),
        extraction=Choice(name="itermax", options={"alpha": 0.5}),
        candidates=Choice(name="ngrams", options={"max_words": 3}),
        projector=Choice(name="greedy"),
    )
    pipeline = Pipeline(config)
    assert type(pipeline.tagger).__name__ == "GoldTagger"
    assert pipeline.extraction.config.alpha == 0.5  # type: ignore[attr-defined]
    assert pipeline.generator.config.max_words == 3  # type: ignore[attr-defined]
    assert type(pipeline.projector).__name__ == "GreedyProjector"


def test_a_component_that_does_not_exist_is_named_at_once() -> None:
    with pytest.raises(ConfigError, match="there is no projector called 'magic'"):
        Pipeline(PipelineConfig(projector=Choice(name="magic")))
