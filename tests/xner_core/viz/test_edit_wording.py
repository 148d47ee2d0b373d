"""What a person's changes of links did, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import entity
from tests.xner_core.viz.examples import GOLD, pair, problem, projection
from xner_core.viz.edit_wording import count_changed, projection_changed

PROJECTED = projection((1, GOLD[0]), (0, GOLD[1]), objective=2.0)


@pytest.mark.parametrize(
    ("n", "says"),
    [
        (0, "No link is changed: all are the aligner's."),
        (1, "1 link changed by hand."),
        (12, "12 links changed by hand."),
    ],
)
def test_the_changed_links_are_counted(n: int, says: str) -> None:
    assert count_changed(n) == says


def test_what_was_projected_before_and_is_now() -> None:
    now = projection((1, GOLD[0]), (1, entity(2, 3, "LOC")), objective=1.0)
    assert projection_changed(pair(), problem(), PROJECTED, now) == [
        "By the changed links, projected before → now:",
        "“Maria Keller” (PER): “Maria Keller” → nothing",
        "“Bonn” (LOC): “Bonn” → “Bonn” and “lebt”",
    ]


def test_names_that_run_from_the_right_stay_on_their_side_of_the_arrow() -> None:
    arabic = pair(target=["في", "بون", "تعيش", "ماريا", "كيلر", "."], target_lang="ar")
    now = projection((1, entity(0, 1, "LOC")), (0, GOLD[1]))
    assert projection_changed(arabic, problem(), PROJECTED, now)[1:] == [
        "“Bonn” (LOC): “\u2068بون\u2069” → “\u2068في\u2069”"
    ]


def test_another_total_alone_is_said() -> None:
    now = replace(PROJECTED, objective=1.5)
    [says] = projection_changed(pair(), problem(), PROJECTED, now)
    assert says == "By the changed links the same is projected; total score before → now: 2.00 → 1.50."


def test_that_nothing_changed_is_said() -> None:
    [says] = projection_changed(pair(), problem(), PROJECTED, PROJECTED)
    assert says == "By the changed links the same is projected as before."
