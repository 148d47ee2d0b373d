"""Translation models of a few kilobytes with random weights, against transformers' own search."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import tiny_seq2seq
from xner_core.config import Choice
from xner_core.errors import ConfigError, ModelUnavailableError
from xner_core.translation import ctranslate2_engine, seq2seq
from xner_core.translation.generation import Generated, between
from xner_core.translation.seq2seq import Seq2SeqTranslator

TEXTS = ["Hello world", "a", "Angela Merkel visited Rome.", "The quick brown fox", "ab c", "Berlin", "ZZ"]
MODELS: dict[str, tuple[str | None, str | None, str]] = {
    # The model's codes of English and German, and what stands before the text.
    "plain": (None, None, ""),
    "marian": (None, None, ""),
    "madlad": (None, None, "<2de> "),
    "nllb": ("eng_Latn", "deu_Latn", ""),
    "m2m100": ("en", "de", ""),
}
Folder = Callable[[str], Path]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    made: dict[str, Path] = {}

    def of(kind: str) -> Path:
        if kind not in made:
            made[kind] = getattr(tiny_seq2seq, kind)(tmp_path_factory.mktemp(kind))
        return made[kind]

    return of


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache in which no model is converted."""
    monkeypatch.setenv("XNER_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache" / "ct2"


def build(folder: Path, engine: str = "transformers", **options: Any) -> Seq2SeqTranslator:
    options = {"engine": engine, "num_beams": 1, "precision": "float32", "max_length": 20} | options
    built: Seq2SeqTranslator = Choice(name=f"transformers:{folder}", options=options).build("translator")
    return built


def oracle(folder: Path, codes: tuple[str | None, str | None, str], num_beams: int) -> list[str]:
    """Translations of the texts one by one, by what transformers documents."""
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    source, target, prefix = codes
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSeq2SeqLM.from_pretrained(folder)
    model.generation_config.forced_eos_token_id = None
    options: dict[str, Any] = {"num_beams": num_beams, "do_sample": False, "max_new_tokens": 21}
    if source is not None:
        tokenizer.src_lang = source
        mark = target if target in tokenizer.get_vocab() else f"__{target}__"
        options |= {"forced_bos_token_id": tokenizer.convert_tokens_to_ids(mark), "max_new_tokens": 22}
    found = []
    for text in TEXTS:
        written = model.generate(**tokenizer([prefix + text], return_tensors="pt"), **options)[0][1:]
        if source is not None:
            assert written[0] == options["forced_bos_token_id"]
            written = written[1:]
        tokens = [t for t in tokenizer.convert_ids_to_tokens(written[:20]) if not t.startswith("__")]
        ids = tokenizer.convert_tokens_to_ids([t for t in tokens if t not in tokenizer.all_special_tokens])
        found.append(tokenizer.decode(ids).strip())
    return found


@pytest.mark.parametrize(
    ("kind", "num_beams"),
    [("plain", 3), ("marian", 1), ("marian", 3), ("madlad", 3), ("nllb", 1), ("nllb", 3), ("m2m100", 1)],
)
def test_both_engines_equal_transformers_one_by_one(kind: str, num_beams: int, folder: Folder) -> None:
    expected = oracle(folder(kind), MODELS[kind], num_beams)
    assert len(set(expected) - {""}) >= (1 if kind == "m2m100" else 3)
    for engine in ("transformers", "ctranslate2"):
        found = build(folder(kind), engine, num_beams=num_beams).translate(TEXTS, "en", "de")
        assert found == expected, engine


@pytest.mark.parametrize("engine", ["transformers", "ctranslate2"])
def test_neither_batch_nor_order_matters(
    engine: str, folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = []
    for number, (batch_size, texts) in enumerate([(1, TEXTS), (4, TEXTS[::-1]), (100, TEXTS)]):
        monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / str(number)))
        translator = build(folder("nllb"), engine, batch_size=batch_size, num_beams=2)
        found.append(dict(zip(texts, translator.translate(texts, "en", "de"), strict=True)))
    assert found[0] == found[1] == found[2]


def test_the_source_language_is_told(folder: Folder) -> None:
    codes = {"nllb": ("fra_Latn", "deu_Latn", ""), "m2m100": ("fr", "de", "")}
    for kind in codes:
        english = oracle(folder(kind), MODELS[kind], 1)
        found = build(folder(kind)).translate(TEXTS, "fr", "de")
        assert found == oracle(folder(kind), codes[kind], 1) != english


def test_the_target_language_matters(folder: Folder) -> None:
    for kind in ("nllb", "m2m100", "madlad"):
        translator = build(folder(kind))
        assert translator.translate(TEXTS, "en", "de") != translator.translate(TEXTS, "en", "pt")


