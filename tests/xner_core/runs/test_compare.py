"""Runs beside each other: figures, who found what, and which sentences can be compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.xner_core.runs.finished import Found, row, write_run
from xner_core.errors import ConfigError
from xner_core.runs.compare import Compared, compare, compare_rows
from xner_core.runs.rows import Row

PER, ORG, LOC = (0, 1, "PER"), (1, 3, "ORG"), (4, 5, "LOC")
WRONG_LABEL, WRONG_SPAN = (0, 1, "LOC"), (1, 2, "ORG")
GOLD = [PER, ORG, LOC]
A = [row("1", GOLD, [PER, ORG, LOC]), row("2", [PER], [PER]), row("3", [], [WRONG_SPAN]), row("4", [ORG], [])]
B = [
    row("1", GOLD, [PER, WRONG_SPAN]),
    row("2", [PER], [WRONG_LABEL]),
    row("3", [], []),
    row("4", [ORG], [ORG]),
]
ENTITIES = st.lists(st.sampled_from([PER, ORG, LOC, WRONG_LABEL, WRONG_SPAN]), unique_by=lambda e: e[0])
SENTENCES = st.lists(st.tuples(ENTITIES, ENTITIES, ENTITIES), min_size=1, max_size=8)


def paired(sentences: list[tuple[list[Found], list[Found], list[Found]]]) -> list[tuple[Row, Row]]:
    return [(row(str(i), gold, a), row(str(i), gold, b)) for i, (gold, a, b) in enumerate(sentences)]


def compared(a: list[Row], b: list[Row], labels: tuple[str, ...] | None = None) -> Compared:
    return compare_rows(list(zip(a, b, strict=True)), labels, draws=200)


def test_by_hand() -> None:
    found = compared(A, B)
    # A: 4 right, 1 spurious, 1 missed; B: 2 right, 2 spurious, 3 missed.
    assert (found.f1_a, found.f1_b) == pytest.approx((8 / 10, 4 / 9))
    assert found.difference == pytest.approx(8 / 10 - 4 / 9)
    assert found.n_sentences == 4
    assert found.entities == {
        "both": 1,
        "only_a": 3,
        "only_b": 1,
        "neither": 0,
        "spurious_both": 0,
        "spurious_only_a": 1,
        "spurious_only_b": 2,
    }
    assert found.sentences == {
        "both": ["1"],
        "only_a": ["1", "2"],
        "only_b": ["4"],
        "neither": [],
        "spurious_both": [],
        "spurious_only_a": ["3"],
        "spurious_only_b": ["1", "2"],
    }


def test_only_some_labels() -> None:
    found = compared(A, B, ("PER",))
    assert (found.f1_a, found.f1_b) == pytest.approx((1, 2 / 3))
    assert found.entities["both"] == 1
    assert found.sentences["only_b"] == []


def test_a_difference_that_chance_can_explain_is_inconclusive() -> None:
    assert compared(A, B).conclusion == "inconclusive"
    right, wrong = ([row(str(i), [PER], found) for i in range(30)] for found in ([PER], []))
    assert compared(right, wrong).conclusion == "A is better"
    assert compared(wrong, right).conclusion == "B is better"
    same = compared(right, right)
    assert (same.low, same.high, same.conclusion) == (0, 0, "inconclusive")


@given(SENTENCES)
def test_the_tally_agrees_with_the_figures(
    sentences: list[tuple[list[Found], list[Found], list[Found]]],
) -> None:
    found = compare_rows(paired(sentences), draws=20)
    n = found.entities
    right = n["both"] + n["only_a"]
    wrong = n["spurious_both"] + n["spurious_only_a"]
    missed = n["only_b"] + n["neither"]
    assert right + missed == sum(len(gold) for gold, _, _ in sentences)
    assert right + wrong == sum(len(a) for _, a, _ in sentences)
    assert found.f1_a == pytest.approx(2 * right / (2 * right + wrong + missed) if right else 0)


@given(SENTENCES)
def test_the_other_way_round_everything_is_mirrored(
    sentences: list[tuple[list[Found], list[Found], list[Found]]],
) -> None:
    pairs = paired(sentences)
    one, other = compare_rows(pairs, draws=20), compare_rows([(b, a) for a, b in pairs], draws=20)
    assert one.difference == -other.difference
    assert one.low == pytest.approx(-other.high)
    for sort in ("only", "spurious_only"):
        assert one.entities[f"{sort}_a"] == other.entities[f"{sort}_b"]
        assert one.sentences[f"{sort}_a"] == other.sentences[f"{sort}_b"]


def test_runs_are_compared_language_by_language(tmp_path: Path) -> None:
    more = [row("1", [LOC], [LOC], "es"), row("2", [LOC], [LOC], "es")]
    less = [row("1", [LOC], [], "es"), row("2", [LOC], [LOC], "es")]
    names = [write_run(tmp_path / "a", A + more), write_run(tmp_path / "b", B + less)]
    (found,) = compare(names, draws=200)
    assert list(found.per_language) == ["de", "es"]
    assert found.per_language["de"] == compared(A, B)
    assert found.per_language["es"].sentences["only_a"] == ["1"]
    assert found.overall.n_sentences == 6
    assert found.overall == compared(A + more, B + less)
    assert (found.a.name, found.b.name, found.notices) == ("a", "b", ())
    assert (found.draws, found.seed, found.level, found.labels) == (200, 0, 0.95, None)


def test_each_label_is_compared_by_itself(tmp_path: Path) -> None:
    more = [row("1", [LOC], [LOC], "es")]
    less = [row("1", [LOC], [], "es")]
    names = [write_run(tmp_path / "a", A + more), write_run(tmp_path / "b", B + less)]
    (found,) = compare(names, draws=200)
    assert found.per_language_label["es"] == {"LOC": compared(more, less, ("LOC",))}
    assert set(found.per_label) == {entity[2] for row in A + B for entity in _all(row)} | {"LOC"}
    for label, each in found.per_label.items():
        assert each == compared(A + more, B + less, (label,))
    (only,) = compare(names, ["PER"], draws=200)
    assert list(only.per_label) == ["PER"]


def _all(row: Row) -> list[Found]:
    return [
        (each["start"], each["end"], each["label"])
        for column in ("gold_entities", "target_entities")
        for each in row[column]
    ]


def test_the_order_of_the_sentences_in_the_files_does_not_matter(tmp_path: Path) -> None:
    names = [write_run(tmp_path / "a", A), write_run(tmp_path / "b", B[::-1])]
    (found,) = compare(names, draws=200)
    assert found.overall == compared(A, B)


def test_each_further_run_is_compared_with_the_first(tmp_path: Path) -> None:
    names = [write_run(tmp_path / name, rows) for name, rows in (("a", A), ("b", B), ("c", A))]
    one, two = compare(names)
    assert (one.a.name, one.b.name, two.a.name, two.b.name) == ("a", "b", "a", "c")
    assert two.overall.difference == 0


def test_only_common_sentences_are_compared(tmp_path: Path) -> None:
    other_words = row("2", [PER], [PER], words=("x", "b", "c", "d", "e"))
    other_gold = row("3", [LOC], [LOC])
    names = [
        write_run(tmp_path / "a", A),
        write_run(tmp_path / "b", [B[0], other_words, other_gold, B[3], row("5", [PER], [PER])]),
    ]
    (found,) = compare(names)
    assert found.overall.n_sentences == 2
    assert found.overall == compare_rows([(A[0], B[0]), (A[3], B[3])])
    assert found.notices == (
        "The runs are not over the same sentences: 2 are compared; 2 of the first run and 3 of the second "
        "are left out.",
    )


def test_sentences_without_gold_entities_are_left_out(tmp_path: Path) -> None:
    unscored = row("9", None, [PER])
    names = [write_run(tmp_path / "a", [*A, unscored]), write_run(tmp_path / "b", B)]
    (found,) = compare(names)
    assert found.overall.n_sentences == 4
    assert found.notices == (
        "Sentences without gold entities are left out: 1 of the first run, 0 of the second.",
    )


def test_the_labels_are_those_of_the_runs(tmp_path: Path) -> None:
    names = [write_run(tmp_path / name, rows, ("PER",)) for name, rows in (("a", A), ("b", B))]
    (found,) = compare(names, draws=200)
    assert found.labels == ("PER",)
    assert found.overall == compared(A, B, ("PER",))
    (other,) = compare(names, ["ORG", "LOC"], draws=200)
    assert other.labels == ("LOC", "ORG")
    assert other.overall == compared(A, B, ("LOC", "ORG"))


def test_runs_that_count_other_labels_need_to_be_told(tmp_path: Path) -> None:
    names = [write_run(tmp_path / "a", A, ("PER", "LOC")), write_run(tmp_path / "b", B)]
    with pytest.raises(ConfigError, match=r"count other labels: LOC, PER and all.*--labels"):
        compare(names)
    assert compare(names, ["PER"])[0].labels == ("PER",)


def test_what_cannot_be_compared(tmp_path: Path) -> None:
    done = write_run(tmp_path / "a", A)
    with pytest.raises(ConfigError, match="needs two runs"):
        compare([done])
    with pytest.raises(ConfigError, match="no such run"):
        compare([done, str(tmp_path / "b")])
    stopped = write_run(tmp_path / "stopped", A, status="running")
    with pytest.raises(ConfigError, match=r"stopped-0123456789: the run is not done \(stopped\)"):
        compare([done, stopped])
    failed = write_run(tmp_path / "failed", A, status="failed")
    with pytest.raises(ConfigError, match=r"not done \(failed\)"):
        compare([failed, done])
    broken = write_run(tmp_path / "broken", A)
    (tmp_path / "broken" / "sentences.parquet").write_bytes(b"no table")
    with pytest.raises(ConfigError, match=r"sentences cannot be read.*--again"):
        compare([done, broken])
    (tmp_path / "broken" / "sentences.parquet").unlink()
    with pytest.raises(ConfigError, match=r"sentences cannot be read.*--again"):
        compare([done, broken])
    elsewhere = write_run(tmp_path / "elsewhere", [row("1", GOLD, GOLD, "fr")])
    with pytest.raises(ConfigError, match="no sentence with gold entities in common"):
        compare([done, elsewhere])
