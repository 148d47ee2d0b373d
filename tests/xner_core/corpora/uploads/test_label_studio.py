"""Exports of Label Studio."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.builders import entity
from tests.xner_core.corpora.uploads.reading import changes, problems, read
from xner_core.corpora.uploads.preview import Preview
from xner_core.types import Sentence, SentencePair, WordAlignment

SOURCE, TARGET = "🙂 Ada lives in Bonn", "Ada wohnt 🙂 in Bonn"
DATA = {
    "src_text": SOURCE,
    "tgt_text": TARGET,
    "src_lang": "en",
    "tgt_lang": "de",
    "alignment": "0-2 1-0 4p4",
}


def region(
    side: str, start: int, end: int, label: str, text: str | None = "", **more: object
) -> dict[str, Any]:
    """A labelled stretch; its text is that of the side unless it is given, and left out where None."""
    value: dict[str, Any] = {"start": start, "end": end, "labels": [label]}
    if text is not None:
        value["text"] = text or {"src": SOURCE, "tgt": TARGET}[side][start:end]
    return {"id": f"{side}{start}", "from_name": f"{side}_label", "to_name": side, "type": "labels",
            "origin": "manual", "value": value}  # fmt: skip


BOTH = [
    region("src", 2, 5, "PER"),
    region("src", 15, 19, "LOC"),
    region("tgt", 0, 3, "PER"),
    region("tgt", 15, 19, "LOC"),
]
RELATION = {
    "type": "relation",
    "from_id": "src2",
    "to_id": "tgt0",
    "direction": "right",
    "labels": ["projects_to"],
}


def annotation(*results: object, **more: object) -> dict[str, Any]:
    return {
        "id": 1,
        "completed_by": 2,
        "was_cancelled": False,
        "lead_time": 1.5,
        "result": list(results),
        **more,
    }


def export(*tasks: object, indent: int | None = None) -> Preview:
    return read("label-studio", json.dumps(tasks, ensure_ascii=False, indent=indent), langs=("it", "es"))


def test_a_pair_with_its_links() -> None:
    found = export({"id": 5, "data": DATA, "annotations": [annotation(*BOTH, RELATION)], "predictions": []})
    assert found.pairs == (
        SentencePair(
            "5",
            Sentence(tuple(SOURCE.split()), "en", (entity(1, 2), entity(4, 5, "LOC")), SOURCE),
            Sentence(tuple(TARGET.split()), "de", (entity(0, 1), entity(4, 5, "LOC")), TARGET),
            WordAlignment.of([(0, 2), (1, 0)], [(4, 4)]),
        ),
    )
    assert found.findings == ()
    assert found.notices == ("a: 1 results that are no labels (relations …) were passed over",)


def test_words_that_the_task_tells() -> None:
    data = DATA | {"src_tokens": ["🙂", "Ada", "lives", "in", "Bo", "nn"], "alignment": "5-4"}
    [pair] = export({"data": data}).pairs
    assert pair.source.words == ("🙂", "Ada", "lives", "in", "Bo", "nn")
    assert pair.gold_alignment == WordAlignment.of([(5, 4)])


def test_offsets_in_utf16_are_known_by_the_text() -> None:
    old = [region("src", 3, 6, "PER", "Ada"), region("src", 16, 20, "LOC", "Bonn")]
    found = export({"data": DATA, "annotations": [annotation(*old)]})
    assert found.pairs[0].source.entities == (entity(1, 2), entity(4, 5, "LOC"))
    assert found.findings == ()


def test_offsets_without_a_text_are_code_points() -> None:
    found = export({"data": DATA, "annotations": [annotation(region("src", 2, 5, "PER", None))]})
    assert found.pairs[0].source.entities == (entity(1, 2),)


def test_an_export_names_its_predictions_by_their_number() -> None:
    found = export({"data": DATA, "annotations": [annotation(*BOTH)], "predictions": [7, 8]})
    assert found.pairs[0].source.entities == (entity(1, 2), entity(4, 5, "LOC"))
    assert found.findings == ()


@pytest.mark.parametrize("text", ["in New\\n\\nYork", "in New\r\nYork"])
def test_a_region_over_a_line_break(text: str) -> None:
    data = {"text": "jetzt in New\r\nYork", "lang": "de"}
    found = export({"data": data, "annotations": [annotation(region("tgt", 6, 18, "LOC", text))]})
    assert found.pairs[0].target.entities == (entity(1, 4, "LOC"),)
    assert found.findings == ()


def test_a_text_that_is_not_there_is_a_problem() -> None:
    bad = {"data": DATA, "annotations": [annotation(region("src", 2, 5, "PER", "Eve"))]}
    found = export({"id": 1, "data": DATA}, bad | {"id": 2}, indent=1)
    [(line, what)] = problems(found)
    assert line == json.dumps([{"id": 1, "data": DATA}], indent=1).count("\n") + 1
    assert what == "characters 2 to 5 are 'Ada', but the label says 'Eve'"
    assert [pair.id for pair in found.pairs] == ["1"]


def test_the_latest_annotation_counts_that_was_not_cancelled() -> None:
    def of(label: str, **more: object) -> dict[str, Any]:
        return annotation(region("tgt", 0, 3, label), **more)

    annotations = [
        of("OLD", created_at="2024-01-01T00:00:00Z"),
        of("NEW", created_at="2023-01-01T00:00:00Z", updated_at="2025-01-01T00:00:00Z"),
        of("BAD", created_at="2026-01-01T00:00:00Z", was_cancelled=True),
    ]
    task = {
        "data": DATA,
        "annotations": annotations,
        "predictions": [of("GUESS", model_version="m", score=0.5)],
    }
    assert export(task).pairs[0].target.entities == (entity(0, 1, "NEW"),)


def test_predictions_count_where_there_is_no_annotation() -> None:
    guess = {"model_version": "m", "score": 0.5, "result": [region("tgt", 0, 3, "PER")]}
    cancelled = annotation(*BOTH, was_cancelled=True)
    found = export({"data": DATA, "annotations": [cancelled], "predictions": [guess]})
    assert found.pairs[0].target.entities == (entity(0, 1),)
    assert "a: 1 tasks have no annotation; their predictions were taken for entities" in found.notices


def test_a_side_that_nobody_annotated_has_no_gold() -> None:
    tasks = [
        {"id": 1, "data": DATA, "annotations": [annotation(BOTH[2])]},
        {"id": 2, "data": DATA, "annotations": [annotation()]},
        {"id": 3, "data": DATA, "annotations": []},
    ]
    found = export(*tasks)
    assert [pair.target.entities for pair in found.pairs] == [(entity(0, 1),), (), None]
    assert [pair.source.entities for pair in found.pairs] == [None, None, None]


def test_a_project_of_one_text() -> None:
    results = [region("src", 2, 5, "PER") | {"to_name": "any"}]
    named = {"id": 1, "data": {"sentence": SOURCE, "lang": "en"}, "annotations": [annotation(*results)]}
    plain = {"id": 2, "data": {"text": SOURCE, "url": "x"}, "annotations": [annotation()]}
    found = export(named, plain)
    assert [pair.source for pair in found.pairs] == [Sentence((), "it")] * 2
    assert [pair.target.lang for pair in found.pairs] == ["en", "es"]
    assert [pair.target.entities for pair in found.pairs] == [(entity(1, 2),), ()]


def test_a_task_that_lacks_a_text() -> None:
    [pair] = export({"data": {"tgt_text": "Ada", "src_lang": "gsw"}}).pairs
    assert (pair.source, pair.target.words) == (Sentence((), "gsw"), ("Ada",))


def test_a_region_with_two_labels_keeps_the_first() -> None:
    both = region("tgt", 0, 3, "PER")
    both["value"]["labels"] = ["PER", "ORG"]
    found = export({"data": DATA, "annotations": [annotation(both)]})
    assert found.pairs[0].target.entities == (entity(0, 1),)
    assert changes(found) == [(1, "a region has the labels PER, ORG; PER was kept")]


NO_LABEL = {"start": 0, "end": 1, "labels": []}
BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no data": ({"id": 1}, "data: Field required"),
    "no text": ({"data": {"id": 1}}, "which field of data is the text? There are: none"),
    "two texts": ({"data": {"a": "x", "b": "y"}}, "which field of data is the text? There are: a, b"),
    "number": ({"data": {"src_text": 5}}, "data.src_text is not a text"),
    "language": ({"data": DATA | {"src_lang": "English"}}, "'English' is not a language code"),
    "links": ({"data": DATA | {"alignment": "9-9"}}, "link 9-9 points outside"),
    "other tag": (
        {"data": DATA, "annotations": [annotation(BOTH[0] | {"to_name": "x"})]},
        "a label belongs to 'x', which is neither src nor tgt",
    ),
    "XPath": (
        {
            "data": DATA,
            "annotations": [annotation(BOTH[0] | {"value": {"start": "/p[1]", "end": 1, "labels": []}})],
        },
        "value.start: Input should be a valid integer",
    ),
    "no label": (
        {
            "data": DATA,
            "annotations": [annotation(BOTH[0] | {"value": {"start": 0, "end": 1, "labels": []}})],
        },
        "a region has no label",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_task_is_named_and_left_out(name: str) -> None:
    task, what = BAD[name]
    good = {"id": "good", "data": DATA}
    found = read("label-studio", f"[{json.dumps(good)},\n\n {json.dumps(task)}\n]")
    [(line, said)] = problems(found)
    assert line == 3
    assert what in said
    assert [pair.id for pair in found.pairs] == ["good"]


def test_tasks_one_after_the_other() -> None:
    tasks = [{"id": n, "data": DATA} for n in (1, 2)]
    found = read("label-studio", "\n".join(json.dumps(task, indent=1) for task in tasks))
    assert [pair.id for pair in found.pairs] == ["1", "2"]


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ('[\n{"data": {"text": "x"}},\n{"data": ', 3, "not JSON (Expecting value)"),
        ('[\n{"data": {"text": "x"}}\n', 2, "the list has no end"),
        ("[\n" + "[" * 100_000, 2, "not JSON that can be read"),
        ("nonsense", 1, "not JSON (Expecting value)"),
        (b"[\n\xe9]", 2, "byte 0xe9 is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read(content: str | bytes, line: int, what: str) -> None:
    found = read("label-studio", content)
    assert found.refusal is not None
    assert (found.refusal.line, found.refusal.what) == (line, what)
    assert found.pairs == ()
