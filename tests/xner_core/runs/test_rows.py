"""Rows tell of the source's own entities, also where a back-translation was projected from."""

from __future__ import annotations

from tests.builders import entity, problem
from xner_core.pipeline import SentenceResult
from xner_core.projection.ilp import IlpProjector
from xner_core.runs.records import record
from xner_core.runs.rows import entities_of, row_of, table
from xner_core.types import BackTranslation, Sentence, SentencePair, WordAlignment

SOURCE = Sentence(("Ana", "met", "Bo", "in", "Rom"), "en")
TARGET = Sentence(("In", "Rom", "traf", "Ana", "Bo"), "de", (entity(1, 2, "LOC"), entity(3, 4)))
TAGGED = (entity(0, 1), entity(2, 3), entity(4, 5, "LOC"))


def result() -> SentenceResult:
    """Of three entities the first was lost, and the other two have changed places."""
    pair = SentencePair("one", SOURCE, TARGET)
    back = BackTranslation(
        SentencePair("one", Sentence(("In", "Rom", "Bo"), "de"), TARGET),
        (entity(1, 2, "LOC"), entity(2, 3)),
        origins=(2, 1),
        lost=(0,),
        doubled=(1,),
    )
    stated = problem(
        back.entities, {(0, (1, 2)): 1.0, (0, (0, 2)): 0.5}, links=[(1, 1)], n_source=3, n_target=5
    )
    return SentenceResult(pair, TAGGED, stated, IlpProjector().project(stated), back)


def test_projections_are_those_of_the_source_entities() -> None:
    (row,) = table([row_of(result(), result().pair)]).to_pylist()
    assert [(one["entity"], one["start"], one["end"], one["reason"]) for one in row["projections"]] == [
        (0, None, None, "lost in back-translation"),
        (1, None, None, "no link"),
        (2, 1, 2, None),
    ]
    chosen = row["projections"][2]
    assert (chosen["score"], chosen["rejected_start"], chosen["rejected_end"], chosen["rejected_score"]) == (
        1.0, 0, 2, 0.5
    )  # fmt: skip
    assert entities_of(row["source_entities"]) == TAGGED
    assert entities_of(row["back_entities"]) == (entity(1, 2, "LOC"), entity(2, 3))
    assert (row["back_origins"], row["back_doubled"]) == ([2, 1], [1])
    assert row["back_words"] == ["In", "Rom", "Bo"]
    assert row["gold_among_candidates"] == [True, False]
    assert row["alignment"] == [{"source": 1, "target": 1, "sure": True}]


def test_records_too() -> None:
    found = record(result())
    assert found["matches"] == [{"source": [4, 5], "target": [1, 2], "label": "LOC", "score": 1.0}]
    assert [(one["source"], one["reason"]) for one in found["unprojected"]] == [
        ([0, 1], "lost in back-translation"),
        ([2, 3], "no link"),
    ]
    assert found["back_alignment"] == "1-1"
    assert "alignment" not in found


def test_what_was_translated_is_told_from_what_was_given() -> None:
    given = SentencePair("one", Sentence((), "en"), TARGET, WordAlignment.of([(0, 0)], [(1, 1)]))
    row = row_of(result(), given)
    assert row["translated"] == "source"
    assert row["gold_source_entities"] is None
    assert row["gold_alignment"] == [
        {"source": 0, "target": 0, "sure": True},
        {"source": 1, "target": 1, "sure": False},
    ]
