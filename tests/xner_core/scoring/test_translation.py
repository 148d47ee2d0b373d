"""The translation score, with models of a few kilobytes and random weights."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests import tiny_seq2seq
from tests.builders import entity, spans
from tests.oracles.nmt_score import NmtScore, Said
from xner_core.config import Choice
from xner_core.errors import ConfigError, ModelUnavailableError
from xner_core.scoring.translation import TranslationScore, TranslationScoreConfig
from xner_core.types import AlignedPair, Sentence, SentencePair, WordAlignment

SOURCE = Sentence(("Angela", "Merkel", "visited", "Rome", "."), "en")
TARGET = Sentence(("Rom", "sah", "Angela", "Merkel", ",", "Rom"), "de")
PAIR = AlignedPair(
    SentencePair("x", SOURCE, TARGET), (entity(0, 2), entity(3, 4, "LOC")), WordAlignment.of([])
)
CANDIDATES = spans((0, 1), (2, 4), (1, 6), (4, 5), (5, 6), (2, 3))
Refused = Callable[..., ModelUnavailableError]
MODELS: dict[str, tuple[str | None, str | None, int]] = {
    # The model's codes of the two languages, and how many tokens of a target are given.
    "plain": (None, None, 1),
    "t5": (None, None, 0),
    "nllb": ("eng_Latn", "deu_Latn", 1),
    "m2m100": ("en", "de", 1),
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    made: dict[str, Path] = {}

    def folder(kind: str) -> Path:
        if kind not in made:
            made[kind] = getattr(tiny_seq2seq, kind)(tmp_path_factory.mktemp(kind))
        return made[kind]

    return folder


@pytest.fixture
def scorer(tiny_translator: Path) -> TranslationScore:
    return TranslationScore(TranslationScoreConfig(model=str(tiny_translator)))


@pytest.mark.parametrize("batch_size", [1, 5, 1000])
@pytest.mark.parametrize("kind", MODELS)
def test_equals_one_sequence_at_a_time(kind: str, batch_size: int, folders: Callable[[str], Path]) -> None:
    english, german, given = MODELS[kind]
    oracle = NmtScore(folders(kind), given)
    config = TranslationScoreConfig(model=str(folders(kind)), batch_size=batch_size)
    found = TranslationScore(config).score(PAIR, CANDIDATES).parts["translation"]
    expected = [
        [
            oracle.similarity(Said(SOURCE.surface(e.span), english), Said(TARGET.surface(span), german))
            for span in CANDIDATES
        ]
        for e in PAIR.source_entities
    ]
    np.testing.assert_allclose(found.raw, expected, rtol=1e-4)
    assert len(np.unique(found.raw.round(6))) == 10  # Rom is there twice


def test_the_end_counts_also_where_the_same_token_begins_sentences(folders: Callable[[str], Path]) -> None:
    scorer = TranslationScore(TranslationScoreConfig(model=str(folders("t5"))))
    before = scorer.score(PAIR, CANDIDATES).values
    assert scorer._model is not None
    scorer._model._tokenizer.bos_token = "</s>"
    np.testing.assert_array_equal(scorer.score(PAIR, CANDIDATES).values, before)


def test_a_text_is_like_itself(scorer: TranslationScore) -> None:
    german = Sentence(("Angela", "Merkel"), "de")
    pair = AlignedPair(SentencePair("x", german, german), (entity(0, 2),), WordAlignment.of([]))
    assert scorer.score(pair, spans((0, 2))).values.item() == pytest.approx(1, rel=1e-5)


def test_it_is_symmetric(scorer: TranslationScore) -> None:
    there = scorer.score(PAIR, spans((2, 4))).values[1, 0]
    back = AlignedPair(SentencePair("x", TARGET, SOURCE), (entity(2, 4),), WordAlignment.of([]))
    assert scorer.score(back, spans((3, 4))).values.item() == pytest.approx(there, rel=1e-5)


def test_scores_below_the_threshold_are_kept_raw_only(tiny_translator: Path) -> None:
    plain = TranslationScore(TranslationScoreConfig(model=str(tiny_translator), threshold=0))
    middle = float(np.median(plain.score(PAIR, CANDIDATES).values))
    found = TranslationScore(TranslationScoreConfig(model=str(tiny_translator), threshold=middle)).score(
        PAIR, CANDIDATES
    )
    raw = found.parts["translation"].raw
    assert (raw < middle).any()
    assert (raw > 0).all()
    np.testing.assert_array_equal(found.values, np.where(raw >= middle, raw, 0))


def test_each_text_is_encoded_once_and_each_translation_decoded_once(
    scorer: TranslationScore, monkeypatch: pytest.MonkeyPatch
) -> None:
    scorer.score(PAIR, CANDIDATES)  # loads the model
    assert scorer._model is not None
    model: Any = scorer._model._model
    encoded = _rows(monkeypatch, model.get_encoder(), "input_ids")
    decoded = _rows(monkeypatch, model, "decoder_input_ids")
    scorer.score(PAIR, CANDIDATES)
    # 2 entities and 5 candidates (Rom is there twice), of which Angela Merkel reads the same in a
    # model without languages; each with each both ways, and each with itself.
    assert sum(encoded) == 2 + 5 - 1
    assert sum(decoded) == 2 * 2 * 5 + 2 + 5


def _rows(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[int]:
    """How many rows of an input each call of a module gets."""
    rows: list[int] = []
    forward = module.forward

    def spy(**inputs: Any) -> Any:
        rows.append(len(inputs[name]))
        return forward(**inputs)

    monkeypatch.setattr(module, "forward", spy)
    return rows


def test_a_prefix_is_put_before_sources(folders: Callable[[str], Path]) -> None:
    prefix = "{source} {source_code} {target} {target_code}: "
    config = TranslationScoreConfig(model=str(folders("t5")), prefix=prefix)
    scorer = TranslationScore(config)
    scorer.score(PAIR, CANDIDATES)
    model = scorer._model
    assert model is not None
    read: list[str] = []
    tokenize = model._tokenizer

    def spy(texts: list[str] | None = None, **options: Any) -> Any:
        read.extend(texts or [])
        return tokenize(texts, **options) if texts else tokenize(**options)

    model._tokenizer, spied = spy, tokenize
    for name in ("bos_token_id", "eos_token_id"):
        setattr(spy, name, getattr(spied, name))
    found = scorer.score(PAIR, spans((0, 1)))
    assert set(read) == {
        "English en German de: Angela Merkel",
        "English en English en: Angela Merkel",
        "English en German de: Rome",
        "English en English en: Rome",
        "German de English en: Rom",
        "German de German de: Rom",
    }
    without = TranslationScore(TranslationScoreConfig(model=str(folders("t5")))).score(PAIR, spans((0, 1)))
    assert not np.allclose(found.values, without.values)


def test_longer_texts_than_the_model_reads_are_cut(scorer: TranslationScore) -> None:
    long = Sentence(("word",) * 40, "de")  # 200 letters, and the model has 64 positions
    pair = AlignedPair(SentencePair("x", SOURCE, long), (entity(0, 2),), WordAlignment.of([]))
    assert np.isfinite(scorer.score(pair, spans((0, 40), (0, 1))).values).all()


def test_release_lets_the_model_go(scorer: TranslationScore, tiny_translator: Path) -> None:
    assert scorer.model_ids == ()
    scorer.score(PAIR, CANDIDATES)
    assert scorer.model_ids == (str(tiny_translator),)
    scorer.release()
    assert scorer._model is None
    assert scorer.model_ids == ()


@pytest.mark.parametrize("nothing", ["entities", "candidates"])
def test_no_model_is_loaded_for_nothing(nothing: str) -> None:
    scorer = Choice(name="translation:no/such-model").build("scorer")
    pair = PAIR if nothing == "candidates" else AlignedPair(PAIR.pair, (), PAIR.alignment)
    assert scorer.score(pair, CANDIDATES if nothing == "entities" else ()).values.size == 0


def test_the_model_is_named_behind_the_scorer(tiny_translator: Path) -> None:
    scorer = Choice(name=f"translation:{tiny_translator}").build("scorer")
    assert scorer.config.model == str(tiny_translator)
    fused = Choice(name=f"fused:alignment + 2*translation:{tiny_translator}").build("scorer")
    assert list(fused.score(PAIR, CANDIDATES).parts) == ["alignment", f"translation:{tiny_translator}"]
    assert fused.model_ids == (str(tiny_translator),)


def test_a_language_that_the_model_does_not_know(folders: Callable[[str], Path]) -> None:
    twi = SentencePair("x", SOURCE, Sentence(("Rom",), "twi"))
    scorer = TranslationScore(TranslationScoreConfig(model=str(folders("m2m100"))))
    with pytest.raises(ConfigError, match="does not know the language 'twi'") as raised:
        scorer.score(AlignedPair(twi, (entity(0, 1),), WordAlignment.of([])), spans((0, 1)))
    assert "nllb" in str(raised.value.hint)


def test_probabilities_that_are_no_numbers(scorer: TranslationScore) -> None:
    import torch

    scorer.score(PAIR, CANDIDATES)
    assert scorer._model is not None
    with torch.no_grad():
        scorer._model._model.get_input_embeddings().weight.fill_(torch.nan)
    with pytest.raises(ConfigError, match=r"sentence 'x': .* no numbers"):
        scorer.score(PAIR, CANDIDATES)


@pytest.fixture
def refused() -> Refused:
    def error(model: str, **options: Any) -> ModelUnavailableError:
        with pytest.raises(ModelUnavailableError) as raised:
            TranslationScore(TranslationScoreConfig(model=model, **options)).score(PAIR, CANDIDATES)
        assert raised.value.hint
        return raised.value

    return error


@pytest.mark.parametrize("name", ["facebook/m2m100_418M", "no/such-model", "not a name"])
def test_a_model_that_is_not_here(name: str, refused: Refused) -> None:
    error = refused(name)
    assert f"the model {name!r} is not on this machine" in error.what
    assert f"hf download {name}" in str(error.hint)


def test_a_folder_without_a_model(tmp_path: Path, refused: Refused) -> None:
    assert "holds no translation model" in refused(str(tmp_path)).what
    tiny_seq2seq.save_letters(tmp_path, "$A </s>")
    assert "holds no translation model" in refused(str(tmp_path)).what


def test_a_folder_without_a_tokenizer(tmp_path: Path, refused: Refused) -> None:
    for file in tiny_seq2seq.plain(tmp_path).glob("tokenizer*"):
        file.unlink()
    assert "knows no subword" in refused(str(tmp_path)).what


def test_a_model_that_does_not_translate(tmp_path: Path, refused: Refused) -> None:
    from transformers import BertConfig, BertModel, T5EncoderModel

    shape = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    n_tokens = tiny_seq2seq.save_letters(tmp_path, "$A </s>")
    BertModel(BertConfig(vocab_size=n_tokens, **shape)).save_pretrained(tmp_path)
    assert "holds no translation model" in refused(str(tmp_path)).what

    half = tiny_seq2seq.t5(tmp_path / "half")
    T5EncoderModel.from_pretrained(half).save_pretrained(half)
    assert "was not trained to translate: it has no decoder" in refused(str(half)).what


def test_a_package_that_is_missing(monkeypatch: pytest.MonkeyPatch, refused: Refused) -> None:
    from transformers import AutoTokenizer

    def fail(name: str) -> None:
        raise ImportError("M2M100Tokenizer requires sentencepiece\nand more")

    monkeypatch.setattr(AutoTokenizer, "from_pretrained", fail)
    assert "(M2M100Tokenizer requires sentencepiece)" in refused("facebook/m2m100_418M").what


def test_a_device_that_is_not_here(
    tiny_translator: Path, monkeypatch: pytest.MonkeyPatch, refused: Refused
) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert "no CUDA device" in refused(str(tiny_translator), device="cuda").what
