"""Datasets in the hub's layout become corpora."""

from __future__ import annotations

from pathlib import Path

import pytest
from datasets import Dataset, Features, Translation

from tests.hub_folders import converted, json_lines, tagged, with_card
from xner_core.corpora import load
from xner_core.corpora.hub_names import KNOWN_DATASETS, KnownDataset
from xner_core.errors import CorpusError
from xner_core.types import Entity, Sentence, SentencePair, Span

ENGLISH = tagged([("Ada sings", "B-PER O"), ("", ""), ("In Rome", "O B-LOC")])
GERMAN = tagged([("Ada singt", "B-PER O"), ("Leer", "O"), ("In Rom", "O B-LOC")])
PER, LOC = Entity(Span(0, 1), "PER"), Entity(Span(1, 2), "LOC")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return with_card(tmp_path / "ner", {"en": {"test": ENGLISH}, "de": {"test": GERMAN, "train": ENGLISH}})


def without_ids(pairs: tuple[SentencePair, ...]) -> list[tuple[Sentence, Sentence]]:
    return [(pair.source, pair.target) for pair in pairs]


def test_one_language_waits_for_its_translation(folder: Path) -> None:
    corpus = load(f"hub:{folder}?config=de")
    missing = Sentence((), "en")
    assert without_ids(corpus.pairs) == [
        (missing, Sentence(("Ada", "singt"), "de", (PER,))),
        (missing, Sentence(("Leer",), "de", ())),
        (missing, Sentence(("In", "Rom"), "de", (LOC,))),
    ]
    assert corpus.notices == (
        f"{folder}/de: 3 rows of the split test",
        f"{folder}/de: language 'de' taken from the configuration's name",
    )


def test_the_source_may_be_what_is_there(folder: Path) -> None:
    corpus = load(f"hub:{folder}?config=en&side=source&other_lang=tw")
    assert without_ids(corpus.pairs) == [
        (Sentence(("Ada", "sings"), "en", (PER,)), Sentence((), "tw")),
        (Sentence(("In", "Rome"), "en", (LOC,)), Sentence((), "tw")),
    ]
    assert corpus.notices[-1] == f"{folder}/en: 1 row was skipped, having no words (first: row 1)"


def test_a_parallel_configuration_is_the_other_side(folder: Path) -> None:
    corpus = load(f"hub:{folder}?config=de&parallel=en")
    expected = [
        (Sentence(("Ada", "sings"), "en", (PER,)), Sentence(("Ada", "singt"), "de", (PER,))),
        (Sentence(("In", "Rome"), "en", (LOC,)), Sentence(("In", "Rom"), "de", (LOC,))),
    ]
    assert without_ids(corpus.pairs) == expected
    assert load(f"hub:{folder}?config=de&parallel=en&other_lang=fr").pairs[0].source.lang == "en"
    turned = load(f"hub:{folder}?config=de&parallel=en&side=source")
    assert without_ids(turned.pairs) == [(target, source) for source, target in expected]


