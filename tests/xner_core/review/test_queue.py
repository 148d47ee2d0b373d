"""The order of the queue, and the job that makes it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.xner_core.review.small import SENTENCES
from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load
from xner_core.corrections.events import UNTOUCHED, SentenceKey, SentenceState
from xner_core.errors import CorpusError
from xner_core.pipeline import Pipeline
from xner_core.review.doubts import Doubter, Doubts
from xner_core.review.priority import priority
from xner_core.review.queue import Queued, ReviewQueueJob, in_order, review_queue
from xner_core.types import Corpus


def queued(name: str, value: float) -> Queued:
    return Queued(SentenceKey(name, "0"), "de", value, Doubts(margin=value))


def states(**said: dict[str, Any]) -> dict[SentenceKey, SentenceState]:
    return {SentenceKey(name, "0"): replace(UNTOUCHED, **values) for name, values in said.items()}


def names(found: list[Queued]) -> list[str]:
    return [each.key.id for each in found]


GIVEN = [queued("a", 1), queued("b", 3), queued("c", 2), queued("d", 3), queued("e", 9), queued("f", 8)]


def test_the_larger_priority_comes_first_and_equals_stay_in_order() -> None:
    assert names(in_order(GIVEN, {})) == ["e", "f", "b", "d", "c", "a"]
    assert names(in_order(reversed(GIVEN), {})) == ["e", "f", "d", "b", "c", "a"]


def test_what_people_said_comes_before_the_priority() -> None:
    said = states(
        e={"status": "approved"},
        f={"status": "rejected", "target_entities": ()},
        b={"links": ((0, 0, "sure"),)},
        a={"status": "needsReview"},
        d={"note": "hm"},
    )
    assert names(in_order(GIVEN, said)) == ["a", "d", "c", "b", "e", "f"]
    assert names(in_order(GIVEN, said, reviewed="out")) == ["a", "d", "c", "b"]


def test_what_was_said_of_other_words_does_not_count() -> None:
    other = {SentenceKey("e", "1"): replace(UNTOUCHED, status="approved")}
    assert names(in_order(GIVEN, other))[0] == "e"


def test_a_row_is_read_again() -> None:
    one = Queued(SentenceKey("a", "0"), "de", 1.25, Doubts(margin=0.5, capitals=1))
    assert Queued.from_dict(one.as_dict()) == one
    assert one.as_dict()["doubts"] == {"margin": 0.5, "capitals": 1}


def test_the_queue_of_a_corpus(corpus: Corpus, config: PipelineConfig) -> None:
    told: list[tuple[str, int, int]] = []
    report = review_queue(corpus, config, progress=lambda *state: told.append(state))
    rows = [Queued.from_dict(row) for row in report["sentences"]]
    assert sorted(each.key.id for each in rows) == sorted(SENTENCES)
    assert report["n_pairs"] == len(SENTENCES)
    assert told[-1] == ("review queue", len(SENTENCES), len(SENTENCES))
    found = {result.pair.id: result for result in Pipeline(config).run(corpus.pairs)}
    doubter = Doubter(config)
    for each in rows:
        result = found[each.key.id]
        assert each.key == SentenceKey.of(result.pair)
        assert each.priority == pytest.approx(priority(doubter.doubts(result)), abs=1e-4)
    assert [each.priority for each in rows] == sorted((each.priority for each in rows), reverse=True)
    assert report["provenance"]["corpus"]["fingerprint"] == corpus.fingerprint


def test_a_language_and_a_limit(corpus: Corpus, config: PipelineConfig) -> None:
    assert review_queue(corpus, config, limit=2)["n_pairs"] == 2
    with pytest.raises(CorpusError, match="no sentence is in the language 'fr'"):
        review_queue(corpus, config, lang="fr")


def test_a_pair_that_lacks_a_sentence_is_left_out_and_counted(own_folders: None, tmp_path: Path) -> None:
    both = {"source_lang": "en", "target_lang": "de", "source_tokens": ["a"], "source_tags": ["O"]}
    rows = [{"id": "x", **both, "target_tokens": ["b"]}, {"id": "y", **both}]
    path = tmp_path / "one.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (tmp_path / "own.links").write_text("x\t0-0\n", encoding="utf-8")
    links, gold = Choice(name=f"links:{tmp_path / 'own.links'}"), Choice(name="gold")
    config = PipelineConfig(aligner=links, ner=gold)
    corpus = load(f"jsonl:{path}")
    report = review_queue(corpus, config)
    assert [row["id"] for row in report["sentences"]] == ["x"]
    assert any("1 pair lacks a sentence" in notice for notice in report["notices"])


def test_the_job_is_told_all_it_depends_on(corpus: Corpus, config: PipelineConfig, tmp_path: Path) -> None:
    job = ReviewQueueJob(corpus, config, lang="de", limit=3)
    assert job._arguments[0] == "queue"
    assert {"--lang=de", "--limit=3", f"--corpus={corpus.spec}"} <= set(job._arguments)
    [told] = [each for each in job._arguments if each.startswith("--config=")]
    assert PipelineConfig.model_validate_json(told.removeprefix("--config=")) == config
    same = ReviewQueueJob(corpus, config, lang="de", limit=3)
    assert same.folder == job.folder
    greedy = config.model_copy(update={"projector": Choice(name="greedy")})
    others = [
        ReviewQueueJob(corpus, greedy, lang="de", limit=3),
        ReviewQueueJob(corpus, config, lang="de"),
        ReviewQueueJob(corpus, config, limit=3),
        ReviewQueueJob(replace(corpus, fingerprint="1"), config, lang="de", limit=3),
    ]
    (tmp_path / "links.txt").write_text("", encoding="utf-8")
    others.append(ReviewQueueJob(corpus, config, lang="de", limit=3))  # the file of links has changed
    assert len({each.folder for each in (job, *others)}) == 6
