"""Export: formats, scopes, losses, files and the command; import: the plan and taking it over."""

from __future__ import annotations

import io
import json
import os
import shlex
import zipfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from tests.ui.app import choose, open_app, rerun, texts
from tests.ui.jobs_at_once import jobs_at_once
from tests.ui.test_corrections_page import config as config
from tests.ui.test_corrections_page import corpus, run_id, say, select, state_of, table
from tests.xner_core.review.small import entities, pair_of
from ui.components.export_result import beginning, size_of
from xner_core.cli import app
from xner_core.config import PipelineConfig
from xner_core.corrections.events import SentenceKey
from xner_core.corrections.store import CorrectionStore
from xner_core.export.losses import TITLES
from xner_core.registry import COMPONENTS
from xner_core.runs.config import RunConfig
from xner_core.runs.run import run
from xner_core.types import Corpus

__all__ = ["config", "corpus", "jobs_at_once", "run_id"]
pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache", "jobs_at_once")]
CONLL = "Ada\tB-ORG\ntraf\tO\nBo\tO\n.\tO\n\nunknown\tO\n\n"


@pytest.fixture
def asked(corpus: Corpus, run_id: str) -> dict[str, str]:
    return {"corpus": corpus.spec, "xrun": run_id}


def archive(tmp_path: Path) -> zipfile.ZipFile:
    """The newest download."""
    found = max(
        (tmp_path / "cache" / "exports").glob("*/export.zip"), key=lambda path: path.stat().st_mtime_ns
    )
    return zipfile.ZipFile(io.BytesIO(found.read_bytes()))


def command(at: AppTest) -> list[str]:
    return shlex.split(at.code[0].value)


def upload(at: AppTest, name: str, text: str) -> AppTest:
    at.get_by_key("import-file").set_value((name, text.encode(), ""))
    return rerun(at)


def test_all_formats_are_offered_the_lossless_first(asked: dict[str, str]) -> None:
    at = open_app("export", **asked)
    assert len(at.selectbox(key="format").options) == len(COMPONENTS["format"])
    assert at.selectbox(key="format").value == "jsonl"
    said = [caption.value for caption in at.caption]
    assert "An import of it brings everything back." in said
    assert at.success[0].value == "Nothing: the files hold everything."


def test_what_is_lost_is_told_and_what_is_left_is_in_the_file(
    corpus: Corpus, config: PipelineConfig, asked: dict[str, str], tmp_path: Path
) -> None:
    say(corpus, config, pair_of(corpus, "ada"), target_entities=entities((0, 1, "ORG")), note="lost")
    at = open_app("export", **asked, format="conll2002", scope="edited")
    lost = dict(zip(table(at, "How often")["What"], table(at, "How often")["How often"], strict=True))
    assert set(lost) <= set(TITLES.values())
    assert "who changed it and when" in lost
    assert (lost["note"], lost["source entities"]) == (1, 1)
    assert set(table(at, "Lost")["Sentence"]) == {"ada"}
    assert table(at, "File")["File"].tolist()[0].endswith(".target.conll")
    assert "Ada\tB-ORG\ntraf\tO\nBo\tO\n.\tO" in texts(at)
    labels = [each.proto.label for each in at.get("download_button")]
    assert labels[0] == "All losses as CSV"
    assert labels[1].startswith("Download 1 sentence (ZIP, ")
    with archive(tmp_path) as made:
        names = made.namelist()
        assert made.read(names[0]).decode() == "Ada\tB-ORG\ntraf\tO\nBo\tO\n.\tO\n\n"
        assert json.loads(made.read("about/provenance.json"))["selection"]["scope"] == "edited"


def test_the_options_of_a_format_are_asked_that_matter_for_writing(asked: dict[str, str]) -> None:
    at = open_app("export", **asked, format="conll2002")
    at = choose(at, "format.conll2002.separator", "space")
    assert "--set=separator=space" in command(at)
    assert any("Ada O" in text or "Ada B-PER" in text for text in texts(at))
    at = choose(at, "format", "doccano")
    keys = [str(each.key) for each in at.selectbox]
    assert "format.doccano.project" in keys
    assert "format.doccano.side" not in keys  # of use for reading only


