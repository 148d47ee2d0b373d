"""Labels that are renamed or left out, as text and as what Python makes of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.builders import entity
from xner_core.ner.labels import LabelledConfig
from xner_core.ner.model_config import TransformersConfig

LABELS = st.text("ABCXYZ_-", min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("given", "expected"),
    [("", ()), ("MISC", ("MISC",)), (" MISC , DATE,, MISC", ("MISC", "DATE")), (["A", "B"], ("A", "B"))],
)
def test_labels_to_leave_out(given: Any, expected: tuple[str, ...]) -> None:
    assert LabelledConfig(leave_out=given).leave_out == expected


def test_the_others_are_kept_in_order() -> None:
    entities = [entity(0, 1, "PER"), entity(1, 2, "MISC"), entity(2, 3, "LOC"), entity(4, 5, "DATE")]
    assert LabelledConfig(leave_out="MISC,DATE").kept(entities) == (entities[0], entities[2])
    assert LabelledConfig().kept(iter(entities)) == tuple(entities)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", None),
        ("GPE=LOC", {"GPE": "LOC"}),
        (" GPE = LOC , FAC=LOC,", {"GPE": "LOC", "FAC": "LOC"}),
        ('{"GPE": "LOC"}', {"GPE": "LOC"}),
        ("{'GPE': 'LOC'} ", {"GPE": "LOC"}),
        ("{}", {}),
        (None, None),
    ],
)
def test_labels_to_rename(given: Any, expected: dict[str, str] | None) -> None:
    assert TransformersConfig(labels=given).labels == expected


@given(st.dictionaries(LABELS, LABELS, min_size=1))
def test_a_map_survives_the_form_and_the_command_line(labels: dict[str, str]) -> None:
    for text in (str(labels), ", ".join(f"{theirs}={ours}" for theirs, ours in labels.items())):
        assert TransformersConfig(labels=text).labels == labels


@pytest.mark.parametrize("given", ["GPE", "A=B=C", "{", "{'a': open('x')}", "{1: 2}", '{"a"}'])
def test_what_is_no_map_is_refused(given: str) -> None:
    with pytest.raises(ValidationError, match="labels"):
        TransformersConfig(labels=given)
