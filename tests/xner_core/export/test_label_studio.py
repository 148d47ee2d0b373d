"""Tasks of Label Studio: seen by its own SDK, by our upload reader, and byte by byte."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.xner_core.conftest import Write
from tests.xner_core.export.hard_cases import HARD_CASES, entities, sample, words
from xner_core.corpora.uploads.preview import Upload, preview
from xner_core.errors import ExportError
from xner_core.export.label_studio import LabelStudioConfig, LabelStudioFormat
from xner_core.export.sample import Annotation, CharacterRange, ReadSample, Sample
from xner_core.palette import label_colour
from xner_core.types import Entity, Span, WordAlignment

SIDES = {"source": "src", "target": "tgt"}


def written(samples: Sequence[Sample], folder: Path) -> tuple[list[dict[str, Any]], str]:
    tasks, config = LabelStudioFormat().write(iter(samples), folder, "some")
    return json.loads(tasks.read_text(encoding="utf-8")), config.read_text(encoding="utf-8")


def read(path: Path, notices: list[str] | None = None, **options: Any) -> list[ReadSample]:
    return list(LabelStudioFormat(LabelStudioConfig(**options)).read(path, notices))


def task(results: list[dict[str, Any]], **data: Any) -> str:
    text = {"src_text": "Ada 😀 met Bo", "tgt_text": "Ada 😀 traf Bo"}
    return json.dumps([{"id": 7, "data": {**text, **data}, "annotations": [{"result": results}]}])


def region(start: int, end: int, text: str | None, label: str = "PER", **more: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "labels": [label]} | ({} if text is None else {"text": text})
    return {"type": "labels", "from_name": "tgt_label", "to_name": "tgt", "value": value, **more}


@pytest.fixture(scope="module")
def interface() -> Any:
    """Label Studio's own reading of a labelling config."""
    if os.environ.get("REQUIRE_ALL") == "1":
        import label_studio_sdk  # noqa: F401
    return pytest.importorskip("label_studio_sdk.label_interface").LabelInterface


def test_label_studio_takes_all_hard_cases(interface: Any, tmp_path: Path) -> None:
    tasks, config = written(tuple(HARD_CASES.values()), tmp_path)
    project = interface(config)
    project.validate()
    assert len(tasks) == len(HARD_CASES)
    n_regions = 0
    for each in tasks:
        assert project.validate_task({"data": each["data"]})
        for said in (*each["annotations"], *each["predictions"]):
            assert project.validate_prediction(said, return_errors=True) == []
            assert project.validate_annotation(said)
            n_regions += len(said["result"])
    assert n_regions > 60


def test_the_sdk_would_tell_a_wrong_region(interface: Any, tmp_path: Path) -> None:
    tasks, config = written([HARD_CASES["adjacent"]], tmp_path)
    said = tasks[0]["annotations"][0]
    said["result"][0]["from_name"] = "other"
    assert interface(config).validate_prediction(said, return_errors=True) != []


def test_every_region_says_what_stands_there(tmp_path: Path) -> None:
    tasks, _ = written(tuple(HARD_CASES.values()), tmp_path)
    for each, original in zip(tasks, HARD_CASES.values(), strict=True):
        for said in each["annotations"]:
            regions = [result for result in said["result"] if result["type"] == "labels"]
            n_entities = len(original.corrected.source_entities) + len(original.corrected.target_entities)
            assert len(regions) == n_entities
            for result in regions:
                text = each["data"][f"{result['to_name']}_text"]
                value = result["value"]
                assert text[value["start"] : value["end"]] == value["text"] != ""


