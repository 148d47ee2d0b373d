"""JSON lines of doccano: accepted by its rules, read by our upload reader, and byte by byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import pytest

from tests.oracles.doccano import examples
from tests.xner_core.conftest import Write
from tests.xner_core.export.hard_cases import HARD_CASES, entities, sample, words
from xner_core.corpora.uploads.preview import Upload, preview
from xner_core.errors import ExportError
from xner_core.export.counting import Unit
from xner_core.export.doccano import DoccanoConfig, DoccanoFormat
from xner_core.export.sample import CharacterRange, ReadSample, Sample
from xner_core.types import Sentence

Project = Literal["entities", "relations"]
PROJECTS: tuple[Project, ...] = ("entities", "relations")
SMALL = sample(
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
)


def written(samples: tuple[Sample, ...], folder: Path, project: Project = "entities") -> str:
    (path,) = DoccanoFormat(DoccanoConfig(project=project)).write(iter(samples), folder, "some")
    return path.read_bytes().decode()


def read(path: Path, notices: list[str] | None = None, **options: Any) -> list[ReadSample]:
    return list(DoccanoFormat(DoccanoConfig(**options)).read(path, notices))


@pytest.mark.parametrize("project", PROJECTS)
def test_doccano_takes_all_hard_cases(project: Project, tmp_path: Path) -> None:
    found = examples(written(tuple(HARD_CASES.values()), tmp_path, project))
    surfaces = [
        (units[2 * start : 2 * end].decode("utf-16-le"), label)
        for each in found
        for units in [each["text"].encode("utf-16-le")]
        for start, end, label in each["spans"]
    ]
    assert len(surfaces) == sum(
        len(each.corrected.source_entities) + len(each.corrected.target_entities)
        for each in HARD_CASES.values()
    )
    assert ("New\r\nYork", "LOC") in surfaces
    assert ("🏴󠁧󠁢󠁳󠁣󠁴󠁿 Leith", "LOC") in surfaces
    assert {each["meta"]["note"] for each in found} == {each.note for each in HARD_CASES.values()}
    n_matches = sum(len(each.corrected.matches) for each in HARD_CASES.values())
    assert sum(len(each["relations"]) for each in found) == (n_matches if project == "relations" else 0)


def test_a_pair_is_two_records(tmp_path: Path) -> None:
    assert written((SMALL,), tmp_path) == (
        '{"id": 1, "text": "😀 Ada", "label": [[3, 6, "PER"]], "note": "n", "pair_id": "x-1", '
        '"side": "source", "status": "approved", "lang": "en", "tokens": ["😀", "Ada"], '
        '"alignment": "0p0 1-1", "matches": [[[3, 6, "PER"], [4, 7, "PER"]]]}\n'
        '{"id": 2, "text": "😀  Ada!", "label": [[4, 7, "PER"]], "note": "n", "pair_id": "x-1", '
        '"side": "target", "status": "approved", "lang": "de", "tokens": ["😀", "Ada", "!"], '
        '"alignment": "0p0 1-1", "matches": [[[3, 6, "PER"], [4, 7, "PER"]]]}\n'
    )


def test_with_relations_a_pair_is_one_record(tmp_path: Path) -> None:
    assert written((SMALL,), tmp_path, "relations") == (
        '{"id": 1, "text": "😀 Ada\\n😀  Ada!", "entities": '
        '[{"id": 1, "start_offset": 3, "end_offset": 6, "label": "PER"}, '
        '{"id": 2, "start_offset": 11, "end_offset": 14, "label": "PER"}], '
        '"relations": [{"id": 3, "from_id": 1, "to_id": 2, "type": "projects_to"}], "note": "n", '
        '"pair_id": "x-1", "status": "approved", "target_start": 6, "src_lang": "en", "tgt_lang": "de", '
        '"src_tokens": ["😀", "Ada"], "tgt_tokens": ["😀", "Ada", "!"], "links": "0p0 1-1"}\n'
    )


def test_ids_of_entities_are_there_once_in_a_file(tmp_path: Path) -> None:
    found = [json.loads(line) for line in written((SMALL, SMALL), tmp_path, "relations").splitlines()]
    ids = [each["id"] for row in found for kind in ("entities", "relations") for each in row[kind]]
    assert ids == [1, 2, 3, 4, 5, 6]


def test_an_empty_text_is_not_written(tmp_path: Path) -> None:
    nobody = sample("nobody", Sentence((), "en"), Sentence((), "de"))
    for project in PROJECTS:
        form = DoccanoFormat(DoccanoConfig(project=project))
        assert [(loss.aspect, loss.side) for loss in form.losses(nobody)] == [("sentence", None)]
        found = examples(written((nobody, HARD_CASES["no-target"]), tmp_path, project))
        assert [each["meta"]["pair_id"] for each in found] == ["no-target"]


@pytest.mark.parametrize("project", PROJECTS)
def test_our_upload_reader_reads_it(project: Project, tmp_path: Path) -> None:
    plain = [each for sid, each in HARD_CASES.items() if sid not in {"nested", "crossing"}]
    text = written(tuple(plain), tmp_path, project)
    seen = preview([Upload("some.jsonl", text.encode())], "doccano", ("en", "de"))
    assert seen.n_problems == 0
    for pair, each in zip(seen.pairs, plain, strict=True):
        assert (pair.id, pair.note) == (each.pair.id, each.note)
        assert pair.target.words == each.pair.target.words
        assert (pair.source.words, pair.source.lang) == (each.pair.source.words, each.pair.source.lang)
        assert pair.source.entities == each.corrected.source_entities
        assert (pair.target.entities or ()) == each.corrected.target_entities
        assert pair.gold_alignment == each.corrected.alignment


def test_a_match_goes_with_the_entity_that_an_annotator_deleted(write: Write, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in written((HARD_CASES["adjacent"],), tmp_path).splitlines()]
    rows[1]["label"] = [[0, 9, "LOC"], [10, 19, "PER"]]  # Rom Paris, Anna Berg
    content = "\n".join(json.dumps(row) for row in reversed(rows))
    (one,) = read(write("edited.jsonl", content))
    assert one.target is not None
    assert one.target.entities == entities((0, 2, "LOC"), (2, 4, "PER"))
    assert one.matches == ((2, 1),)


# Files of doccano itself


@pytest.mark.parametrize("key", ["label", "labels"])
def test_an_export_of_a_project_of_entities(key: str, write: Write) -> None:
    row = {"id": 12, "text": "Bo sings", key: [[0, 2, "PER"], [3, 8, "a b"]], "Comments": ["so", "la"]}
    notices: list[str] = []
    path = write("export.jsonl", f"\n{json.dumps(row)}\r\n")
    (one,) = read(path, notices)
    assert one.place == f"{path}, line 2"
    assert one.id == "12"
    assert one.source is None
    assert one.target is not None
    assert one.target.ranges == (CharacterRange(0, 2, "PER"), CharacterRange(3, 8, "a_b"))
    assert (one.status, one.matches, one.alignment) == (None, None, None)
    assert one.note == "so · la"
    assert notices == ["export.jsonl, line 2: the label 'a b' was read as 'a_b'"]
    (other,) = read(path, side="source")
    assert other.source == one.target


def test_an_export_of_a_project_with_relations(write: Write) -> None:
    row = {
        "text": "Bo sings",
        "entities": [{"id": 4, "start_offset": 0, "end_offset": 2, "label": "PER"}],
        "relations": [{"id": 1, "from_id": 4, "to_id": 4, "type": "is"}],
    }
    notices: list[str] = []
    (one,) = read(write("export.json", json.dumps([row], indent=1)), notices)
    assert one.target is not None
    assert one.target.ranges == (CharacterRange(0, 2, "PER"),)
    assert notices == ["export.json, line 2: 1 relations within one sentence were passed over"]


@pytest.mark.parametrize(
    ("offsets", "place", "behind"),
    [("utf-16", (6, 8), 12), ("grapheme clusters", (2, 4), 7), ("code points", (3, 5), 8)],
)
@pytest.mark.parametrize("project", PROJECTS)
def test_characters_may_be_counted_in_three_ways(
    offsets: Unit, place: tuple[int, int], behind: int, project: Project, tmp_path: Path
) -> None:
    emoji = sample("e", words("😀👍🏽Bo 😀", "en"), words("😀👍🏽Bo 😀", "de"))
    form = DoccanoFormat(DoccanoConfig(project=project, offsets=offsets))
    (path,) = form.write(iter([emoji]), tmp_path, "some")
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    if project == "entities":
        for row in rows:
            row["label"] = [[*place, "PER"]]
    else:
        offset = (("start_offset", place[0]), ("end_offset", place[1]))
        rows[0]["entities"] = [{"id": 1, "label": "PER", **dict(offset)}]
        rows[0]["entities"].append({"id": 2, "label": "PER", **{key: at + behind for key, at in offset}})
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    (one,) = form.read(path)
    for side in (one.source, one.target):
        assert side is not None
        assert side.ranges == (CharacterRange(3, 5, "PER"),)


@pytest.mark.parametrize(
    ("text", "place", "offsets", "said"),
    [
        ("😀👍🏽 Ada traf Grace.", (11, 15), "utf-16", "traf"),
        ("😀👍🏽 Ada traf Grace.", (7, 11), "grapheme clusters", "traf"),
        ("लक्ष्मी श्रावस्ती में क्\u200dष रहती है", (27, 31), "utf-16", "रहती"),
        ("लक्ष्मी श्रावस्ती में क्\u200dष रहती है", (16, 19), "grapheme clusters", "रहती"),
        ("มาลีทำงานที่เชียงใหม่", (4, 9), "utf-16", "ทำงาน"),
        ("มาลีทำงานที่เชียงใหม่", (3, 7), "grapheme clusters", "ทำงาน"),
        ("Besucht\nRom\r\nheute", (13, 18), "utf-16", "heute"),
        ("Besucht\nRom\r\nheute", (12, 17), "grapheme clusters", "heute"),
    ],
)
def test_words_that_were_marked_in_doccanos_pages(
    text: str, place: tuple[int, int], offsets: Unit, said: str, write: Write
) -> None:
    row = json.dumps({"id": 1, "text": text, "label": [[*place, "PER"]]})
    (one,) = read(write("marked.jsonl", row), offsets=offsets)
    assert one.target is not None
    assert one.target.ranges is not None
    assert [text[each.start : each.end] for each in one.target.ranges] == [said]


@pytest.mark.parametrize("project", PROJECTS)
def test_an_entity_that_cuts_a_cluster_is_announced_and_left_out(project: Project, tmp_path: Path) -> None:
    cut = sample(
        "cut",
        words("Ada 👍 🏽 Bo", "en", running="Ada 👍🏽 Bo"),
        words("Ada Bo", "de"),
        ((0, 1, "PER"), (2, 4, "PER")),
        ((0, 1, "PER"), (1, 2, "PER")),
        matches=((0, 0), (1, 1)),
    )
    form = DoccanoFormat(DoccanoConfig(project=project, offsets="grapheme clusters"))
    (loss,) = form.losses(cut)
    assert (loss.aspect, loss.side, loss.entity) == ("source entities", "source", *entities((2, 4, "PER")))
    (one,) = form.read(form.write(iter([cut]), tmp_path, "some")[0])
    assert one.source is not None
    assert one.source.entities == entities((0, 1, "PER"))
    assert one.matches == ((0, 0),)
    assert list(DoccanoFormat(DoccanoConfig(project=project)).losses(cut)) == []


@pytest.mark.parametrize(
    "said", [["really?", "n"], [{"id": 4, "comment": "really?"}, {"id": 5, "comment": "n"}, {"id": 6}]]
)
def test_a_users_comment_is_added_to_the_remark(said: list[Any], write: Write) -> None:
    row = {"text": "Bo", "label": [], "pair_id": 1, "note": "n"}
    rows = [{**row, "side": "src"}, {**row, "side": "tgt", "Comments": said}]
    (one,) = read(write("said.jsonl", "\n".join(json.dumps(row) for row in rows)))
    assert one.note == "n · really?"


def test_a_text_that_nobody_labelled(write: Write) -> None:
    (one,) = read(write("raw.jsonl", '{"text": "Bo"}'))
    assert one.target is not None
    assert (one.target.text, one.target.ranges, one.note) == ("Bo", None, None)


BAD = {
    "no text": ('{"text": "a"}\n{"label": []}', 2, "text"),
    "cut": ('{"text": "a"}\n{"text":', 2, "not JSON"),
    "behind": ('{"text": "ab", "label": [[0, 3, "PER"]]}', 1, "from 0 to 3, but the text has 2 characters"),
    "turned round": ('{"text": "ab", "label": [[1, 1, "PER"]]}', 1, "from 1 to 1"),
    "negative": ('{"text": "ab", "label": [[-1, 1, "PER"]]}', 1, "from -1 to 1"),
    "no label": ('{"text": "ab", "label": [[0, 1, " "]]}', 1, "a label is empty"),
    "strings": ('{"text": "ab", "label": [["0", 1, "PER"]]}', 1, "label.0.0"),
    "twice": ('{"text": "a", "pair_id": 1}\n\n{"text": "b", "pair_id": 1}', 3, "has a target text already"),
    "side": ('{"text": "a", "side": "left"}', 1, "side"),
    "link": ('{"text": "a", "alignment": "a-b"}', 1, "'a-b' is not a link"),
    "over both": (
        '{"text": "a\\nb", "target_start": 2, "entities": '
        '[{"id": 1, "start_offset": 0, "end_offset": 3, "label": "X"}]}',
        1,
        "over both sentences",
    ),
}


@pytest.mark.parametrize(("content", "line", "what"), BAD.values(), ids=BAD)
def test_what_is_no_export_is_named_with_its_line(content: str, line: int, what: str, write: Write) -> None:
    path = write("bad.jsonl", content)
    with pytest.raises(ExportError, match=what) as raised:
        read(path)
    assert (raised.value.path, raised.value.line) == (path, line)
    assert raised.value.hint
