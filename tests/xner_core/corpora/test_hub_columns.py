"""Columns are found by what they hold, and asked for where several would do."""

from __future__ import annotations

import pytest
from datasets import ClassLabel, Dataset, Features, LargeList, List, Translation, Value

from tests.hub_folders import LABELS, tagged
from xner_core.corpora.hub_columns import TaggedColumns, TextColumn, find_columns
from xner_core.errors import CorpusError

TEXT, NUMBER = List(Value("string")), List(Value("int64"))
IOB = List(ClassLabel(names=["O", "B-PER", "I-PER"]))
NAMES = ("O", "B-PER", "I-PER")


def dataset(**columns: tuple[object, object]) -> Dataset:
    """One row of columns, each given by its value and feature."""
    values = {name: [value] for name, (value, _) in columns.items()}
    return Dataset.from_dict(values, features=Features({n: f for n, (_, f) in columns.items()}))


def find(
    rows: Dataset, tokens: str | None = None, tags: str | None = None, labels: str | None = None
) -> TaggedColumns | TextColumn:
    return find_columns(rows, tokens, tags, labels, "hub:spec")


def refused(
    rows: Dataset, tokens: str | None = None, tags: str | None = None, labels: str | None = None
) -> CorpusError:
    with pytest.raises(CorpusError) as raised:
        find(rows, tokens, tags, labels)
    assert raised.value.where == "hub:spec"
    assert raised.value.hint
    return raised.value


def test_the_columns_of_masakhaner2() -> None:
    rows = dataset(id=("0", Value("string")), tokens=(["a"], TEXT), ner_tags=([0], IOB))
    assert find(rows) == TaggedColumns("tokens", "ner_tags", NAMES)


def test_the_columns_of_wikiann() -> None:
    rows = tagged([("Ada", "B-PER")], langs=[["de"]], spans=[["PER: Ada"]])
    assert find(rows) == TaggedColumns("tokens", "ner_tags", LABELS)


def test_the_columns_of_conll2003() -> None:
    parts, chunks = (List(ClassLabel(names=names)) for names in (["NN", "VB"], ["O", "B-NP", "I-NP"]))
    rows = dataset(
        id=("0", Value("string")), tokens=(["a"], TEXT), pos_tags=([0], parts), chunk_tags=([1], chunks),
        ner_tags=([1], IOB),
    )  # fmt: skip
    assert find(rows) == TaggedColumns("tokens", "ner_tags", NAMES)


@pytest.mark.parametrize("many", [List, LargeList])
@pytest.mark.parametrize("kind", ["string", "large_string"])
def test_unusual_names(many: type[List] | type[LargeList], kind: str) -> None:
    text = many(Value(kind))
    rows = dataset(satz=(["Ada", "O"], text), marken=(["B-PER", "O"], text))
    assert find(rows) == TaggedColumns("satz", "marken", ())


def test_several_columns_of_words() -> None:
    error = refused(dataset(words1=(["a"], TEXT), words2=(["b"], TEXT), x=([0], IOB)))
    assert error.what == "several columns may be the tokens: words1, words2"
    assert error.hint == "Name it with tokens=; columns: words1, words2, x"
    rows = dataset(words1=(["a"], TEXT), words2=(["b"], TEXT), x=([0], IOB))
    assert find(rows, tokens="words2") == TaggedColumns("words2", "x", NAMES)


def test_several_columns_of_tags() -> None:
    rows = dataset(tokens=(["a"], TEXT), fine=([0], IOB), coarse=([0], IOB))
    assert refused(rows).what == "several columns may be the tags: fine, coarse"
    assert find(rows, tags="coarse") == TaggedColumns("tokens", "coarse", NAMES)


def test_no_column_of_tags() -> None:
    assert refused(dataset(tokens=(["a"], TEXT), text=("a", Value("string")))).what == "no column holds tags"


def test_no_column_of_words() -> None:
    assert refused(dataset(ner_tags=([0], IOB))).what == "no column holds tokens"


@pytest.mark.parametrize(("tokens", "tags"), [("x", None), (None, "x")])
def test_a_column_that_does_not_exist(tokens: str | None, tags: str | None) -> None:
    error = refused(tagged([("a", "O")]), tokens, tags)
    assert error.what == "there is no column 'x'"
    assert error.hint == "Columns: tokens, ner_tags"


@pytest.mark.parametrize(("tokens", "tags"), [("ner_tags", None), ("id", None), (None, "id")])
def test_a_column_of_something_else(tokens: str | None, tags: str | None) -> None:
    rows = dataset(id=("0", Value("string")), tokens=(["a"], TEXT), ner_tags=([0], IOB))
    assert "does not hold" in refused(rows, tokens, tags).what


def test_numbers_without_names() -> None:
    rows = dataset(tokens=(["a"], TEXT), ner_tags=([0], NUMBER))
    assert refused(rows).what == "nothing tells what the numbers in the column 'ner_tags' stand for"
    assert find(rows, labels=" O, B-PER,I-PER ") == TaggedColumns("tokens", "ner_tags", NAMES)
    odd = dataset(tokens=(["a"], TEXT), marks=([0], NUMBER))
    assert refused(odd).what == "no column holds tags"
    assert find(odd, labels="O,B-PER,I-PER") == TaggedColumns("tokens", "marks", NAMES)


def test_labels_replace_the_names_of_the_dataset() -> None:
    rows = dataset(tokens=(["a"], TEXT), ner_tags=([0], List(ClassLabel(names=["none", "person"]))))
    assert refused(rows).what == "no column holds tags"
    assert refused(rows, tags="ner_tags").what.startswith("'none', a label of the column 'ner_tags'")
    assert find(rows, labels="O,B-PER") == TaggedColumns("tokens", "ner_tags", ("O", "B-PER"))
    assert "'X'" in refused(rows, labels="O,X").what


@pytest.mark.parametrize(
    "feature",
    [Translation(languages=("en", "lug")), {"en": Value("string"), "lug": Value("string")}],
)
def test_translations(feature: object) -> None:
    rows = dataset(translation=({"en": "Hi", "lug": "Ki"}, feature))
    assert find(rows) == TextColumn("translation", ("en", "lug"))


def test_three_languages_are_no_pair() -> None:
    three = dict.fromkeys(("en", "de", "fr"), "Hi")
    error = refused(dataset(translation=(three, Translation(languages=tuple(three)))))
    assert error.what == "no column holds tags"
