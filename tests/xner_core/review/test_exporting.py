"""What an export leaves behind, and that a failed one leaves nothing."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.xner_core.export.hard_cases import HARD_CASES
from tests.xner_core.review.small import pair_of, say
from xner_core.config import Choice, PipelineConfig
from xner_core.corrections.store import CorrectionStore
from xner_core.errors import ExportError
from xner_core.export.format import Format
from xner_core.export.sample import Sample
from xner_core.registry import COMPONENTS
from xner_core.review.exporting import ARCHIVE, Exported, ExportJob, announce, archive, export, file_name
from xner_core.review.sniffing import looks_like
from xner_core.types import Corpus

SAMPLES = list(HARD_CASES.values())


def format_of(name: str, **options: Any) -> Format[Any]:
    made: Format[Any] = Choice(name=name, options=options).build("format")
    return made


def write(folder: Path, name: str = "conll2002", **options: Any) -> Exported:
    return export(format_of(name, **options), SAMPLES, folder, "hard", about=lambda: {"corpus": "made up"})


def losses_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "about" / "losses.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_loss_is_listed_and_counted(tmp_path: Path) -> None:
    exported = write(tmp_path / "out")
    rows = losses_of(exported.folder)
    expected = [loss for sample in SAMPLES for loss in format_of("conll2002").losses(sample)]
    assert [(row["sentence"], row["kind"], row["what"]) for row in rows] == [
        (loss.sample, loss.aspect, loss.what) for loss in expected
    ]
    assert exported.losses.n_losses == len(expected)
    [nested] = [row for row in rows if row["sentence"] == "nested" and row["kind"] == "overlapping entities"]
    assert (nested["side"], nested["start"], nested["end"], nested["label"]) == ("target", "3", "4", "LOC")
    announced = announce(format_of("conll2002"), SAMPLES)
    assert announced.as_data() == exported.losses.as_data()
    assert announced.n_samples == exported.n_samples == len(SAMPLES)


def test_examples_are_few_and_sentences_are_counted_once() -> None:
    summary = announce(format_of("conll2002"), SAMPLES)
    data = summary.as_data()["aspects"]
    assert data["source entities"]["losses"] > data["source entities"]["sentences"] > 5
    assert len(data["source entities"]["examples"]) == 5
    assert list(data) == list(summary.aspects)
    assert "edits" in data
    assert data["edits"]["sentences"] == 2


def test_provenance_says_what_was_written(tmp_path: Path) -> None:
    exported = write(tmp_path / "out", separator="space")
    said = json.loads((exported.folder / "about" / "provenance.json").read_text(encoding="utf-8"))
    assert said["corpus"] == "made up"
    assert said["format"]["name"] == "conll2002"
    assert said["format"]["options"]["separator"] == "space"
    assert said["n_samples"] == len(SAMPLES)
    assert said["losses"]["overlapping entities"] == exported.losses.losses["overlapping entities"]


def test_a_spreadsheet_takes_nothing_for_a_formula(tmp_path: Path) -> None:
    case = HARD_CASES["adjacent"]
    hostile = replace(case, pair=replace(case.pair, id="=HYPERLINK(1)"))
    export(format_of("conll2002"), [hostile], tmp_path / "out", "x")
    assert {row["sentence"] for row in losses_of(tmp_path / "out")} == {"'=HYPERLINK(1)"}


@pytest.mark.parametrize("name", COMPONENTS["format"])
def test_a_folder_looks_like_what_it_is_and_can_be_read(name: str, tmp_path: Path) -> None:
    file_format = format_of(name)
    exported = export(file_format, SAMPLES, tmp_path / "out", "hard")
    assert looks_like(exported.folder) == name
    assert list(file_format.read(exported.folder))


def test_files_look_like_what_they_are(tmp_path: Path) -> None:
    for name in ("conll2002", "conll2003", "jsonl", "doccano", "pharaoh", "naacl", "webanno", "label-studio"):
        exported = write(tmp_path / name, name)
        assert looks_like(exported.files[0]) == name
    (tmp_path / "letter.txt").write_text("Dear all,\nthis is no such file.\n", encoding="utf-8")
    assert looks_like(tmp_path / "letter.txt") is None
    assert looks_like(tmp_path / "nothing") is None


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError, match="there is something already"):
        write(tmp_path)
    with pytest.raises(ExportError, match="there is something already"):
        write(tmp_path / "own.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["own.txt"]
    (tmp_path / "empty").mkdir()
    assert write(tmp_path / "empty").folder.is_dir()


def test_what_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    def failing() -> Iterator[Sample]:
        yield SAMPLES[0]
        raise ExportError("no more")

    with pytest.raises(ExportError, match="no more"):
        export(format_of("jsonl"), failing(), tmp_path / "out", "x")
    with pytest.raises(ExportError, match="there is no sentence pair to write"):
        export(format_of("jsonl"), [], tmp_path / "out", "x")
    assert list(tmp_path.iterdir()) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from xner_core.review.exporting import export
from xner_core.config import Choice

def samples():
    os.kill(os.getpid(), signal.SIGKILL)
    yield

export(Choice(name="jsonl").build("format"), samples(), Path(sys.argv[1]), "x")
"""


