"""Tag probabilities from a file: what is read, and what is refused with file, line and sentence."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.builders import blank_pair
from tests.xner_core.conftest import Write
from xner_core.errors import ConfigError, CorpusError
from xner_core.ner.target_file import FileTargetTagger, FileTargetTaggerConfig
from xner_core.types import SentencePair, TagProbabilities

GOOD: dict[str, Any] = {"id": "1", "tags": ["O", "B-PER"], "values": [[0.9, 0.1], [0.25, 0.75]]}


def lines(*rows: Any) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def pair(name: str = "1", n_target: int = 2) -> SentencePair:
    return replace(blank_pair(3, n_target), id=name)


def tagger(path: Path | str) -> FileTargetTagger:
    return FileTargetTagger(FileTargetTaggerConfig(path=str(path)))


def test_values_are_those_of_the_file(write: Write) -> None:
    path = write("a.jsonl", lines(GOOD, "", GOOD | {"id": "2", "values": [[1, 0]], "more": 1}))
    second, first = tagger(path).probabilities([pair("2", 1), pair()])
    assert isinstance(first, TagProbabilities)
    assert isinstance(second, TagProbabilities)
    assert first.tags == ("O", "B-PER", "I-PER")
    assert first.values.dtype == np.float32
    np.testing.assert_allclose(first.values, [[0.9, 0.1, 0], [0.25, 0.75, 0]], atol=1e-6)
    np.testing.assert_allclose(second.values, [[1, 0, 0]])


def test_other_schemes_are_read_as_iob2(write: Write) -> None:
    path = write("a.jsonl", lines(GOOD | {"tags": ["O", "S-PER"]}))
    (found,) = tagger(path).probabilities([pair()])
    assert found is not None
    np.testing.assert_allclose(found.values, [[0.9, 0.1, 0], [0.25, 0.75, 0]], atol=1e-6)


def test_rounded_rows_are_made_to_add_up(write: Write) -> None:
    path = write("a.jsonl", lines(GOOD | {"values": [[0.33, 0.66], [0.5, 0.51]]}))
    (found,) = tagger(path).probabilities([pair()])
    assert found is not None
    np.testing.assert_allclose(found.values[:, :2], [[1 / 3, 2 / 3], [50 / 101, 51 / 101]], atol=1e-6)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("nonsense", "not JSON"),
        ({"tags": ["O"], "values": []}, "id: Field required"),
        (GOOD | {"id": 5}, "id: "),
        (GOOD | {"tags": "O"}, "tags: "),
        (GOOD | {"tags": []}, "sentence '1': there are no tags"),
        (GOOD | {"tags": ["O", ""]}, "sentence '1': a tag is empty"),
        (GOOD | {"tags": ["O", "O"]}, "sentence '1': a tag is listed twice"),
        (GOOD | {"values": [0.5, 0.5]}, "values.0: "),
        (GOOD | {"values": [[1, 0], [1, "0"]]}, "values.1.1: "),
        (GOOD | {"values": [[1, None]]}, "values.0.1: "),
        (GOOD | {"values": [[1, 0], [1]]}, "sentence '1': word 1 has 1 values for 2 tags"),
        (GOOD | {"values": [[1, 0, 0], [1, 0]]}, "sentence '1': word 0 has 3 values for 2 tags"),
        (GOOD | {"values": [[1, 0], [0.5, 0.4]]}, "sentence '1': word 1 has values that add up to 0.900"),
        (GOOD | {"values": [[0.6, 0.5], [1, 0]]}, "sentence '1': word 0 has values that add up to 1.100"),
        (GOOD | {"values": [[1, 0], [1.2, -0.2]]}, "sentence '1': word 1 has a negative value"),
        (GOOD | {"values": [[1, 0], [0, 0]]}, "sentence '1': word 1 has values that add up to 0.000"),
        (
            GOOD | {"values": [[1, 0], [float("nan"), 0]]},
            "sentence '1': word 1 has a value that is no number",
        ),
        (
            GOOD | {"values": [[1, 0], [float("inf"), 0]]},
            "sentence '1': word 1 has a value that is no number",
        ),
        (GOOD | {"id": "0"}, "sentence '0': there is a line already: 1"),
    ],
)
def test_bad_lines(write: Write, row: Any, what: str) -> None:
    path = write("a.jsonl", lines(GOOD | {"id": "0"}, "", row))
    with pytest.raises(CorpusError) as raised:
        tagger(path).probabilities([pair()])
    assert what in raised.value.what
    assert (raised.value.path, raised.value.line) == (path, 3)
    assert raised.value.hint


@pytest.mark.parametrize("n_target", [1, 3])
def test_another_number_of_words(write: Write, n_target: int) -> None:
    path = write("a.jsonl", lines(GOOD | {"id": "0"}, GOOD))
    with pytest.raises(CorpusError, match=f"'1': values of 2 words for {n_target} target words") as raised:
        tagger(path).probabilities([pair("1", n_target)])
    assert (raised.value.path, raised.value.line) == (path, 2)


def test_a_sentence_that_is_not_in_the_file(write: Write) -> None:
    path = write("a.jsonl", lines(GOOD))
    with pytest.raises(CorpusError, match="no line for the sentence 'x'; its first is '1'") as raised:
        tagger(path).probabilities([pair(), pair("x")])
    assert raised.value.path == path
    assert raised.value.hint


def test_sentences_that_the_corpus_does_not_have_are_no_error(write: Write) -> None:
    path = write("a.jsonl", lines(GOOD, GOOD | {"id": "2"}))
    assert len(tagger(path).probabilities([pair("2")])) == 1


def test_no_file_is_named() -> None:
    with pytest.raises(ConfigError) as raised:
        FileTargetTagger().probabilities([pair()])
    assert raised.value.hint == "Write file:PATH"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such file"):
        tagger(tmp_path / "a.jsonl").probabilities([pair()])


def test_the_file_is_named_by_its_content(write: Write) -> None:
    path = write("a.jsonl", lines(GOOD))
    found = tagger(path)
    assert found.model_ids == ()
    found.probabilities([pair()])
    assert found.model_ids == (f"a.jsonl sha256:{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}",)


def test_the_file_is_read_once_until_it_is_released(write: Write) -> None:
    path = write("a.jsonl", lines(GOOD))
    found = tagger(path)
    found.probabilities([pair()])
    path.unlink()
    assert len(found.probabilities([pair()])) == 1
    found.release()
    with pytest.raises(CorpusError, match="no such file"):
        found.probabilities([pair()])
