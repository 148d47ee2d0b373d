"""What a run is asked to do, as a YAML file or built in the app."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from xner_core.config import Choice, PipelineConfig
from xner_core.errors import ConfigError

Method = Literal["projection", "transfer", "markers"]
_STAGES = tuple(PipelineConfig.model_fields)


class RunConfig(BaseModel):
    """A corpus and what is done with it.

    Attributes:
        corpus: The corpus spec.
        name: What the run is called; it does not change what it finds.
        method: `projection`: entities of the source are projected. `transfer`: the tagger
            `ner` is applied to the target sentences, and nothing is projected. `markers`:
            the source sentences are translated with marks around their entities, and what
            stands between the marks is taken (the refinement says how).
        pipeline: The component of each stage.
        labels: Only entities with these labels count in the figures; all where None.
        lang: Only pairs with this target language; all where None.
        limit: Only the first so many of them.
        batch_size: Sentence pairs between two points at which the run can be continued.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    corpus: str = Field(min_length=1)
    name: str = ""
    method: Method = "projection"
    pipeline: PipelineConfig = PipelineConfig()
    labels: tuple[str, ...] | None = None
    lang: str | None = None
    limit: int | None = Field(default=None, ge=1)
    batch_size: int = Field(default=64, ge=1, le=100_000)

    @field_validator("pipeline", mode="before")
    @classmethod
    def _by_names(cls, value: Any) -> Any:
        """Let a stage be written as its component's name alone: `aligner: e5-small`."""
        if not isinstance(value, dict):
            return value
        return {kind: {"name": one} if isinstance(one, str) else one for kind, one in value.items()}


def read_config(path: Path) -> RunConfig:
    """Read a run's config from a YAML file.

    Raises:
        ConfigError: If the file cannot be read, is no YAML or holds something else; the
            message names the file and, where it can, the line.
    """
    import yaml

    try:
        text = path.expanduser().read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError("there is no such file", where=str(path), hint="Check the path") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"the file cannot be read ({error})", where=str(path)) from None
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}, line {mark.line + 1}" if mark is not None else str(path)
        what = getattr(error, "problem", None) or "it cannot be parsed"
        raise ConfigError(f"the file is no YAML: {what}", where=where) from None
    return parse_config(content, where=str(path))


def parse_config(content: object, *, where: str | None = None) -> RunConfig:
    """Make a run's config of plain data, and see that its components can be built.

    Raises:
        ConfigError: If a field, a component or an option does not exist or has a bad value.
    """
    if not isinstance(content, dict):
        raise ConfigError(
            "it is not a run's config", where=where, hint="Write at least corpus: SPEC, and pipeline: …"
        )
    try:
        config = RunConfig.model_validate(content)
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, each['loc']))}: {each['msg'].removeprefix('Value error, ')}"
            for each in error.errors()
        )
        raise ConfigError(
            problems,
            where=where,
            hint=f"Fields: {', '.join(RunConfig.model_fields)}; stages: {', '.join(_STAGES)}",
        ) from None
    for kind in _STAGES:
        choice: Choice = getattr(config.pipeline, kind)
        try:
            choice.build(kind)
        except ConfigError as error:
            raise ConfigError(error.what, where=where, hint=error.hint) from None
    return config


def to_yaml(config: RunConfig) -> str:
    """A config as YAML, without what is as by default; `read_config` reads it again."""
    import yaml

    content = config.model_dump(mode="json", exclude_defaults=True)
    if "pipeline" in content:
        content["pipeline"] = {
            kind: one["name"] if not one.get("options") else one
            for kind, one in config.pipeline.model_dump(mode="json").items()
            if kind in content["pipeline"]
        }
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))
