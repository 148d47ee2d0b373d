"""Compare: two runs, their counts, and the sentences behind a count."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.gold_links import gold_links
from tests.ui.app import choose, open_app, texts
from xner_core.config import Choice, PipelineConfig
from xner_core.runs import background
from xner_core.runs.config import RunConfig
from xner_core.runs.folder import RunFolder
from xner_core.runs.jobs import RunComparisonJob
from xner_core.runs.run import run

pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache")]
SPEC = "demo:fr"


def made(pipeline: PipelineConfig, name: str, spec: str = SPEC) -> str:
    """Do a run, and return its id."""
    manifest = run(RunConfig(corpus=spec, name=name, pipeline=pipeline)).manifest()
    assert manifest is not None
    return manifest.id


@pytest.fixture
def runs(tmp_path: Path) -> tuple[str, str]:
    """Two runs that differ: gold links, and every second of them."""
    good = gold_links(tmp_path / "links.txt")
    lines = (tmp_path / "links.txt").read_text(encoding="utf-8").splitlines()
    worse = [
        f"{line.partition(chr(9))[0]}\t{' '.join(line.partition(chr(9))[2].split()[::2])}" for line in lines
    ]
    (tmp_path / "worse.txt").write_text("\n".join(worse), encoding="utf-8")
    bad = good.model_copy(update={"aligner": Choice(name=f"links:{tmp_path / 'worse.txt'}")})
    return made(good, "gold links"), made(bad, "half of them")


def compared(a: str, b: str, **parameters: str) -> AppTest:
    """The page once the comparison is done."""
    at = open_app("compare", corpus=SPEC, a=a, b=b, **parameters)
    for _ in range(200):
        if at.dataframe:
            return at
        at = open_app("compare", corpus=SPEC, a=a, b=b, **parameters)
    raise AssertionError("the comparison did not end")


def test_counts_and_their_sentences(runs: tuple[str, str]) -> None:
    at = compared(*runs)
    table, sentences = (each.value for each in at.dataframe)
    assert table[""].tolist() == ["French (fr)"]
    figures = table.iloc[0]
    assert figures["F1 of A"] - figures["F1 of B"] == pytest.approx(figures["A − B"])
    assert figures["Only A right"] > 0
    assert any(text.startswith("gold links is better than half of them by ") for text in texts(at))
    n = int(figures["Only A right"])
    assert any(text.startswith(f"French (fr) · Only A right: {n} entities in") for text in texts(at))
    assert len(sentences) <= n
    assert (sentences["A"] != sentences["B"]).all()
    assert (sentences["B"] != sentences["Gold"]).all()


def test_the_url_says_which_sentences(runs: tuple[str, str]) -> None:
    at = compared(*runs, csort="both", clabel="PER")
    assert any(text.startswith("French (fr) · PER · Both right: ") for text in texts(at))
    at = choose(at, "csort", "only_b")
    assert any("No sentence has such an entity" in each.value for each in at.info)
    assert at.query_params["csort"] == "only_b"


def test_by_label(runs: tuple[str, str]) -> None:
    table = compared(*runs, crows="labels").dataframe[0].value
    whole, *labels = table.to_dict("records")
    assert {row[""] for row in labels} >= {"French (fr) · PER", "French (fr) · LOC"}
    for column in ("Both right", "Only A right", "Both missed"):
        assert sum(row[column] for row in labels) == whole[column]


def test_a_run_with_itself_is_equal(runs: tuple[str, str]) -> None:
    says = texts(compared(runs[0], runs[0]))
    assert any(text.startswith("gold links and gold links are equal: F1 ") for text in says)


def test_a_setting_that_was_never_run_is_run(runs: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[RunConfig, RunFolder]] = []
    monkeypatch.setattr(background, "start_all", started.extend)
    at = open_app("compare", corpus=SPEC, a="ilp", b="heuristic")
    assert [config.name for config, _ in started] == ["ILP", "Heuristic"]
    assert [config.corpus for config, _ in started] == [SPEC, SPEC]
    assert not at.dataframe
    started.clear()
    open_app("compare", corpus=SPEC, a="greedy", b=runs[0])
    assert [config.name for config, _ in started] == ["Greedy"]


def test_a_run_of_another_corpus_is_not_offered(runs: tuple[str, str], tmp_path: Path) -> None:
    other = made(gold_links(tmp_path / "more.txt"), "other", "demo:de")
    at = compared(*runs)
    assert runs[0] not in at.selectbox(key="a").options  # titles are shown
    assert "gold links" in at.selectbox(key="a").options
    assert "other" not in at.selectbox(key="a").options
    at = open_app("compare", corpus=SPEC, a=other, b=runs[1])
    assert at.selectbox(key="a").value == "ilp"


def test_a_job_that_fails_says_why(runs: tuple[str, str]) -> None:
    from xner_core.runs.folder import find_run

    a, b = (find_run(name)[1] for name in runs)
    job = RunComparisonJob(a, b)
    job.folder.mkdir(parents=True)
    (job.folder / "error.json").write_text('{"message": "the disk is full"}')
    at = open_app("compare", corpus=SPEC, a=runs[0], b=runs[1])
    assert "the disk is full" in texts(at)
    assert at.button(key="start")
