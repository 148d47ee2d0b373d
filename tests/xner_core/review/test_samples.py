"""What holds of a sentence, whoever said it, and that a run tells the same as the pipeline."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.gold_links import gold_links
from tests.xner_core.review.small import SENTENCES, entities, pair_of, say, small_corpus
from xner_core.alignment.links import LinksAligner
from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load
from xner_core.corrections.events import UNTOUCHED, SentenceKey, SentenceState
from xner_core.corrections.store import CorrectionStore
from xner_core.errors import ConfigError
from xner_core.export.sample import Annotation
from xner_core.pipeline import Pipeline
from xner_core.review.found import Found, of_result, of_row
from xner_core.review.samples import Review, corrected, samples
from xner_core.runs.config import RunConfig
from xner_core.runs.folder import find_run
from xner_core.runs.rows import transferred_row
from xner_core.runs.run import run
from xner_core.types import BackTranslation, Corpus, Sentence, SentencePair, WordAlignment


def held(corpus: Corpus, config: PipelineConfig, name: str, **said: Any) -> Annotation:
    """What holds of a sentence of which people say something."""
    pipeline = Pipeline(config)
    [result] = pipeline.run([pair_of(corpus, name)])
    return corrected(pipeline, result, replace(UNTOUCHED, **said))


def test_what_nobody_touched_is_what_the_pipeline_finds(
    corpus: Corpus, config: PipelineConfig, store: CorrectionStore
) -> None:
    results = list(Pipeline(config).run(corpus.pairs))
    found = list(samples(corpus, corpus.pairs, config, store))
    assert [one.pair.id for one in found] == list(SENTENCES)
    for sample, result in zip(found, results, strict=True):
        assert sample.corrected == sample.raw
        assert sample.corrected.source_entities == result.source_entities
        assert sample.corrected.target_entities == result.projection.target_entities
        assert sample.corrected.alignment.sure == result.alignment.sure
        assert (sample.is_edited, sample.status, sample.note) == (False, "created", "")
        assert (sample.authors, sample.updated, sample.history) == ((), "", ())
    assert found[0].corrected.target_entities == entities((0, 1, "PER"))
    assert found[0].corrected.matches == ((0, 0),)


def test_source_entities_are_projected_anew(corpus: Corpus, config: PipelineConfig) -> None:
    said = entities((0, 1, "PER"), (2, 3, "ORG"))
    holds = held(corpus, config, "ada", source_entities=said)
    assert holds.source_entities == said
    assert holds.target_entities == entities((0, 1, "PER"), (2, 3, "ORG"))
    assert holds.matches == ((0, 0), (1, 1))


def test_a_deleted_source_entity_is_projected_nowhere(corpus: Corpus, config: PipelineConfig) -> None:
    holds = held(corpus, config, "ada", source_entities=())
    assert (holds.source_entities, holds.target_entities, holds.matches) == ((), (), ())


def test_links_move_what_is_projected(corpus: Corpus, config: PipelineConfig) -> None:
    holds = held(corpus, config, "rome", links=((1, 2, "none"), (1, 3, "possible")))
    assert holds.alignment == WordAlignment(((0, 1), (2, 3)), ((1, 3),))
    assert holds.target_entities == entities((3, 4, "LOC"))


def test_corrected_target_entities_hold_and_belong_to_who_has_their_words(
    corpus: Corpus, config: PipelineConfig
) -> None:
    two = entities((0, 1, "PER"), (2, 3, "PER"))
    said = entities((0, 2, "PER"), (2, 3, "LOC"), (2, 3, "ORG"))
    holds = held(corpus, config, "ada", source_entities=two, target_entities=said)
    assert holds.target_entities == said
    assert holds.matches == ((1, said.index(entities((2, 3, "LOC"))[0])),)
    exact = held(corpus, config, "ada", target_entities=entities((0, 1, "LOC"), (0, 1, "PER")))
    assert exact.matches == ((0, 1),)


def test_target_entities_hold_whatever_the_links_say(corpus: Corpus, config: PipelineConfig) -> None:
    said = entities((0, 1, "LOC"))
    holds = held(corpus, config, "rome", target_entities=said, links=((1, 2, "none"),))
    assert (holds.target_entities, holds.matches) == (said, ())


def test_saying_what_is_so_anyway_projects_nothing_anew(
    corpus: Corpus, config: PipelineConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline = Pipeline(config)
    [result] = pipeline.run([pair_of(corpus, "ada")])
    monkeypatch.setattr(pipeline, "problem", None)
    said = replace(UNTOUCHED, source_entities=result.source_entities, links=((0, 0, "sure"), (0, 1, "none")))
    assert corrected(pipeline, result, said).target_entities == result.projection.target_entities


def test_a_sample_tells_who_said_what(corpus: Corpus, config: PipelineConfig, store: CorrectionStore) -> None:
    pair = pair_of(corpus, "ada")
    say(store, pair, "Ana", target_entities=entities((2, 3, "PER")), note="moved")
    say(store, pair, "Ben", status="approved")
    [sample] = samples(corpus, [pair], config, store)
    assert (sample.is_edited, sample.status, sample.note) == (True, "approved", "moved")
    assert sample.authors == ("Ana", "Ben")
    assert [event["author"] for event in sample.history] == ["Ana", "Ana", "Ben"]
    assert sample.updated == max(event["time"] for event in sample.history)
    assert json.loads(json.dumps(sample.history)) == list(sample.history)
    assert sample.raw is not None
    assert sample.raw.target_entities == entities((0, 1, "PER"))
    assert sample.provenance["corpus"]["fingerprint"] == corpus.fingerprint
    assert sample.provenance["components"]["projector"]["name"] == "ilp"


def test_the_same_words_under_another_id_are_another_sentence(
    corpus: Corpus, config: PipelineConfig, store: CorrectionStore
) -> None:
    say(store, pair_of(corpus, "twin-1"), source_entities=())
    one, two = samples(corpus, [pair_of(corpus, "twin-1"), pair_of(corpus, "twin-2")], config, store)
    assert (one.corrected.source_entities, two.corrected.source_entities) == ((), entities((0, 1, "PER")))


def _correct_some(store: CorrectionStore, corpus: Corpus, config: PipelineConfig) -> None:
    found = [one for one in Review(corpus, config).found(corpus.pairs) if one.raw.matches]
    say(store, found[0].pair, source_entities=found[0].raw.source_entities[1:])
    (i, j) = found[1].alignment.sure[0]
    say(store, found[1].pair, links=((i, j, "none"),))
    say(store, found[2].pair, target_entities=(), status="rejected")


def test_a_run_tells_the_same(tmp_path: Path, own_folders: None, store: CorrectionStore) -> None:
    corpus, config = load("demo:zh"), gold_links(tmp_path / "links.txt")
    _correct_some(store, corpus, config)
    before = list(samples(corpus, corpus.pairs, config, store))
    place = run(RunConfig(corpus="demo:zh", name="any name", pipeline=config))
    review = Review(corpus, config)
    after = list(review.samples(corpus.pairs, store))
    manifest = place.manifest()
    assert manifest is not None
    assert review.run == manifest.id
    assert [replace(one, provenance={}) for one in after] == [replace(one, provenance={}) for one in before]
    assert after[0].provenance["run"] == manifest.id
    named = Review(corpus, run=find_run(manifest.id))
    assert [one.corrected for one in named.samples(corpus.pairs[3:5], store)] == [
        one.corrected for one in before[3:5]
    ]


def test_a_run_is_not_computed_again(
    tmp_path: Path, own_folders: None, store: CorrectionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, config = load("demo:de"), gold_links(tmp_path / "links.txt")
    run(RunConfig(corpus="demo:de", lang="de", pipeline=config))
    monkeypatch.setattr(Pipeline, "run", None)
    assert len(list(samples(corpus, corpus.pairs, config, store))) == len(corpus.pairs)


def test_a_run_with_other_settings_is_none(tmp_path: Path, own_folders: None) -> None:
    corpus, config = load("demo:de"), gold_links(tmp_path / "links.txt")
    run(RunConfig(corpus="demo:de", pipeline=config))
    other = config.model_copy(update={"projector": Choice(name="greedy")})
    review = Review(corpus, other)
    list(review.found(corpus.pairs[:2]))
    assert review.run is None


def test_similarities_that_a_run_did_not_keep_are_made_again(
    corpus: Corpus, config: PipelineConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As scores may look at them; links stay those of the run. What is not projected anew needs none."""
    place = run(RunConfig(corpus=corpus.spec, pipeline=config))
    review = Review(corpus, run=find_run(str(place.path)))
    batch = list(review.found(corpus.pairs[:3]))
    states = [SentenceState(links=((0, 0, "none"),)), UNTOUCHED, SentenceState(source_entities=())]
    aligned: list[list[str]] = []

    def align(pairs: list[SentencePair]) -> Any:
        aligned.append([pair.id for pair in pairs])
        return iter([WordAlignment((), (), np.ones((4, 4), np.float32)) for _ in pairs])

    monkeypatch.setattr(LinksAligner, "gives_links", False)
    monkeypatch.setattr(review.pipeline, "align", align)
    ready = review.ready(batch, states)
    assert aligned == [["ada", "twin-1"]]
    assert [one.alignment.similarity is not None for one in ready] == [True, False, True]
    assert [one.alignment for one in ready] == [one.alignment for one in batch]
    assert [one.alignment for one in review.ready(ready, states)] == [one.alignment for one in batch]
    assert len(aligned) == 2
    assert aligned[1] == []


