"""F1 of a tagger by itself, with entities that a file gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders import entity
from tests.xner_core.conftest import Write
from xner_core.config import Choice
from xner_core.errors import ConfigError, CorpusError
from xner_core.ner.auto import AutoTagger
from xner_core.ner.gold import GoldTagger
from xner_core.runs.evaluate_ner import evaluate_ner, evaluate_tagger, label_notices
from xner_core.types import Sentence

GOLD = [
    ("de", "Ada B-PER\nlebt O\n"),
    ("de", "Bonn B-LOC\nam O\nRhein B-LOC\n"),
    ("it", "oggi B-DATE\n"),
]
FOUND = "Ada B-PER\nlebt O\n\nBonn B-PER\nam O\nRhein B-LOC\n\noggi O\n"


@pytest.fixture
def corpus(write: Write) -> str:
    rows = []
    for lang, block in GOLD:
        words, tags = zip(*(line.split() for line in block.splitlines()), strict=True)
        row = {"source_lang": "en", "target_lang": lang, "source_tokens": ["x"], "target_tokens": words}
        rows.append(json.dumps({**row, "target_tags": tags}))
    return f"jsonl:{write('gold.jsonl', chr(10).join(rows))}"


@pytest.fixture
def ner(write: Write) -> Choice:
    return Choice(name=f"imported:{write('found.conll', FOUND)}")


def test_figures_by_hand(corpus: str, ner: Choice) -> None:
    told: list[tuple[str, int, int]] = []
    report = evaluate_ner(corpus, ner, progress=lambda *each: told.append(each))
    # Four gold entities, three found, of which two are right.
    assert (report["n_sentences"], report["support"]) == (3, 4)
    assert (report["precision"], report["recall"]) == (pytest.approx(2 / 3), 0.5)
    assert report["f1"] == pytest.approx(4 / 7)
    assert report["per_label"]["LOC"]["recall"] == 0.5
    assert report["per_label"]["PER"]["precision"] == 0.5
    german, italian = report["per_language"]["de"], report["per_language"]["it"]
    assert (german["n_sentences"], german["f1"]) == (2, pytest.approx(2 / 3))
    assert (italian["f1"], italian["support"]) == (0, 1)
    assert "mode" not in german
    assert report["labels"] == {"gold": ["DATE", "LOC", "PER"], "predicted": ["LOC", "PER"]}
    assert told == [("ner", 3, 3)]


def test_only_some_labels_count(corpus: str, ner: Choice) -> None:
    report = evaluate_ner(corpus, ner, labels=["LOC"])
    assert (report["precision"], report["recall"], report["support"]) == (1, 0.5, 2)
    assert report["provenance"]["labels"] == ["LOC"]


def test_where_it_came_from(corpus: str, ner: Choice) -> None:
    report = evaluate_ner(corpus, ner, limit=2)
    provenance = report["provenance"]
    assert report["n_sentences"] == provenance["limit"] == 2
    assert provenance["ner"]["name"] == ner.name
    assert provenance["models"][0].startswith("found.conll sha256:")
    assert len(provenance["corpus"]["fingerprint"]) == 64
    assert "seqeval" in provenance["packages"]
    assert report["side"] == "target"


def test_a_side_without_tags_is_refused(corpus: str, ner: Choice) -> None:
    with pytest.raises(CorpusError, match=r"the source sentence of .* has no gold tags") as raised:
        evaluate_ner(corpus, ner, side="source")
    assert "--side target" in str(raised.value.hint)


def test_gold_is_refused(corpus: str) -> None:
    with pytest.raises(ConfigError, match="cannot be measured against themselves"):
        evaluate_ner(corpus, Choice(name="gold"))


def test_no_tagger_sees_the_gold_entities() -> None:
    sentence = Sentence(("Angela", "Merkel", "spoke", "."), "en", (entity(3, 4, "MISC"),))
    with pytest.raises(CorpusError):
        evaluate_tagger(GoldTagger(), [sentence])
    assert evaluate_tagger(AutoTagger(), [sentence])["f1"] == 0


@pytest.mark.parametrize(
    ("gold", "predicted", "labels", "expected"),
    [
        (["LOC"], ["LOC"], None, []),
        (["LOC"], ["LOC", "MISC"], None, ["has no entity with the label MISC", "--labels LOC"]),
        (["DATE", "LOC"], ["LOC"], None, ["gave no entity of c the label DATE", "--labels LOC"]),
        (["DATE", "LOC"], ["LOC", "MISC"], ["LOC"], []),
        (["DATE"], ["MISC"], None, ["label MISC", "label DATE"]),
    ],
)
def test_other_labels_are_told(
    gold: list[str], predicted: list[str], labels: list[str] | None, expected: list[str]
) -> None:
    told = label_notices("c", {"gold": gold, "predicted": predicted}, labels)
    assert len(told) == len(expected)
    assert all(part in notice for part, notice in zip(expected, told, strict=True))


def test_the_path_of_a_missing_corpus_is_named(tmp_path: Path, ner: Choice) -> None:
    with pytest.raises(CorpusError, match="no such file"):
        evaluate_ner(f"jsonl:{tmp_path / 'no.jsonl'}", ner)