def test_a_marian_model_of_several_languages_is_told_which(tmp_path: Path) -> None:
    folder = tiny_seq2seq.marian(tmp_path / "m", languages=(">>por<<", ">>spa<<"), pair=("en", "ROMANCE"))
    expected = oracle(folder, (None, None, ">>spa<< "), 1)
    translator = build(folder)
    assert translator.translate(TEXTS, "en", "es") == expected
    assert translator.translate(TEXTS, "en", "pt") != expected
    assert translator.supports("en", "pt")
    assert not translator.supports("en", "de")
    with pytest.raises(ConfigError, match="does not know the language 'de'"):
        translator.translate(["a"], "en", "de")


def test_a_marian_model_of_one_pair_refuses_others(folder: Folder) -> None:
    translator = build(folder("marian"))
    assert translator.supports("fr", "it")  # nothing is loaded yet
    assert translator.translate(["a"], "eng", "de-AT") != [""]
    for langs, message in ((("fr", "de"), "source language 'en', not 'fr'"), (("en", "it"), "not 'it'")):
        with pytest.raises(ConfigError, match=message):
            translator.translate(["a"], *langs)
        assert not translator.supports(*langs)


def test_an_unknown_language_is_an_error(folder: Folder) -> None:
    for langs in (("en", "tlh"), ("und", "de")):
        with pytest.raises(ConfigError, match="does not know the language"):
            build(folder("nllb")).translate(["a"], *langs)


def test_a_prefix_names_the_languages(folder: Folder) -> None:
    expected = oracle(folder("madlad"), (None, None, "from English to de: "), 1)
    translator = build(folder("madlad"), prefix="from {source} to {target_code}: ")
    assert translator.translate(TEXTS, "en", "de") == expected


def test_a_text_longer_than_the_model_can_read_is_reported(folder: Folder) -> None:
    for engine in ("transformers", "ctranslate2"):
        translator = build(folder("plain"), engine)
        long, cut = "ab" * 60, "ab" * 31  # 64 positions less the two of the special tokens
        one, other = translator.translate([long, cut], "en", "de")
        assert one == other
        assert translator.notices[0].endswith("only the beginning was translated: 1.")


def test_a_translation_that_does_not_end_is_reported_and_one_that_ends_is_not(
    folder: Folder, tmp_path: Path
) -> None:
    import torch
    from transformers import AutoModelForSeq2SeqLM

    shutil.copytree(folder("marian"), tmp_path / "ending")
    model = AutoModelForSeq2SeqLM.from_pretrained(tmp_path / "ending")
    with torch.no_grad():
        model.final_logits_bias[0, 0] = 2.0  # of the end: some translations come to it
    model.save_pretrained(tmp_path / "ending")
    for engine in ("transformers", "ctranslate2"):
        translator = build(tmp_path / "ending", engine)
        assert translator.translate(["Hello world", TEXTS[2]], "en", "de") == ["NFö" + "O" * 17, "5"]
        assert translator.notices[-1] == "Translations that stopped at the limit on their length: 1."


def test_limits_grow_with_the_text(folder: Folder) -> None:
    translator = build(folder("marian"), max_ratio=0.1, max_length=50)
    short, long = translator.translate(["a", "a b c d e f g h i j k l m n o p q r s t" * 4], "en", "de")
    assert (len(short), len(long)) == (32, 32)
    for engine in ("transformers", "ctranslate2"):  # 64 positions, of which three are not for letters
        (text,) = build(folder("marian"), engine, max_ratio=9, max_length=256).translate(
            ["Berlin"], "en", "de"
        )
        assert len(text) == 61
    translator = build(folder("marian"), max_ratio=1, max_length=50)
    short, long = translator.translate(["a", "a b c d e f g h i j k l m n o p q r s t"], "en", "de")
    assert (len(short), len(long)) == (32, 50)


def test_settings_of_the_model_stay(folder: Folder, tmp_path: Path) -> None:
    shutil.copytree(folder("marian"), tmp_path / "m")
    settings = json.loads((tmp_path / "m" / "generation_config.json").read_text())
    (tmp_path / "m" / "generation_config.json").write_text(
        json.dumps(settings | {"no_repeat_ngram_size": 1, "num_beams": 7, "do_sample": True})
    )
    for engine in ("transformers", "ctranslate2"):
        (text,) = build(tmp_path / "m", engine).translate(["Hello world"], "en", "de")
        assert len(text) == len(set(text)) == 20


