"""Links by their margin, and the words that speak against them."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from tests.builders import blank_pair, entity
from tests.demo import write_demo
from xner_core.alignment.confidence import link_confidence
from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load
from xner_core.errors import ConfigError, CorpusError
from xner_core.pipeline import Pipeline
from xner_core.runs.uncertain_links import UncertainLink, least_certain_links, uncertain_links
from xner_core.types import SentencePair, WordAlignment

ROWS = [[0.9, 0.2, 0.8], [0.3, 0.6, 0.7]]
FIRST = UncertainLink("blank", 0, 0, "s0", "t0", 0.9, "t2", "s1", 0.1, "both", True)
SECOND = UncertainLink("blank", 1, 1, "s1", "t1", 0.6, "t2", "s0", -0.1, "target only", False)
THIRD = UncertainLink("blank", 0, 2, "s0", "t2", 0.8, "t0", "s1", -0.1, "target only", True)


def alignment(rows: list[list[float]], *links: tuple[int, int]) -> WordAlignment:
    return WordAlignment(tuple(sorted(links)), (), np.array(rows, dtype=np.float32))


def rounded(links: list[UncertainLink]) -> list[dict[str, object]]:
    return [
        {key: round(value, 6) if isinstance(value, float) else value for key, value in asdict(link).items()}
        for link in links
    ]


def test_by_hand() -> None:
    pair = blank_pair(2, 3)
    found = least_certain_links([pair], [alignment(ROWS, (0, 0), (1, 1), (0, 2))], [[entity(0, 1)]])
    # Equal margins, but 0.8 - 0.9 and 0.6 - 0.7 are not equal as floats.
    assert rounded(sorted(found, key=lambda link: (link.source, link.target))) == rounded(
        [FIRST, THIRD, SECOND]
    )
    assert rounded(found)[-1] == rounded([FIRST])[0]


@pytest.mark.parametrize(
    ("rows", "directions"),
    [
        ([[0.9, 0.1], [0.1, 0.2]], "both"),
        ([[0.5, 0.1], [0.9, 0.2]], "source only"),
        ([[0.5, 0.9], [0.1, 0.2]], "target only"),
        ([[0.5, 0.9], [0.9, 0.2]], "neither"),
    ],
)
def test_directions(rows: list[list[float]], directions: str) -> None:
    [link] = least_certain_links([blank_pair(2, 2)], [alignment(rows, (0, 0))], [()])
    assert link.directions == directions


def test_a_link_without_another_word_comes_last_and_has_no_margin() -> None:
    pairs = [blank_pair(1, 1), blank_pair(2, 2)]
    certain = alignment([[0.9, 0.1], [0.1, 0.9]], (0, 0))
    found = least_certain_links(pairs, [alignment([[0.5]], (0, 0)), certain], [(), ()])
    assert [link.margin is None for link in found] == [False, True]
    assert (found[1].other_target, found[1].other_source) == (None, None)
    assert len(least_certain_links(pairs, [alignment([[0.5]], (0, 0)), certain], [(), ()], 1)) == 1


def test_equal_margins_keep_the_order_of_the_corpus_with_and_without_a_limit() -> None:
    pairs = [blank_pair(2, 2)] * 3
    ties = [alignment([[0.5, 0.5], [0.5, 0.5]], (0, 0), (0, 1), (1, 0))] * 3
    every = least_certain_links(pairs, ties, [()] * 3)
    assert [(link.source, link.target) for link in every] == [(0, 0), (0, 1), (1, 0)] * 3
    assert least_certain_links(pairs, ties, [()] * 3, 4) == every[:4]


def test_only_links_of_entities() -> None:
    links = alignment(ROWS, (0, 0), (1, 1), (0, 2))
    of_first = least_certain_links([blank_pair(2, 3)], [links], [[entity(0, 1)]], of_entities_only=True)
    assert {(link.source, link.target) for link in of_first} == {(0, 0), (0, 2)}
    of_second = least_certain_links([blank_pair(2, 3)], [links], [[entity(1, 2)]], 1, of_entities_only=True)
    assert [(link.source, link.target) for link in of_second] == [(1, 1)]


def test_links_without_similarities_are_refused() -> None:
    with pytest.raises(ConfigError, match="there are none"):
        least_certain_links([blank_pair(1, 1)], [WordAlignment(((0, 0),))], [()])


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_demo(tmp_path_factory.mktemp("corpus") / "mixed.jsonl", ["de", "sw"], each=4)


def test_the_other_words_are_those_the_margin_is_taken_from(spec: str) -> None:
    pairs = load(spec).pairs
    alignments = list(Pipeline().align(pairs))
    by_id: dict[str, tuple[SentencePair, WordAlignment]] = {
        pair.id: both for pair, both in zip(pairs, zip(pairs, alignments, strict=True), strict=True)
    }
    for link in least_certain_links(pairs, alignments, [()] * len(pairs)):
        pair, found = by_id[link.pair]
        values = found.similarity
        assert values is not None
        place = found.links.index((link.source, link.target))
        confidence = link_confidence(found)
        others = [values[link.source, j] for j, w in enumerate(pair.target.words) if w == link.other_target]
        assert confidence.row_runner_up[place] in others
        others = [values[i, link.target] for i, w in enumerate(pair.source.words) if w == link.other_source]
        assert confidence.column_runner_up[place] in others
        assert link.margin == confidence.margin[place]
        assert link.source_word == pair.source.words[link.source]
        assert link.target_word == pair.target.words[link.target]


def test_a_corpus_is_aligned_as_far_as_it_is_asked_for(spec: str) -> None:
    told: list[tuple[str, int, int]] = []
    corpus = load(spec)
    found = uncertain_links(corpus, lang="sw", limit=3, top=5, progress=lambda *step: told.append(step))
    json.dumps(found, allow_nan=False)
    assert told[-1] == ("alignment", 3, 3)
    pairs = [pair for pair in corpus.pairs if pair.target.lang == "sw"][:3]
    alignments = list(Pipeline().align(pairs))
    entities = [pair.source.entities or () for pair in pairs]
    assert found["links"] == [asdict(link) for link in least_certain_links(pairs, alignments, entities, 5)]
    assert len(found["entity_links"]) == 5
    assert all(link["of_entity"] for link in found["entity_links"])
    assert (found["n_pairs"], found["n_links"]) == (3, sum(len(a.links) for a in alignments))
    assert found["provenance"]["components"].keys() == {"ner", "aligner", "extraction"}


def test_the_config_says_how_to_align(spec: str) -> None:
    few = uncertain_links(load(spec), PipelineConfig(extraction=Choice(name="argmax")))
    many = uncertain_links(load(spec), PipelineConfig(extraction=Choice(name="union")))
    assert few["n_pairs"] == many["n_pairs"] == 8
    assert few["n_links"] < many["n_links"]


def test_a_language_that_the_corpus_lacks(spec: str) -> None:
    with pytest.raises(CorpusError, match=r"in the language 'fr'. Choose from de, sw"):
        uncertain_links(load(spec), lang="fr")


def test_an_aligner_that_gives_links(spec: str, tmp_path: Path) -> None:
    links = tmp_path / "links.txt"
    links.write_text("".join(f"{pair.id}\t0-0\n" for pair in load(spec).pairs))
    with pytest.raises(ConfigError, match="Align with a model"):
        uncertain_links(load(spec), PipelineConfig(aligner=Choice(name=f"links:{links}")))