def test_a_task_as_it_is_written(tmp_path: Path) -> None:
    each = sample(
        "x-1",
        words("😀 Ada", "en"),
        words("😀 Ada !", "de", running="😀  Ada!"),
        ((1, 2, "PER"),),
        ((1, 2, "PER"),),
        ((1, 1),),
        ((0, 0),),
        ((0, 0),),
        status="approved",
        note="n",
        updated="2026-01-02T03:04:05+00:00",
    )
    tasks, _ = written([each], tmp_path)
    mark = {"type": "labels", "origin": "manual"}
    assert tasks == [
        {
            "id": 1,
            "data": {
                "pair_id": "x-1",
                "src_text": "😀 Ada",
                "src_lang": "en",
                "src_tokens": ["😀", "Ada"],
                "tgt_text": "😀  Ada!",
                "tgt_lang": "de",
                "tgt_tokens": ["😀", "Ada", "!"],
                "alignment": "0p0 1-1",
                "status": "approved",
                "note": "n",
            },
            "meta": {"is_edited": False, "authors": [], "updated": "2026-01-02T03:04:05+00:00"},
            "annotations": [
                {
                    "was_cancelled": False,
                    "ground_truth": False,
                    "created_at": "2026-01-02T03:04:05+00:00",
                    "updated_at": "2026-01-02T03:04:05+00:00",
                    "result": [
                        {
                            "id": "src-0",
                            "from_name": "src_label",
                            "to_name": "src",
                            **mark,
                            "value": {"start": 2, "end": 5, "text": "Ada", "labels": ["PER"]},
                        },
                        {
                            "id": "tgt-0",
                            "from_name": "tgt_label",
                            "to_name": "tgt",
                            **mark,
                            "value": {"start": 3, "end": 6, "text": "Ada", "labels": ["PER"]},
                        },
                        {
                            "type": "relation",
                            "from_id": "src-0",
                            "to_id": "tgt-0",
                            "direction": "right",
                            "labels": ["projects_to"],
                        },
                    ],
                }
            ],
            "predictions": [],
        }
    ]


def test_corrected_is_the_annotation_and_raw_the_prediction(tmp_path: Path) -> None:
    each = HARD_CASES["edited"]
    (one,), _ = written([each], tmp_path)
    labelled = {
        name: [
            (result["to_name"], result["value"]["text"], result["origin"])
            for result in said[0]["result"]
            if result["type"] == "labels"
        ]
        for name, said in (("annotations", one["annotations"]), ("predictions", one["predictions"]))
    }
    assert labelled == {
        "annotations": [
            ("src", "Ada", "prediction"),
            ("src", "Bo", "manual"),
            ("tgt", "Ada", "manual"),
            ("tgt", "Bo", "manual"),
        ],
        "predictions": [("src", "Ada", "prediction"), ("tgt", "Ada und", "prediction")],
    }
    assert one["meta"]["raw_alignment"] == "0-0 0-1"
    assert one["meta"]["authors"] == ["Ana", "Ben"]
    assert one["meta"]["provenance"] == each.provenance


def test_only_the_history_is_lost() -> None:
    assert [loss.aspect for loss in LabelStudioFormat().losses(HARD_CASES["edited"])] == ["history"]


def test_what_nobody_looked_at_is_a_task_without_an_annotation(tmp_path: Path) -> None:
    said = Annotation(entities((0, 1, "PER")), entities((0, 1, "PER")), WordAlignment(()), ((0, 0),))
    untouched = sample("a", words("Ada sings", "en"), words("Ada singt", "de"))
    untouched = Sample(untouched.pair, said, raw=said)
    seen = Sample(untouched.pair, said, raw=said, status="approved")
    tasks, _ = written([untouched, seen], tmp_path)
    assert [len(each["annotations"]) for each in tasks] == [0, 1]
    assert [len(each["predictions"]) for each in tasks] == [1, 1]
    notices: list[str] = []
    first, second = read(tmp_path, notices)
    assert first.source == second.source
    assert first.matches == ((0, 0),)
    assert notices == ["some.json: 1 task has no annotation; what was predicted was read"]
    first, other = read(tmp_path, predictions=False)
    assert other == second
    assert first.source is not None
    assert (first.source.words, first.source.entities, first.matches) == (("Ada", "sings"), None, None)


