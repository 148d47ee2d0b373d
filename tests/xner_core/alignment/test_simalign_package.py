"""The simalign package as an aligner: the package's links, and what it cannot do said in words."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import simalign.simalign
from simalign import SentenceAligner

from xner_core.alignment.e5_small import E5SmallAligner
from xner_core.alignment.embedded import embedded_model
from xner_core.alignment.extraction import Argmax, Itermax, MaximumWeightMatch
from xner_core.alignment.simalign_package import SimalignAligner, SimalignConfig
from xner_core.config import Choice
from xner_core.corpora import load
from xner_core.errors import ConfigError, CorpusError, ModelUnavailableError
from xner_core.types import Link, Sentence, SentencePair

OURS = {"inter": Argmax(), "itermax": Itermax(), "mwmf": MaximumWeightMatch()}
PAIRS = [load(f"demo:{lang}").pairs[k] for lang in ("de", "zh", "sw") for k in (0, 5, 11)]


def pair(source: str, target: str) -> SentencePair:
    return SentencePair(
        "7", Sentence(tuple(source.split(" ")), "en"), Sentence(tuple(target.split(" ")), "de")
    )


class _LoadedOnce:
    """Stands for a class of transformers whose `from_pretrained` takes seconds."""

    def __init__(self, of: Any) -> None:
        self._of = of
        self._loaded: dict[str, Any] = {}

    def from_pretrained(self, name: str, **options: Any) -> Any:
        if name not in self._loaded:
            self._loaded[name] = self._of.from_pretrained(name, **options)
        return self._loaded[name]


@pytest.fixture(scope="module")
def models() -> dict[str, _LoadedOnce]:
    """The model and its tokenizer, which the package reads but never changes."""
    return {name: _LoadedOnce(getattr(simalign.simalign, name)) for name in ("AutoModel", "AutoTokenizer")}


@pytest.fixture
def loaded_once(models: dict[str, _LoadedOnce], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The package loads what was loaded for an earlier test."""
    with monkeypatch.context() as patched:
        for name, model in models.items():
            patched.setattr(simalign.simalign, name, model)
        yield


@pytest.mark.usefixtures("loaded_once")
@pytest.mark.parametrize("method", OURS)
def test_the_links_are_those_of_our_aligner(method: str, float32_aligner: E5SmallAligner) -> None:
    built: SimalignAligner = Choice(name="simalign", options={"method": method}).build("aligner")
    ours = [OURS[method].align(s) for s in float32_aligner.compare(PAIRS)]
    found = list(built.compare(PAIRS))
    assert found == ours
    assert all(links.similarity is None for links in found)


@pytest.mark.usefixtures("loaded_once")
def test_layer_and_token_type_reach_the_package() -> None:
    package = SentenceAligner(model=str(embedded_model()), layer=9, token_type="word", matching_methods="a")
    aligner = SimalignAligner(SimalignConfig(layer=9, token_type="word", method="inter"))
    for one, found in zip(PAIRS, aligner.compare(PAIRS), strict=True):
        expected = package.get_word_aligns(list(one.source.words), list(one.target.words))
        assert list(found.sure) == expected["inter"]
    by_default = SimalignAligner(SimalignConfig(method="inter"))
    assert list(by_default.compare(PAIRS)) != list(aligner.compare(PAIRS))


class _Package:
    """Stands for a package whose tokenizer, like BERT's, leaves nothing of zero-width words."""

    def __init__(self) -> None:
        tokenizer = SimpleNamespace(tokenize=lambda word: [word] if word != "\u200b" else [])
        self.embed_loader = SimpleNamespace(tokenizer=tokenizer)

    def get_word_aligns(self, source: list[str], target: list[str]) -> dict[str, list[Link]]:
        assert source
        assert target
        assert "\u200b" not in source + target
        return {"inter": [(source.index(word), target.index(word)) for word in source if word in target]}


@pytest.mark.parametrize(
    ("source", "target", "links"),
    [
        ("a \u200b b c", "a b c", ((0, 0), (2, 1), (3, 2))),
        ("c b", "\u200b b \u200b c", ((0, 3), (1, 1))),
        ("\u200b", "a b c", ()),
        ("a", "\u200b", ()),
    ],
)
def test_words_without_subwords_have_no_links(source: str, target: str, links: tuple[Link, ...]) -> None:
    aligner = SimalignAligner(SimalignConfig(method="inter"))
    aligner._aligner = _Package()
    (found,) = aligner.compare([pair(source, target)])
    assert found.sure == links


@pytest.mark.usefixtures("loaded_once")
def test_a_sentence_that_is_too_long_for_it() -> None:
    words = SimalignAligner(SimalignConfig(token_type="word"))
    text = " ".join(["word"] * 600)
    with pytest.raises(CorpusError, match="too long") as raised:
        list(words.compare([pair(text, text)]))
    assert "'7'" in str(raised.value)


@pytest.mark.usefixtures("loaded_once")
def test_a_model_named_by_its_folder_is_the_same() -> None:
    named: SimalignAligner = Choice(name=f"simalign:{embedded_model()}").build("aligner")
    assert named.model_id == str(embedded_model())
    assert list(named.compare(PAIRS[:2])) == list(SimalignAligner().compare(PAIRS[:2]))


def test_a_model_that_is_not_there(tmp_path: Path) -> None:
    for name in ("nobody/no-such-model", str(tmp_path)):
        with pytest.raises(ModelUnavailableError, match=f"simalign cannot load the model {name!r}"):
            SimalignAligner(SimalignConfig(model=name)).load()


@pytest.mark.usefixtures("loaded_once")
def test_a_layer_that_the_model_does_not_have() -> None:
    with pytest.raises(ConfigError, match="the model has 12 layers, not 13"):
        SimalignAligner(SimalignConfig(layer=13)).load()


def test_without_the_package_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "simalign", None)
    with pytest.raises(ModelUnavailableError, match="simalign is not installed"):
        SimalignAligner().load()


def test_it_loads_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("simalign.simalign").setLevel(logging.DEBUG)
    SimalignAligner().load()
    assert capfd.readouterr().err == ""
