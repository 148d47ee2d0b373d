"""Adding corpora in the app, and what the pages show of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, ClassVar

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import entity
from tests.ui.app import WITH_CORPUS, choose, grid, lane, open_app, rerun, texts, words
from ui.components.corpora_languages import language_code
from xner_core.config import Component, ComponentConfig
from xner_core.corpora.added import add_corpus, added_corpora
from xner_core.registry import COMPONENTS
from xner_core.types import Progress, Sentence, SentencePair

pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache")]

IMAGE = "![x](http://192.0.2.1/stolen.png)"
SOURCE = Sentence(("Ada", "sings", "in", "Bonn"), "en", (entity(0, 1), entity(3, 4, "LOC")))
TARGET = Sentence(("Ada", "singt", "in", "Bonn"), "de", (entity(0, 1),))
PAIR = SentencePair("one", SOURCE, TARGET)
GOOD = {
    "source_lang": "en",
    "target_lang": "de",
    "source_tokens": ["Ada", "sings"],
    "target_tokens": ["Ada", "singt"],
}


class EchoTranslator(Component[ComponentConfig]):
    """Says the same in capitals, from German to English only."""

    Config = ComponentConfig
    notices: ClassVar[tuple[str, ...]] = ()
    model_id = "echo"

    def supports(self, source_lang: str, target_lang: str) -> bool:
        return (source_lang, target_lang) == ("de", "en")

    def translate(
        self, texts: Sequence[str], source_lang: str, target_lang: str, progress: Progress | None = None
    ) -> list[str]:
        return ["" if text == "nichts" else text.upper() for text in texts]

    def release(self) -> None:
        pass


class BriefTranslator(EchoTranslator):
    """Says the first word only."""

    def translate(
        self, texts: Sequence[str], source_lang: str, target_lang: str, progress: Progress | None = None
    ) -> list[str]:
        return [text.split()[0] for text in texts]


@pytest.fixture
def echo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the echo and the brief one translate."""
    here = "tests.ui.test_corpora_page"
    own = {"echo": f"{here}:EchoTranslator", "brief": f"{here}:BriefTranslator"}
    monkeypatch.setitem(COMPONENTS, "translator", {"none": COMPONENTS["translator"]["none"], **own})


@pytest.fixture
def no_translator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COMPONENTS, "translator", {"none": COMPONENTS["translator"]["none"]})


def upload(at: AppTest, *files: tuple[str, str]) -> AppTest:
    at.get_by_key("corpora-files").set_value([(name, text.encode(), "") for name, text in files])
    return rerun(at)


def lines(*rows: Any) -> str:
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)


def keep_button(at: AppTest) -> Any:
    [button] = [each for each in at.button if each.label.startswith("Keep ")]
    return button


def table(at: AppTest, column: str) -> list[Any]:
    """A column of the only table that has it."""
    [found] = [each.value for each in at.dataframe if column in each.value]
    return list(found[column])


def paste(**fields: str) -> AppTest:
    at = open_app("corpora", do="paste")
    for key, value in fields.items():
        at.get_by_key(f"paste-{key.replace('_', '-')}").set_value(value)
    return rerun(at)


def test_without_a_corpus_it_says_what_to_do() -> None:
    at = open_app("corpora")
    assert [info.value for info in at.info] == [
        "No corpus has been added yet. Upload a file, or paste a sentence."
    ]
    assert not at.dataframe


def test_limits_are_said() -> None:
    at = open_app("corpora", do="upload")
    assert at.caption[0].value.startswith("Up to 50 MB a file and 200,000 sentences.")


def test_an_upload_with_problems_is_kept_only_when_they_are_left_out() -> None:
    at = upload(open_app("corpora", do="upload"), ("news.jsonl", lines(GOOD, "nonsense", GOOD, {"id": 5})))
    assert at.radio[0].value == "jsonl"
    assert table(at, "Line") == [2, 4]
    assert "2 problems: what has one is left out." in texts(at)
    assert table(at, "Source") == ["Ada sings"] * 2
    assert keep_button(at).disabled
    assert added_corpora().corpora == []
    at.checkbox[0].check()
    rerun(at)
    assert (keep_button(at).label, keep_button(at).disabled) == ("Keep 2 sentences", False)
    keep_button(at).click()
    rerun(at)
    [corpus] = added_corpora().corpora
    assert (corpus.title, corpus.n_pairs) == ("news", 2)
    assert corpus.origin == "JSON lines: news.jsonl; 2 problems left out"
    assert [message.value for message in at.success] == ["Kept. Every page lists it now."]
    assert not [each for each in at.button if each.label.startswith("Keep ")]
    rerun(at)
    assert len(added_corpora().corpora) == 1


def test_an_upload_without_problems_is_kept_under_the_name_that_is_given() -> None:
    at = upload(open_app("corpora", do="upload"), ("a.txt", "Ada sings ||| Ada singt\n"))
    assert at.radio[0].value == "parallel"
    at.get_by_key("upload-source").set_value("en")
    at.get_by_key("upload-target").set_value("de")
    at.text_input[0].set_value("My pairs")
    rerun(at)
    assert not at.checkbox
    keep_button(at).click()
    rerun(at)
    [corpus] = added_corpora().corpora
    assert (corpus.title, corpus.source_languages, corpus.target_languages) == ("My pairs", ("en",), ("de",))