def test_a_known_dataset_has_its_parallel_configuration(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = KnownDataset(str(folder), "de", parallel="en")
    monkeypatch.setitem(KNOWN_DATASETS, "europarl-ner", known)
    corpus = load(f"hub:{folder}?config=de")
    assert [pair.source.words for pair in corpus.pairs] == [("Ada", "sings"), ("In", "Rome")]
    assert corpus.notices[0] == f"{folder}/de: 3 rows of the split test"
    with pytest.raises(CorpusError, match="both sides would be English"):
        load(f"hub:{folder}?config=en")


def test_parallel_configurations_have_equally_many_rows(tmp_path: Path) -> None:
    folder = with_card(tmp_path / "ner", {"en": {"test": ENGLISH}, "de": {"test": GERMAN.take(2)}})
    with pytest.raises(CorpusError, match="de has 2 rows, en has 3"):
        load(f"hub:{folder}?config=de&parallel=en")


def test_splits_and_languages_can_be_given(folder: Path) -> None:
    corpus = load(f"hub:{folder}?config=de&split=train[2:]&lang=sw")
    assert without_ids(corpus.pairs) == [(Sentence((), "en"), Sentence(("In", "Rome"), "sw", (LOC,)))]
    assert corpus.notices == (f"{folder}/de: 1 rows of the split train[2:]",)


def test_a_conversion_reads_like_the_original(folder: Path, tmp_path: Path) -> None:
    other = converted(tmp_path / "conversion", {"en": {"test": ENGLISH}, "de": {"test": GERMAN}})
    assert load(f"hub:{other}?config=de").fingerprint == load(f"hub:{folder}?config=de").fingerprint


def test_the_name_does_not_tell_the_language(tmp_path: Path) -> None:
    lines = '{"tokens": ["Ada"], "tags": ["B-PER"]}\n'
    folder = json_lines(tmp_path / "ner", "test", lines)
    with pytest.raises(CorpusError, match="does not tell its language") as raised:
        load(f"hub:{folder}")
    assert raised.value.hint == "Add lang=, as in lang=de"
    assert load(f"hub:{folder}?lang=ewe").pairs[0].target == Sentence(("Ada",), "ewe", (PER,))


@pytest.mark.parametrize("option", ["lang=no-such-language", "other_lang=xx!"])
def test_what_is_no_language(folder: Path, option: str) -> None:
    with pytest.raises(CorpusError, match="is not a language code"):
        load(f"hub:{folder}?config=de&{option}")


def test_both_sides_in_one_language(folder: Path) -> None:
    with pytest.raises(CorpusError, match="both sides would be English") as raised:
        load(f"hub:{folder}?config=en&lang=eng")
    assert "other_lang=" in str(raised.value.hint)


def test_nothing_to_read(tmp_path: Path) -> None:
    folder = with_card(tmp_path / "ner", {"de": {"test": ENGLISH.select([1])}})
    with pytest.raises(CorpusError, match=r"the split 'test' of .*/de has no sentence"):
        load(f"hub:{folder}?config=de")


@pytest.mark.parametrize(
    ("options", "turned"),
    [("", False), ("&lang=lug", False), ("&lang=lg", False), ("&lang=en", True), ("&side=source", True),
     ("&side=source&lang=en", False), ("&other_lang=lug", True)],
)  # fmt: skip
def test_translations_are_pairs(options: str, turned: bool, tmp_path: Path) -> None:
    rows = [{"en": "Ada sings.", "lug": "Ada ayimba."}, {"en": "Nothing", "lug": " "}]
    features = Features({"translation": Translation(languages=("en", "lug"))})
    mafand = Dataset.from_dict({"translation": rows}, features=features)
    folder = converted(tmp_path / "mt", {"en-lug": {"test": mafand}})
    corpus = load(f"hub:{folder}?config=en-lug{options}")
    pair = (
        Sentence(("Ada", "sings", "."), "en", None, "Ada sings."),
        Sentence(("Ada", "ayimba", "."), "lug", None, "Ada ayimba."),
    )
    assert without_ids(corpus.pairs) == [pair[::-1] if turned else pair]
    assert corpus.notices[-1].endswith("1 row was skipped, having no words (first: row 1)")


def test_a_language_that_the_translations_lack(tmp_path: Path) -> None:
    folder = json_lines(tmp_path / "mt", "test", '{"translation": {"en": "Hi", "lug": "Ki"}}\n')
    with pytest.raises(CorpusError, match="no sentences in 'de'") as raised:
        load(f"hub:{folder}?lang=de")
    assert raised.value.hint == "Its languages are en and lug; choose one with lang="


def test_translations_are_not_a_parallel_configuration(tmp_path: Path) -> None:
    features = Features({"translation": Translation(languages=("en", "de"))})
    texts = Dataset.from_dict({"translation": [{"en": "Hi", "de": "Hallo"}]}, features=features)
    folder = with_card(tmp_path / "ner", {"mt": {"test": texts}, "de": {"test": GERMAN}})
    with pytest.raises(CorpusError, match="/mt has no tags"):
        load(f"hub:{folder}?config=de&parallel=mt")


def test_the_hub_cannot_be_asked() -> None:
    with pytest.raises(CorpusError, match="HF_DATASETS_OFFLINE") as raised:
        load("hub:masakhaner2/lug?split=dev")
    assert raised.value.where == "hub:masakhaner2/lug?split=dev"


def test_repeated_sentences_have_their_own_ids(tmp_path: Path) -> None:
    twice = tagged([("Ada", "B-PER"), ("Ada", "O"), ("Bob", "O")])
    ids = [
        pair.id for pair in load(f"hub:{with_card(tmp_path / 'n', {'de': {'test': twice}})}?config=de").pairs
    ]
    assert len(set(ids)) == 3
    assert ids[1] == f"{ids[0]}-2"
