"""What commands are told: their options, and the pipeline that these describe."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from xner_core.config import Choice, PipelineConfig
from xner_core.errors import ConfigError

CorpusOption = Annotated[
    str,
    typer.Option("--corpus", help="demo:de, jsonl:FILE or conll:SOURCE,TARGET?source_lang=en&target_lang=de"),
]
TranslatorOption = Annotated[
    str,
    typer.Option(
        "--translator",
        help="Makes the sentences that the corpus lacks: apertium, transformers:MODEL or file:PATH",
    ),
]
RefinementOption = Annotated[
    str,
    typer.Option(
        "--refinement",
        help="What the source sentence becomes before it is aligned: back-translation:TRANSLATOR",
    ),
]
NerOption = Annotated[
    str,
    typer.Option(
        "--ner",
        help="What finds entities: auto, gold, spacy:PIPELINE, transformers:MODEL, trained:NAME or "
        "imported:PATH",
    ),
]
TargetNerOption = Annotated[
    str,
    typer.Option(
        "--target-ner", help="Tags of the target: none, file:PATH, transformers:MODEL or trained:NAME"
    ),
]
AlignerOption = Annotated[
    str,
    typer.Option(
        "--aligner",
        help="What compares words: e5-small, encoder:MODEL, links:PATH, simalign:MODEL or eflomal:e5-small",
    ),
]
ExtractionOption = Annotated[
    str,
    typer.Option(
        "--extraction", help="How links are chosen: unbalanced, itermax, argmax, … (xner components)"
    ),
]
LayerOption = Annotated[
    str | None,
    typer.Option("--layer", help="Encoder layer such as 7, or layers whose mean is taken: 6-8 or 6,8"),
]
CandidatesOption = Annotated[str, typer.Option("--candidates", help="aligned, ngrams, ner or imported:PATH")]
ScorerOption = Annotated[
    str,
    typer.Option(
        "--scorer",
        help="alignment, alignment:words, soft-alignment, ner:any, translation:MODEL, name, "
        "or a sum such as fused:0.7*alignment:words+0.3*name",
    ),
]
ProjectorOption = Annotated[str, typer.Option("--projector", help="heuristic, greedy or ilp")]
SetOption = Annotated[
    list[str] | None, typer.Option("--set", help="KIND.OPTION=VALUE, as in extraction.alpha=0.8; repeatable")
]
LimitOption = Annotated[int | None, typer.Option("--limit", min=1, help="Only the first N sentence pairs")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table")]
JobOption = Annotated[Path | None, typer.Option("--job", hidden=True)]
"""The folder of a job whose process this is."""


def pipeline_config(
    names: Mapping[str, str], layer: str | None, settings: Sequence[str] | None
) -> PipelineConfig:
    """Make a pipeline's config.

    Args:
        names: Component by kind; the default for the kinds that are not in it.
        layer: The aligner's layers; its default where None.
        settings: Texts of the form `KIND.OPTION=VALUE`; their kinds are among those of `names`.

    Raises:
        ConfigError: If a setting has another form.
    """
    options: dict[str, dict[str, Any]] = {kind: {} for kind in names}
    if layer is not None:
        options["aligner"]["layer"] = layer
    for setting in settings or []:
        key, mark, value = setting.partition("=")
        kind, dot, option = key.partition(".")
        if not mark or not dot or kind not in options:
            raise ConfigError(
                f"--set {setting} is not KIND.OPTION=VALUE", hint=f"Kinds: {', '.join(options)}"
            )
        options[kind][option] = parse_value(setting, value)
    return PipelineConfig(**{kind: Choice(name=name, options=options[kind]) for kind, name in names.items()})


def parse_value(setting: str, value: str) -> Any:
    """A text, or what JSON makes of one in braces: labels={"GPE": "LOC"}."""
    if not value.startswith("{"):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise ConfigError(
            f"--set {setting} is not JSON ({error})", hint='Write labels={"GPE": "LOC"}'
        ) from None


def parse_config(text: str) -> PipelineConfig:
    """Read a pipeline's config from JSON.

    Raises:
        ConfigError: If it is none.
    """
    from pydantic import ValidationError

    try:
        return PipelineConfig.model_validate_json(text)
    except ValidationError as error:
        raise ConfigError(f"--config is no pipeline: {error.errors()[0]['msg']}") from None
