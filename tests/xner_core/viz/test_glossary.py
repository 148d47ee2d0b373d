"""The words that the app explains."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from xner_core.viz.glossary import TERMS, explained


@pytest.mark.parametrize("term", TERMS)
def test_every_term_has_a_row_in_the_glossary(term: str) -> None:
    lines = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()
    assert term in {line.split("|")[1].strip() for line in lines if line.startswith("|")}


@pytest.mark.parametrize("term", TERMS)
def test_an_explanation_is_a_sentence(term: str) -> None:
    assert TERMS[term][0].isupper()
    assert TERMS[term].endswith(".")
    assert "](" not in TERMS[term]  # shown as Markdown


def test_one_term_is_explained_without_its_name_and_several_with() -> None:
    assert explained("threshold") == "Scores below it count as 0."
    assert explained("greedy", "threshold") == (
        "Greedy: the pair with the best score first, then the next one that fits. "
        "Threshold: scores below it count as 0."
    )


def test_an_unknown_term_is_an_error() -> None:
    with pytest.raises(KeyError):
        explained("nothing")
