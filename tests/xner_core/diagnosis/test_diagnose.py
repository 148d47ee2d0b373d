"""A hand-worked sentence for every stage that an error may be owed to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.builders import entity
from tests.xner_core.diagnosis.sentences import diagnosed, diagonal, only, read, sentence, what
from xner_core.config import Choice, PipelineConfig
from xner_core.diagnosis import STEPS, Means, diagnose
from xner_core.diagnosis.diagnose import diagnose_tagged
from xner_core.diagnosis.steps import take_steps
from xner_core.projection.greedy import GreedyConfig, GreedyProjector
from xner_core.projection.ilp import IlpConfig
from xner_core.types import AlignedPair, BackTranslation, ProjectionProblem, WordAlignment

ONE = [(2, 4, "LOC")]
GOLD = diagonal(*range(10))
ALL_TESTED = {"run": True, "ner": True, "alignment": True, "candidates": True, "solver": True, "scores": True}


def test_nothing_is_wrong() -> None:
    found = diagnosed(sentence(ONE, ONE, GOLD), diagonal(2, 3))
    assert found.errors == ()
    assert {step.name: step.tested for step in found.steps} == ALL_TESTED
    assert {step.predicted for step in found.steps} == {(entity(2, 4, "LOC"),)}


def test_without_gold_target_entities_there_are_no_errors() -> None:
    pair = sentence(ONE, ONE)
    bare = replace(pair, target=replace(pair.target, entities=None))
    aligned = AlignedPair(bare, (), WordAlignment(()))
    means = Means.of(PipelineConfig())
    problem = ProjectionProblem.of(aligned, (), means.scorer.score(aligned, ()))
    assert diagnose(bare, problem, means.projector.project(problem), means) is None
    assert diagnose_tagged(bare, ()) is None


def test_the_tagger() -> None:
    pair = sentence(ONE, ONE, GOLD)
    assert what(diagnosed(pair, GOLD, tagged=[])) == [("missed", "no source entity", "ner")]
    assert what(diagnosed(pair, GOLD, tagged=[(2, 3, "LOC")])) == [("partial", "too narrow", "ner")]
    assert what(diagnosed(pair, GOLD, tagged=[*ONE, (7, 8, "PER")])) == [("spurious", "not in gold", "ner")]


def test_the_alignment() -> None:
    pair = sentence(ONE, ONE, GOLD)
    assert what(diagnosed(pair, [])) == [("missed", "no link", "alignment")]


def test_possible_links_count_too() -> None:
    pair = replace(sentence(ONE, ONE), gold_alignment=WordAlignment.of([(2, 2)], [(3, 3)]))
    assert only(diagnosed(pair, [])).stage == "alignment"


def test_the_gold_alignment_has_similarities() -> None:
    """A score of similarities finds the entity by gold links alone."""
    pair = sentence(ONE, ONE, GOLD)
    means = Means.of(PipelineConfig(scorer=Choice(name="soft-alignment"), candidates=Choice(name="ngrams")))
    noise = replace(WordAlignment(()), similarity=np.full((10, 10), 0.5, dtype=np.float32))
    aligned = AlignedPair(pair, read(ONE) or (), noise)
    spans = means.generator.generate(aligned)
    problem = ProjectionProblem.of(aligned, spans, means.scorer.score(aligned, spans))
    found = diagnose(pair, problem, means.projector.project(problem), means)
    assert found is not None
    assert only(found).stage == "alignment"


def test_the_candidates() -> None:
    """The rules forbid a candidate of more than one word; nothing else is wrong."""
    pair = sentence(ONE, ONE, GOLD)
    config = PipelineConfig(candidates=Choice(name="ngrams", options={"max_words": 1}))
    means = Means.of(config)
    aligned = AlignedPair(pair, read(ONE) or (), WordAlignment.of(GOLD))
    spans = means.generator.generate(aligned)
    problem = ProjectionProblem.of(aligned, spans, means.scorer.score(aligned, spans))
    found = diagnose(pair, problem, means.projector.project(problem), means)
    assert found is not None
    assert what(found) == [("partial", "too narrow", "candidates")]


def test_the_solver() -> None:
    """The heuristic drops a range of two words for an entity of five; the exact solver does not."""
    pair = sentence([(0, 2, "LOC")], [(0, 5, "LOC")], [(0, 0), (1, 1)])
    found = diagnosed(pair, [(0, 0), (1, 1)], projector="heuristic")
    assert what(found) == [("missed", "below threshold", "solver")]


def test_greedy_against_the_exact_solver() -> None:
    """LOC scores most on words 3 to 5 (12/5), but then PER has nothing; 8/4 and 2/2 are more."""
    links = [(0, 3), (0, 4), (0, 5), (1, 3), (1, 4), (1, 5), (7, 3)]
    pair = sentence([(3, 4, "PER"), (4, 6, "LOC")], [(0, 2, "LOC"), (7, 8, "PER")], links)
    assert what(diagnosed(pair, links, projector="greedy")) == [
        ("partial", "too wide", "solver"),
        ("missed", "lost to overlap", "solver"),
    ]
    assert diagnosed(pair, links, projector="ilp").errors == ()


def test_the_scores() -> None:
    """Even the gold links give the longer span more; only a score that knows better helps."""
    pair = sentence([(2, 3, "LOC")], ONE, diagonal(2, 3))
    assert what(diagnosed(pair, diagonal(2, 3))) == [("partial", "too wide", "scores")]


def test_without_gold_alignment_it_is_open() -> None:
    error = only(diagnosed(sentence([(2, 3, "LOC")], ONE), diagonal(2, 3)))
    assert (error.stage, error.untested) == ("open", ("alignment",))


def test_without_gold_source_entities_it_is_open_too() -> None:
    found = diagnosed(sentence([(2, 3, "LOC")], None, GOLD), GOLD, tagged=ONE)
    assert (only(found).stage, only(found).untested) == ("open", ("ner",))


def test_gold_that_differs() -> None:
    pair = sentence(ONE, [(2, 4, "ORG")], GOLD)
    assert what(diagnosed(pair, GOLD)) == [("wrong label", "source label", "gold")]


def test_a_source_entity_without_a_counterpart() -> None:
    """It stays where it was, unless a gold entity needs it or its words."""
    assert what(diagnosed(sentence([], ONE, GOLD), GOLD)) == [("spurious", "not in gold", "gold")]
    assert what(diagnosed(sentence([(6, 7, "LOC")], ONE, GOLD), GOLD)) == [
        ("spurious", "misplaced", "scores"),
        ("missed", "no link", "scores"),
    ]
    assert what(diagnosed(sentence([], None, GOLD), GOLD, tagged=ONE)) == [
        ("spurious", "not in gold", "source")
    ]


def test_a_source_entity_that_nobody_found() -> None:
    pair = sentence(ONE, None, GOLD)
    assert what(diagnosed(pair, GOLD, tagged=[])) == [("missed", "no source entity", "source")]


def test_an_error_that_comes_back_is_owed_to_the_step_that_settles_it() -> None:
    """Gold source entities settle it, the gold alignment loses it again, perfect scores settle it."""
    pair = sentence(ONE, ONE, [(2, 7)])
    found = diagnosed(pair, diagonal(2, 3), tagged=[(2, 3, "LOC")])
    at = {step.name: entity(2, 4, "LOC") in step.predicted for step in found.steps}
    assert at == {
        "run": False,
        "ner": True,
        "alignment": False,
        "candidates": False,
        "solver": False,
        "scores": True,
    }
    assert only(found).stage == "scores"


def test_perfect_scores_keep_what_was_found() -> None:
    """Two gold entities, one source entity: the one that was found stays, whatever the tie rule likes."""
    links = [(8, 1)]
    found = diagnosed(sentence([(1, 2, "LOC"), (8, 9, "LOC")], [(8, 9, "LOC")], links), links)
    assert found.steps[-1].predicted == (entity(1, 2, "LOC"),)
    assert what(found) == [("missed", "no source entity", "gold")]


def test_only_entities_with_the_labels_count() -> None:
    pair = sentence([*ONE, (6, 7, "PER")], [*ONE, (6, 7, "PER")], GOLD)
    found = diagnosed(pair, [], labels=["PER"])
    assert found.gold == (entity(6, 7, "PER"),)
    assert [error.label for error in found.errors] == ["PER"]
    assert {one.label for step in found.steps for one in step.predicted} == {"PER"}


def test_model_transfer_is_the_taggers() -> None:
    found = diagnose_tagged(sentence(ONE, None), read([(2, 3, "LOC"), (6, 7, "PER")]) or ())
    assert found is not None
    assert what(found) == [("partial", "too narrow", "ner"), ("spurious", "not in gold", "ner")]
    assert [(step.name, step.predicted) for step in found.steps] == [
        ("run", (entity(2, 3, "LOC"), entity(6, 7, "PER"))),
        ("ner", (entity(2, 4, "LOC"),)),
    ]


def test_a_back_translation_hides_source_and_alignment() -> None:
    pair = sentence(ONE, ONE, GOLD)
    means = Means.of(PipelineConfig())

    def tested(entities: list[tuple[int, int, str]], lost: tuple[int, ...]) -> dict[str, bool]:
        found = read(entities) or ()
        back = BackTranslation(sentence(ONE, None), found, tuple(range(len(found))), lost)
        aligned = AlignedPair(back.pair, found, WordAlignment.of(GOLD))
        spans = means.generator.generate(aligned)
        problem = ProjectionProblem.of(aligned, spans, means.scorer.score(aligned, spans))
        steps = take_steps(
            pair,
            problem,
            means.projector.project(problem),
            means,
            back_translation=back,
            tagged=pair.source.entities,
        )
        return {step.name: step.tested for step in steps if step.name in ("ner", "alignment")}

    assert tested(ONE, ()) == {"ner": True, "alignment": False}  # the gold entities, all found again
    assert tested([], (0,)) == {"ner": False, "alignment": False}


def test_the_exact_solver_shares_the_options() -> None:
    greedy = GreedyProjector(GreedyConfig(n_proj=3, prefer=("left",)))
    base = Means.of(PipelineConfig())
    means = Means.with_exact(base.generator, base.scorer, greedy)
    assert means.exact.config == IlpConfig(n_proj=3, prefer=("left",))  # type: ignore[attr-defined]
    assert base.exact is base.projector


def test_the_steps_have_their_order() -> None:
    assert STEPS == ("ner", "alignment", "candidates", "solver", "scores")


@pytest.mark.parametrize("name", ["heuristic", "greedy", "ilp"])
def test_every_projector_can_be_diagnosed(name: str) -> None:
    pair = sentence(ONE, ONE, GOLD)
    assert diagnosed(pair, GOLD, projector=name).errors == ()
