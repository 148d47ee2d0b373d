"""The stages in order, on the demonstration corpus."""

from __future__ import annotations

import pytest

from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load
from xner_core.errors import ConfigError
from xner_core.pipeline import Pipeline, SentenceResult
from xner_core.projection.ilp import IlpProjector
from xner_core.types import AlignedPair, Corpus

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
    assert pipeline.seconds.keys() == {"ner", "alignment", "projection"}
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
