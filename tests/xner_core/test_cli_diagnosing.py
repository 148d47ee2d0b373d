"""`xner errors` inside this process."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from tests.demo import write_demo
from tests.gold_links import gold_links
from xner_core.cli import app
from xner_core.config import Choice
from xner_core.errors import ConfigError
from xner_core.runs.config import RunConfig
from xner_core.runs.run import run

pytestmark = pytest.mark.usefixtures("own_cache")


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables as on a wide terminal."""
    from xner_core.cli import output

    monkeypatch.setattr(output.output, "width", 250)


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


def made(tmp_path: Path, **fields: object) -> str:
    """A run whose heuristic drops what is shorter than its source."""
    pipeline = gold_links(tmp_path / "links.txt").model_copy(update={"projector": Choice(name="heuristic")})
    config = RunConfig(corpus="demo:zh", name="Chinese", pipeline=pipeline, limit=12)
    return run(config.model_copy(update=fields)).path.name


def test_tables_of_stages_and_kinds(tmp_path: Path) -> None:
    result = invoke("errors", made(tmp_path)[:10])
    assert result.exit_code == 0
    [row] = [line for line in result.stdout.splitlines() if "Chinese" in line]
    cells = [cell.strip() for cell in row.split("│")[1:-1]]
    assert cells[:2] == ["Chinese", "12"]
    assert sum(map(float, cells[3:])) == pytest.approx(1, abs=0.005)
    assert "below threshold" in result.stdout
    assert "Solver" in result.stdout


def test_json_and_the_list(tmp_path: Path) -> None:
    out = tmp_path / "errors.parquet"
    report = json.loads(invoke("errors", made(tmp_path), "--json", "--out", str(out)).stdout)
    assert report["n_errors"] == sum(row["n"] for row in report["overall"]["errors"])
    assert pq.read_table(out).num_rows == report["n_errors"] > 0
    assert report["per_language"]["zh"] == report["overall"]


def test_what_could_not_be_tested_is_marked(tmp_path: Path) -> None:
    """German has gold links, French has none."""
    links = tmp_path / "corpus.jsonl"
    bare = tmp_path / "bare.jsonl"
    write_demo(links, ["de"], each=4)
    write_demo(bare, ["fr"], each=4, without=["alignment"])
    links.write_text(links.read_text() + bare.read_text())
    stdout = invoke("errors", made(tmp_path, corpus=f"jsonl:{links}", limit=None)).stdout
    rows = {line.split("│")[1].strip(): line for line in stdout.splitlines() if line.startswith("│")}
    assert "not tested" in rows["French"]
    assert "not tested" not in rows["German"]
    assert "†" in rows["All"]


def test_a_run_that_is_not_there() -> None:
    with pytest.raises(ConfigError, match="there is no such run"):
        invoke("errors", "nothing")
