"""What every refinement promises."""

from __future__ import annotations

import pytest

from tests.builders import entity
from tests.xner_core.translation.fakes import MirrorTranslator
from xner_core.config import Choice
from xner_core.registry import COMPONENTS
from xner_core.translation.refinement import Refiner
from xner_core.types import Sentence, SentencePair

SOURCES = ["Ada met Bob Inc in Rome", "Rome", "Nobody here", "Ada ( Bob ) [ sic ] Ada"]
PAIRS = [
    SentencePair(f"pair {n}", Sentence(tuple(text.split()), "en"), Sentence(("Ada", "kam"), lang))
    for n, (text, lang) in enumerate(zip(SOURCES, ["de", "fr", "de", "de"], strict=True))
]
ENTITIES = [
    (entity(5, 6, "LOC"), entity(0, 1), entity(2, 4, "ORG")),
    (entity(0, 1, "LOC"),),
    (),
    (entity(0, 1), entity(2, 3), entity(7, 8)),
]
each_refiner = pytest.mark.parametrize("refiner", COMPONENTS["refinement"], indirect=True)


@pytest.fixture
def refiner(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Refiner:
    path = f"{MirrorTranslator.__module__}:{MirrorTranslator.__name__}"
    monkeypatch.setitem(COMPONENTS["translator"], "mirror", path)
    # What a component is named with, where its name alone says too little.
    names = {"back-translation": "back-translation:mirror"}
    built: Refiner = Choice(name=names.get(request.param, request.param)).build("refinement")
    return built


@each_refiner
def test_target_and_pair_stay_and_entities_are_accounted_for(refiner: Refiner) -> None:
    found = refiner.refine(PAIRS, ENTITIES)
    assert len(found) == len(PAIRS)
    for pair, entities, back in zip(PAIRS, ENTITIES, found, strict=True):
        if back is None:
            continue
        assert (back.pair.id, back.pair.target) == (pair.id, pair.target)
        assert back.pair.source.lang == pair.target.lang
        assert back.pair.gold_alignment is None
        assert len(back.entities) == len(back.origins)
        assert sorted((*back.origins, *back.lost)) == list(range(len(entities)))
        assert set(back.doubled) <= set(back.origins)
        assert list(back.entities) == sorted(back.entities)
        assert [each.label for each in back.entities] == [entities[index].label for index in back.origins]
        taken = [index for each in back.entities for index in range(each.span.start, each.span.end)]
        assert len(taken) == len(set(taken))
        assert set(taken) <= set(range(len(back.pair.source.words)))


@each_refiner
def test_sentences_do_not_depend_on_their_neighbours(refiner: Refiner) -> None:
    together = refiner.refine(PAIRS, ENTITIES)
    assert refiner.refine(PAIRS[::-1], ENTITIES[::-1]) == together[::-1]
    assert [refiner.refine([p], [e])[0] for p, e in zip(PAIRS, ENTITIES, strict=True)] == together


@each_refiner
def test_no_sentences(refiner: Refiner) -> None:
    assert refiner.refine([], []) == []


@each_refiner
def test_progress_is_told_in_order(refiner: Refiner) -> None:
    told: list[tuple[str, int, int]] = []
    refiner.refine(PAIRS, ENTITIES, lambda *state: told.append(state))
    assert all(0 <= done <= total for _, done, total in told)
    assert {stage for stage, *_ in told} <= {"refinement"}
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert len({total for *_, total in told}) <= 1


@each_refiner
def test_it_can_be_used_again_after_release(refiner: Refiner) -> None:
    before = refiner.refine(PAIRS, ENTITIES)
    refiner.release()
    refiner.release()
    assert refiner.refine(PAIRS, ENTITIES) == before


@each_refiner
def test_models_and_notices_are_sentences(refiner: Refiner) -> None:
    refiner.refine(PAIRS, ENTITIES)
    for texts in (refiner.model_ids, refiner.notices):
        assert isinstance(texts, tuple)
        assert all(isinstance(text, str) and text for text in texts)
