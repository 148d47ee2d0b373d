"""Tagged sentences from CoNLL files and JSON lines: what is read, and what is refused with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import entity
from tests.xner_core.conftest import Write
from xner_core.errors import CorpusError
from xner_core.ner.tag_file import read_tag_file

ADA = ("Ada", "Lovelace", "lebt")
WORDS = st.text("abß中{#-", min_size=1, max_size=3)
TAGS = st.sampled_from(["O", "B-PER", "I-PER", "B-LOC"])
SENTENCES = st.lists(
    st.lists(st.tuples(WORDS, TAGS), min_size=1, max_size=4),
    min_size=1,
    max_size=4,
    unique_by=lambda rows: tuple(word for word, _ in rows),
)


def test_columns(write: Write) -> None:
    path = write("a.conll", "-DOCSTART- O\n\nAda NN B-PER\nLovelace NN I-PER\nlebt VB O\n\n\nBonn NN B-LOC")
    found = read_tag_file(path)
    assert found.entities == {ADA: (entity(0, 2),), ("Bonn",): (entity(0, 1, "LOC"),)}
    assert found.notices == ()


def test_a_tab_separates_words_that_hold_spaces(write: Write) -> None:
    found = read_tag_file(write("a", "Ada L.\tB-PER\r\nlebt\tO\r\n"))
    assert found.entities == {("Ada L.", "lebt"): (entity(0, 1),)}


def test_json_lines(write: Write) -> None:
    row = {"tokens": list(ADA), "tags": ["B-PER", "I-PER", "O"], "more": 1}
    found = read_tag_file(write("a.jsonl", f"\n{json.dumps(row)}\n"))
    assert found.entities == {ADA: (entity(0, 2),)}


@given(SENTENCES)
def test_both_forms_say_the_same(
    tmp_path_factory: pytest.TempPathFactory, sentences: list[list[tuple[str, str]]]
) -> None:
    folder = tmp_path_factory.mktemp("both")
    columns, lines = folder / "columns", folder / "lines"
    columns.write_text(
        # A first line that tells the file from JSON, whatever the words.
        "-DOCSTART-\tO\n\n"
        + "\n".join("".join(f"{word}\t{tag}\n" for word, tag in rows) for rows in sentences),
        encoding="utf-8",
    )
    rows_of = ({"tokens": [w for w, _ in rows], "tags": [t for _, t in rows]} for rows in sentences)
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows_of), encoding="utf-8")
    by_columns, by_lines = (read_tag_file(path).entities for path in (columns, lines))
    assert by_columns == by_lines
    assert list(by_lines) == [tuple(word for word, _ in rows) for rows in sentences]


def test_other_schemes_and_repairs_are_told(write: Write) -> None:
    found = read_tag_file(write("a", "Ada S-PER\n\nBonn B-LOC\nStadt E-LOC\n\nich I-PER\n"))
    assert list(found.entities.values()) == [(entity(0, 1),), (entity(0, 2, "LOC"),), (entity(0, 1),)]
    assert found.notices == ("a: tags are IOBES, read as IOB2", "a: 2 tags were repaired")


def test_a_sentence_may_come_again_with_the_same_entities(write: Write) -> None:
    path = write("a", "Ada B-PER\nL. I-PER\n\nBonn B-LOC\n\nAda B-PER\nL. I-PER\n")
    assert len(read_tag_file(path).entities) == 2


def test_a_sentence_with_other_tags_is_refused(write: Write) -> None:
    path = write("a", "Ada B-PER\nlebt O\n\nBonn B-LOC\n\nAda B-LOC\nlebt O\n")
    with pytest.raises(CorpusError, match="'Ada lebt' has other tags than in line 1") as raised:
        read_tag_file(path)
    assert (raised.value.path, raised.value.line) == (path, 6)


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ("Ada B-PER\nlebt\n", 2, "'lebt' is not a word with an IOB tag"),
        ("Ada B-PER\n\nlebt X\n", 3, "'lebt X' is not a word"),
        ("Ada\tB-PER\n\tO\n", 2, "is not a word"),
        ("Ada\n", 1, "'Ada' is not a word with an IOB tag"),
        ('{"tokens": ["Ada"], "tags": ["B-PER", "O"]}\n', 1, "2 tags for 1 tokens"),
        ('\n{"tokens": ["Ada"], "tags": ["PER"]}\n', 2, "'PER' is not an IOB tag"),
        ('{"tokens": ["Ada"]}\n', 1, "tags: Field required"),
        ('{"tokens": ["Ada"], "tags": ["O"]}\nnonsense\n', 2, "not JSON"),
    ],
)
def test_bad_lines(write: Write, content: str, line: int, what: str) -> None:
    path = write("bad", content)
    with pytest.raises(CorpusError) as raised:
        read_tag_file(path)
    assert what in raised.value.what
    assert (raised.value.path, raised.value.line) == (path, line)
    assert raised.value.hint


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(CorpusError, match="no such file"):
        read_tag_file(Path("/no/such"))
