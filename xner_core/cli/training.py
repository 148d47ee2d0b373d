"""The command that trains an aligner, and what commands that train share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from xner_core.cli.options import JsonOption
from xner_core.cli.output import print_json, print_notices, print_table, progress
from xner_core.config import ComponentConfig
from xner_core.errors import ConfigError

ConfigT = TypeVar("ConfigT", bound=ComponentConfig)


def train_aligner(
    corpora: Annotated[
        list[str],
        typer.Argument(
            metavar="CORPUS...",
            help="What to train on: demo:de, jsonl:FILE, conll:SOURCE,TARGET, "
            "parallel:FILE?source_lang=en&target_lang=de (lines source ||| target); one or several",
        ),
    ],
    out: Annotated[Path, typer.Option(help="The folder of the trained model; it must not be there yet")],
    encoder: Annotated[
        str, typer.Option(help="What is trained: e5-small, a name on the Hugging Face hub, or a folder")
    ] = "e5-small",
    layer: Annotated[int | None, typer.Option(help="The layer whose vectors are to be compared")] = None,
    objectives: Annotated[
        str | None,
        typer.Option(help="self-training, translation-lm, parallel, or several with commas between"),
    ] = None,
    epochs: Annotated[int | None, typer.Option(help="How often each pair is seen, at most")] = None,
    learning_rate: Annotated[float | None, typer.Option(help="The largest step")] = None,
    batch_size: Annotated[int | None, typer.Option(help="Sentence pairs in each step")] = None,
    seed: Annotated[int | None, typer.Option(help="What random choices start from")] = None,
    options: Annotated[
        list[str] | None,
        typer.Option("--set", help="OPTION=VALUE, as in agreement=0.5 or patience=3; repeatable"),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Only the first N sentence pairs of each corpus")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a trained model in --out")] = False,
    as_json: JsonOption = False,
) -> None:
    """Train an encoder to align, on sentence pairs without links; it is then listed as encoder:FOLDER."""
    from xner_core.alignment.training.config import TrainingConfig
    from xner_core.runs import train_aligner as runs

    given = {
        "layer": layer,
        "objectives": objectives,
        "epochs": epochs,
        "learning_rate": learning_rate,
        "batch_size": batch_size,
        "seed": seed,
    }
    config = training_config(TrainingConfig, given, options or [])
    with progress() as report_progress:
        report = runs.train_aligner(
            corpora,
            out,
            encoder=encoder,
            config=config,
            limit=limit,
            overwrite=overwrite,
            progress=report_progress,
        )
    if as_json:
        print_json(report)
        return
    print_notices(report["notices"])
    before, after = report["held_loss"]["before"], report["held_loss"]["after"]
    print_table(
        ("Held loss before", "After", "Pairs", "Steps", "Seconds", "Aligner"),
        [
            (
                f"{before['loss']:.4f}",
                f"{after['loss']:.4f}",
                str(report["n_pairs"]),
                str(report["steps"]),
                f"{report['seconds']:.0f}",
                report["aligner"],
            )
        ],
    )


def training_config(kind: type[ConfigT], given: dict[str, Any], settings: list[str]) -> ConfigT:
    """Make the options of a training.

    Args:
        kind: Which options.
        given: Those with a flag of their own; None where it was not given.
        settings: Texts of the form `OPTION=VALUE`.

    Raises:
        ConfigError: If a setting has another form, or an option does not exist or has a bad value.
    """
    from pydantic import ValidationError

    known = ", ".join(kind.model_fields)
    values = {name: value for name, value in given.items() if value is not None}
    for setting in settings:
        name, mark, value = setting.partition("=")
        if not mark:
            raise ConfigError(f"--set {setting} is not OPTION=VALUE", hint=f"Options: {known}")
        values[name] = value
    try:
        return kind(**values)
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ConfigError(f"bad options for the training: {problems}", hint=f"Options: {known}") from None