def test_the_config_has_all_labels_in_their_colours(tmp_path: Path) -> None:
    odd = sample(
        "a", words("a b", "en"), words("a b", "de"), ((0, 1, 'A"<&'),), ((0, 1, "PER"), (1, 2, "ORG"))
    )
    _, config = written([odd], tmp_path)
    root = ElementTree.fromstring(config)
    for short in SIDES.values():
        (control,) = (each for each in root.iter("Labels") if each.get("name") == f"{short}_label")
        labels = {each.get("value"): each.get("background") for each in control}
        assert labels == {label: label_colour(label) for label in ('A"<&', "ORG", "PER")}
        (text,) = (each for each in root.iter("Text") if each.get("name") == short)
        assert text.get("value") == f"${short}_text"


def test_where_nothing_was_found_the_usual_labels_are_offered(tmp_path: Path) -> None:
    _, config = written([HARD_CASES["nothing-found"]], tmp_path)
    assert re.findall(r'Label value="(\w+)"', config) == ["PER", "ORG", "LOC", "MISC"] * 2


@pytest.mark.parametrize(
    ("case", "unit", "way"),
    [
        ("no-spaces", "symbol", "ltr"),
        ("two-directions", "word", "rtl"),
        ("adjacent", "word", "ltr"),
    ],
)
def test_the_target_is_shown_as_its_language_is_written(
    case: str, unit: str, way: str, tmp_path: Path
) -> None:
    _, config = written([HARD_CASES[case]], tmp_path)
    shown = ElementTree.fromstring(config)[1]
    assert shown.get("style") == f"direction: {way}"
    assert shown.find("Text").get("granularity") == unit  # type: ignore[union-attr]


def test_our_upload_reader_reads_it(tmp_path: Path) -> None:
    plain = [each for sid, each in HARD_CASES.items() if sid not in {"nested", "crossing"}]
    tasks, _ = LabelStudioFormat().write(plain, tmp_path, "some")
    seen = preview([Upload("some.json", tasks.read_bytes())], "label-studio", ("en", "de"))
    assert seen.n_problems == 0
    assert [pair.id for pair in seen.pairs] == [each.pair.id for each in plain]
    for pair, each in zip(seen.pairs, plain, strict=True):
        assert pair.source.words == each.pair.source.words
        assert pair.target.words == each.pair.target.words
        assert pair.source.entities == each.corrected.source_entities
        assert pair.gold_alignment == each.corrected.alignment


# Exports of Label Studio itself


def test_offsets_in_utf16_units_are_told_by_the_text(write: Write) -> None:
    data = {"tgt_tokens": ["Ada", "😀", "traf", "Bo"]}
    (one,) = read(write("old.json", task([region(12, 14, "Bo")], **data)))
    assert one.target is not None
    assert one.target.entities == (Entity(Span(3, 4), "PER"),)


def test_words_that_are_nowhere_stay_ranges(write: Write) -> None:
    (one,) = read(write("cut.json", task([region(1, 3, "da"), region(0, 3, None)], tgt_tokens=["Ada"])))
    assert one.target is not None
    assert one.target.words is None
    assert one.target.ranges == (CharacterRange(0, 3, "PER", None), CharacterRange(1, 3, "PER", "da"))


def test_white_space_at_the_edges_of_a_region_does_not_count(write: Write) -> None:
    (one,) = read(write("edge.json", task([region(5, 13, " traf Bo"[:8])], tgt_tokens=None)))
    assert one.target is not None
    assert one.target.ranges == (CharacterRange(6, 13, "PER", "traf Bo"),)


