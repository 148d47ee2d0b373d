"""Real translation by rules, and apertium's stream format."""

from __future__ import annotations

import os
import re
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xner_core.config import Choice
from xner_core.errors import ConfigError, ModelUnavailableError, XnerError
from xner_core.translation import apertium_program
from xner_core.translation.apertium import (
    ApertiumTranslator,
    Mode,
    closest_mode,
    installed_pairs,
    read_modes,
)
from xner_core.translation.apertium_program import read_stream, translate_batch, write_stream

SENTENCES = [
    "The house is big",
    "I live in London.",
    "The [Angela Merkel] visited [Rome].",
    "I live in New",
    "York is big",
    "of course",
    "He gave it to the",
    "a^b$ c/d {x} \\n <b> [B-PER] | @foo *bar #tag ~ and it's &amp;",
    "line\none\ttwo\x00three\r\nfour",
    "Ein unbekannter Satz",
    "😀 I like 👨‍👩‍👧 zero\u200bwidth \ufeff",
    "[0] [1] .[] []",
    "house " * 600,
    "]",
    "?",
]


def alone(text: str, mode: str = "eng-spa") -> str:
    """What the program itself makes of one line."""
    line = " ".join(text.replace("\0", " ").split())
    made = subprocess.run(
        ["apertium", "-u", mode], input=f"{line}\n".encode(), capture_output=True, check=True
    )
    return made.stdout.decode().strip()


def test_it_translates() -> None:
    translator = ApertiumTranslator()
    assert translator.translate(["I live in a big house."], "en", "es") == ["Vivo en una casa grande."]
    assert translator.translate(["La casa es grande."], "es", "en") == ["The house is big."]
    assert translator.notices == ()


def test_markers_of_entities_survive() -> None:
    (found,) = ApertiumTranslator().translate(["The president of [France] lives in [Paris]."], "en", "es")
    assert re.fullmatch(r"El presidente de \[Francia\] \w+ en \[París\]\.", found)


def test_texts_come_out_as_they_would_alone() -> None:
    found = translate_batch(SENTENCES, "eng-spa", 60)
    for number in (3, 7, 8):  # a process each: the others are in the next test
        assert found[number] == alone(SENTENCES[number])


def test_neither_order_nor_neighbours_matter() -> None:
    together = dict(zip(SENTENCES, translate_batch(SENTENCES, "spa-eng", 60), strict=True))
    for order in (SENTENCES[::-1], SENTENCES[3:8], SENTENCES[7:8]):
        assert translate_batch(order, "spa-eng", 60) == [together[text] for text in order]


def test_no_full_stop_is_added_and_none_is_lost() -> None:
    found = translate_batch(["The house", "The house.", "The house..", "House [a]."], "eng-spa", 60)
    assert found == ["La casa", "La casa.", "La casa..", "Casa [un]."]


odd = st.text(
    st.sampled_from("[]^$/\\<>@*~{}#+_.,;:!?'\"-& \n\0\u200b\ufeff😀é\u0301a1") | st.characters(), max_size=9
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=6)
@given(st.lists(odd.filter(str.strip), min_size=2, max_size=40))
def test_what_is_written_stays_with_its_text(texts: list[str]) -> None:
    named = [f"Zq{number} {text.encode(errors='replace').decode()}" for number, text in enumerate(texts)]
    found = translate_batch(named, "eng-spa", 60)
    assert len(found) == len(texts)
    for number, (text, translated) in enumerate(zip(named, found, strict=True)):
        assert translated.startswith(f"Zq{number}")
        assert translated.count("Zq") == 1
        for mark in "[]^$<>{}\\":
            assert translated.count(mark) == text.count(mark)


def test_a_stream_of_other_texts_is_not_read() -> None:
    assert read_stream(b"La casa.[][0]\0El gato.[][1]\0\0\0", 2) == ["La casa", "El gato"]
    assert read_stream(b"La casa.[][0]\0El gato\\[1\\].[][1]\0", 2) == ["La casa", "El gato[1]"]
    for wrong in (
        b"El gato.[][1]\0La casa.[][0]\0",
        b"La casa.[][0]\0",
        b"La casa.[][0]\0\0El gato.[][1]\0",
        b"La casa.[][0]\0El gato.[][1]\0mas\0",
        b"",
    ):
        assert read_stream(wrong, 2) is None


def test_a_stream_escapes_what_has_a_meaning() -> None:
    assert write_stream([r"a [b] \ ~", "c\0\nd"]) == b"a \\[b\\] \\\\ [~].[][0]\0c d.[][1]\0"


def test_a_batch_that_cannot_be_told_apart_is_translated_text_by_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    streams: list[bytes] = []

    def run(stream: bytes, mode: str, timeout_s: float) -> bytes:
        streams.append(stream)
        # Of several texts it answers with one too few.
        return stream.upper() if stream.count(b"\0") == 1 else stream.partition(b"\0")[2]

    monkeypatch.setattr(apertium_program, "_run", run)
    assert translate_batch(["a", "b", "c"], "eng-spa", 1) == ["A", "B", "C"]
    assert len(streams) == 4
    monkeypatch.setattr(apertium_program, "_run", lambda *_: b"")
    with pytest.raises(XnerError, match="can be read of 'a'"):
        translate_batch(["a"], "eng-spa", 1)


