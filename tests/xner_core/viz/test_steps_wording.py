"""What the walk says of links, scores and choices."""

from __future__ import annotations

from tests.builders import entity
from tests.xner_core.viz.test_steps import ENTITIES, PAIR, problem, solved
from xner_core.projection.ilp import IlpProjector
from xner_core.types import ProjectionProblem, Span
from xner_core.viz import steps_wording as wording

RIVALS = {(0, (2, 4)): 1.0, (0, (1, 3)): 0.9, (1, (2, 3)): 1.0, (1, (1, 2)): 0.8}


def choices(stated: ProjectionProblem) -> list[str]:
    return wording.choices(PAIR, stated, solved(stated))


def test_every_step_has_a_title_a_question_and_an_explanation() -> None:
    assert len(wording.TITLES) == len(wording.QUESTIONS) == len(wording.EXPLANATIONS) == 4
    assert all(question.endswith("?") for question in wording.QUESTIONS)


def test_entities_are_counted() -> None:
    assert wording.entities_found(ENTITIES, "by you") == "2 entities, marked by you."
    assert wording.entities_found(ENTITIES[:1], "by spaCy") == "1 entity, marked by spaCy."
    assert wording.entities_found((), "by you") == ""


def test_links_of_an_entity_and_of_one_without() -> None:
    says = wording.links_of_entities(PAIR, (ENTITIES[1], entity(2, 3)), problem())
    assert says[0] == "A “Bonn” (LOC) is linked with “\u2068بون\u2069”."
    assert says[1] == "B “in” (PER) is linked with “\u2068في\u2069”."
    bare = ProjectionProblem(ENTITIES, (), problem({}).scores, type(problem().alignment)(()), 4, 4)
    assert wording.links_of_entities(PAIR, ENTITIES, bare)[0].startswith("A “Ada Byron” (PER) has no link")


def test_a_score_is_worked_out() -> None:
    assert wording.score_in_words(problem(), ENTITIES[0], Span(2, 4)) == "2 × 2 links ÷ (2 + 2 words)"
    assert wording.score_in_words(problem(), ENTITIES[0], Span(1, 3)) == "2 × 1 link ÷ (2 + 2 words)"
    assert wording.score_in_words(problem(), ENTITIES[1], Span(2, 4)) == "2 × 0 links ÷ (1 + 2 words)"


def test_the_table_has_the_candidates_and_says_which_was_chosen() -> None:
    rows = wording.candidate_rows(PAIR, problem(), solved(problem()), chosen=True)
    assert rows[0] == {
        "Entity": "A · Ada Byron",
        "Candidate": "آدا بايرون",
        "Score": 1.0,
        "How it comes about": "2 × 2 links ÷ (2 + 2 words)",
        "Chosen": "✓ chosen",
    }
    assert [row["Chosen"] for row in rows[1:]] == ["", "", "✓ chosen"]
    assert "Chosen" not in wording.candidate_rows(PAIR, problem(), solved(problem()), chosen=False)[0]


def test_an_entity_without_a_candidate_is_named() -> None:
    says = wording.without_candidates(PAIR, problem({(0, (2, 4)): 1.0}))
    assert says == ["B “Bonn” (LOC) has no candidate: no link leads from it to the translation."]


def test_why_a_candidate_was_chosen() -> None:
    best, only = choices(problem())
    assert best.endswith("its best candidate, score 1.00; the next one, “\u2068آدا\u2069”, has 0.67.")
    assert only == "B “Bonn” (LOC) becomes “\u2068بون\u2069”: its only candidate, score 1.00."


def test_a_better_candidate_that_another_entity_needs() -> None:
    stated = problem(RIVALS)
    gave_way = choices(stated)[1]
    assert "score 0.80; “\u2068آدا\u2069” has 1.00, but A takes a word of it" in gave_way
    tied = choices(problem({(1, (0, 1)): 1.0, (1, (3, 4)): 1.0}))[1]
    assert "score 1.00, as has" in tied
    assert "of equals the one is taken that stands as far into its sentence" in tied


def test_an_entity_that_is_left_out() -> None:
    left = choices(problem({(0, (2, 4)): 1.0}))[1]
    assert left.startswith("B “Bonn” (LOC) is left out: ")
    crowded = choices(problem({(0, (2, 4)): 1.0, (1, (2, 3)): 0.5}))[1]
    assert crowded == "B “Bonn” (LOC) is left out: other entities took the words of all its candidates."


def test_the_second_best_choice() -> None:
    stated = problem(RIVALS)
    projection = IlpProjector().project(stated)
    index = stated.candidates.index
    second = [(0, index(Span(2, 4)))]
    assert wording.total(PAIR, stated, projection, second, 0.8) == (
        "Total score 1.80. The second best choice has 0.80 less: "
        "B would be nothing instead of “\u2068بون\u2069”."
    )
    assert "has the same total" in wording.total(PAIR, stated, projection, second, 0.0)
    assert (
        wording.total(PAIR, stated, projection, None, 0.0)
        == "Total score 1.80; nothing else could be chosen."
    )