def test_a_model_is_converted_once_and_whole(folder: Folder, own_cache: Path) -> None:
    first = build(folder("nllb"), "ctranslate2").translate(TEXTS[:1], "en", "de")
    (made,) = [path for path in own_cache.iterdir() if path.is_dir()]
    before = (made / "model.bin").stat().st_mtime_ns
    leftover = own_cache / f"{made.name}.tmp-abc"
    leftover.mkdir()
    assert build(folder("nllb"), "ctranslate2", num_beams=2).translate(TEXTS[1:2], "en", "de") != first
    assert (made / "model.bin").stat().st_mtime_ns == before
    shutil.rmtree(made)
    build(folder("nllb"), "ctranslate2").translate(TEXTS[2:3], "en", "de")
    assert made.is_dir()
    assert not leftover.exists()


def test_int8_is_converted_apart_and_translates(folder: Folder, own_cache: Path) -> None:
    float32, int8 = (build(folder("nllb"), "ctranslate2", precision=name) for name in ("float32", "int8"))
    for translator in (float32, int8):
        assert all(translator.translate(TEXTS[:1], "en", "de"))
    sizes = sorted(path.stat().st_size for path in own_cache.glob("*/model.bin"))
    assert sizes[0] < sizes[1]
    assert float32.model_id != int8.model_id


def test_auto_takes_ctranslate2_where_it_can(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = build(folder("nllb"), "auto")
    quick.translate(["a"], "en", "de")
    assert "ctranslate2" in quick.model_id
    assert not any("slower" in notice for notice in quick.notices)
    monkeypatch.setattr(seq2seq, "CONVERTIBLE", frozenset())
    slow = build(folder("nllb"), "auto")
    slow.translate(["a"], "en", "de")
    assert "transformers" in slow.model_id
    assert any("does not convert models of the type m2m_100" in notice for notice in slow.notices)
    with pytest.raises(ConfigError, match="does not convert models of the type 'm2m_100'"):
        build(folder("nllb"), "ctranslate2").translate(["a"], "en", "de")
    monkeypatch.setattr(seq2seq, "is_installed", lambda: False)
    bare = build(folder("nllb"), "auto")
    bare.translate(["b"], "en", "de")
    assert any("is not installed" in notice for notice in bare.notices)
    with pytest.raises(ModelUnavailableError, match="pip install ctranslate2"):
        build(folder("nllb"), "ctranslate2").translate(["a"], "en", "de")


def test_a_model_that_cannot_be_converted_is_an_error(
    folder: Folder, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctranslate2_engine, "_tokens", lambda *_: ["too few"])
    with pytest.raises(ModelUnavailableError, match=r"cannot convert.*Set the engine to transformers"):
        build(folder("nllb"), "ctranslate2").translate(["a"], "en", "de")
    assert not [path for path in own_cache.iterdir() if path.is_dir()]


def test_a_model_is_known_by_its_content(folder: Folder, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(folder("marian"), moved)  # with the files' times
    found = build(folder("marian")).translate(TEXTS, "en", "de")
    again = build(moved)
    again._engine = lambda: pytest.fail("it is translated again")  # type: ignore[method-assign]
    assert again.translate(TEXTS, "en", "de") == found
    assert again.model_id.split("sha256:")[1] == build(folder("marian")).model_id.split("sha256:")[1]
    weights = moved / "model.safetensors"
    weights.touch()
    assert build(moved).model_id != again.model_id


def test_a_model_that_is_not_there(tmp_path: Path) -> None:
    for name in ("no/such-model", str(tmp_path)):
        with pytest.raises(ModelUnavailableError, match="model"):
            build(Path(name)).translate(["a"], "en", "de")


def test_it_can_be_used_again_after_release(folder: Folder) -> None:
    translator = build(folder("nllb"))
    first = translator.translate(TEXTS[:2], "en", "de")
    translator.release()
    translator.release()
    assert translator.translate(TEXTS[:3], "en", "de")[:2] == first


def test_nothing_is_printed(folder: Folder, capfd: pytest.CaptureFixture[str]) -> None:
    for engine in ("transformers", "ctranslate2"):
        build(folder("plain"), engine).translate([*TEXTS, "ab" * 90], "en", "de")
    assert capfd.readouterr() == ("", "")


def test_ctranslate2_leaves_torch_its_threads(folder: Folder) -> None:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        build(folder("nllb"), "ctranslate2").translate(["a"], "en", "de")
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


@pytest.mark.parametrize(
    ("ids", "language", "expected"),
    [
        ([9, 5, 6, 2, 1, 1], 9, Generated([5, 6], True)),
        ([5, 9, 2], 9, Generated([5, 9], True)),
        ([5, 6, 7, 8], None, Generated([5, 6, 7], False)),
        ([5, 6, 7, 2], None, Generated([5, 6, 7], True)),
        ([2], None, Generated([], True)),
        ([], 9, Generated([], False)),
    ],
)
def test_what_stands_between_language_and_end(
    ids: list[int], language: int | None, expected: Generated
) -> None:
    assert between(ids, language, frozenset({2}), 3) == expected