def test_a_run_over_another_corpus_is_refused(corpus: Corpus, config: PipelineConfig, tmp_path: Path) -> None:
    place = run(RunConfig(corpus=corpus.spec, pipeline=config))
    (tmp_path / "other").mkdir()
    other = small_corpus(tmp_path / "other", ["ada"])
    with pytest.raises(ConfigError, match="was over another corpus"):
        Review(other, run=find_run(str(place.path)))


def test_a_run_over_some_sentences_says_which_it_lacks(corpus: Corpus, config: PipelineConfig) -> None:
    place = run(RunConfig(corpus=corpus.spec, pipeline=config, limit=2))
    review = Review(corpus, run=find_run(str(place.path)))
    with pytest.raises(ConfigError, match="has no sentence 'none'"):
        list(review.found([pair_of(corpus, "none")]))


def test_an_aligner_that_learns_sees_the_whole_language(
    corpus: Corpus, config: PipelineConfig, store: CorrectionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    compare = LinksAligner.compare

    def counted(self: LinksAligner, pairs: Any) -> Any:
        asked.append(len(pairs))
        return compare(self, pairs)

    monkeypatch.setattr(LinksAligner, "learns_from_corpus", True)
    monkeypatch.setattr(LinksAligner, "compare", counted)
    [one] = samples(corpus, [pair_of(corpus, "rome")], config, store)
    assert (asked, one.pair.id) == ([len(corpus.pairs)], "rome")


def _one_sided(folder: Path) -> Corpus:
    path = folder / "one.jsonl"
    row = {"id": "a", "source_lang": "en", "target_lang": "zh", "source_tokens": ["We", "sing"]}
    path.write_text(json.dumps({**row, "source_tags": ["B-PER", "O"]}) + "\n", encoding="utf-8")
    return load(f"jsonl:{path}")


def test_what_has_no_translation_is_tagged(
    tmp_path: Path, own_folders: None, config: PipelineConfig, store: CorrectionStore
) -> None:
    corpus = _one_sided(tmp_path)
    [sample] = samples(corpus, corpus.pairs, config, store)
    assert sample.pair.target.is_missing
    assert sample.corrected == Annotation(entities((0, 1, "PER")))


def test_corrections_of_a_translated_sentence_hold_for_that_translation(
    tmp_path: Path, own_folders: None, store: CorrectionStore
) -> None:
    corpus, table, links = _one_sided(tmp_path), tmp_path / "translations.tsv", tmp_path / "links.txt"
    links.write_text("a\t0-0 1-1\n", encoding="utf-8")
    table.write_text("We sing\t我们唱歌\n", encoding="utf-8")
    config = PipelineConfig(
        translator=Choice(name=f"file:{table}"),
        aligner=Choice(name=f"links:{links}"),
        ner=Choice(name="gold"),
    )
    [made] = Review(corpus, config).pairs(corpus.pairs)
    assert made.target.words == ("我们", "唱歌")
    say(store, made, target_entities=entities((1, 2, "PER")))
    [sample] = samples(corpus, corpus.pairs, config, store)
    assert sample.corrected.target_entities == entities((1, 2, "PER"))
    assert SentenceKey.of(sample.pair) == SentenceKey.of(made)
    run(RunConfig(corpus=corpus.spec, pipeline=config))
    review = Review(corpus, config)
    assert review.pairs(corpus.pairs) == [made]
    [again] = review.samples(corpus.pairs, store)
    assert review.run is not None
    assert replace(again, provenance={}) == replace(sample, provenance={})


class _Refining:
    """A pipeline that translates back with the words turned round, and projects over that."""

    def __init__(self, config: PipelineConfig) -> None:
        self._real = Pipeline(config)
        self.projector = self._real.projector
        self.problem = self._real.problem

    def refine(self, pairs: list[SentencePair], sent: list[Any]) -> list[BackTranslation]:
        words = tuple(reversed(pairs[0].target.words))
        back = replace(pairs[0], source=Sentence(words, "de"))
        return [BackTranslation(back, entities((2, 3, "PER")), (0,))]

    def align(self, pairs: list[SentencePair]) -> Any:
        n = len(pairs[0].target.words)
        return iter([WordAlignment(tuple((n - 1 - j, j) for j in reversed(range(n))))])


def test_source_entities_are_translated_back_anew(corpus: Corpus, config: PipelineConfig) -> None:
    """Word 2 of the sentence turned round is word 1 of the target; links of other words play no part."""
    raw = Annotation(entities((0, 1, "PER")), entities((0, 1, "PER")), matches=((0, 0),))
    found = Found(pair_of(corpus, "ada"), raw, is_translated_back=True)
    pipeline: Any = _Refining(config)
    said = SentenceState(source_entities=entities((1, 2, "PER")))
    holds = corrected(pipeline, found, said)
    assert (holds.target_entities, holds.matches) == (entities((1, 2, "PER")), ((0, 0),))
    linked = corrected(pipeline, found, SentenceState(links=((0, 3, "sure"),)))
    assert linked.target_entities == raw.target_entities
    assert linked.alignment.sure == ((0, 3),)


def test_links_of_a_back_translation_are_none_of_the_pair(corpus: Corpus, config: PipelineConfig) -> None:
    pipeline = Pipeline(config)
    [result] = pipeline.run([pair_of(corpus, "ada")])
    back = BackTranslation(result.pair, result.source_entities, (0,))
    found = of_result(replace(result, back_translation=back))
    assert found.is_translated_back
    assert found.raw.alignment == found.alignment == WordAlignment(())
    assert found.raw.matches == ((0, 0),)


def test_a_run_that_projected_nothing_keeps_what_it_found(corpus: Corpus, config: PipelineConfig) -> None:
    pair = pair_of(corpus, "ada")
    row = {
        **dict.fromkeys(["source_entities", "back_words", "back_origins", "alignment", "projections"]),
        **(transferred_row(pair, entities((2, 3, "PER")))),
    }
    found = of_row(row, pair)
    assert not found.is_projected
    said = SentenceState(source_entities=entities((0, 1, "PER")), links=((0, 1, "sure"),))
    holds = corrected(Pipeline(config), found, said)
    assert holds.target_entities == entities((2, 3, "PER"))
    assert holds.source_entities == entities((0, 1, "PER"))
    assert holds.matches == ()
