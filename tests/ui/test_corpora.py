"""Corpora that cannot be read, and ones that hold less than the demonstration does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.demo import write_demo
from tests.ui.app import WITH_CORPUS, choose, grid, lane, open_app, rerun, texts, words

pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache")]
EVERY_PAGE = pytest.mark.parametrize("page", WITH_CORPUS)


def write(path: Path, **fields: object) -> str:
    """Write a corpus of one pair and return its spec."""
    row = {
        "id": "one",
        "source_lang": "en",
        "target_lang": "de",
        "source_tokens": ["Ada", "sings", "in", "Bonn"],
        "source_tags": ["B-PER", "O", "O", "B-LOC"],
        "target_tokens": ["Ada", "singt", "in", "Bonn"],
        **fields,
    }
    path.write_text(json.dumps(row), encoding="utf-8")
    return f"jsonl:{path}"


def complaint(at: AppTest) -> str:
    """The message in place of the page's content."""
    assert [error.value for error in at.error] == ["This cannot be shown:"]
    [message] = texts(at)
    assert not at.get("bidi_component")
    assert not at.get("plotly_chart")
    return message


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ("nonsense", "'nonsense' is not a corpus spec. Write demo:de, jsonl:FILE, parallel:FILE"),
        ("demo:xx", "the demonstration corpus has no language 'xx'"),
        ("jsonl:/nowhere/nothing.jsonl", "/nowhere/nothing.jsonl: there is no such file"),
        ("conll:only-one.conll", "a conll corpus needs two files"),
        ("jsonl:/", "/: the file cannot be read (Is a directory)"),
        ("jsonl:\0", "is not a path"),
        ("jsonl:~nobody-of-that-name/x", "is not a path"),
        ("demo:de?colour=red", "bad options for the corpus 'demo': colour"),
    ],
)
def test_a_bad_spec_gets_a_message(spec: str, says: str) -> None:
    assert says in complaint(open_app("inspect", corpus=spec))


@EVERY_PAGE
def test_each_page_says_it_in_place_of_its_content(page: str) -> None:
    at = open_app(page, corpus="nonsense")
    assert "'nonsense' is not a corpus spec" in complaint(at)
    assert at.header[0].value.casefold() == page


def test_the_way_out_of_a_bad_spec() -> None:
    at = open_app(corpus="nonsense")
    complaint(at)
    choose(at, "corpus", "demo")
    assert not at.error
    assert "corpus" not in at.query_params
    assert at.selectbox(key="corpus").options == ["Demonstration corpus"]  # a bad spec is not remembered


def test_a_corpus_that_was_read_can_be_picked_again(tmp_path: Path) -> None:
    spec = write(tmp_path / "corpus.jsonl")
    at = open_app(corpus=spec)
    choose(at, "corpus", "demo")
    assert at.selectbox(key="corpus").options == ["Demonstration corpus", spec]
    choose(at, "corpus", spec)
    assert words(grid(at)["target"]) == ["Ada", "singt", "in", "Bonn"]


def test_a_message_is_never_read_as_markdown() -> None:
    image = "![x](http://192.0.2.1/stolen.png)"
    at = open_app(corpus=image)
    assert image in complaint(at)
    assert not [each.value for each in (*at.markdown, *at.error, *at.caption) if "stolen" in each.value]


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text('{"source_lang": "en"', encoding="utf-8")
    assert complaint(open_app(corpus=f"jsonl:{path}")).startswith(f"{path}, line 1: not JSON")


def test_a_corpus_that_was_repaired_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_text("{}", encoding="utf-8")
    at = open_app(corpus=f"jsonl:{path}")
    complaint(at)
    write(path)
    assert words(grid(rerun(at))["target"]) == ["Ada", "singt", "in", "Bonn"]
    write(path, target_tokens=["In", "Bonn", "singt", "Ada"])
    assert words(grid(rerun(at))["target"]) == ["In", "Bonn", "singt", "Ada"]


def test_inspect_without_gold_target_tags(tmp_path: Path) -> None:
    spec = write_demo(tmp_path / "untagged.jsonl", without=["target_tags", "alignment"])
    at = open_app(corpus=spec)
    assert texts(at)[0].startswith("ILP projects 2 of 2 entities")
    assert not [text for text in texts(at) if text.startswith("Against gold")]
    assert lane(at, "target", "ILP") == [(0, 2, "PER"), (4, 5, "LOC")]
    with pytest.raises(ValueError, match="not enough values"):
        lane(at, "target", "gold")
    assert grid(at)["gold_sure"] == grid(at)["gold_possible"] == []
    assert {bracket["kind"] for bracket in grid(at)["brackets"]} == {"projected"}


def test_dashboard_without_gold_target_tags(tmp_path: Path) -> None:
    spec = write_demo(tmp_path / "untagged.jsonl", without=["target_tags"])
    at = open_app("dashboard", corpus=spec)
    assert "no sentence has gold target entities, so there is nothing to score against" in complaint(at)
    assert not at.button


def test_source_entities_are_found_where_the_corpus_has_none(tmp_path: Path) -> None:
    spec = write_demo(tmp_path / "untagged.jsonl", without=["source_tags"])
    at = open_app(corpus=spec)
    assert (0, 2, "PER") in lane(at, "source", "entities")
    assert "Against gold: " in " ".join(texts(at))


def test_a_corpus_tagged_with_no_entity_at_all(tmp_path: Path) -> None:
    spec = write(tmp_path / "none.jsonl", source_tags=["O"] * 4, target_tags=["O", "O", "O", "B-LOC"])
    at = open_app(corpus=spec)
    assert "The source sentence has no entities, so there is nothing to project." in texts(at)
    assert "Against gold: 1 missed." in texts(at)


def test_what_was_repaired_is_told(tmp_path: Path) -> None:
    spec = write(tmp_path / "repaired.jsonl", source_tags=["B-PER", "O", "I-ORG", "I-LOC"])
    at = open_app(corpus=spec)
    *_, notice = at.expander
    assert notice.label == "About this corpus (1)"
    assert "repaired" in notice.text[0].value


def test_sentences_of_one_word(tmp_path: Path) -> None:
    spec = write(
        tmp_path / "word.jsonl", source_tokens=["Rome"], source_tags=["B-LOC"], target_tokens=["\u200b"]
    )
    at = open_app(corpus=spec)
    assert words(grid(at)["target"]) == ["∅"]
    assert len(grid(at)["cells"]["percent"]) == 1
