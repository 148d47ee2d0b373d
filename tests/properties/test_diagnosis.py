"""What holds of every diagnosis: the bars add up, and stages follow from what each step predicts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.problems import aligned_pairs, entities
from xner_core.config import Choice, PipelineConfig
from xner_core.diagnosis import STEPS, Diagnosis, Means, diagnose
from xner_core.diagnosis.tally import Tally, total
from xner_core.evaluation import score_entities
from xner_core.types import ProjectionProblem, SentencePair, WordAlignment

_MEANS = {
    (projector, candidates): Means.of(
        PipelineConfig(projector=Choice(name=projector), candidates=Choice(name=candidates))
    )
    for projector in ("heuristic", "greedy", "ilp")
    for candidates in ("aligned", "ngrams")
}


@st.composite
def diagnoses(draw: st.DrawFn) -> tuple[SentencePair, Diagnosis]:
    """A random sentence with gold target entities, and often with gold source entities and links."""
    aligned = draw(aligned_pairs())
    n_source, n_target = len(aligned.pair.source.words), len(aligned.pair.target.words)
    link = st.tuples(st.integers(0, n_source - 1), st.integers(0, n_target - 1))
    pair = replace(
        aligned.pair,
        source=replace(aligned.pair.source, entities=draw(st.none() | entities(n_source))),
        target=replace(aligned.pair.target, entities=draw(entities(n_target))),
        gold_alignment=draw(st.none() | st.builds(WordAlignment.of, st.sets(link))),
    )
    aligned = replace(aligned, pair=pair)
    means = _MEANS[draw(st.sampled_from(sorted(_MEANS)))]
    spans = means.generator.generate(aligned)
    problem = ProjectionProblem.of(aligned, spans, means.scorer.score(aligned, spans))
    found = diagnose(pair, problem, means.projector.project(problem), means)
    assert found is not None
    return pair, found


@given(diagnoses())
@settings(max_examples=60)
def test_a_stage_is_the_first_step_after_which_the_error_is_gone_for_good(
    made: tuple[SentencePair, Diagnosis],
) -> None:
    _, found = made
    right = [set(step.predicted) for step in found.steps]
    for error in found.errors:
        gone = [
            (error.gold in after) if error.gold is not None else (error.predicted not in after)
            for after in right
        ]
        assert not gone[0]
        place = STEPS.index(error.stage) + 1 if error.stage in STEPS else len(STEPS)
        if error.stage in ("gold", "source"):
            assert not gone[-1]
            assert (error.stage == "source") == ("ner" in error.untested)
            continue
        assert all(gone[place:])
        assert not gone[place - 1]
        if error.stage in ("scores", "open"):
            assert (error.stage == "open") == bool(error.untested)


@given(diagnoses())
@settings(max_examples=60)
def test_every_wrong_entity_is_an_error_once(made: tuple[SentencePair, Diagnosis]) -> None:
    pair, found = made
    gold, predicted = set(pair.target.entities or ()), set(found.steps[0].predicted)
    assert sorted(error.gold for error in found.errors if error.gold) == sorted(gold - predicted)
    assert sorted(error.predicted for error in found.errors if error.predicted) == sorted(predicted - gold)


@given(diagnoses())
@settings(max_examples=60)
def test_what_is_untested_changes_nothing_and_perfect_scores_make_no_new_error(
    made: tuple[SentencePair, Diagnosis],
) -> None:
    pair, found = made
    for before, step in zip(found.steps, found.steps[1:], strict=False):
        assert step.tested or step.predicted == before.predicted
    gold, solved, perfect = (
        set(each)
        for each in (pair.target.entities or (), found.steps[-2].predicted, found.steps[-1].predicted)
    )
    assert perfect <= gold | solved
    assert perfect >= gold & solved


@given(st.lists(diagnoses(), min_size=1, max_size=4), st.integers(0, 4))
@settings(max_examples=20)
def test_the_bars_add_up_and_are_what_seqeval_says(
    made: list[tuple[SentencePair, Diagnosis]], cut: int
) -> None:
    parts = [Tally(), Tally()]
    for index, (_, found) in enumerate(made):
        parts[index >= cut].count(found)
    tally = total(parts)
    bars = tally.bars()
    gold = [pair.target.entities or () for pair, _ in made]
    if not any(gold):
        assert bars == []
        return
    assert abs(sum(bar["difference"] for bar in bars) - 1) < 1e-12
    assert bars[-1]["f1"] == 1
    wrong = 0
    exact = Fraction(0)
    for index, bar in enumerate(bars[:-1]):
        predicted = [found.steps[index].predicted for _, found in made]
        expected = score_entities(gold, predicted, [len(pair.target.words) for pair, _ in made])
        assert abs(bar["f1"] - expected.f1) < 1e-12
        pairs = list(zip(gold, predicted, strict=True))
        correct = sum(len(set(g) & set(p)) for g, p in pairs)
        n = sum(len(g) + len(p) for g, p in pairs)
        f1 = Fraction(2 * correct, n)
        assert abs(float(f1 - exact) - bar["difference"]) < 1e-12
        exact = f1
        wrong += bar["new"] - bar["gone"] if index else n - 2 * correct
        assert wrong == n - 2 * correct
    assert bars[-1]["gone"] == wrong
    assert sum(tally.errors.values()) == sum(len(found.errors) for _, found in made)
