"""Rows of a run for tests of what is counted in them, and a strategy of such rows."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from xner_core.runs.rows import Row, table
from xner_core.runs.scored import ScoredRun, scored_table

WORDS = ("Ada", "bonn", "東京", "42", "Élan", "ǅ", "de", "Kant")
Found = tuple[int, int, str]


def row(
    sid: str,
    gold: Sequence[Found] | None,
    found: Sequence[Found],
    *,
    lang: str = "de",
    words: Sequence[str] = WORDS,
    source: Sequence[str] | None = ("a", "b", "c", "d"),
    links: Sequence[tuple[int, int]] | None = ((0, 0),),
    back: Sequence[str] | None = None,
) -> Row:
    def entities(each: Sequence[Found] | None) -> list[Row] | None:
        return None if each is None else [{"start": a, "end": b, "label": c} for a, b, c in each]

    if source is None and back is None:
        links = None  # nothing was aligned
    return {
        "id": sid,
        "target_lang": lang,
        "source_words": None if source is None else list(source),
        "target_words": list(words),
        "gold_entities": entities(gold),
        "target_entities": entities(found),
        "alignment": None if links is None else [{"source": i, "target": j, "sure": True} for i, j in links],
        "back_words": None if back is None else list(back),
    }


def scored(rows: Sequence[Row], labels: Sequence[str] | None = None) -> ScoredRun:
    return scored_table(table(rows), labels)


def _entities() -> st.SearchStrategy[list[Found]]:
    """Entities of a sentence of eight words that share no word."""

    def laid_out(parts: list[tuple[int, int, str]]) -> list[Found]:
        at, found = 0, []
        for gap, length, label in parts:
            start, end = at + gap, at + gap + length
            if end > len(WORDS):
                break
            found.append((start, end, label))
            at = end
        return found

    part = st.tuples(st.integers(0, 2), st.integers(1, 5), st.sampled_from(["PER", "LOC", "ORG"]))
    return st.lists(part, max_size=4).map(laid_out)


LINKS = st.none() | st.lists(st.tuples(st.integers(0, 3), st.integers(0, 7)), unique=True, max_size=8)
ROWS = st.lists(
    st.builds(
        row,
        st.uuids().map(str),
        st.none() | _entities(),
        _entities(),
        lang=st.sampled_from(["de", "sw", "zh"]),
        source=st.sampled_from([("a", "b", "c", "d"), ("a",) * 12, None]),
        links=LINKS,
    ),
    min_size=1,
    max_size=8,
)
