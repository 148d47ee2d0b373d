"""`xner run` and `xner runs` inside this process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.gold_links import gold_links
from xner_core.cli import app
from xner_core.errors import ConfigError
from xner_core.runs.config import RunConfig, to_yaml
from xner_core.runs.folder import all_runs

pytestmark = pytest.mark.usefixtures("own_cache")


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables as on a wide terminal."""
    from xner_core.cli import output

    monkeypatch.setattr(output.output, "width", 200)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Two configs that load no model."""
    found = []
    for lang in ("de", "fr"):
        path = tmp_path / f"{lang}.yaml"
        config = RunConfig(
            corpus=f"demo:{lang}", name=f"run {lang}", pipeline=gold_links(tmp_path / "links.txt"), limit=6
        )
        path.write_text(to_yaml(config), encoding="utf-8")
        found.append(str(path))
    return found


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


def test_several_runs_and_their_list(files: list[str]) -> None:
    result = invoke("run", *files)
    assert result.exit_code == 0
    assert result.stdout.count("done") == 2
    listed = invoke("runs").stdout
    for _, manifest in all_runs():
        assert manifest.id in result.stdout
        assert manifest.id in listed


def test_json_has_all_that_is_known(files: list[str]) -> None:
    (report,) = json.loads(invoke("run", files[0], "--json", "--limit", "3").stdout)
    assert report["status"] == "done"
    assert report["n_sentences"] == report["config"]["limit"] == 3
    assert report["metrics"]["overall"]["f1"] > 0.5
    assert Path(report["folder"]).name == report["id"]
    (listed,) = json.loads(invoke("runs", "--json").stdout)
    assert listed == report


def test_a_folder_of_its_own(files: list[str], tmp_path: Path) -> None:
    (report,) = json.loads(invoke("run", files[0], "--json", "--out", str(tmp_path / "here")).stdout)
    assert report["folder"] == str(tmp_path / "here")
    assert json.loads(invoke("runs", "--json").stdout) == []
    with pytest.raises(ConfigError, match="--out is the folder of one run"):
        invoke("run", *files, "--out", str(tmp_path / "here"))


def test_again(files: list[str]) -> None:
    (first,) = json.loads(invoke("run", files[0], "--json").stdout)
    metrics = Path(first["folder"]) / "metrics.json"
    metrics.write_text("{}")
    (found,) = json.loads(invoke("run", files[0], "--json").stdout)
    assert found["metrics"] == {}
    (anew,) = json.loads(invoke("run", files[0], "--json", "--again").stdout)
    assert anew["metrics"] == first["metrics"]
