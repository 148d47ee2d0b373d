"""The source sentence in the target's language, with the entities that came along."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.builders import entity
from tests.xner_core.translation.fakes import MirrorTranslator
from xner_core.config import Choice
from xner_core.errors import ConfigError
from xner_core.registry import COMPONENTS
from xner_core.translation.back_translation import BackTranslationConfig, BackTranslator
from xner_core.types import BackTranslation, Sentence, SentencePair, WordAlignment


@pytest.fixture(autouse=True)
def _mirror(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    path = f"{MirrorTranslator.__module__}:{MirrorTranslator.__name__}"
    monkeypatch.setitem(COMPONENTS["translator"], "mirror", path)
    monkeypatch.setattr(MirrorTranslator, "built", 0)
    return iter(())


def _pair(source: str, target: str = "Bob kam", name: str = "p1", lang: str = "de") -> SentencePair:
    return SentencePair(
        name,
        Sentence(tuple(source.split()), "en", text=source),
        Sentence(tuple(target.split()), lang, (entity(0, 1),)),
        gold_alignment=WordAlignment(((0, 0),)),
        note="a note",
    )


def _refiner(**options: object) -> BackTranslator:
    return BackTranslator(BackTranslationConfig.model_validate({"translator": "mirror", **options}))


def test_the_pair_with_its_source_back_translated() -> None:
    pair = _pair("Ada met Bob Inc")
    refiner = _refiner(translator_options={"reverse": True})
    (found,) = refiner.refine([pair], [(entity(0, 1), entity(2, 4, "ORG"))])
    back = Sentence(("Inc", "Bob", "met", "Ada"), "de", None, "Inc Bob met Ada")
    assert found == BackTranslation(
        SentencePair("p1", back, pair.target, None, "a note"),
        (entity(0, 2, "ORG"), entity(3, 4)),
        (1, 0),
    )


def test_pairs_with_nothing_to_translate_stay_as_they_are() -> None:
    pairs = [_pair("Ada met Bob"), _pair(""), _pair("Ada", target=""), _pair("Bob")]
    refiner = _refiner()
    found = refiner.refine(pairs, [(), (), (entity(0, 1),), (entity(0, 1),)])
    assert [each is None for each in found] == [True, True, True, False]
    assert refiner.refine(pairs[:1], [()]) == [None]


def test_the_translator_is_made_when_it_is_needed_and_once() -> None:
    refiner = _refiner()
    assert MirrorTranslator.built == 0
    assert refiner.model_ids == refiner.notices == ()
    for _ in range(2):
        refiner.refine([_pair("Ada")], [(entity(0, 1),)])
    assert MirrorTranslator.built == 1
    assert refiner.model_ids == ("mirror 1",)


def test_it_is_named_with_its_translator_and_that_one_s_argument() -> None:
    refiner = Choice(name="back-translation:mirror:Oh ", options={"markers": "tags"}).build("refinement")
    assert refiner.config == BackTranslationConfig(translator="mirror:Oh ", markers="tags")
    (found,) = refiner.refine([_pair("Ada slept")], [(entity(0, 1),)])
    assert found.pair.source.words == ("Oh", "Ada", "slept")
    assert found.entities == (entity(1, 2),)


def test_options_of_the_translator_as_text() -> None:
    assert BackTranslationConfig.model_validate(
        {"translator_options": '{"reverse": true}'}
    ).translator_options == {"reverse": True}
    assert BackTranslationConfig.model_validate({"translator_options": ""}).translator_options == {}
    for text in ("{", "[1]"):
        with pytest.raises(ConfigError, match="translator_options"):
            Choice(name="back-translation", options={"translator_options": text}).build("refinement")


def test_an_unknown_translator_is_said_when_it_is_needed() -> None:
    with pytest.raises(ConfigError, match="there is no translator called 'babel'"):
        _refiner(translator="babel").refine([_pair("Ada")], [(entity(0, 1),)])


def test_notices_count_over_all_calls() -> None:
    refiner = _refiner(search_lost=True, translator_options={"prefix": "[ Ada ] "})
    mirror = "Mirrors show everything the wrong way round."
    assert refiner.notices == ()
    (found,) = refiner.refine([_pair("Ada slept")], [(entity(0, 1),)])
    assert found is not None
    assert (found.entities, found.doubled, found.lost) == ((entity(0, 1),), (0,), ())
    overlapping = (entity(0, 1), entity(0, 2))
    (found,) = refiner.refine([_pair("Ada slept")], [overlapping])
    assert found is not None
    assert found.lost == (1,)
    assert refiner.notices == (
        "1 of 3 source entities was not found again in the back-translation.",
        "2 of 3 source entities were found more than once in the back-translation; one place was taken.",
        mirror,
    )


def test_entities_found_by_search_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MirrorTranslator, "_one", lambda _, text: text.replace("[ ", "").replace(" ]", ""))
    refiner = _refiner(search_lost=True)
    (found,) = refiner.refine([_pair("Ada slept")], [(entity(0, 1),)])
    assert found is not None
    assert found.entities == (entity(0, 1),)
    assert refiner.notices[0] == (
        "1 of 1 source entities was found in the back-translation without marks, by a translation of its own."
    )


def test_an_empty_back_translation_loses_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MirrorTranslator, "_one", lambda *_: "")
    (found,) = _refiner().refine([_pair("Ada slept")], [(entity(0, 1),)])
    assert found is not None
    assert (found.pair.source.words, found.pair.source.lang) == ((), "de")
    assert (found.entities, found.origins, found.lost) == ((), (), (0,))


def test_progress_is_that_of_the_refinement() -> None:
    told: list[tuple[str, int, int]] = []
    _refiner().refine([_pair("Ada")], [(entity(0, 1),)], lambda *state: told.append(state))
    assert told == [("refinement", 2, 2)]


def test_release_reaches_the_translator() -> None:
    refiner = _refiner()
    refiner.release()
    refiner.refine([_pair("Ada")], [(entity(0, 1),)])
    refiner.release()
    translator = refiner._translator
    assert isinstance(translator, MirrorTranslator)
    assert translator.released == 1
