"""What every candidate generator promises."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import blank_pair
from tests.properties.problems import aligned_pairs
from xner_core.candidates.generator import CandidateGenerator
from xner_core.config import Choice
from xner_core.registry import COMPONENTS
from xner_core.types import AlignedPair

every_generator = pytest.mark.parametrize("name", COMPONENTS["candidates"], indirect=True)
rules = st.fixed_dictionaries(
    {
        "max_words": st.integers(1, 9),
        "punctuation": st.sampled_from(["allowed", "not at edges", "never"]),
        "stop_words": st.sampled_from(["allowed", "not alone", "not at edges"]),
    }
)


@pytest.fixture(scope="module")
def name(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The component's name, with what it needs to be of use."""
    if request.param != "imported":
        return str(request.param)
    path = tmp_path_factory.mktemp("imported") / "spans.jsonl"
    row = {"id": blank_pair(1, 1).id, "spans": [[0, 1]]}  # inside every sentence
    path.write_text(json.dumps(row), encoding="utf-8")
    return f"imported:{path}"


@every_generator
@settings(max_examples=50)
@given(case=aligned_pairs())
def test_candidates_are_sorted_without_repetition_and_inside_the_sentence(
    name: str, case: AlignedPair
) -> None:
    found = _build(name).generate(case)
    assert isinstance(found, tuple)
    assert list(found) == sorted(set(found))
    assert all(span.end <= len(case.pair.target.words) for span in found)


@every_generator
@settings(max_examples=50)
@given(case=aligned_pairs())
def test_the_same_input_gives_the_same_candidates(name: str, case: AlignedPair) -> None:
    assert _build(name).generate(case) == _build(name).generate(case)


@every_generator
@settings(max_examples=50)
@given(case=aligned_pairs())
def test_the_order_of_the_entities_does_not_matter(name: str, case: AlignedPair) -> None:
    generator = _build(name)
    assert generator.generate(
        replace(case, source_entities=case.source_entities[::-1])
    ) == generator.generate(case)


@every_generator
@settings(max_examples=50)
@given(
    case=aligned_pairs(most_words=8),
    words=st.lists(st.sampled_from(["Haus", "der", "."]), min_size=8, max_size=8),
    chosen=rules,
)
def test_rules_only_take_candidates_away_and_hold_for_each(
    name: str, case: AlignedPair, words: list[str], chosen: dict[str, object]
) -> None:
    target = replace(case.pair.target, words=tuple(words[: len(case.pair.target.words)]))
    case = replace(case, pair=replace(case.pair, target=target))
    found = _build(name, **chosen).generate(case)
    assert set(found) <= set(_build(name).generate(case))
    for span in found:
        inside = target.words[span.start : span.end]
        edges = (inside[0], inside[-1])
        assert len(inside) <= int(str(chosen["max_words"]))
        if chosen["punctuation"] != "allowed":
            assert "." not in (inside if chosen["punctuation"] == "never" else edges)
        if chosen["stop_words"] != "allowed":
            assert set(inside) != {"der"}
        if chosen["stop_words"] == "not at edges":
            assert "der" not in edges


@every_generator
def test_sentences_are_looked_at_before_the_work(name: str) -> None:
    assert _build(name).check([blank_pair(2, 3)]) == []


def _build(name: str, **options: object) -> CandidateGenerator:
    generator: CandidateGenerator = Choice(name=name, options=options).build("candidates")
    return generator
