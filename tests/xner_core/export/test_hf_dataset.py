"""The Hugging Face format: what `datasets` itself reads, how files are cut, what other columns say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.xner_core.export.hard_cases import HARD_CASES, sample, words
from xner_core.errors import ExportError
from xner_core.export.hf_dataset import HfConfig, HfFormat
from xner_core.export.sample import ReadSample
from xner_core.types import Sentence

ADA = sample(
    "ada",
    words("Ada sings in Rome", "en"),
    words("Ada singt in Rom", "de", running="Ada singt  in Rom"),
    ((0, 1, "PER"), (3, 4, "LOC")),
    ((0, 1, "PER"), (3, 4, "LOC")),
    ((0, 0), (3, 3)),
    ((2, 2),),
    matches=((0, 0), (1, 1)),
    status="approved",
    note="fine",
    provenance={"software": "0.1"},
)


def test_datasets_reads_the_folder(tmp_path: Path) -> None:
    """`load_dataset` finds the card, the split and the names of the tags."""
    from datasets import ClassLabel, Value, load_dataset

    samples = [ADA, *HARD_CASES.values()]
    folder, cache = tmp_path / "data set", str(tmp_path / "cache")
    folder.mkdir()
    form = HfFormat(HfConfig(split="test", rows_per_file=10))
    paths = form.write(samples, folder, "mine")
    assert [path.name for path in paths] == [
        "README.md",
        *(f"test-0000{k}-of-00003.parquet" for k in range(3)),
    ]
    data = load_dataset(str(folder), split="test", cache_dir=cache)
    names = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
    for column in ("ner_tags", "ner_tags_src"):
        assert data.features[column].feature == ClassLabel(names=names)
    assert data.features["tokens"].feature == Value("string")
    assert data["id"][:] == [each.pair.id for each in samples]
    assert [tuple(each) for each in data["tokens"]] == [each.pair.target.words for each in samples]
    assert data[0] == {
        "id": "ada",
        "tokens": ["Ada", "singt", "in", "Rom"],
        "ner_tags": [1, 0, 0, 5],
        "tokens_src": ["Ada", "sings", "in", "Rome"],
        "ner_tags_src": [1, 0, 0, 5],
        "alignment": "0-0 2p2 3-3",
        "langs": ["en", "de"],
        "status": "approved",
        "note": "fine",
        "meta": '{"matches": [[0, 0], [1, 1]], "text": "Ada singt  in Rom"}',
    }
    alone = load_dataset("parquet", data_files=str(paths[1]), split="train", cache_dir=cache)
    assert alone.features["ner_tags"].feature.names == names


def test_the_card(tmp_path: Path) -> None:
    import yaml

    card = HfFormat().write([ADA, HARD_CASES["two-directions"]], tmp_path, "mine")[0].read_text()
    _, head, text = card.split("---\n", 2)
    said = yaml.safe_load(head)
    assert said["language"] == ["ar", "de", "en"]
    assert said["task_categories"] == ["token-classification"]
    assert said["configs"] == [
        {"config_name": "default", "data_files": [{"split": "train", "path": "data/train-*"}]}
    ]
    tags = said["dataset_info"]["features"][2]
    assert tags["sequence"]["class_label"]["names"]["0"] == "O"
    assert "2 sentence pairs from English to Arabic, German" in text
    assert '"software": "0.1"' in text


def test_tags_are_numbered_in_one_order_whatever_comes_first(tmp_path: Path) -> None:
    kinds = ("ZZZ", "LOC", "AAA", "MISC", "PER")
    samples = [
        sample(f"s{n}", words("a", "en"), words("b c", "de"), target_entities=((0, 2, label),))
        for n, label in enumerate(kinds)
    ]
    HfFormat(HfConfig(rows_per_file=2)).write(samples, tmp_path, "x")
    found = [
        row for path in sorted(tmp_path.glob("data/*")) for row in pq.read_table(path)["ner_tags"].to_pylist()
    ]
    order = ["PER", "LOC", "MISC", "AAA", "ZZZ"]
    assert found == [[1 + 2 * order.index(label), 2 + 2 * order.index(label)] for label in kinds]


def parquet(path: Path, columns: dict[str, list[Any]]) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def read(path: Path, notices: list[str] | None = None) -> list[ReadSample]:
    return list(HfFormat().read(path, notices))


def test_tags_may_be_words_and_columns_may_be_missing(tmp_path: Path) -> None:
    notices: list[str] = []
    columns = {"tokens": [["Ada", "King"], ["x"]], "ner_tags": [["I-PER", "I-PER"], ["O"]]}
    found = read(parquet(tmp_path / "a.parquet", columns), notices)
    assert [each.place for each in found] == ["a.parquet, row 1", "a.parquet, row 2"]
    first = found[0]
    assert (first.id, first.source, first.alignment, first.status, first.note) == (None,) * 5
    assert first.target is not None
    assert [(e.span.start, e.span.end, e.label) for e in first.target.entities or ()] == [(0, 2, "PER")]
    assert notices == ["a.parquet: 1 tag was repaired (first: row 1, I-PER read as B-PER)"]


@pytest.mark.parametrize(
    ("columns", "what"),
    [
        ({"words": [["a"]]}, "no column tokens"),
        ({"tokens": [["a"]], "ner_tags": [[0]]}, "have no names"),
        ({"tokens": [["a"]], "ner_tags": [["O", "O"]]}, "there are 1 tokens, but 2 ner_tags"),
        ({"tokens": [["a"]], "ner_tags": [["PER"]]}, "not an IOB tag"),
        ({"tokens": [["a"]], "tokens_src": [["a"]], "alignment": ["0-7"]}, "outside"),
        ({"tokens": [["a"]], "status": ["fine"]}, "no status"),
        ({"tokens": [["a"]], "meta": ["{"]}, "not JSON"),
    ],
)
def test_what_is_wrong(columns: dict[str, list[Any]], what: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=what) as raised:
        read(parquet(tmp_path / "a.parquet", columns))
    assert "a.parquet" in str(raised.value.where)
    assert raised.value.hint


def test_half_a_surrogate_pair_is_refused(tmp_path: Path) -> None:
    broken = replace(ADA, pair=replace(ADA.pair, target=Sentence(("a\ud800", "b", "c", "d"), "de")))
    with pytest.raises(ExportError, match=r"U\+D800"):
        HfFormat().write([broken], tmp_path, "x")
