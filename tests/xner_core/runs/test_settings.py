"""Settings with a name, and reading what a run wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.xner_core.runs.finished import row, write_run
from xner_core.config import PipelineConfig
from xner_core.errors import ConfigError
from xner_core.runs.config import parse_config
from xner_core.runs.folder import RunFolder
from xner_core.runs.reading import rows_of_run, rows_of_sentences
from xner_core.runs.settings import SETTINGS, config_of


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_can_be_built_and_needs_no_caution(name: str) -> None:
    config = config_of(name, "demo")
    assert parse_config(config.model_dump(mode="json")) == config
    assert config.pipeline.cautions == []


def test_settings_differ_and_the_first_is_the_default() -> None:
    pipelines = [setting.pipeline for setting in SETTINGS.values()]
    assert pipelines[0] == PipelineConfig()
    assert all(pipelines.count(one) == 1 for one in pipelines)
    with pytest.raises(ConfigError, match="there is no such setting"):
        config_of("oracle", "demo")


def test_rows_of_some_sentences_in_the_order_asked_for(tmp_path: Path) -> None:
    rows = [row(str(i), [(0, 1, "PER")], []) for i in range(5)]
    place = RunFolder(Path(write_run(tmp_path / "run", rows)))
    manifest = place.manifest()
    assert manifest is not None
    assert [one["id"] for one in rows_of_run(place, manifest, ["id"])] == ["0", "1", "2", "3", "4"]
    found = rows_of_sentences(place, manifest, ["gold_entities"], ["3", "nothing", "1"])
    assert [one["id"] for one in found] == ["3", "1"]
    assert set(found[0]) == {"id", "gold_entities"}
    assert rows_of_sentences(place, manifest, ["gold_entities"], []) == []
