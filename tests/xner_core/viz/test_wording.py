"""Each sentence that the app says about a projection."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.builders import entity
from tests.xner_core.viz.examples import GOLD, PERSON, numbers, pair, problem, projection
from xner_core.types import Reason, Unmet, Unprojected, WordAlignment
from xner_core.viz import wording
from xner_core.viz.comparison import Comparison
from xner_core.viz.word_numbers import WordNumbers

BOTH = ((1, GOLD[0]), (0, GOLD[1]))


def test_summary_of_several_entities() -> None:
    found = projection(*BOTH, objective=1.5)
    assert wording.summary(problem(), found, "ILP") == (
        "ILP projects 2 of 2 entities; total score 1.50 (no matching has a larger total)."
    )


def test_summary_of_one_entity() -> None:
    found = projection(unprojected=[Unprojected(0, "no link")])
    assert wording.summary(problem([PERSON]), found, "Greedy").startswith("Greedy projects 0 of 1 entity; ")


def test_summary_of_an_answer_without_proof() -> None:
    bounded = projection(*BOTH, objective=1.5, upper_bound=1.75, status="feasible")
    assert wording.summary(problem(), bounded, "Greedy").endswith("1.50 (at most 1.75 is possible).")
    unbounded = projection(*BOTH, objective=1.5, status="feasible")
    assert wording.summary(problem(), unbounded, "Greedy").endswith("1.50 (not proven best).")
    heuristic = projection(*BOTH, objective=1.5, status="heuristic")
    assert wording.summary(problem(), heuristic, "Heuristic").endswith(
        "(the heuristic does not look at scores)."
    )


def test_summary_of_a_constraint_that_cannot_be_met() -> None:
    relaxed = projection(*BOTH, objective=1.5, status="relaxed")
    assert wording.summary(problem(), relaxed, "ILP").endswith(
        "1.50 (no matching that misses as few projections has a larger total)."
    )
    infeasible = projection(unprojected=[Unprojected(0, "infeasible")], status="infeasible")
    assert wording.summary(problem(), infeasible, "ILP").endswith("0.00 (the constraint cannot be met).")


def test_summary_where_the_tie_rule_was_not_settled() -> None:
    found = replace(projection(*BOTH, objective=1.5), tie_rule_proven=False)
    assert wording.summary(problem(), found, "ILP").endswith(
        "Others may have the same total; the tie rule was not settled."
    )


def test_what_each_entity_lacks() -> None:
    found = replace(projection(*BOTH), unmet=(Unmet(1, 2),))
    assert wording.unmet(pair(), problem(), found) == [
        "“Bonn” lacks 2 of the projections that the constraint asks for."
    ]
    assert wording.unmet(pair(), problem(), projection(*BOTH)) == []


def test_the_total_in_short() -> None:
    found = projection(*BOTH, objective=1.5, upper_bound=1.75, status="feasible")
    assert wording.total(found, "Greedy") == "Greedy: 1.50 in total; at most 1.75 is possible."


def test_each_match_in_words() -> None:
    found = projection((1, GOLD[0]))
    assert wording.chosen(pair(), problem(), found) == ["“Bonn” → “Bonn” LOC, score 1.00."]
    outside = replace(found, matches=(replace(found.matches[0], score=None),))
    assert wording.chosen(pair(), problem(), outside) == ["“Bonn” → “Bonn” LOC."]


def test_the_margin_names_what_the_next_best_has_instead() -> None:
    next_best = (GOLD[1], entity(0, 1, "LOC"))
    assert wording.margin(pair(), GOLD, next_best, 0.5) == (
        "Margin 0.50: the next best matching has “In” LOC instead of “Bonn” LOC."
    )
    assert wording.margin(pair(), GOLD, next_best, 1e-12) == (
        "A tie: another matching with the same total has “In” LOC instead of “Bonn” LOC. "
        "The tie rule decided."
    )
    assert wording.margin(pair(), GOLD, GOLD[1:], 0.5, missing=1) == (
        "Any other matching misses more projections; the next best has nothing instead of “Bonn” LOC."
    )
    assert wording.margin(pair(), GOLD, GOLD, 0.0) == (
        "A tie: another matching with the same total shares the same targets out differently. "
        "The tie rule decided."
    )
    assert wording.margin(pair(), GOLD, None) == "There is no other matching."


def test_summary_without_entities() -> None:
    says = wording.summary(problem(()), projection(), "ILP")
    assert says == "The source sentence has no entities, so there is nothing to project."


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        ("no link", "none of its words has a link"),
        ("no candidate", "its links lead to no candidate with a score"),
        ("below threshold", "all its scores are below the threshold"),
        (
            "infeasible",
            "not all entities can be projected as often as they must, and strict asks for all or none",
        ),
        ("too short", "the linked words are too few for its length"),
        ("overlap", "all its candidates share a word with another match"),
    ],
)
def test_why_an_entity_is_not_projected(reason: Reason, says: str) -> None:
    found = projection((1, GOLD[0]), unprojected=[Unprojected(0, reason)])
    assert wording.unprojected(pair(), problem(), found) == [
        f"“Maria Keller” (PER) is not projected: {says}."
    ]


def test_nothing_is_said_where_all_is_projected() -> None:
    assert wording.unprojected(pair(), problem(), projection(*BOTH)) == []


def test_against_gold_only_what_occurs_is_counted() -> None:
    assert wording.against_gold(pair(), projection(*BOTH)) == ["Against gold: 2 correct."]
    found = projection((1, entity(1, 2, "ORG")), (0, entity(5, 6, "PER")))
    assert wording.against_gold(pair(), found) == ["Against gold: 1 wrong label, 1 missed, 1 spurious."]


def test_against_gold_that_has_no_entities() -> None:
    assert wording.against_gold(pair(gold=[]), projection()) == [
        "Rightly, nothing is tagged in the translation."
    ]
    assert wording.against_gold(pair(gold=[]), projection(*BOTH)) == ["Against gold: 2 spurious."]


def test_nothing_is_said_without_gold() -> None:
    assert wording.against_gold(pair(gold=None), projection(*BOTH)) == []


def test_the_corpuss_own_note() -> None:
    assert wording.note(pair()) == []
    assert wording.note(pair(note="split verb")) == ["What is hard here: split verb"]


def test_no_cell_is_selected() -> None:
    [prompt] = wording.cell(pair(), problem(), None, numbers())
    assert prompt.startswith("Select two words")


def test_a_cell_with_a_link() -> None:
    assert wording.cell(pair(), problem(), (4, 1), numbers()) == [
        "“Bonn” (4) and “Bonn” (1): linked.",
        "Similarity 0.410, margin -0.100; forward probability 0.41, backward 0.59.",
        "Row: best “.” (5) 0.450. Column: best “.” (5) 0.510. Neither direction agrees.",
        "Undecided: “Bonn” 0.80 of 1, “Bonn” 0.80 of 1.",
    ]


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (
            (5, 5),
            "Row: runner-up “Keller” (4) 0.540. Column: runner-up “Bonn” (4) 0.450. Both directions agree.",
        ),
        ((0, 5), "Row: runner-up “Keller” (4) 0.040. Column: best “.” (5) 0.550. Only forward agrees."),
        ((5, 0), "Row: best “.” (5) 0.550. Column: runner-up “Bonn” (4) 0.400. Only backward agrees."),
    ],
)
def test_which_direction_agrees(cell: tuple[int, int], says: str) -> None:
    assert wording.cell(pair(), problem(), cell, numbers())[2] == says


def test_a_margin_is_that_to_the_closer_rival() -> None:
    assert wording.cell(pair(), problem(), (5, 5), numbers())[1].startswith(
        "Similarity 0.550, margin +0.010;"
    )


def test_words_without_any_other() -> None:
    one = np.ones((1, 1), np.float32)
    alone = WordNumbers(one, one, one, np.zeros(1), np.zeros(1))
    lines = wording.cell(pair(), problem(), (0, 0), alone)
    assert lines[1] == "Similarity 1.000; forward probability 1.00, backward 1.00."
    assert lines[2] == "Row: no other word. Column: no other word. Both directions agree."


def test_a_cell_without_a_link() -> None:
    assert wording.cell(pair(), problem(), (0, 5))[0] == "“Maria” (0) and “.” (5): not linked."


@pytest.mark.parametrize(
    ("cell", "linked", "before"),
    [
        ((0, 5), "linked as possible", "no link"),
        ((4, 1), "not linked", "link"),
        ((5, 5), "linked", "possible link"),
    ],
)
def test_a_cell_that_a_person_changed(cell: tuple[int, int], linked: str, before: str) -> None:
    found = WordAlignment.of([(4, 1), (0, 3)], [(5, 5)])
    now = replace(problem(), alignment=WordAlignment.of([(5, 5), (0, 3)], [(0, 5)]))
    lines = wording.cell(pair(), now, cell, found=found)
    assert lines[0].endswith(f": {linked}.")
    assert lines[1:] == [f"Changed by hand; the aligner says: {before}."]
    assert len(wording.cell(pair(), now, (0, 3), found=found)) == 1


def test_of_two_alignments_a_merely_possible_link_is_told() -> None:
    compared = Comparison(WordAlignment(()), WordAlignment.of([], [(0, 4)]), ("itermax", "links"))
    [says, *_] = wording.cell(pair(), problem(links=()), (0, 4), compared=compared)
    assert says.endswith("linked as possible by links only.")


def test_a_cell_without_similarities() -> None:
    says = wording.cell(pair(), problem(similar=False), (4, 1))
    assert says == ["“Bonn” (4) and “Bonn” (1): linked."]


@pytest.mark.parametrize(("cell", "kind"), [((4, 1), "sure"), ((3, 0), "possible"), ((2, 2), "no")])
def test_a_cells_gold_link(cell: tuple[int, int], kind: str) -> None:
    gold = WordAlignment.of([(4, 1)], [(3, 0)])
    says = wording.cell(pair(gold_alignment=gold), problem(), cell)[0]
    assert says.endswith(f": linked; {kind} gold link.")


OTHER = WordAlignment.of([(0, 3), (0, 4)])


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ((0, 3), "linked by itermax and argmax"),
        ((1, 4), "linked by itermax only"),
        ((0, 4), "linked by argmax only"),
        ((0, 0), "not linked"),
    ],
)
def test_a_cell_of_two_alignments(cell: tuple[int, int], says: str) -> None:
    compared = Comparison(problem().alignment, OTHER, ("itermax", "argmax"))
    assert wording.cell(pair(), problem(), cell, None, compared)[0].endswith(f": {says}.")


def test_the_links_of_two_alignments_are_counted() -> None:
    alignment = problem().alignment
    assert wording.compared_links(Comparison(alignment, OTHER, ("itermax", "argmax"))) == (
        "1 link in both, 5 only by itermax, 1 only by argmax."
    )
    assert wording.compared_links(Comparison(alignment, alignment, ("itermax", "match"))) == (
        "6 links in both: itermax and match link the same words."
    )
