"""Commands about runs: whole corpora through a pipeline, kept in folders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from xner_core.cli.options import JsonOption, LimitOption
from xner_core.cli.output import print_json, print_notices, print_table, progress
from xner_core.errors import ConfigError

_FIGURES = ("f1", "precision", "recall")


def run(
    configs: Annotated[
        list[str],
        typer.Argument(metavar="CONFIG...", help="YAML files, or presets (xner presets); one or several"),
    ],
    out: Annotated[
        Path | None,
        typer.Option(help="The run's folder; by default one in the data folder. For one config only"),
    ] = None,
    limit: LimitOption = None,
    again: Annotated[
        bool, typer.Option("--again", help="Throw away what there is of the run, and begin anew")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Do runs, or go on with those that were stopped; each is kept in a folder of its own."""
    from xner_core.runs.presets import named_config
    from xner_core.runs.run import run as do

    if out is not None and len(configs) > 1:
        raise ConfigError(
            "--out is the folder of one run, and there are several configs", hint="Leave it out"
        )
    wanted = [named_config(name) for name in configs]
    if limit is not None:
        wanted = [config.model_copy(update={"limit": limit}) for config in wanted]
    reports = []
    for config in wanted:
        with progress() as report_progress:
            place = do(config, out, again=again, progress=report_progress)
        reports.append(_report(place))
    if as_json:
        print_json(reports)
        return
    print_notices(list(dict.fromkeys(notice for report in reports for notice in report["notices"])))
    _print_runs(reports)


def runs(as_json: JsonOption = False) -> None:
    """List the runs that are kept, the newest first."""
    from xner_core.runs.folder import all_runs

    reports = [_report(folder) for folder, _ in all_runs()]
    if as_json:
        print_json(reports)
        return
    _print_runs(reports)


def _report(place: Any) -> dict[str, Any]:
    """A run as plain data."""
    manifest = place.manifest()
    status = place.status(manifest)
    return {
        "id": manifest.id,
        "name": manifest.config.name,
        "folder": str(place.path),
        "status": status,
        "n_sentences": manifest.n_sentences,
        "n_done": manifest.n_done,
        "n_batches": manifest.n_batches,
        "seconds": manifest.seconds,
        "reused": manifest.reused,
        "notices": manifest.notices,
        "error": manifest.error,
        "config": manifest.config.model_dump(mode="json"),
        "metrics": place.metrics() if status == "done" else None,
    }


def _print_runs(reports: list[dict[str, Any]]) -> None:
    rows = []
    for report in reports:
        overall = (report["metrics"] or {}).get("overall") or {}
        scores = [f"{overall[key]:.3f}" if overall else "" for key in _FIGURES]
        rows.append(
            (
                report["id"],
                report["status"],
                f"{report['n_done']} of {report['n_batches']}",
                str(report["n_sentences"]),
                *scores,
                f"{report['seconds'].get('total', 0):.0f}",
            )
        )
    print_table(("Run", "Status", "Batches", "Sentences", "F1", "Precision", "Recall", "Seconds"), rows)
