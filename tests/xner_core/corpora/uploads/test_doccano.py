"""Exports of doccano."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import entity
from tests.xner_core.corpora.uploads.reading import changes, lines, problems, read
from xner_core.types import Sentence, SentencePair, WordAlignment

TEXT = "Ada King lives in Bonn."
WORDS = ("Ada", "King", "lives", "in", "Bonn", ".")
ROW: dict[str, Any] = {"id": 7, "text": TEXT, "label": [[0, 8, "PER"], [18, 22, "LOC"]]}
ENTITIES = (entity(0, 2), entity(4, 5, "LOC"))


def test_a_text_is_a_target_sentence_whose_source_is_missing() -> None:
    found = read("doccano", lines(ROW), langs=("fr", "en"))
    assert found.pairs == (SentencePair("7", Sentence((), "fr"), Sentence(WORDS, "en", ENTITIES, TEXT)),)
    assert (found.findings, found.refusal) == ((), None)
    assert found.notices == (
        "a: 1 texts cut into words by spaCy's en tokeniser",
        "a: 1 pair has no source sentence",
    )


def test_characters_are_counted_as_doccanos_pages_do_it() -> None:
    row = ROW | {
        "text": f"😀 {TEXT} 👍🏽",
        "label": [[3, 11, "PER"], [21, 25, "LOC"], [27, 31, "X"]],
        "note": "n",
    }
    (pair,) = read("doccano", lines(row), langs=("fr", "en")).pairs
    found = [(pair.target.surface(each.span), each.label) for each in pair.target.entities or ()]
    assert found == [("Ada King", "PER"), ("Bonn", "LOC"), ("👍🏽", "X")]
    assert pair.note == "n"


def test_all_forms_of_labels() -> None:
    plain = {key: value for key, value in ROW.items() if key != "label"}
    offsets = [{"id": 1, "start_offset": 18, "end_offset": 22, "label": "LOC"}, {"id": 2, "start_offset": 0,
               "end_offset": 8, "label": "PER"}]  # fmt: skip
    relations = [{"id": 3, "from_id": 1, "to_id": 2, "type": "x"}]
    forms = [
        plain | {"labels": ROW["label"]},
        plain | {"entities": offsets, "relations": relations},
        plain | {"label": []},
        plain,
    ]
    found = [read("doccano", lines(row)) for row in forms]
    assert [each.pairs[0].target.entities for each in found] == [ENTITIES, ENTITIES, (), None]
    assert "a: 1 relations were passed over" in found[1].notices


def _pair(**source: object) -> list[dict[str, object]]:
    return [
        {
            "id": 1,
            "text": "Ada lebt",
            "label": [[0, 3, "PER"]],
            "pair_id": "p",
            "side": "target",
            "lang": "de",
        },
        ROW | {"pair_id": "p", "side": "source", "lang": "en", "Comments": ["odd", "is it?"]} | source,
    ]


def test_comments_of_a_project_with_relations() -> None:
    [pair] = read("doccano", lines(ROW | {"note": "n", "Comments": [{"id": 1, "comment": "odd"}, 2]})).pairs
    assert pair.note == "n · odd"


BOTH = {
    "text": "😀 Ada lives\nAda 😀 lebt",
    "target_start": 12,
    "label": [[3, 6, "PER"], [13, 16, "PER"], [20, 24, "X"]],
    "pair_id": "p",
}


def test_two_sentences_of_one_text_are_a_pair() -> None:
    [pair] = read("doccano", lines(BOTH | {"src_lang": "en", "tgt_lang": "de", "links": "1-0"})).pairs
    assert pair == SentencePair(
        "p",
        Sentence(("😀", "Ada", "lives"), "en", (entity(1, 2),), "😀 Ada lives"),
        Sentence(("Ada", "😀", "lebt"), "de", (entity(0, 1), entity(2, 3, "X")), "Ada 😀 lebt"),
        WordAlignment.of([(1, 0)]),
    )


@pytest.mark.parametrize("place", [(3, 16), (3, 13), (20, 25)])
def test_a_label_over_two_sentences_is_a_problem(place: tuple[int, int]) -> None:
    found = read("doccano", lines({"text": "Ada"}, BOTH | {"label": [[*place, "PER"]]}))
    assert problems(found) == [(2, "a label is over both sentences, or ends behind them")]
    assert len(found.pairs) == 1


def test_two_texts_of_one_pair_id_are_a_pair() -> None:
    [pair] = read("doccano", lines(*_pair(), ROW), langs=("it", "it")).pairs[:1]
    assert pair == SentencePair(
        "p",
        Sentence(WORDS, "en", ENTITIES, TEXT),
        Sentence(("Ada", "lebt"), "de", (entity(0, 1),), "Ada lebt"),
        note="odd · is it?",
    )


def test_links_count_the_words_that_the_file_tells() -> None:
    rows = _pair(tokens=list(WORDS), alignment="0-0 1p0 5-1")
    [pair] = read("doccano", lines(*rows)).pairs
    assert pair.source.words == WORDS
    assert pair.gold_alignment == WordAlignment.of([(0, 0), (5, 1)], [(1, 0)])


def test_links_count_the_words_between_spaces_where_it_tells_none() -> None:
    found = read("doccano", lines(*_pair(alignment="4-1")))
    [pair] = found.pairs
    assert pair.source.words == ("Ada", "King", "lives", "in", "Bonn.")
    assert pair.gold_alignment == WordAlignment.of([(4, 1)])
    assert changes(found) == [(2, "the entity 'Bonn' ends inside a word; it was widened to 'Bonn.'")]


def test_a_text_without_its_partner_is_kept_with_its_language() -> None:
    [pair] = read("doccano", lines(_pair()[1]), langs=("it", "gsw")).pairs
    assert (pair.source.lang, pair.target) == ("en", Sentence((), "gsw"))


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no text": ({"label": []}, "text: Field required"),
    "classification": (ROW | {"label": ["good"]}, "label.0: Input should be a valid array"),
    "outside": (ROW | {"label": [[18, 99, "LOC"]]}, "is outside the text, which has 23"),
    "negative": (ROW | {"label": [[-4, 3, "LOC"]]}, "is outside the text"),
    "empty": (ROW | {"label": [[3, 3, "LOC"]]}, "is outside the text"),
    "white space": (ROW | {"label": [[3, 4, "LOC"]]}, "the entity LOC at characters 3 to 4 has no word"),
    "no label": (ROW | {"label": [[0, 3, " "]]}, "a label is empty"),
    "blank": (ROW | {"text": " \u200b", "label": []}, "the text has no words"),
    "language": (ROW | {"lang": "xx.y"}, "'xx.y' is not a language code"),
    "word": (ROW | {"tokens": ["King", "Ada"]}, "the word 'Ada' is not in the text"),
    "side": (ROW | {"side": "left"}, "side: Input should be"),
    "links": (ROW | {"alignment": "0-0"}, "alignment: link 0-0 points outside"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_is_named_and_left_out(name: str) -> None:
    row, what = BAD[name]
    good = {"text": "Hi"}
    found = read("doccano", lines(good, row | {"id": 9}, good))
    assert len(found.pairs) == 2
    [(line, said)] = problems(found)
    assert line == 2
    assert what in said
    assert found.n_problems == 1


def test_an_id_used_twice() -> None:
    found = read("doccano", lines(ROW, ROW | {"text": "Hi", "label": []}))
    assert problems(found) == [(2, "the id '7' has a target text already")]
    assert len(found.pairs) == 1


@pytest.mark.parametrize("edges", [(0, 8), (1, 8), (0, 5), (1, 7), (0, 9)])
def test_an_entity_is_whole_words(edges: tuple[int, int]) -> None:
    found = read("doccano", lines({"text": "x"}, ROW | {"label": [[*edges, "PER"]]}))
    assert found.pairs[1].target.entities == (entity(0, 2),)
    surface = TEXT[slice(*edges)]
    said = f"the entity {surface!r} ends inside a word; it was widened to 'Ada King'"
    assert changes(found) == ([] if edges in {(0, 8), (0, 9)} else [(2, said)])


def test_of_entities_that_share_words_the_outermost_is_kept() -> None:
    labels = [[4, 8, "PER"], [0, 14, "ORG"], [9, 22, "LOC"], [18, 23, "MISC"]]
    found = read("doccano", lines(ROW | {"label": labels}))
    assert found.pairs[0].target.entities == (entity(0, 3, "ORG"), entity(4, 6, "MISC"))
    assert changes(found) == [
        (1, "the entity LOC 'lives in Bonn' shares words with ORG 'Ada King lives' and was left out"),
        (1, "the entity PER 'King' shares words with ORG 'Ada King lives' and was left out"),
    ]


def test_white_space_in_a_label_is_written_otherwise() -> None:
    found = read("doccano", lines(ROW | {"label": [[0, 8, "Person name"]]}))
    assert found.pairs[0].target.entities == (entity(0, 2, "Person_name"),)
    assert changes(found) == [(1, "the label 'Person name' was written as 'Person_name'")]


def test_characters_are_code_points() -> None:
    found = read("doccano", lines({"text": "🙂 Ada", "label": [[2, 5, "PER"]]}))
    assert found.pairs[0].target.entities == (entity(1, 2),)
