"""Which runs a page may show: what was done is found again under whatever name."""

from __future__ import annotations

import pytest

from tests.ui.test_corrections_page import config, corpus
from ui.components import run_picker
from xner_core.config import PipelineConfig
from xner_core.runs import settings
from xner_core.runs.config import RunConfig
from xner_core.runs.run import run
from xner_core.runs.settings import Setting
from xner_core.types import Corpus

__all__ = ["config", "corpus"]
pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache")]


def test_a_setting_is_not_run_again_that_was_run_under_another_name(
    corpus: Corpus, config: PipelineConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    only = {"ilp": Setting("ILP", "The only one.", config)}
    monkeypatch.setattr(settings, "SETTINGS", only)
    monkeypatch.setattr(run_picker, "SETTINGS", only)
    manifest = run(RunConfig(corpus=corpus.spec, name="by links", pipeline=config)).manifest()
    assert manifest is not None
    found = run_picker.ready(corpus, ["ilp"])
    assert found is not None
    assert [(one.id, one.name) for one in found] == [(manifest.id, "ILP")]
    assert run_picker.titles_of(corpus) == {"ilp": "ILP"}
