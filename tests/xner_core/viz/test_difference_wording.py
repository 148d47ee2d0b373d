"""Each sentence that the app says about what separates two projections."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import entity
from tests.xner_core.viz.examples import GOLD, PERSON, PLACE, pair, problem, projection
from xner_core.types import Entity, Projection, Unprojected
from xner_core.viz.changes import Projected
from xner_core.viz.difference_wording import changed, difference

BOTH = ((1, GOLD[0]), (0, GOLD[1]))


def named(name: str, found: Projection, *entities: Entity) -> Projected:
    return Projected(name, entities or (PERSON, PLACE), found)


def said(greedy: Projection, ilp: Projection, one: str = "Greedy", other: str = "ILP") -> list[str]:
    return difference(pair(), problem(), named(one, greedy), named(other, ilp))


def test_greedy_and_ilp_agree() -> None:
    found = projection(*BOTH, objective=1.5)
    assert said(found, found) == []


def test_ilp_is_better() -> None:
    greedy = projection((0, entity(1, 5, "PER")), unprojected=[Unprojected(1, "overlap")], objective=1.0)
    ilp = projection(*BOTH, objective=2.25)
    assert said(greedy, ilp) == [
        "Greedy and ILP differ: ILP's total is 1.25 higher (2.25 instead of 1.00).",
        "“Maria Keller” (PER): greedy chooses “Bonn lebt Maria Keller”, ILP “Maria Keller”.",
        "“Bonn” (LOC): greedy chooses nothing, ILP “Bonn” (+1.00).",
    ]


def test_greedy_has_more_where_the_constraint_costs() -> None:
    greedy = projection((1, GOLD[0]), objective=1.5)
    ilp = projection((1, entity(0, 1, "LOC")), objective=1.0)
    assert said(greedy, ilp)[0] == (
        "Greedy and ILP differ: greedy need not meet the constraint, and has 0.50 more "
        "(1.50 instead of 1.00)."
    )


def test_a_tie_names_only_the_entity_that_differs() -> None:
    greedy = projection((1, entity(0, 1, "LOC")), (0, GOLD[1]), objective=1.5)
    ilp = projection(*BOTH, objective=1.5 + 1e-12)
    assert said(greedy, ilp) == [
        "Greedy and ILP differ, but their totals are equal (1.50): a tie.",
        "“Bonn” (LOC): greedy chooses “In”, ILP “Bonn”.",
    ]


def test_several_spans_of_one_entity() -> None:
    greedy = projection((0, entity(3, 4, "PER")), (0, entity(4, 5, "PER")), objective=1.0)
    ilp = projection((0, GOLD[1]), objective=1.5)
    assert said(greedy, ilp)[1:] == [
        "“Maria Keller” (PER): greedy chooses “Maria” and “Keller”, ILP “Maria Keller” (-1.00)."
    ]


def test_any_two_projectors_are_named() -> None:
    heuristic = replace(projection((1, GOLD[0]), objective=1.0), status="heuristic")
    greedy = projection(*BOTH, objective=2.0, status="feasible")
    assert said(heuristic, greedy, "Heuristic", "Greedy") == [
        "Heuristic and Greedy differ: Greedy's total is 1.00 higher (2.00 instead of 1.00).",
        "“Maria Keller” (PER): heuristic chooses nothing, greedy “Maria Keller” (+1.00).",
    ]
    assert said(greedy, heuristic, "Greedy", "Heuristic")[0] == (
        "Greedy and Heuristic differ: Greedy's total is 1.00 higher (2.00 instead of 1.00)."
    )


def test_equal_totals_are_a_tie_only_where_both_look_at_scores() -> None:
    one, other = projection(BOTH[0], objective=1.0), projection(BOTH[1], objective=1.0)
    assert said(one, other)[0].endswith("totals are equal (1.00): a tie.")
    assert said(replace(one, status="heuristic"), other)[0].endswith("totals are equal (1.00).")


def test_what_changed_is_counted_and_named() -> None:
    before = named("pinned", projection((1, entity(0, 1, "LOC")), objective=1.0))
    after = named("ILP", projection(*BOTH, objective=2.5))
    assert changed(pair(), before, after, same_scores=True) == [
        "Against pinned: 1 gained, 0 lost, 1 moved; total 2.50 instead of 1.00 (+1.50).",
        "“Maria Keller” (PER) is gained: nothing → “Maria Keller” PER.",
        "“Bonn” (LOC) is moved: “In” LOC → “Bonn” LOC.",
    ]
    assert changed(pair(), after, before, same_scores=False)[:2] == [
        "Against ILP: 0 gained, 1 lost, 1 moved; total 1.00 instead of 2.50, which cannot be compared: the "
        "scores are others.",
        "“Maria Keller” (PER) is lost: “Maria Keller” PER → nothing.",
    ]


def test_nothing_changed() -> None:
    found = named("pinned", projection(*BOTH, objective=2.5))
    assert changed(pair(), found, found, same_scores=True) == [
        "Against pinned no entity changes; the total stays 2.50."
    ]
