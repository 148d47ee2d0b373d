"""One number from many, and the same in words."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xner_core.review.doubts import Doubts
from xner_core.review.priority import WEIGHTS, priority, reasons

some = st.builds(Doubts, *[st.sampled_from([0.0, 0.1, 0.5, 1.0, 2.0, 3.0])] * len(asdict(Doubts())))


def test_every_doubt_has_a_weight() -> None:
    assert list(WEIGHTS) == list(asdict(Doubts()))
    assert all(weight > 0 for weight in WEIGHTS.values())


@given(some, st.sampled_from(list(WEIGHTS)))
def test_more_doubt_is_more_priority(doubts: Doubts, name: str) -> None:
    more = replace(doubts, **{name: getattr(doubts, name) + 1})
    assert priority(more) == pytest.approx(priority(doubts) + WEIGHTS[name])


def test_no_doubt_is_no_priority() -> None:
    assert (priority(Doubts()), reasons(Doubts())) == (0, [])


def test_reasons_come_by_their_weight() -> None:
    assert reasons(Doubts(margin=1.0, methods=2, links=0.9, unprojected=1, outside=1, capitals=1)) == [
        "links of an entity lead out of its target",
        "2 entities are projected otherwise by another method",
        "1 entity differs from its target in capital letters",
        "another projection scores just as high",
        "1 entity has no target",
        "a link of an entity is doubtful",
    ]
    assert reasons(Doubts(margin=0.9, untagged=1)) == [
        "another projection scores nearly as high",
        "a capitalised word is in no entity",
    ]
    assert reasons(Doubts(untagged=3)) == ["3 or more capitalised words are in no entity"]
    assert reasons(Doubts(untagged=2)) == ["2 capitalised words are in no entity"]


def test_what_a_reader_would_not_see_is_no_reason() -> None:
    assert reasons(Doubts(margin=0.4, links=0.4, outside=0.1)) == []
