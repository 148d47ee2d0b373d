"""Figures from rows alone."""

from __future__ import annotations

from typing import Any

from xner_core.runs.figures import figures


def _row(
    lang: str, gold: list[tuple[int, str]] | None, found: list[tuple[int, str]], known: Any = None
) -> dict[str, Any]:
    def entities(given: list[tuple[int, str]]) -> list[dict[str, Any]]:
        return [{"start": start, "end": start + 1, "label": label} for start, label in given]

    return {
        "target_lang": lang,
        "target_words": list("abcdef"),
        "gold_entities": None if gold is None else entities(gold),
        "target_entities": entities(found),
        "gold_among_candidates": known,
    }


ROWS = [
    _row("de", [(0, "PER"), (2, "LOC")], [(0, "PER"), (3, "LOC")], [True, False]),
    _row("fr", [(1, "PER")], [(1, "PER")], [True]),
    _row("fr", None, [(1, "PER")]),
]


def test_languages_are_scored_apart_and_together() -> None:
    found = figures(ROWS)
    assert (found["n_sentences"], found["n_scored"]) == (3, 2)
    assert list(found["per_language"]) == ["de", "fr"]
    assert (found["per_language"]["de"]["f1"], found["per_language"]["fr"]["f1"]) == (0.5, 1.0)
    assert found["overall"]["f1"] == 2 / 3
    assert found["overall"]["support"] == 3
    assert found["overall"]["candidate_recall"] == 2 / 3
    assert found["per_language"]["de"]["candidate_recall"] == 0.5
    assert [found["per_language"][lang]["n_sentences"] for lang in ("de", "fr")] == [1, 1]


def test_labels_that_count() -> None:
    found = figures(ROWS, ["PER"])
    assert found["labels"] == ["PER"]
    assert found["overall"]["f1"] == found["overall"]["candidate_recall"] == 1.0
    assert set(found["overall"]["per_label"]) == {"PER"}


def test_without_gold_there_is_nothing_to_score() -> None:
    found = figures(ROWS[2:])
    assert found["overall"] is None
    assert found["per_language"] == {}
    assert (found["n_sentences"], found["n_scored"]) == (1, 0)


def test_without_candidates_there_is_no_recall_of_them() -> None:
    assert figures([_row("de", [(0, "PER")], [(0, "PER")])])["overall"]["candidate_recall"] is None