def test_a_corpus_needs_a_name() -> None:
    at = upload(open_app("corpora", do="upload"), ("a.jsonl", lines(GOOD)))
    assert not keep_button(at).disabled
    at.text_input[0].set_value("  ")
    assert keep_button(rerun(at)).disabled


def test_two_conll_files_in_either_order() -> None:
    files = ("de.conll", "Ada\tB-PER\nsingt\tO\n"), ("en.conll", "Ada\tB-PER\nsings\tO\n")
    at = upload(open_app("corpora", do="upload"), *files)
    assert at.radio[0].value == "conll"
    assert table(at, "Source") == ["Ada singt"]
    [order] = [each for each in at.selectbox if each.label == "The source sentences are in"]
    order.set_value("2: en.conll")
    rerun(at)
    assert table(at, "Source") == ["Ada sings"]
    assert table(at, "Target entities") == ["PER Ada"]


def test_what_cannot_be_read_is_a_message_and_cannot_be_kept() -> None:
    at = upload(open_app("corpora", do="upload"), ("a.jsonl", " \n"))
    assert [error.value for error in at.error] == ["Nothing of this can be read:"]
    assert "a.jsonl: the file is empty. Check the path" in texts(at)
    assert not [each for each in at.button if each.label.startswith("Keep ")]


def test_another_number_of_files_than_the_format_takes() -> None:
    at = upload(open_app("corpora", do="upload"), *((f"{n}.conll", "Ada\tO\n") for n in range(3)))
    assert "CoNLL takes up to 2 files, not 3" in " ".join(texts(at))


def test_nothing_of_an_upload_is_read_as_markdown() -> None:
    row = GOOD | {"target_tokens": [IMAGE], "source_tags": [IMAGE, IMAGE], "id": IMAGE}
    at = upload(
        open_app("corpora", do="upload"), (f"{IMAGE}.jsonl", lines(row, GOOD | {"target_tokens": [IMAGE]}))
    )
    assert "is not an IOB tag" in table(at, "What")[0]
    read_as_markdown = [*at.markdown, *at.error, *at.caption, *at.success, *at.info, *at.header]
    labels = [each.label for each in (*at.button, *at.radio, *at.checkbox, *at.text_input, *at.selectbox)]
    assert not [text for text in (*labels, *(each.value for each in read_as_markdown)) if "stolen" in text]


def test_an_added_corpus_is_listed_on_every_page() -> None:
    corpus = add_corpus("My corpus", [PAIR], "a test")
    for page in WITH_CORPUS:
        at = open_app(page, corpus="nonsense")  # so that nothing is computed
        assert at.selectbox(key="corpus").options[:2] == ["Demonstration corpus", "My corpus"]
    at = open_app("inspect", corpus=corpus.spec)
    assert at.selectbox(key="corpus").value == corpus.spec
    assert words(grid(at)["target"]) == list(TARGET.words)


def test_corpora_of_one_title_are_told_apart() -> None:
    for _ in range(2):
        add_corpus("Twin", [PAIR], "")
    assert open_app().selectbox(key="corpus").options[1:] == ["Twin (twin-2)", "Twin (twin)"]


def test_a_corpus_is_described_and_removed() -> None:
    add_corpus("My corpus", [PAIR], "a test")
    at = open_app("corpora")
    row = at.dataframe[0].value.iloc[0]
    assert dict(
        row[["Name", "Source", "Target", "Sentences", "Source gold", "Target gold", "Links", "Missing"]]
    ) == {
        "Name": "My corpus",
        "Source": "English (en)",
        "Target": "German (de)",
        "Sentences": 1,
        "Source gold": 1,
        "Target gold": 1,
        "Links": 0,
        "Missing": 0,
    }
    assert any(text.startswith("It leaves the list of all who use this app.") for text in texts(at))
    at.get_by_key("remove-my-corpus").click()
    rerun(at)
    assert added_corpora().corpora == []
    assert texts(at)[0].startswith("Removed. Its sentences are kept in ")
    assert texts(rerun(at))[0].startswith("Removed. ")  # a rerun may come at any time
    at.switch_page("pages/runs.py")
    rerun(at)
    at.switch_page("pages/corpora.py")
    assert not [text for text in texts(rerun(at)) if text.startswith("Removed")]


def test_a_removed_corpus_is_no_longer_offered() -> None:
    from xner_core.corpora.added import remove_corpus

    corpus = add_corpus("My corpus", [PAIR], "")
    at = open_app(corpus=corpus.spec)
    choose(at, "corpus", "demo")
    remove_corpus(corpus.name)
    assert rerun(at).selectbox(key="corpus").options == ["Demonstration corpus"]
    assert "there is no added corpus of that name" in " ".join(texts(open_app(corpus=corpus.spec)))


