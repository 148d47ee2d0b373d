"""What every translator promises."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import tiny_seq2seq
from xner_core.config import Choice
from xner_core.registry import COMPONENTS
from xner_core.translation.translator import Translator

TEXTS = [
    "The house is big",
    "",
    "I live in [London].",
    "  ",
    "a b",
    "The house is big",
    "line\nline",
    "😀",
    "°",
]
LANGS = ("en", "es")
each_translator = pytest.mark.parametrize(
    "make", [name for name in COMPONENTS["translator"] if name != "none"], indirect=True
)


def _file(folder: Path) -> str:
    rows = [
        {"source": text, "translation": f"<{text.strip()}>"} for text in dict.fromkeys(TEXTS) if text.strip()
    ]
    path = folder / "translations.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return f"file:{path}"


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a component is named with, where its name alone says too little."""
    folder = tmp_path_factory.mktemp("translator")
    model = tiny_seq2seq.marian(folder / "model", pair=LANGS)
    return {"file": _file(folder), "transformers": f"transformers:{model}"}


@pytest.fixture
def make(
    request: pytest.FixtureRequest, names: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Translator]:
    """Makes the translator, with no translation on disk."""
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path))
    options = {"max_length": 8, "num_beams": 1} if request.param == "transformers" else {}
    return lambda: Choice(name=names.get(request.param, request.param), options=options).build("translator")


@each_translator
def test_each_text_has_its_translation(make: Callable[[], Translator]) -> None:
    found = make().translate(TEXTS, *LANGS)
    assert [bool(text) for text in found] == [bool(text.strip()) for text in TEXTS]
    assert found[0] == found[5]
    assert len(set(found)) > 3


@each_translator
def test_neither_neighbours_nor_order_matter(
    make: Callable[[], Translator], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = make().translate(TEXTS, *LANGS)
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "backwards"))
    assert make().translate(TEXTS[::-1], *LANGS) == together[::-1]
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "alone"))
    assert make().translate(TEXTS[2:3], *LANGS) == together[2:3]


@each_translator
def test_nothing_to_translate(make: Callable[[], Translator]) -> None:
    assert make().translate([], *LANGS) == []


@each_translator
def test_progress_ends_with_all_texts(make: Callable[[], Translator]) -> None:
    told: list[tuple[str, int, int]] = []
    make().translate(TEXTS, *LANGS, lambda *each: told.append(each))
    assert told[-1] == ("translation", len(TEXTS), len(TEXTS))
    assert told == sorted(told)


@each_translator
def test_it_says_what_it_is(make: Callable[[], Translator]) -> None:
    translator = make()
    assert translator.model_id == make().model_id
    assert translator.supports(*LANGS)
    translator.translate(TEXTS, *LANGS)
    assert translator.model_id == make().model_id
    assert all(notice.endswith(".") for notice in translator.notices)


@each_translator
def test_it_can_be_used_again_after_release(make: Callable[[], Translator]) -> None:
    translator = make()
    before = translator.translate(TEXTS[:2], *LANGS)
    translator.release()
    translator.release()
    assert translator.translate(TEXTS[:3], *LANGS)[:2] == before
