"""What every aligner promises."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from xner_core.alignment.aligner import Aligner
from xner_core.alignment.embedded import embedded_model
from xner_core.alignment.similarity import SubwordSimilarity
from xner_core.alignment.trained import note_trained, write_record
from xner_core.config import Choice
from xner_core.registry import COMPONENTS, component_class
from xner_core.types import Sentence, SentencePair, WordAlignment

each_aligner = pytest.mark.parametrize("aligner", COMPONENTS["aligner"], indirect=True)
_GIVES_LINKS = {name: component_class("aligner", name).gives_links for name in COMPONENTS["aligner"]}
each_that_compares = pytest.mark.parametrize(
    "aligner", [name for name, gives_links in _GIVES_LINKS.items() if not gives_links], indirect=True
)
each_that_links = pytest.mark.parametrize(
    "aligner", [name for name, gives_links in _GIVES_LINKS.items() if gives_links], indirect=True
)
_LEARNS_FROM_THE_PAIRS = {"eflomal"}
"""These draw random numbers too: no link of a few pairs is certain. Their own tests have more pairs."""
each_that_links_alone = pytest.mark.parametrize(
    "aligner",
    [name for name, links in _GIVES_LINKS.items() if links and name not in _LEARNS_FROM_THE_PAIRS],
    indirect=True,
)


def _pair(source: str, target: str) -> SentencePair:
    return SentencePair(source, Sentence(tuple(source.split()), "en"), Sentence(tuple(target.split()), "de"))


PAIRS = [
    _pair("Ada lives in London today", "Heute wohnt Ada in London"),
    _pair("x", "Unabhängigkeitserklärung der Vereinigten Staaten"),
    _pair("one two three four", "one two three four"),
]


def _file(folder: Path) -> str:
    path = folder / "links.txt"
    lines = zip(PAIRS, ("4-0 1-1 0-2 2-3 3-4", "", "0-0 1-1 2-2 3-3"), strict=True)
    path.write_text("".join(f"{pair.id}\t{links}\n" for pair, links in lines), encoding="utf-8")
    return f"links:{path}"


def _trained(folder: Path) -> str:
    """The embedded model in a folder that looks trained."""
    for file in embedded_model().iterdir():
        (folder / file.name).symlink_to(file)
    write_record(folder, {"layer": 7})
    return f"trained:{note_trained(folder)}"


@pytest.fixture(scope="module")
def aligner(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Aligner:
    name, options = request.param, {}
    if name == "links":  # the file has the right ones: what is tested is that they arrive
        name = _file(tmp_path_factory.mktemp("links"))
    if name == "encoder":  # the only real one at hand
        name, options = f"encoder:{embedded_model()}", {"layer": 7}
    if name == "trained":  # in the precision that nobody has to make first
        name, options = _trained(tmp_path_factory.mktemp("trained")), {"precision": "float32"}
    built: Aligner = Choice(name=name, options=options).build("aligner")
    return built


def _compared(aligner: Aligner, pairs: list[SentencePair]) -> list[SubwordSimilarity]:
    found = list(aligner.compare(pairs))
    assert len(found) == len(pairs)
    return [each for each in found if isinstance(each, SubwordSimilarity)]


def _linked(aligner: Aligner, pairs: list[SentencePair]) -> list[WordAlignment]:
    found = list(aligner.compare(pairs))
    assert len(found) == len(pairs)
    return [each for each in found if isinstance(each, WordAlignment)]


@each_aligner
def test_it_says_whether_it_gives_links(aligner: Aligner) -> None:
    kind = WordAlignment if aligner.gives_links else SubwordSimilarity
    assert [type(found) for found in aligner.compare(PAIRS)] == [kind] * len(PAIRS)


@each_that_compares
def test_similarities_have_a_place_for_every_word(aligner: Aligner) -> None:
    for pair, similarity in zip(PAIRS, _compared(aligner, PAIRS), strict=True):
        assert similarity.values.shape == (len(similarity.source.words), len(similarity.target.words))
        assert similarity.values.dtype == np.float32
        assert similarity.values.min() >= 0
        assert similarity.values.max() <= 1
        assert similarity.word_values().shape == (len(pair.source.words), len(pair.target.words))
        for side, sentence in ((similarity.source, pair.source), (similarity.target, pair.target)):
            assert side.n_words == len(sentence.words)
            assert side.words.tolist() == sorted(side.words.tolist())
            np.testing.assert_allclose(np.linalg.norm(side.vectors, axis=1), 1, atol=0.01)


@each_that_compares
def test_a_sentence_is_most_similar_to_itself(aligner: Aligner) -> None:
    (similarity,) = _compared(aligner, PAIRS[2:])
    values = similarity.word_values()
    np.testing.assert_allclose(np.diag(values), 1, atol=0.01)
    assert values.argmax(axis=1).tolist() == [0, 1, 2, 3]


@each_that_compares
def test_translated_names_find_each_other(aligner: Aligner) -> None:
    (similarity,) = _compared(aligner, PAIRS[:1])
    best = similarity.word_values().argmax(axis=1)
    assert (best[0], best[3], best[4]) == (2, 4, 0)


@each_that_compares
def test_pairs_do_not_depend_on_their_neighbours(aligner: Aligner) -> None:
    for pair, similarity in zip(PAIRS, _compared(aligner, PAIRS), strict=True):
        (alone,) = _compared(aligner, [pair])
        np.testing.assert_allclose(similarity.values, alone.values, atol=0.02)


@each_that_compares
def test_it_can_be_used_again_after_release(aligner: Aligner) -> None:
    (before,) = _compared(aligner, PAIRS[:1])
    aligner.release()
    aligner.release()
    aligner.load()
    (after,) = _compared(aligner, PAIRS[:1])
    np.testing.assert_array_equal(before.values, after.values)


@each_that_links
def test_links_are_sorted_and_inside_the_sentences(aligner: Aligner) -> None:
    for pair, found in zip(PAIRS, _linked(aligner, PAIRS), strict=True):
        assert found == WordAlignment.of(found.sure, found.possible)
        assert all(i in range(len(pair.source.words)) for i, _ in found.links)
        assert all(j in range(len(pair.target.words)) for _, j in found.links)


@each_that_links_alone
def test_translated_names_are_linked(aligner: Aligner) -> None:
    (found,) = _linked(aligner, PAIRS[:1])
    assert {(0, 2), (3, 4), (4, 0)} <= set(found.links)


@each_that_links_alone
def test_a_sentence_is_linked_to_itself_word_by_word(aligner: Aligner) -> None:
    (found,) = _linked(aligner, PAIRS[2:])
    assert found.sure == ((0, 0), (1, 1), (2, 2), (3, 3))


@each_that_links_alone
def test_links_do_not_depend_on_the_neighbours(aligner: Aligner) -> None:
    assert [_linked(aligner, [pair]) for pair in PAIRS] == [[found] for found in _linked(aligner, PAIRS)]


@each_that_links_alone
def test_links_are_the_same_after_release(aligner: Aligner) -> None:
    before = _linked(aligner, PAIRS)
    aligner.release()
    aligner.release()
    aligner.load()
    assert _linked(aligner, PAIRS) == before


@each_aligner
def test_no_pairs(aligner: Aligner) -> None:
    assert list(aligner.compare([])) == []


@each_aligner
def test_it_names_its_model(aligner: Aligner) -> None:
    assert aligner.model_id
