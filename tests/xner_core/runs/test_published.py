"""The published figures that come with the package."""

from __future__ import annotations

import pytest

from xner_core.errors import ConfigError
from xner_core.languages import is_language, language_name
from xner_core.runs.methods import METHODS, UNALIGNED, Method, parse_method
from xner_core.runs.published import best, published


def languages(dataset: str) -> set[str]:
    return {figure.lang for figure in published(dataset)}


def test_there_are_57_languages_and_europarl() -> None:
    assert (len(languages("masakhaner2")), len(languages("xtreme"))) == (18, 39)
    assert languages("europarl") == {"de", "es", "it"}
    assert len(published()) == 762


def test_every_language_has_a_name() -> None:
    for code in languages("masakhaner2") | languages("xtreme"):
        assert is_language(code)
        assert language_name(code) != code


@pytest.mark.parametrize(("dataset", "n"), [("masakhaner2", 13), ("xtreme", 13), ("europarl", 7)])
def test_every_language_has_each_method_once(dataset: str, n: int) -> None:
    for lang in languages(dataset):
        methods = [figure.method for figure in published(dataset) if figure.lang == lang]
        assert len(methods) == len(set(methods)) == n
        assert set(methods) <= set(METHODS)


def test_f1_is_the_mean_of_precision_and_recall() -> None:
    for figure in published():
        mean = 2 * figure.precision * figure.recall / (figure.precision + figure.recall)
        assert figure.f1 == pytest.approx(mean, abs=2e-4)  # all are rounded


def test_labels_are_those_that_were_scored() -> None:
    assert {frozenset(f.per_label) for f in published("europarl")} == {
        frozenset({"PER", "LOC", "ORG", "MISC"})
    }
    for dataset in ("masakhaner2", "xtreme"):
        assert {frozenset(f.per_label) for f in published(dataset)} == {frozenset({"PER", "LOC", "ORG"})}


def test_a_figure_of_the_paper() -> None:
    (figure,) = published("europarl", "de", parse_method("candidates-awesome-ngrams"))
    assert (figure.f1, figure.precision, figure.recall) == (0.9203, 0.9243, 0.9163)
    assert figure.per_label["MISC"] == 0.8804


def test_a_language_is_found_by_each_of_its_codes() -> None:
    assert {(f.dataset, f.lang) for f in published(lang="sw")} == {("masakhaner2", "swa"), ("xtreme", "sw")}
    assert published(lang="swa") == published(lang="sw")
    assert published(lang="deu", dataset="europarl") == published("europarl", "de")


def test_a_method_without_its_aligner_is_that_of_each() -> None:
    both = published("europarl", "es", parse_method("align_src"))
    assert [figure.method.aligner for figure in both] == ["awesome", "simalign"]
    chosen = best(both)
    assert chosen is not None
    assert chosen.f1 == max(figure.f1 for figure in both) == 0.9065
    assert best([]) is None


def test_methods_are_named_and_read() -> None:
    assert len(METHODS) == 13
    assert len(UNALIGNED) == 7
    for method in (*METHODS, *UNALIGNED):
        assert parse_method(str(method)) == method
    assert parse_method("backtrans_candidates-simalign-ner") == Method(
        "backtrans_candidates", "simalign", "ner"
    )
    with pytest.raises(ConfigError, match=r"no published method 'align'.*align_src-awesome"):
        parse_method("align")
