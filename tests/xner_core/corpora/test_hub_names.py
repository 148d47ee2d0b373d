"""Names of datasets are taken apart; what is known of some is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from xner_core.corpora.hub_names import KNOWN_DATASETS, HubName, language_of, parse_name
from xner_core.errors import CorpusError
from xner_core.languages import is_language


@pytest.mark.parametrize(
    ("where", "option", "path", "config"),
    [
        ("masakhaner2/lug", None, "masakhane/masakhaner2", "lug"),
        ("masakhaner2", "lug", "masakhane/masakhaner2", "lug"),
        ("wikiann/zh-min-nan", None, "unimelb-nlp/wikiann", "zh-min-nan"),
        ("europarl-ner/de", None, "ShkalikovOleh/europarl-ner", "de"),
        ("mafand/en-lug", None, "masakhane/mafand", "en-lug"),
        ("owner/name", None, "owner/name", None),
        ("owner/name", "a/b", "owner/name", "a/b"),
        ("owner/name/config", None, "owner/name", "config"),
        ("conll2003", None, "conll2003", None),
        ("wikiann/name/config", None, "wikiann/name", "config"),
    ],
)
def test_names_on_the_hub(where: str, option: str | None, path: str, config: str | None) -> None:
    assert parse_name(where, option, "hub:") == HubName(path, config)


def test_a_folder_is_taken_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "owner" / "name").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for where in ("owner/name", "./owner/name", "~/owner/name", str(tmp_path / "owner" / "name")):
        assert parse_name(where, "de", "hub:") == HubName(where, "de", is_folder=True)


def test_a_short_name_is_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "wikiann" / "de").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert parse_name("wikiann/de", None, "hub:") == HubName("unimelb-nlp/wikiann", "de")
    assert parse_name("./wikiann/de", None, "hub:") == HubName("./wikiann/de", None, is_folder=True)


@pytest.mark.parametrize(
    "where", ["/no/such/folder", "./nothing", "~/nothing-here", "..", "C:\\data", "a\\b"]
)
def test_a_folder_that_is_not_there(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    if where == "..":
        assert parse_name(where, None, "hub:..").is_folder
        return
    with pytest.raises(CorpusError, match="there is no such folder") as raised:
        parse_name(where, None, f"hub:{where}")
    assert raised.value.where == f"hub:{where}"


@pytest.mark.parametrize("where", ["", "/", "a/b/c/d", "a//b", "a/b/", "a b", "a,b"])
def test_what_is_no_name(where: str) -> None:
    if where == "/":
        assert parse_name(where, None, "hub:/").is_folder
        return
    with pytest.raises(CorpusError, match="neither a folder nor a dataset's name") as raised:
        parse_name(where, None, f"hub:{where}")
    assert "hub:masakhaner2/bam" in str(raised.value.hint)


def test_a_configuration_named_twice() -> None:
    with pytest.raises(CorpusError, match="named twice, 'de' and 'fr'"):
        parse_name("wikiann/de", "fr", "hub:wikiann/de?config=fr")


def test_known_datasets() -> None:
    counts = {short: len(set(known.configs)) for short, known in KNOWN_DATASETS.items()}
    assert counts == {"masakhaner2": 20, "wikiann": 40, "europarl-ner": 3, "mafand": 20}
    for known in KNOWN_DATASETS.values():
        codes = [*known.codes.values(), *(code for config in known.configs for code in config.split("-"))]
        assert all(map(is_language, codes))


@pytest.mark.parametrize(
    ("path", "config", "lang"),
    [
        ("unimelb-nlp/wikiann", "als", "gsw"),
        ("unimelb-nlp/wikiann", "zh-yue", "yue"),
        ("unimelb-nlp/wikiann", "de", "de"),
        ("masakhane/masakhaner2", "bbj", "bbj"),
        ("owner/name", "als", "als"),
        ("owner/name", "zh-Hant", "zh-Hant"),
        ("owner/name", "ner", None),
        ("owner/name", "default", None),
        ("owner/name", None, None),
    ],
)
def test_languages(path: str, config: str | None, lang: str | None) -> None:
    assert language_of(HubName(path, config)) == lang