@pytest.mark.parametrize(
    ("text", "words", "start", "said"),
    [
        ("in New\r\nYork", ["in", "New", "York"], 3, "New\\n\\nYork"),
        ("a \\n in New\nYork", ["a", "\\n", "in", "New", "York"], 2, "\\n in New\\nYork"),
    ],
)
def test_line_breaks_in_a_region_are_written_out(
    text: str, words: list[str], start: int, said: str, write: Write
) -> None:
    made = [region(start, len(text), said)]
    (one,) = read(write("breaks.json", task(made, tgt_text=text, tgt_tokens=words)))
    assert one.target is not None
    assert one.target.entities == (Entity(Span(1, len(words)), "PER"),)


def test_an_export_as_label_studio_writes_it(write: Write) -> None:
    said = [
        {"result": [region(0, 3, "Ada")], "was_cancelled": True, "updated_at": "2026-03-01T00:00:00Z"},
        {
            "id": 3,
            "completed_by": {"id": 1, "email": "a@b.c"},
            "lead_time": 3.2,
            "updated_at": "2026-02-01T00:00:00Z",
            "result": [
                region(0, 3, "Ada", id="t"),
                {**region(0, 3, "Ada", id="s"), "to_name": "src"},
                {"type": "relation", "from_id": "t", "to_id": "s", "direction": "left", "labels": []},
                {"type": "relation", "from_id": "t", "to_id": "gone", "direction": "right"},
                {"type": "choices", "to_name": "tgt", "value": {"choices": ["good"]}},
            ],
        },
        {"result": [], "updated_at": "2026-01-01T00:00:00Z"},
    ]
    data = json.loads(task([]))[0]["data"]
    row = {"id": 7, "data": data, "annotations": said, "predictions": [12], "total_annotations": 2}
    notices: list[str] = []
    (one,) = read(write("ls.json", "\ufeff" + json.dumps([row], indent=4)), notices)
    assert one.place.endswith("ls.json, line 2")
    assert one.id is None
    assert one.source is not None
    assert one.target is not None
    assert one.source.ranges == (CharacterRange(0, 3, "PER", "Ada"),)
    assert one.target.ranges == (CharacterRange(0, 3, "PER", "Ada"),)
    assert one.matches == ((0, 0),)
    assert (one.status, one.note, one.alignment) == (None, None, None)
    assert notices == [
        "ls.json, line 2: a result of the type 'choices' was passed over",
        "ls.json, line 2: a relation from 't' to 'gone' was passed over",
    ]


def test_json_min(write: Write) -> None:
    row = {
        "id": 5,
        "pair_id": "p",
        "src_text": "Ada",
        "tgt_text": "Ada",
        "tgt_tokens": ["Ada"],
        "alignment": "",
        "tgt_label": [{"start": 0, "end": 3, "text": "Ada", "labels": ["PER", "ORG"]}],
        "annotator": 1,
    }
    (one,) = read(write("min.json", json.dumps([row])))
    assert one.id == "p"
    assert one.target is not None
    assert one.target.entities == entities((0, 1, "PER"), (0, 1, "ORG"))
    assert one.source is not None
    assert one.source.ranges == ()
    assert one.matches is None  # it has no relations, and that says nothing


def min_row(**more: object) -> dict[str, object]:
    """A row of JSON-MIN of somebody else's project, in which nobody labelled anything yet."""
    times = {"created_at": None, "updated_at": None, "lead_time": None}
    return {"id": 5, "sentence": "Ada", "annotator": None, "annotation_id": None, **times, **more}


def test_a_row_of_json_min_that_nobody_labelled_says_nothing_of_entities(write: Write) -> None:
    (one,) = read(write("min.json", json.dumps([min_row()])))
    assert one.target is not None
    assert one.target.text == "Ada"
    assert one.target.ranges is None


@pytest.mark.parametrize("last", [0, 1])
def test_of_the_rows_of_a_task_the_latest_counts(last: int, write: Write) -> None:
    label = [{"start": 0, "end": 3, "text": "Ada", "labels": ["PER"]}]
    times = ["2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z"]
    rows = [
        min_row(label=label, annotator=1, annotation_id=1, updated_at=times[last == 0]),
        min_row(annotator=1, annotation_id=2, updated_at=times[last == 1]),
        min_row(id=6, created_at=7),
    ]
    one, other = read(write("min.json", json.dumps(rows)))
    assert one.target is not None
    assert one.target.ranges == ((CharacterRange(0, 3, "PER", "Ada"),) if last == 0 else ())
    assert other.target is not None
    assert other.target.ranges is None