def test_counts_are_live_and_an_empty_scope_says_why(
    corpus: Corpus, config: PipelineConfig, asked: dict[str, str]
) -> None:
    at = open_app("export", **asked, scope="approved")
    assert "Approved (0)" in at.radio(key="scope").options
    assert "No sentence pair has the status approved." in texts(at)
    assert not at.get("download_button")
    assert not at.code
    say(corpus, config, pair_of(corpus, "rome"), status="approved")
    at = rerun(at)
    assert {"All (5)", "Approved (1)", "Not reviewed (4)", "Reviewed (1)", "Edited (0)"} <= set(
        at.radio(key="scope").options
    )
    assert at.radio(key="scope").value == "approved"  # other counts are no other choice
    assert any(each.proto.label.startswith("Download 1 sentence") for each in at.get("download_button"))


def test_the_filter_and_the_command_choose_the_same(asked: dict[str, str], tmp_path: Path) -> None:
    at = open_app("export", **asked, scope="filtered", xq="eva")
    assert "Filtered (2)" in at.radio(key="scope").options
    told = command(at)
    assert told[:2] == ["xner", "export"]
    assert "--search=eva" in told
    with archive(tmp_path) as made:
        [name, *_] = made.namelist()
        shown = made.read(name)
    out = tmp_path / "out.zip"
    told[-1] = f"--zip={out}"
    result = CliRunner().invoke(app, told[1:], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    rows, same = (
        [{**json.loads(line), "provenance": None} for line in data.decode().splitlines()]
        for data in (shown, zipfile.ZipFile(out).read(name))
    )
    assert [row["id"] for row in rows] == ["twin-1", "twin-2"]
    assert rows == same
    at.text_input(key="xq").set_value("nothing like this")
    at = rerun(at)
    assert "The filter finds no sentence pair." in texts(at)
    assert "xq" in at.query_params


def test_what_is_corrected_meanwhile_is_told(
    corpus: Corpus, config: PipelineConfig, asked: dict[str, str], tmp_path: Path
) -> None:
    at = open_app("export", **asked)
    assert not at.warning
    say(corpus, config, pair_of(corpus, "ada"), note="new")
    at = rerun(at)
    assert at.warning[0].value.startswith("1 change was recorded in this corpus since")
    at.button(key="renew").click()
    at = rerun(at)
    assert not at.warning
    with archive(tmp_path) as made:
        assert b'"note": "new"' in made.read(made.namelist()[0])


def test_settings_and_runs_are_listed_without_a_look_at_the_pairs(
    asked: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """To make those of a large corpus takes seconds for each setting."""
    monkeypatch.setattr("ui.components.export_prepare.SMALL_CORPUS", 0)
    monkeypatch.setattr("xner_core.runs.run.chosen_pairs", None)
    listed = open_app("export", **asked).selectbox(key="xrun").options
    assert {"ILP", "Greedy", "by links"} <= set(listed)


def test_a_large_export_waits_for_a_click(asked: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.components.export_prepare.SMALL_CORPUS", 4)
    at = open_app("export", **asked)
    assert any(text.startswith("5 sentences are to be written") for text in texts(at))
    assert not at.get("download_button")
    at.button(key="start").click()
    assert rerun(at).get("download_button")


def test_files_that_were_deleted_are_written_again(asked: dict[str, str], tmp_path: Path) -> None:
    open_app("export", **asked)
    for path in (tmp_path / "cache" / "exports").glob("*/export.zip"):
        path.unlink()
    at = open_app("export", **asked)
    assert at.warning[0].value == "The files were deleted."
    at.button(key="again").click()
    assert rerun(at).get("download_button")


def test_what_fails_is_told(corpus: Corpus, config: PipelineConfig) -> None:
    manifest = run(RunConfig(corpus=corpus.spec, name="short", limit=2, pipeline=config)).manifest()
    assert manifest is not None
    at = open_app("export", corpus=corpus.spec, xrun=manifest.id)
    assert at.error[0].value == "The export failed:"
    assert any("has no sentence 'twin-1'" in text for text in texts(at))
    assert not at.get("download_button")
    at = open_app("export", corpus=corpus.spec, xrun=manifest.id, scope="filtered", xq="ada")
    assert not at.error


def test_a_file_is_compared_and_taken_over(
    corpus: Corpus, config: PipelineConfig, asked: dict[str, str]
) -> None:
    at = upload(open_app("export", **asked, way="import"), "edited.conll", CONLL)
    [picker] = [each for each in at.selectbox if str(each.key).startswith("import-format-")]
    assert (picker.value, picker.options[0]) == ("conll2002", "CoNLL-2002 (as it seems)")
    figures = {each.label: each.value for each in at.metric}
    assert figures == {
        "In the file": "2",
        "Found": "1",
        "Would change": "1",
        "The same": "0",
        "Not found": "1",
        "Problems": "1",
    }
    assert table(at, "Before → after")["Id"].tolist() == ["ada"]
    assert "no sentence with these words" in table(at, "Where")["What"].iloc[0]
    assert CorrectionStore.open().version() == 0  # nothing is recorded yet
    at = select(at, "import-plan", 0)
    assert any("“Ada” (ORG)" in text for text in texts(at))
    at.text_input(key="author-name").set_value("Cy")
    at.button(key="take-over").click()
    at = rerun(at)
    assert at.success[0].value == "1 sentence was corrected as one step."
    [event] = CorrectionStore.open().history(SentenceKey.of(pair_of(corpus, "ada")))
    assert (event.action, event.author, event.reason) == ("import", "Cy", "Imported from edited.conll")
    assert event.after == entities((0, 1, "ORG"))
    assert event.origin.run == asked["xrun"]


def test_a_conflict_stays_as_it_is_and_is_listed(
    corpus: Corpus, config: PipelineConfig, asked: dict[str, str]
) -> None:
    at = upload(open_app("export", **asked, way="import"), "edited.conll", CONLL)
    say(corpus, config, pair_of(corpus, "ada"), "Bo", target_entities=())
    at.button(key="take-over").click()
    at = rerun(at)
    assert not at.success
    assert any("1 sentence stays" in each.value for each in at.warning)
    assert any("Bo changed the target entities" in text for text in texts(at))
    assert state_of(corpus, "ada").target_entities == ()


def test_an_export_imported_again_changes_nothing(asked: dict[str, str], tmp_path: Path) -> None:
    open_app("export", **asked, format="label-studio")
    [found] = (tmp_path / "cache" / "exports").glob("*/export.zip")
    at = open_app("export", **asked, way="import")
    at.get_by_key("import-file").set_value(("tasks.zip", found.read_bytes(), ""))
    at = rerun(at)
    assert {each.label: each.value for each in at.metric}["The same"] == "5"
    assert at.info[0].value.startswith("Nothing would change")
    assert not [each for each in at.button if each.key == "take-over"]


def test_a_broken_archive_is_told(asked: dict[str, str]) -> None:
    at = upload(open_app("export", **asked, way="import"), "x.zip", "no archive")
    assert any("cannot be unpacked" in text for text in texts(at))


def test_what_looks_like_no_format_waits_for_a_choice(asked: dict[str, str], tmp_path: Path) -> None:
    forgotten = tmp_path / "cache" / "uploads" / "long ago"
    forgotten.mkdir(parents=True)
    os.utime(forgotten, (0, 0))
    at = upload(open_app("export", **asked, way="import"), "../../<b>.x", "what is this")
    [picker] = [each for each in at.selectbox if str(each.key).startswith("import-format-")]
    assert picker.value is None
    assert not (tmp_path / "cache" / "imports").exists()  # nothing was compared
    [kept] = (tmp_path / "cache" / "uploads").rglob("*.x")
    assert not forgotten.exists()
    assert kept.name == "_b_.x"
    picker.set_value("webanno")
    at = rerun(at)
    assert at.error[0].value == "The comparison with the corpus failed:"


def test_the_beginning_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("a\u2028b\n" + "c" * 5000 + "\n" + "d\n" * 50, encoding="utf-8")
    lines = beginning(path).split("\n")
    assert lines[0] == "a\u2028b"
    assert lines[1] == "c" * 200 + " …"
    assert len(lines) == 15
    path.write_text('["' + "é" * 5000 + '"]\nnext', encoding="utf-8")
    assert beginning(path) == '["' + "é" * 198 + " …\nnext"
    path.write_bytes(b"\xff\x00")
    assert beginning(path) == "It is no text, so it cannot be shown here."


@pytest.mark.parametrize(
    ("n", "said"),
    [(0, "0 bytes"), (1, "1 byte"), (1023, "1023 bytes"), (1536, "1.5 KB"), (3 << 20, "3.0 MB")],
)
def test_sizes(n: int, said: str) -> None:
    assert size_of(n) == said


def test_each_choice_is_a_job_of_its_own(asked: dict[str, str], tmp_path: Path) -> None:
    for changed in ({}, {"scope": "created"}, {"xlang": "de"}, {"format": "conll2003"}, {}):
        open_app("export", **{**asked, **changed})
    assert len(list((tmp_path / "cache" / "exports").iterdir())) == 4
