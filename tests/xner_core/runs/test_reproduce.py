"""The published experiments done again, with a tiny tagger and without projecting where that is enough."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import tiny
from xner_core.errors import ConfigError
from xner_core.runs.folder import all_runs, find_run
from xner_core.runs.published import published
from xner_core.runs.reproduce import Reproduced, as_data, cautions, planned, reasons, reproduce

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def tagger(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"transformers:{tiny.save_tagger(tmp_path_factory.mktemp('tagger'), positions=512)}"


@pytest.fixture(scope="module")
def results(tagger: str) -> list[Reproduced]:
    """Model transfer, n-grams, and what cannot be done; German and Italian."""
    methods = ["candidates-ngrams", "align_tgt", "model_transfer"]
    return reproduce(
        "europarl", ["it", "de"], "embedded", corpus="demo:{lang}", methods=methods, ner=tagger, limit=4
    )


def test_each_language_has_each_method(results: list[Reproduced]) -> None:
    assert [str(one.preset) for one in results] == [
        f"europarl/{lang}/{method}@embedded"
        for lang in ("it", "de")
        for method in ("align_tgt", "candidates-ngrams", "model_transfer")
    ]


def test_own_figures_are_those_of_the_runs(results: list[Reproduced]) -> None:
    done = [one for one in results if one.f1 is not None]
    assert len(done) == 4
    for one in done:
        place, manifest = find_run(one.run)
        overall = place.metrics()["overall"]
        assert (one.f1, one.precision, one.recall) == (overall["f1"], overall["precision"], overall["recall"])
        assert one.n_sentences == manifest.config.limit == 4
        assert manifest.config.name == str(one.preset)
        assert (one.reason, one.notices) == ("", tuple(manifest.notices))
    assert max(one.f1 or 0 for one in done) > 0.5  # links of e5-small; the tiny tagger finds nothing


def test_the_published_figure_is_that_of_the_best_aligner(results: list[Reproduced]) -> None:
    by_name = {str(one.preset): one for one in results}
    ngrams = by_name["europarl/de/candidates-ngrams@embedded"]
    assert ngrams.published is not None
    assert (str(ngrams.published.method), ngrams.published.f1) == ("candidates-awesome-ngrams", 0.9203)
    assert ngrams.difference == (ngrams.f1 or 0) - 0.9203
    transfer = by_name["europarl/it/model_transfer@embedded"].published
    assert transfer is not None
    assert transfer.f1 == 0.6959


def test_what_cannot_be_done_is_told_and_stops_nothing(results: list[Reproduced]) -> None:
    failed = [one for one in results if one.f1 is None]
    assert [str(one.preset.method) for one in failed] == ["align_tgt", "align_tgt"]
    for one in failed:
        assert "apertium" in one.reason  # has no pair from English to German, or is not here
        assert one.published is None
        assert one.difference is None
    told = [name for names in reasons(results).values() for name in names]
    assert sorted(told) == sorted(str(one.preset) for one in failed)


def test_a_corpus_without_gold_entities_is_told(tmp_path: Path, tagger: str) -> None:
    (tmp_path / "own.txt").write_text("ada lives here ||| ada lebt hier\n", encoding="utf-8")
    corpus = f"parallel:{tmp_path / 'own.txt'}?source_lang=en&target_lang={{lang}}"
    (one,) = reproduce("europarl", ["de"], "embedded", corpus=corpus, methods=["model_transfer"], ner=tagger)
    assert (one.f1, one.n_sentences) == (None, 0)
    assert "no target sentence has gold entities" in one.reason


def test_runs_that_are_done_are_not_done_again(results: list[Reproduced], tagger: str) -> None:
    before = find_run(results[2].run)[1]
    told: list[str] = []
    (again,) = reproduce(
        "europarl",
        ["it"],
        "embedded",
        corpus="demo:{lang}",
        methods=["model_transfer"],
        ner=tagger,
        limit=4,
        announce=lambda name: told.append(str(name)),
    )
    assert again == results[2]
    assert find_run(again.run)[1] == before
    assert told == ["europarl/it/model_transfer@embedded"]


def test_what_another_version_left_unfinished_is_begun_anew(results: list[Reproduced], tagger: str) -> None:
    failed = next(one for one in results if one.f1 is None)
    place, manifest = next(run for run in all_runs() if run[1].config.name == str(failed.preset))
    place.write(manifest.model_copy(update={"software": "another"}))
    (again,) = reproduce(
        "europarl", ["it"], "embedded", corpus="demo:{lang}", methods=["align_tgt"], ner=tagger, limit=4
    )
    assert again == failed
    found = place.manifest()
    assert found is not None
    assert found.software == manifest.software


def test_results_as_plain_data(results: list[Reproduced]) -> None:
    data = as_data(results[1])
    assert data["method"] == "candidates-ngrams"
    assert data["published"] == {
        "method": "candidates-simalign-ngrams",
        "f1": 0.8778,
        "source": "Politov et al. 2025 (arXiv 2501.18750)",
    }
    assert data["difference"] == results[1].difference
    assert as_data(results[0])["published"] is None


def test_everything_is_planned_by_default() -> None:
    assert len(planned("masakhaner2", None, "published", None)) == 18 * 13
    assert len(planned("xtreme", None, "embedded", None)) == 39 * 7
    assert len(planned("europarl", ["de", "de"], "published", None)) == 13


def test_a_method_without_its_aligner_is_each_ones() -> None:
    names = planned("europarl", ["de"], "published", ["align_src", "candidates-awesome-ner"])
    assert [str(name.method) for name in names] == [
        "align_src-awesome", "align_src-simalign", "candidates-awesome-ner"
    ]  # fmt: skip
    names = planned("europarl", ["de"], "embedded", ["align_src-awesome", "align_src-simalign"])
    assert [str(name.method) for name in names] == ["align_src"]


def test_every_published_figure_has_its_preset() -> None:
    for dataset in ("masakhaner2", "xtreme", "europarl"):
        names = {(name.lang, name.method) for name in planned(dataset, None, "published", None)}
        assert {(figure.lang, figure.method) for figure in published(dataset)} <= names


def test_what_does_not_exist_is_refused_before_anything_is_run() -> None:
    with pytest.raises(ConfigError, match="no data set 'conll'"):
        reproduce("conll")
    with pytest.raises(ConfigError, match="no language 'fr'"):
        reproduce("europarl", ["de", "fr"])
    with pytest.raises(ConfigError, match="no published method 'magic'"):
        reproduce("europarl", methods=["magic"])


def test_cautions_say_what_is_not_comparable() -> None:
    assert cautions(None, None, "published") == []
    assert len(cautions(5, "demo:de", "embedded")) == 3
    assert "first 5" in cautions(5, None, "published")[0]