def test_a_pasted_pair_is_shown_in_words_and_opens_in_inspect() -> None:
    at = paste(
        source="Ada Lovelace doesn't live in Bonn.",
        target="Ada Lovelace wohnt nicht in Bonn.",
        target_lang="de",
    )
    assert "Source (8 words): Ada · Lovelace · does · n't · live · in · Bonn · ." in texts(at)
    at.get_by_key("paste-add").click()
    rerun(at)
    assert at.header[0].value == "Inspect"
    assert at.query_params["corpus"] == "added:pasted"
    assert words(grid(at)["target"]) == ["Ada", "Lovelace", "wohnt", "nicht", "in", "Bonn", "."]
    assert lane(at, "source", "entities")


def test_a_second_pasted_pair_is_seen_at_once() -> None:
    for target in ("Ada singt.", "Eva singt."):
        at = paste(source="She sings.", target=target, target_lang="de")
        at.get_by_key("paste-add").click()
        rerun(at)
        assert words(grid(at)["target"])[0] == target.split()[0]


def test_a_pasted_sentence_needs_its_language() -> None:
    at = paste(target="Ada")
    assert "Choose both languages." in texts(at)
    assert not [each for each in at.button if each.key == "paste-add"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("de", "de"),
        (" pt-BR ", "pt-BR"),
        ("twi", "twi"),
        ("Yoruba", "yo"),
        ("français", "fr"),
        ("no language at all", None),
        ("deu_Latn", None),
        ("und", "und"),
    ],
)
def test_a_language_is_known_by_its_code_or_name(typed: str, code: str | None) -> None:
    assert language_code(typed) == code


def test_nothing_pasted_is_nothing_to_add() -> None:
    at = paste(source=" \n", target_lang="de")
    assert not [each for each in at.button if each.key == "paste-add"]


@pytest.mark.usefixtures("no_translator")
def test_a_sentence_alone_says_what_is_missing_and_what_to_install() -> None:
    at = paste(target="Ada wohnt in Bonn.", target_lang="de")
    assert "The source sentence (English) is missing." in texts(at)
    assert "No translator from German to English is installed." in " ".join(texts(at))
    at.get_by_key("paste-add").click()
    rerun(at)
    assert at.header[0].value == "Inspect"
    assert "German (de): Ada wohnt in Bonn ." in texts(at)
    assert not at.get("bidi_component")
    assert "1 · Ada wohnt in Bonn ." in at.selectbox(key="sid").options


@pytest.mark.usefixtures("echo")
def test_a_sentence_alone_is_translated_where_a_translator_is_there() -> None:
    at = paste(target="Ada wohnt in Bonn.", target_lang="de")
    choose(at, "translator", "echo")
    assert "Source (5 words): ADA · WOHNT · IN · BONN · ." in texts(at)
    at.get_by_key("paste-add").click()
    rerun(at)
    assert at.query_params["translator"] == "echo"
    assert words(grid(at)["source"]) == ["ADA", "WOHNT", "IN", "BONN", "."]
    [corpus] = added_corpora().corpora
    assert corpus.n_complete == 0  # what is kept is what was pasted
    choose(at, "translator", "none")
    assert not at.get("bidi_component")


@pytest.mark.usefixtures("echo")
def test_a_missing_sentence_keeps_the_gold_of_the_other() -> None:
    spec = add_corpus("x", [SentencePair("a", Sentence((), "en"), TARGET)], "").spec
    at = open_app(corpus=spec)
    assert "Gold entities: PER Ada" in texts(at)
    choose(at, "translator", "echo")
    assert lane(at, "target", "gold") == [(0, 1, "PER")]


@pytest.mark.usefixtures("echo")
def test_translations_of_one_sentence_are_not_mixed_up() -> None:
    spec = add_corpus("x", [SentencePair("a", Sentence((), "en"), TARGET)], "").spec
    at = open_app(corpus=spec, translator="brief")
    assert words(grid(at)["source"]) == ["Ada"]
    choose(at, "translator", "echo")
    assert words(grid(at)["source"]) == ["ADA", "SINGT", "IN", "BONN"]
    assert len(grid(at)["cells"]["percent"]) == 4


@pytest.mark.usefixtures("echo")
def test_a_translator_that_gives_nothing_is_a_message() -> None:
    spec = add_corpus("x", [SentencePair("a", Sentence((), "en"), Sentence(("nichts",), "de"))], "").spec
    at = open_app(corpus=spec, translator="echo")
    assert "echo gave no translation. Choose another translator" in texts(at)


@pytest.mark.usefixtures("echo")
def test_a_translator_of_other_languages_is_not_offered() -> None:
    spec = add_corpus("x", [SentencePair("a", SOURCE, Sentence((), "de"))], "").spec
    at = open_app(corpus=spec)
    assert "The target sentence (German) is missing." in texts(at)
    assert "No translator from English to German" in " ".join(texts(at))


def test_no_translator_is_offered_that_needs_a_file_or_a_model() -> None:
    spec = add_corpus("x", [SentencePair("a", SOURCE, Sentence((), "yo"))], "").spec
    at = open_app(corpus=spec)
    assert "No translator from English to Yoruba" in " ".join(texts(at))
