"""What the commands about corrections share: formats by name, and the corpus as it is reviewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from xner_core.cli.options import parse_config, parse_value, pipeline_config
from xner_core.config import Choice
from xner_core.errors import ConfigError

if TYPE_CHECKING:
    from xner_core.export.format import Format
    from xner_core.review.samples import Review
    from xner_core.types import Corpus

SpecOption = Annotated[
    str | None, typer.Option("--corpus", help="Its spec (xner corpora); by default that of --run")
]
RunOption = Annotated[
    str | None,
    typer.Option("--run", help="Take what was found from a run: its id, the beginning of it, or its folder"),
]
ConfigOption = Annotated[
    str | None, typer.Option("--config", help="The pipeline as JSON, in place of the options of its stages")
]
OptionsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        help="OPTION=VALUE of the format, or KIND.OPTION=VALUE of a stage: extraction.alpha=0.8",
    ),
]


def split_settings(settings: Sequence[str] | None) -> tuple[list[str], list[str]]:
    """The settings of the format, and those of the pipeline's stages: these name a stage before a dot."""
    own: list[str] = []
    others: list[str] = []
    for setting in settings or []:
        key = setting.partition("=")[0]
        if key.startswith("format."):
            own.append(setting.removeprefix("format."))
        else:
            (others if "." in key else own).append(setting)
    return own, others


def format_of(name: str, settings: Sequence[str]) -> Format[Any]:
    """Make a format.

    Args:
        name: Its name.
        settings: Texts of the form `OPTION=VALUE`.

    Raises:
        ConfigError: If there is no such format or option, or a setting has another form.
    """
    options: dict[str, Any] = {}
    for setting in settings:
        key, mark, value = setting.partition("=")
        if not mark or not key:
            raise ConfigError(f"--set {setting} is not OPTION=VALUE", hint="Write --set separator=space")
        options[key] = parse_value(setting, value)
    made: Format[Any] = Choice(name=name, options=options).build("format")
    return made


def reviewed(
    spec: str | None,
    run: str | None,
    config: str | None,
    names: Mapping[str, str],
    layer: str | None,
    settings: Sequence[str],
) -> tuple[Corpus, Review]:
    """The corpus, and what finds entities in it.

    Args:
        spec: The corpus spec; that of the run where None.
        run: A run that is done, if one was named.
        config: The pipeline as JSON, if it was given so.
        names: Component by kind.
        layer: The aligner's layers; its default where None.
        settings: Texts of the form `KIND.OPTION=VALUE`.

    Raises:
        ConfigError: If none of both is named, or both a run and a pipeline.
        XnerError: If the corpus or the run cannot be read.
    """
    from xner_core.config import PipelineConfig
    from xner_core.corpora import load
    from xner_core.review.samples import Review
    from xner_core.runs.folder import find_run

    chosen = pipeline_config(names, layer, settings)
    given = chosen != PipelineConfig()
    if config is not None:
        if given:
            raise ConfigError("--config has all stages", hint="Leave out --config, or the options of stages")
        chosen, given = parse_config(config), True
    if run is None:
        if spec is None:
            raise ConfigError("there is no corpus", hint="Name it with --corpus, or a run with --run")
        corpus = load(spec)
        return corpus, Review(corpus, chosen)
    if given:
        raise ConfigError("a run has its own pipeline", hint="Leave out --run, or the options of stages")
    found = find_run(run)
    corpus = load(found[1].config.corpus if spec is None else spec)
    return corpus, Review(corpus, run=found)
