"""What every tagger of target sentences promises."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.builders import blank_pair
from tests.tiny import save_tagger
from xner_core.config import Choice
from xner_core.ner.target_tagger import TargetTagger
from xner_core.ner.trained import TAGGERS
from xner_core.registry import COMPONENTS
from xner_core.types import TagProbabilities

PAIRS = [replace(blank_pair(3, n), id=f"pair {n}") for n in (4, 1, 30, 2)]
each_tagger = pytest.mark.parametrize("tagger", COMPONENTS["target_ner"], indirect=True)


def _file(folder: Path) -> str:
    path = folder / "tags.jsonl"
    rows = [
        {"id": pair.id, "tags": ["O", "B-PER"], "values": [[0.25, 0.75]] * len(pair.target.words)}
        for pair in PAIRS
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return f"file:{path}"


def _trained(folder: Path) -> str:
    save_tagger(folder)
    TAGGERS.write_record(folder, {})
    return f"trained:{TAGGERS.note(folder)}"


@pytest.fixture(scope="module")
def tagger(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> TargetTagger:
    folder = tmp_path_factory.mktemp("tagger")
    # What a component is named with, where its name alone says too little.
    names = {
        "file": lambda: _file(folder),
        "transformers": lambda: f"transformers:{save_tagger(folder)}",
        "trained": lambda: _trained(folder),
    }
    built: TargetTagger = Choice(name=names.get(request.param, lambda: request.param)()).build("target_ner")
    return built


@each_tagger
def test_every_word_has_its_probabilities(tagger: TargetTagger) -> None:
    found = tagger.probabilities(PAIRS)
    assert len(found) == len(PAIRS)
    for pair, tags in zip(PAIRS, found, strict=True):
        if tags is None:
            continue
        assert tags.values.dtype == np.float32
        assert tags.values.shape == (len(pair.target.words), len(tags.tags))
        assert ((tags.values >= 0) & (tags.values <= 1)).all()
        np.testing.assert_allclose(tags.values.sum(axis=1), 1, atol=1e-5)


@each_tagger
def test_the_tags_are_iob2_and_each_is_there_once(tagger: TargetTagger) -> None:
    for tags in tagger.probabilities(PAIRS):
        if tags is not None:
            assert "O" in tags.tags
            assert len(set(tags.tags)) == len(tags.tags)
            assert all(re.fullmatch(r"O|[BI]-\S+", tag) for tag in tags.tags)


@each_tagger
def test_sentences_do_not_depend_on_their_neighbours(tagger: TargetTagger) -> None:
    together = tagger.probabilities(PAIRS)
    _assert_same(tagger.probabilities(PAIRS[::-1]), together[::-1])
    _assert_same([tagger.probabilities([pair])[0] for pair in PAIRS], together)


@each_tagger
def test_no_sentences(tagger: TargetTagger) -> None:
    assert tagger.probabilities([]) == []


@each_tagger
def test_it_can_be_used_again_after_release(tagger: TargetTagger) -> None:
    before = tagger.probabilities(PAIRS)
    tagger.release()
    tagger.release()
    _assert_same(tagger.probabilities(PAIRS), before)


@each_tagger
def test_models_and_notices_are_sentences(tagger: TargetTagger) -> None:
    tagger.probabilities(PAIRS)
    for texts in (tagger.model_ids, tagger.notices):
        assert isinstance(texts, tuple)
        assert all(isinstance(text, str) and text for text in texts)


def _assert_same(
    found: Sequence[TagProbabilities | None], expected: Sequence[TagProbabilities | None]
) -> None:
    assert [tags is None for tags in found] == [tags is None for tags in expected]
    for one, other in zip(found, expected, strict=True):
        if one is not None and other is not None:
            assert one.tags == other.tags
            np.testing.assert_allclose(one.values, other.values, atol=1e-5)
