"""The page Runs: what is chosen becomes a config, what was run is listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.gold_links import gold_links
from tests.ui.app import open_app as open_page
from xner_core.config import Choice, PipelineConfig
from xner_core.runs import background
from xner_core.runs.config import RunConfig, to_yaml
from xner_core.runs.folder import RunFolder, all_runs
from xner_core.runs.run import run

pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache")]


@pytest.fixture
def config(tmp_path: Path) -> RunConfig:
    return RunConfig(corpus="demo:fr", name="French", pipeline=gold_links(tmp_path / "links.txt"), limit=4)


def _texts(app: Any) -> str:
    return "\n".join(str(each.value) for each in (*app.text, *app.info, *app.error, *app.subheader))


def test_without_runs_it_says_what_to_do() -> None:
    app = open_page("runs")
    assert "There is no run yet" in _texts(app)


def test_runs_are_listed_with_their_figures(config: RunConfig) -> None:
    place = run(config)
    app = open_page("runs")
    table = app.dataframe[0].value
    assert table["Run"].tolist() == ["French"]
    assert table["State"].tolist() == ["✓ done"]
    assert table["F1"].tolist() == [place.metrics()["overall"]["f1"]]
    figures = app.dataframe[1].value
    assert figures["Language"].tolist() == ["French (fr)"]
    assert figures["F1"].tolist() == table["F1"].tolist()
    published = app.dataframe[2].value
    assert set(published["Language"]) == {"French (fr)"}
    assert len(published) >= 10


def test_one_run_of_several_is_chosen_by_the_url(config: RunConfig) -> None:
    run(config)
    run(config.model_copy(update={"limit": 2, "name": "Two"}))
    for _, manifest in all_runs():
        app = open_page("runs", run=manifest.id)
        assert manifest.id in [each.value for each in app.subheader]


def test_what_is_chosen_becomes_the_config(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[RunConfig, RunFolder]] = []
    monkeypatch.setattr(background, "start", lambda config, place: started.append((config, place)))
    app = open_page(
        "runs", show="new", corpus="demo:de", method="projection", projector="greedy", extraction="argmax"
    )
    app.text_input(key="run-labels").input("PER, LOC").run()
    app.number_input(key="run-limit").set_value(5).run()
    expected = RunConfig(
        corpus="demo:de",
        labels=("PER", "LOC"),
        limit=5,
        pipeline=PipelineConfig(projector=Choice(name="greedy"), extraction=Choice(name="argmax")),
    )
    assert app.code[0].value.strip() == to_yaml(expected).strip()
    app.button(key="run-start").click().run()
    assert [config for config, _ in started] == [expected]


def test_transfer_needs_a_tagger_only() -> None:
    app = open_page("runs", show="new", corpus="demo:de", method="transfer", ner="spacy")
    keys = {each.key for each in app.selectbox}
    assert "ner" in keys
    assert not keys & {"aligner", "projector", "candidates"}
    assert "method: transfer" in app.code[0].value


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"projector": "magic"}, "there is no projector called 'magic'"),
        ({"method": "markers"}, "needs a refinement"),
        ({"corpus": "conll:nowhere"}, "a conll corpus needs two files"),
    ],
)
def test_what_cannot_be_run_is_explained(parameters: dict[str, str], words: str) -> None:
    app = open_page("runs", show="new", **parameters)
    assert not app.exception
    assert words in _texts(app)


def test_a_stopped_run_can_go_on_and_be_deleted(config: RunConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    place = run(config)
    manifest = place.manifest()
    assert manifest is not None
    place.write(manifest.model_copy(update={"status": "running"}))
    started: list[RunFolder] = []
    monkeypatch.setattr(background, "start", lambda config, place: started.append(place))
    app = open_page("runs")
    assert app.dataframe[0].value["State"].tolist() == ["⏸ stopped"]
    app.button(key="run-go-on").click().run()
    assert [each.path for each in started] == [place.path]
    app.button(key="run-delete").click().run()
    assert not place.path.exists()
    assert "There is no run yet" in _texts(app)


def test_a_run_that_failed_says_why(config: RunConfig) -> None:
    place = run(config)
    manifest = place.manifest()
    assert manifest is not None
    place.write(manifest.model_copy(update={"status": "failed", "error": "[x](y) is gone"}))
    app = open_page("runs")
    assert "[x](y) is gone" in [each.value for each in app.text]
