"""A run's config as a file: what is meant is read, what is wrong is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from xner_core.config import Choice, PipelineConfig
from xner_core.errors import ConfigError
from xner_core.runs.config import RunConfig, parse_config, read_config, to_yaml


def _written(folder: Path, text: str) -> Path:
    path = folder / "run.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_corpus_is_enough(tmp_path: Path) -> None:
    config = read_config(_written(tmp_path, "corpus: demo:de\n"))
    assert config == RunConfig(corpus="demo:de")
    assert config.pipeline == PipelineConfig()


def test_stages_by_name_or_with_options(tmp_path: Path) -> None:
    text = """
corpus: demo:de
method: projection
labels: [PER, LOC]
pipeline:
  extraction: argmax
  projector: {name: ilp, options: {n_proj: 2, relation: "<="}}
"""
    config = read_config(_written(tmp_path, text))
    assert config.labels == ("PER", "LOC")
    assert config.pipeline.extraction == Choice(name="argmax")
    assert config.pipeline.projector == Choice(name="ilp", options={"n_proj": 2, "relation": "<="})


@pytest.mark.parametrize(
    "config",
    [
        RunConfig(corpus="demo"),
        RunConfig(
            corpus="demo:de",
            name="Größe: ja",
            method="transfer",
            labels=("PER",),
            lang="de",
            limit=3,
            batch_size=2,
            pipeline=PipelineConfig(
                extraction=Choice(name="argmax"), projector=Choice(name="ilp", options={"n_proj": 2})
            ),
        ),
    ],
)
def test_what_is_written_is_read_again(config: RunConfig, tmp_path: Path) -> None:
    assert read_config(_written(tmp_path, to_yaml(config))) == config


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("corpus: demo\n- x", "line 2"),
        ("- corpus", "it is not a run's config"),
        ("corpus: ''", "corpus"),
        ("corpus: demo\nlimit: 0", "limit"),
        ("corpus: demo\nfoo: 1", "foo"),
        ("corpus: demo\nmethod: magic", "method"),
        ("corpus: demo\npipeline: {magic: e5-small}", "magic"),
        ("corpus: demo\npipeline: {projector: magic}", "no projector called 'magic'"),
        ("corpus: demo\npipeline: {projector: {name: ilp, options: {m: 1}}}", "m: Extra"),
    ],
)
def test_what_is_wrong_is_named(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=message) as raised:
        read_config(_written(tmp_path, text))
    assert "run.yaml" in str(raised.value.where)


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        read_config(tmp_path / "none.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ConfigError, match="cannot be read"):
        read_config(tmp_path / "bytes.yaml")


def test_plain_data_from_the_app() -> None:
    assert parse_config({"corpus": "demo", "limit": 3}).limit == 3
