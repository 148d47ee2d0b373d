"""The commands that train a tagger and measure taggers by themselves."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from xner_core.cli.options import JsonOption, LimitOption, NerOption, SetOption, pipeline_config
from xner_core.cli.output import print_json, print_notices, print_table, progress
from xner_core.cli.training import training_config


class Side(StrEnum):
    """The side of a corpus."""

    source = "source"
    target = "target"


SideOption = Annotated[Side, typer.Option(help="The side of the corpora that is read")]


def train_ner(
    corpora: Annotated[
        list[str],
        typer.Argument(
            metavar="CORPUS...", help="What to train on: any corpus with tags on one side; one or several"
        ),
    ],
    out: Annotated[Path, typer.Option(help="The folder of the trained model; it must not be there yet")],
    encoder: Annotated[
        str, typer.Option(help="What is trained: e5-small, a name on the Hugging Face hub, or a folder")
    ] = "e5-small",
    side: SideOption = Side.target,
    tests: Annotated[
        list[str] | None, typer.Option("--test", help="A corpus to measure the trained model on; repeatable")
    ] = None,
    epochs: Annotated[int | None, typer.Option(help="How often each sentence is seen, at most")] = None,
    learning_rate: Annotated[float | None, typer.Option(help="The largest step")] = None,
    batch_size: Annotated[int | None, typer.Option(help="Sentences in each step")] = None,
    seed: Annotated[int | None, typer.Option(help="What random choices start from")] = None,
    options: Annotated[
        list[str] | None,
        typer.Option("--set", help="OPTION=VALUE, as in layers=9 or leave_out=MISC,DATE; repeatable"),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Only the first N sentences of each corpus to train on")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a trained model in --out")] = False,
    as_json: JsonOption = False,
) -> None:
    """Train an encoder to find entities, on tagged sentences; it is then listed as trained:NAME."""
    from xner_core.ner.training import TaggerTrainingConfig
    from xner_core.runs import train_ner as runs

    given = {"epochs": epochs, "learning_rate": learning_rate, "batch_size": batch_size, "seed": seed}
    config = training_config(TaggerTrainingConfig, given, options or [])
    with progress() as report_progress:
        report = runs.train_ner(
            corpora,
            out,
            encoder=encoder,
            side=side.value,
            tests=tests or (),
            config=config,
            limit=limit,
            overwrite=overwrite,
            progress=report_progress,
        )
    if as_json:
        print_json(report)
        return
    print_notices(report["notices"])
    best = report["best_epoch"]
    print_table(
        ("Held F1", "Best epoch", "Sentences", "Labels", "Seconds", "Tagger"),
        [
            (
                f"{report['held_f1'][best - 1]:.3f}",
                f"{best} of {report['epochs']}",
                str(report["n_sentences"]),
                " ".join(report["labels"]),
                f"{report['seconds']['training']:.0f}",
                report["tagger"],
            )
        ],
    )
    if report["tests"]:
        _print_figures([(row["spec"], row) for row in report["tests"]])


def evaluate_ner(
    corpus: Annotated[str, typer.Argument(metavar="CORPUS", help="A corpus with tags on the given side")],
    ner: NerOption = "auto",
    side: SideOption = Side.target,
    labels: Annotated[str | None, typer.Option(help="The labels that count: PER,LOC,ORG")] = None,
    settings: SetOption = None,
    limit: LimitOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tag one side of a corpus and score it against its gold entities, which the tagger does not see."""
    from xner_core.ner.labels import parse_labels
    from xner_core.runs import evaluate_ner as runs

    choice = pipeline_config({"ner": ner}, None, settings).ner
    counted = parse_labels(labels) if labels else None
    with progress() as report_progress:
        report = runs.evaluate_ner(
            corpus, choice, side=side.value, labels=counted, limit=limit, progress=report_progress
        )
    if as_json:
        print_json(report)
        return
    print_notices(report["notices"])
    rows = list(report["per_language"].items())
    _print_figures([*rows, ("all", report)] if len(rows) > 1 else rows)


def _print_figures(rows: list[tuple[str, dict[str, Any]]]) -> None:
    """F1 of each row, and of each label in it."""
    labels = sorted({label for _, row in rows for label in row["per_label"]})

    def f1(row: dict[str, Any], label: str) -> str:
        found = row["per_label"].get(label)
        return f"{found['f1']:.3f}" if found else ""

    print_table(
        ("", "Sentences", "F1", "Precision", "Recall", *labels),
        [
            (
                name,
                str(row["n_sentences"]),
                *(f"{row[figure]:.3f}" for figure in ("f1", "precision", "recall")),
                *(f1(row, label) for label in labels),
            )
            for name, row in rows
        ],
    )