def test_installed_pairs_are_bcp_47() -> None:
    assert {("en", "es"), ("es", "en"), ("es", "en-US")} <= set(installed_pairs())
    assert ApertiumTranslator().installed_pairs() == installed_pairs()


@pytest.mark.parametrize(
    ("source", "target", "supported"),
    [
        ("en", "es", True),
        ("eng", "es-MX", True),
        ("es", "en-GB", True),
        ("en", "und", False),
        ("de", "es", False),
    ],
)
def test_supported_pairs(source: str, target: str, supported: bool) -> None:
    assert ApertiumTranslator().supports(source, target) is supported


NAMES = (
    "eng-spa spa-eng_US spa-eng hbs_SR-eng eng-hbs nob-nno nno-nob zho-eng spa-cat_valencia en-eo "
    "eng-tagger a-b-c"
)


@pytest.mark.parametrize(
    ("source", "target", "name"),
    [
        ("es", "en", "spa-eng"),
        ("es", "en-US", "spa-eng_US"),
        ("es", "en-GB", "spa-eng"),
        ("spa", "eng", "spa-eng"),
        ("sr", "en", "hbs_SR-eng"),
        ("hr", "en", None),
        ("en", "hr", "eng-hbs"),
        ("nb", "nn", "nob-nno"),
        ("nn", "no", "nno-nob"),
        ("nn", "nn", None),
        ("cmn", "en", "zho-eng"),
        ("es", "ca", "spa-cat_valencia"),
        ("en", "eo", "en-eo"),
        ("nonsense", "en", None),
    ],
)
def test_modes_of_languages(source: str, target: str, name: str | None) -> None:
    mode = closest_mode(source, target, read_modes(NAMES.split()))
    assert (mode.name if mode else None) == name


def test_names_that_are_no_pair_are_passed_over() -> None:
    assert read_modes(["eng-tagger", "a-b-c", "eng", "zz1-eng", "por_BR-spa"]) == [
        Mode("por_BR-spa", "pt-BR", "es")
    ]


def test_a_pair_that_is_not_installed_is_an_error_that_lists_the_others() -> None:
    with pytest.raises(ConfigError, match=r"from 'en' to 'de'.*Installed: .*eng-spa, spa-eng"):
        ApertiumTranslator().translate(["a"], "en", "de")


def test_a_mode_by_name() -> None:
    def translator(mode: str) -> ApertiumTranslator:
        built: ApertiumTranslator = Choice(name="apertium", options={"mode": mode}).build("translator")
        return built

    spelled = [translator(mode).translate(["El color"], "es", "en") for mode in ("spa-eng", "spa-eng_US")]
    assert spelled == [["The colour"], ["The color"]]
    with pytest.raises(ConfigError, match="no mode 'nonsense'"):
        translator("nonsense").translate(["a"], "en", "es")


def test_without_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ModelUnavailableError, match="apt install apertium apertium-eng-spa"):
        ApertiumTranslator().translate(["a"], "en", "es")
    assert installed_pairs() == []
    assert not ApertiumTranslator().supports("en", "es")


def test_versions_are_known() -> None:
    assert "apertium-eng-spa 0." in ApertiumTranslator().model_id
    assert ApertiumTranslator().model_id.startswith("apertium 3.")


@pytest.fixture
def own_modes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of modes of this test, in which nothing is."""
    folder = tmp_path / "apertium" / "modes"
    folder.mkdir(parents=True)
    monkeypatch.setenv("APERTIUM_DATADIR", str(folder.parent))
    return folder


def test_a_chain_of_programs_that_takes_too_long_is_ended(own_modes: Path) -> None:
    program = own_modes / "slow"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    (own_modes / "eng-spa.mode").write_text(f"{program}\n")
    translator = Choice(name="apertium", options={"timeout_s": 1}).build("translator")
    start = time.monotonic()
    with pytest.raises(XnerError, match="within 1 seconds"):
        translator.translate(["a"], "en", "es")
    assert time.monotonic() - start < 30


def test_a_pair_that_fails_is_an_error(own_modes: Path) -> None:
    (own_modes / "eng-spa.mode").write_text("lt-proc '/no/such/file.bin'\n")
    with pytest.raises(XnerError, match="apertium eng-spa failed"):
        ApertiumTranslator().translate(["a"], "en", "es")


def test_other_data_are_another_version(own_modes: Path) -> None:
    data, mode = own_modes / "data.bin", own_modes / "eng-spa.mode"
    data.write_text("a")
    mode.write_text(f"cat '{data}'")
    first = apertium_program.data_version(mode)
    assert first.startswith("eng-spa sha256:")
    data.write_text("b")
    os.utime(mode, ns=(1, 1))
    assert apertium_program.data_version(mode) != first


def test_the_environment_changes_nothing(own_modes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")  # older versions read no UTF-8 with it
    monkeypatch.setenv("AP_SETVAR", "preference")  # of certain words to others
    program = own_modes / "same"
    program.write_text(f'#!/bin/sh\necho "$LC_ALL/$AP_SETVAR" > {own_modes}/seen\nexec cat\n')
    program.chmod(0o755)
    (own_modes / "eng-spa.mode").write_text(f"{program}\n")
    assert translate_batch(["España [~]", "b"], "eng-spa", 60) == ["España [~]", "b"]
    assert (own_modes / "seen").read_text() == "/\n"