def test_a_task_with_one_text(write: Write) -> None:
    row = {"data": {"text": "Bo und Ada"}, "annotations": [{"result": [region(7, 10, "Ada")]}]}
    path = write("one.json", json.dumps([row]))
    (one,) = read(path)
    assert one.source is None
    assert one.matches is None
    assert one.target is not None
    assert one.target.ranges == (CharacterRange(7, 10, "PER", "Ada"),)
    (other,) = read(path, side="source")
    assert other.source == one.target


def test_a_task_that_nobody_labelled_says_nothing_of_entities(write: Write) -> None:
    (one,) = read(write("none.json", json.dumps([{"data": {"src_text": "a", "tgt_text": "b"}}])))
    assert one.source is not None
    assert (one.source.entities, one.source.ranges, one.matches) == (None, None, None)


def test_labels_with_spaces_are_told(write: Write) -> None:
    notices: list[str] = []
    (one,) = read(write("a.json", task([region(0, 3, "Ada", "geo name")])), notices)
    assert one.target is not None
    assert one.target.ranges is not None
    assert one.target.ranges[0].label == "geo_name"
    assert notices == ["a.json, line 1: the label 'geo name' was read as 'geo_name'"]


BAD = {
    "no data": ("[\n{},\n", 2, "data"),
    "no end": ('[\n{"data": {"src_text": "a", "tgt_text": "b"}},\n', 3, "the list has no end"),
    "cut": ('[\n{"data": \n}]', 3, "not JSON"),
    "braces": ("{" * 3, 1, "not JSON"),
    "number": ("[1]", 1, "object"),
    "nested": ("[" * 100_000, 1, "not JSON"),
    "half a surrogate pair": ('[{"data": {"text": "\\ud800"}}]', 1, "not JSON"),
    "other tag": (task([region(0, 3, "Ada", to_name="text")]), 1, "neither src nor tgt"),
    "no label": (task([{"type": "labels", "to_name": "tgt", "value": {"start": 0, "end": 1}}]), 1, "labels"),
    "empty": (task([region(3, 3, "")]), 1, "from 3 to 3"),
    "behind": (task([region(0, 99, None)]), 1, "behind the text"),
    "no link": (task([], alignment="0-0 1x1"), 1, "'1x1' is not a link"),
    "link outside": (
        task([], alignment="0-9", src_text="a", src_tokens=["a"], tgt_text="b", tgt_tokens=["b"]),
        1,
        "outside",
    ),
    "no text": (task([], tgt_text=5), 1, "data.tgt_text is not a text"),
    "two texts": ('[{"data": {"a": "x", "b": "y"}}]', 1, "which field of data is the text"),
}


@pytest.mark.parametrize(("content", "line", "what"), BAD.values(), ids=BAD)
def test_what_is_no_export_is_named_with_its_line(content: str, line: int, what: str, write: Write) -> None:
    path = write("bad.json", content)
    with pytest.raises(ExportError, match=what) as raised:
        read(path)
    assert (raised.value.path, raised.value.line) == (path, line)
    assert raised.value.hint


def test_a_file_that_is_longer_than_what_is_read_at_once(write: Write) -> None:
    text = "wort " * 40_000
    rows = [{"data": {"text": text, "pair_id": str(i)}, "annotations": []} for i in range(3)]
    found = read(write("long.json", json.dumps(rows, indent=1)))
    assert [(one.id, one.target.text if one.target else "") for one in found] == [
        (str(i), text) for i in range(3)
    ]
    assert [one.place.rpartition(" ")[2] for one in found] == ["2", "9", "16"]