def test_what_a_killed_export_left_goes_once_it_is_a_day_old(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "out")], check=False)
    [unfinished] = tmp_path.iterdir()
    (tmp_path / ".out.own").mkdir()  # a person's
    yesterday = (time.time() - 25 * 3600,) * 2
    for path in (*unfinished.rglob("*"), unfinished, tmp_path / ".out.own"):
        os.utime(path, yesterday)
    os.utime(unfinished / "about" / "losses.csv")  # it may be another process's that is still writing
    write(tmp_path / "second")
    assert unfinished.exists()
    os.utime(unfinished / "about" / "losses.csv", yesterday)
    write(tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.own", "out", "second"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ExportError, match="the files cannot be written"):
        write(tmp_path / "file" / "out")


def test_progress_ends_with_all(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    export(
        format_of("jsonl"),
        SAMPLES,
        tmp_path / "out",
        "x",
        total=len(SAMPLES),
        progress=lambda *each: told.append(each),
    )
    assert told[-1] == ("writing", len(SAMPLES), len(SAMPLES))


def test_the_archive_holds_the_same(tmp_path: Path) -> None:
    exported = write(tmp_path / "out", "brat")
    path = archive(exported, tmp_path / "all.zip")
    with zipfile.ZipFile(path) as opened:
        assert opened.testzip() is None
        held = {name: opened.read(name) for name in opened.namelist()}
    assert held == {
        str(each.relative_to(exported.folder)): each.read_bytes()
        for each in exported.folder.rglob("*")
        if each.is_file()
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.zip", "out"]
    with pytest.raises(ExportError, match="the archive cannot be written"):
        archive(exported, tmp_path / "all.zip" / "inside.zip")


def test_names_of_files() -> None:
    assert file_name("en-europarl.test.conll02,de", "de") == "en-europarl-test-conll02-de-de"
    assert file_name("", "../?*") == "export"
    assert file_name("تقرير 1") == "تقرير-1"


def test_a_job_writes_the_archive(
    corpus: Corpus, config: PipelineConfig, store: CorrectionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a process of its own, from the store that the app uses."""
    monkeypatch.setenv("XNER_DATABASE_URL", store.address.url.render_as_string(hide_password=False))
    say(store, pair_of(corpus, "ada"), target_entities=(), status="approved")
    told = ["--format=jsonl", "--scope=reviewed", f"--config={config.model_dump_json()}"]
    job = ExportJob(corpus, told, store.version())
    assert job.state().status == "new"
    job.start()
    from xner_core.runs import jobs

    jobs._processes.pop(job.folder).wait(60)
    state = job.state()
    assert (state.status, state.error) == ("done", "")
    assert state.result is not None
    assert (state.result["n_samples"], state.result["scope"]) == (1, "reviewed")
    assert job.archive.name == ARCHIVE
    with zipfile.ZipFile(job.archive) as opened:
        [name] = [name for name in opened.namelist() if name.endswith(".jsonl")]
        assert json.loads(opened.read(name))["id"] == "ada"
    say(store, pair_of(corpus, "rome"), status="approved")
    assert ExportJob(corpus, told, store.version()).state().status == "new"
