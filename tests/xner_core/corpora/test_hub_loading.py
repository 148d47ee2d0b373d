"""Datasets are fetched by `datasets` itself; what goes wrong is said with what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import datasets
import pytest

from tests.hub_folders import converted, json_lines, tagged, with_card
from xner_core.corpora.hub_loading import open_dataset, revision_of
from xner_core.corpora.hub_names import HubName
from xner_core.errors import CorpusError

ADA = tagged([("Ada sings", "B-PER O")])
BOB = tagged([("Bob", "B-PER"), ("Hi", "O")])


def opened(folder: Path, config: str | None = None, split: str = "test") -> datasets.Dataset:
    return open_dataset(HubName(str(folder), config, is_folder=True), split, None, "hub:spec")


def refused(folder: Path, config: str | None = None, split: str = "test") -> CorpusError:
    with pytest.raises(CorpusError) as raised:
        opened(folder, config, split)
    assert raised.value.where == "hub:spec"
    assert "\n" not in str(raised.value)
    return raised.value


def test_configurations_and_splits_of_a_card(tmp_path: Path) -> None:
    folder = with_card(tmp_path / "ner", {"de": {"test": ADA, "train": BOB}, "fr": {"test": BOB}})
    assert opened(folder, "de")["tokens"][:] == [["Ada", "sings"]]
    assert opened(folder, "fr")["tokens"][:] == [["Bob"], ["Hi"]]
    assert opened(folder, "de", "train[:1]")["tokens"][:] == [["Bob"]]


def test_folders_of_a_conversion_are_configurations(tmp_path: Path) -> None:
    folder = converted(tmp_path / "ner", {"lug": {"test": ADA, "train": BOB}, "twi": {"test": BOB}})
    assert opened(folder, "lug")["tokens"][:] == [["Ada", "sings"]]
    assert opened(folder, "twi")["tokens"][:] == [["Bob"], ["Hi"]]


def test_configurations_are_not_thrown_together(tmp_path: Path) -> None:
    folder = converted(tmp_path / "ner", {"lug": {"test": ADA}, "twi": {"test": BOB}})
    error = refused(folder)
    assert "has several configurations" in str(error)
    assert error.hint == "Name one with config=, of lug, twi"


def test_a_conversion_of_one_configuration_needs_no_name(tmp_path: Path) -> None:
    folder = converted(tmp_path / "ner", {"default": {"test": ADA, "train": BOB}})
    assert opened(folder)["tokens"][:] == [["Ada", "sings"]]


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    folder = json_lines(tmp_path / "ner", "test", '{"tokens": ["a"], "ner_tags": ["O"]}\n')
    assert opened(folder)["tokens"][:] == [["a"]]
    (folder / "data" / "test.jsonl").write_text('{"tokens": ["b", "c"], "ner_tags": ["O", "O"]}\n')
    assert opened(folder)["tokens"][:] == [["b", "c"]]


def test_no_such_configuration(tmp_path: Path) -> None:
    error = refused(with_card(tmp_path / "ner", {"de": {"test": ADA}, "fr": {"test": ADA}}), "it")
    assert "has no configuration 'it'" in error.what
    assert error.hint == "Choose from de, fr"


def test_several_configurations_and_none_named(tmp_path: Path) -> None:
    error = refused(with_card(tmp_path / "ner", {"de": {"test": ADA}, "fr": {"test": ADA}}))
    assert error.what.endswith("/ner has several configurations")
    assert error.hint == "Name one with config=, of de, fr"


def test_long_lists_are_cut(tmp_path: Path) -> None:
    error = refused(converted(tmp_path / "ner", {f"c{n:02}": {"test": ADA} for n in range(21)}))
    assert str(error.hint).startswith("Name one with config=, of c00, c01, ")
    assert str(error.hint).endswith(", c19 …")


def test_no_such_split(tmp_path: Path) -> None:
    error = refused(with_card(tmp_path / "ner", {"de": {"test": ADA, "train": BOB}}), "de", "dev")
    assert error.what.endswith("/ner/de has no split 'dev'")
    assert error.hint == "Choose with split= from test, train"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [("test.parquet", "no", "ArrowInvalid"), ("test.jsonl", "{no", "JSON"), ("README.md", "# x", "any data")],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, content: str, reason: str) -> None:
    (tmp_path / name).write_text(content)
    error = refused(tmp_path)
    assert "cannot be read" in error.what
    assert reason in error.what


def test_a_script_is_not_run(tmp_path: Path) -> None:
    folder = tmp_path / "ner"
    folder.mkdir()
    (folder / "ner.py").write_text("raise SystemExit")
    error = refused(folder)
    assert error.what.endswith("has its data made by a script, which is not run")
    assert "refs/convert/parquet" in str(error.hint)


def test_a_folder_has_no_revisions(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no revisions"):
        open_dataset(HubName(str(tmp_path), None, is_folder=True), "test", "main", "hub:spec")


@pytest.mark.parametrize("offline", [True, False])
def test_the_hub_is_out_of_reach(offline: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not offline:
        monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(datasets, "load_dataset", _raises(ConnectionError("Couldn't reach it")))
    with pytest.raises(CorpusError, match="is not on this machine") as raised:
        open_dataset(HubName("masakhane/masakhaner2", "lug"), "test", None, "hub:masakhaner2/lug")
    assert ("HF_DATASETS_OFFLINE" in raised.value.what) is offline
    assert ("cannot be reached" in raised.value.what) is not offline
    download = (
        "hf download --repo-type dataset masakhane/masakhaner2 --revision refs/convert/parquet --local-dir"
    )
    assert download in str(raised.value.hint)
    assert "hub:FOLDER?config=lug" in str(raised.value.hint)


def test_the_hub_does_not_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = datasets.exceptions.DatasetNotFoundError("Dataset 'a/b' doesn't exist on the Hub")
    monkeypatch.setattr(datasets, "load_dataset", _raises(missing))
    with pytest.raises(CorpusError, match="the hub has no dataset a/b that you may read"):
        open_dataset(HubName("a/b", None), "test", None, "hub:a/b")


@pytest.mark.parametrize(("config", "folder"), [("lug", "lug"), (None, "default")])
def test_a_script_on_the_hub_is_replaced_by_its_conversion(
    config: str | None, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversion = converted(tmp_path / "ner", {folder: {"test": ADA}, "other": {"test": BOB}})
    load_dataset, asked = datasets.load_dataset, []

    def hub(path: str, name: str | None = None, *, revision: str | None = None, **rest: Any) -> Any:
        asked.append((path, name, revision))
        if revision is None:
            raise RuntimeError("Dataset scripts are no longer supported, but found ner.py")
        return load_dataset(str(conversion), name, **rest)

    monkeypatch.setattr(datasets, "load_dataset", hub)
    found = open_dataset(HubName("owner/ner", config), "test", None, "hub:spec")
    assert found["tokens"][:] == [["Ada", "sings"]]
    assert asked == [("owner/ner", config, None), ("owner/ner", None, "refs/convert/parquet")]


def test_a_revision_that_was_asked_for_is_not_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def hub(path: str, *_: Any, revision: str | None, **__: Any) -> Any:
        asked.append(revision)
        raise RuntimeError("Dataset scripts are no longer supported, but found ner.py")

    monkeypatch.setattr(datasets, "load_dataset", hub)
    with pytest.raises(CorpusError, match="made by a script"):
        open_dataset(HubName("owner/ner", None), "test", "main", "hub:spec")
    assert asked == ["main"]


def test_progress_bars_stay_away_and_come_back(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = with_card(tmp_path / "ner", {"de": {"test": ADA}})
    level = datasets.logging.get_verbosity()
    capfd.readouterr()
    opened(folder, "de")
    assert capfd.readouterr() == ("", "")
    assert datasets.logging.get_verbosity() == level
    assert not datasets.utils.are_progress_bars_disabled()


def test_the_revision_of_a_download(tmp_path: Path) -> None:
    folder = with_card(tmp_path / "ner", {"de": {"test": ADA}})
    name = HubName(str(folder), "de", is_folder=True)
    assert revision_of(name, ADA) is None
    notes = folder / ".cache" / "huggingface" / "download" / "de"
    notes.mkdir(parents=True)
    commit = "0123456789abcdef0123456789abcdef01234567"
    for file in ("test.metadata", "train.metadata"):
        (notes / file).write_text(f"{commit}\netag\n1.0\n")
    assert revision_of(name, ADA) == commit
    (notes / "train.metadata").write_text("another\netag\n1.0\n")
    assert revision_of(name, ADA) is None


def test_the_revision_of_what_the_hub_sent() -> None:
    rows = tagged([("a", "O")])
    assert revision_of(HubName("a/b", None), rows) is None
    commit = "0123456789abcdef0123456789abcdef01234567"
    rows.info.download_checksums = {f"hf://datasets/a/b@{commit}/test.parquet": {}}
    assert revision_of(HubName("a/b", None), rows) == commit


def _raises(error: Exception) -> Any:
    def raising(*_: Any, **__: Any) -> None:
        raise error

    return raising
