"""Rows become sentences; what is dropped or repaired is counted, what is wrong is named with its row."""

from __future__ import annotations

import pytest
from datasets import ClassLabel, Dataset, Features, List, Translation, Value
from hypothesis import given, settings
from hypothesis import strategies as st

from xner_core.corpora.hub_columns import TaggedColumns, TextColumn
from xner_core.corpora.hub_names import HubName
from xner_core.corpora.hub_rows import tagged_sentences, translated_sentences
from xner_core.errors import CorpusError
from xner_core.tags import encode
from xner_core.types import Entity, Sentence, Span

NAMES = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
NAME = HubName("a/b", "de")


def rows(*rows: tuple[list[str | None] | None, list[int] | None]) -> Dataset:
    features = Features({"w": List(Value("string")), "t": List(ClassLabel(names=list(NAMES)))})
    return Dataset.from_dict(
        {"w": [words for words, _ in rows], "t": [t for _, t in rows]}, features=features
    )


def read(dataset: Dataset, names: tuple[str, ...] = NAMES) -> tuple[list[Sentence], list[str]]:
    notices: list[str] = []
    columns = TaggedColumns("w", "t", names)
    return tagged_sentences(dataset, columns, "de", "hub:spec", NAME, notices), notices


def texts(*tags: str) -> Dataset:
    return Dataset.from_dict({"w": [["x"] * len(tags)], "t": [list(tags)]})


def test_words_and_entities() -> None:
    sentences, notices = read(rows((["Ada", "King", "in", "Rom"], [1, 2, 0, 3]), (["Hi"], [0])))
    entities = (Entity(Span(0, 2), "PER"), Entity(Span(3, 4), "LOC"))
    assert sentences == [
        Sentence(("Ada", "King", "in", "Rom"), "de", entities),
        Sentence(("Hi",), "de", ()),
    ]
    assert notices == []


def test_white_space_is_dropped_and_entities_stay_apart() -> None:
    words = ["Ada", " ", "Bob", "\u3000", "\t", "Rom "]
    sentences, notices = read(rows((words, [1, 1, 2, 3, 0, 3]), ([""], [0]), (["\u200bx", None], [0, 0])))
    assert sentences[0].words == ("Ada", "Bob", "Rom")
    assert sentences[0].entities == (
        Entity(Span(0, 1), "PER"),
        Entity(Span(1, 2), "PER"),
        Entity(Span(2, 3), "LOC"),
    )
    assert sentences[1].is_missing
    assert sentences[2].words == ("\u200bx",)
    assert notices == [
        "a/b/de: 5 words were dropped, being white space (first: row 0)",
        "a/b/de: 1 word was freed of white space at the edges",
    ]


def test_rows_without_words() -> None:
    sentences, _ = read(rows(([], []), (None, None), (["a"], [0])))
    assert [sentence.is_missing for sentence in sentences] == [True, True, False]


def test_tags_are_repaired_and_counted() -> None:
    sentences, notices = read(rows((["a"], [0]), (["a", "Ada"], [0, 2]), (["Rom"], [4])))
    assert sentences[1].entities == (Entity(Span(1, 2), "PER"),)
    assert notices == ["a/b/de: tags are IOB1, read as IOB2"]
    _, notices = read(rows((["a"], [0]), (["a", "Ada"], [0, 2]), (["Rom"], [3])))
    assert notices == ["a/b/de: 1 tag was repaired (first: row 1, I-PER read as B-PER)"]


@pytest.mark.parametrize(
    ("dataset", "names", "what"),
    [
        (rows((["a"], [0]), (["a", "b"], [0])), NAMES, "the row has 2 w but 1 t"),
        (rows((["a"], [0]), (["a"], None)), NAMES, "the row has 1 w but 0 t"),
        (rows((["a"], [0]), (["a"], [4])), NAMES[:3], "the tag 4 of t has no name"),
        (rows((["a"], [0]), (["a"], [-1])), NAMES, "the tag -1 of t has no name"),
    ],
)
def test_bad_rows_are_named(dataset: Dataset, names: tuple[str, ...], what: str) -> None:
    with pytest.raises(CorpusError) as raised:
        read(dataset, names)
    assert raised.value.what == what
    assert raised.value.where == "hub:spec, row 1"
    assert raised.value.hint


def test_tags_that_are_written_out() -> None:
    sentences, _ = read(texts("B-PER", "O"), ())
    assert sentences[0].entities == (Entity(Span(0, 1), "PER"),)
    with pytest.raises(CorpusError, match="'PER' in t is not an IOB tag") as raised:
        read(texts("O", "PER"), ())
    assert raised.value.where == "hub:spec, row 0"


@settings(max_examples=30)  # each makes a dataset
@given(st.lists(st.tuples(st.sampled_from(["a", "b ", " ", ""]), st.integers(0, 4)), min_size=1, max_size=8))
def test_words_keep_their_labels(row: list[tuple[str, int]]) -> None:
    [sentence], _ = read(rows(([word for word, _ in row], [tag for _, tag in row])))
    assert sentence.words == tuple(word.strip() for word, _ in row if word.strip())
    labels = [NAMES[tag][2:] for word, tag in row if word.strip()]
    assert [tag[2:] for tag in encode(sentence.entities or (), len(labels))] == labels


def test_texts_are_cut_into_words() -> None:
    feature = Features({"translation": Translation(languages=("en", "th"))})
    pairs = [{"en": " Ada sings. ", "th": "เดินทางไป"}, {"en": None, "th": "\u200b"}]
    notices: list[str] = []
    dataset = Dataset.from_dict({"translation": pairs}, features=feature)
    found = translated_sentences(dataset, TextColumn("translation", ("en", "th")), NAME, notices)
    assert found[0] == (
        Sentence(("Ada", "sings", "."), "en", None, "Ada sings."),
        Sentence(("เดิน", "ทาง", "ไป"), "th", None, "เดินทางไป"),
    )
    assert [sentence.is_missing for sentence in found[1]] == [True, True]
    assert notices == [
        "a/b/de: 2 en texts cut into words by spaCy's en tokeniser",
        "a/b/de: 2 th texts cut into words by ICU's th dictionary",
    ]
