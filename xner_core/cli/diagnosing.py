"""The command about what went wrong in a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from xner_core.cli.options import JobOption, JsonOption
from xner_core.cli.output import errors as standard_error
from xner_core.cli.output import print_json, print_notices, print_table, progress
from xner_core.types import Progress


def errors(
    run: Annotated[str, typer.Argument(help="The run's id, the beginning of its id, or its folder")],
    out: Annotated[Path | None, typer.Option(help="A Parquet file to write: one row an error")] = None,
    as_json: JsonOption = False,
    job: JobOption = None,
) -> None:
    """Name a run's errors, and tell what each stage costs it in F1, done by gold one after the other."""
    from xner_core.runs.diagnose import ERRORS, diagnose_run
    from xner_core.runs.folder import find_run
    from xner_core.runs.jobs import run_job

    def found(path: Path | None, tell: Progress) -> dict[str, Any]:
        return diagnose_run(*find_run(run), path, tell)

    if job is not None:
        run_job(job, lambda tell: found(job / ERRORS, tell))
        return
    with progress() as report_progress:
        report = found(out, report_progress)
    if as_json:
        print_json(report)
        return
    print_notices(report["notices"])
    _print_stages(report)
    _print_kinds(report["overall"]["errors"])


def _print_stages(report: Mapping[str, Any]) -> None:
    """F1 of the run, what each stage adds, and 1 at the end."""
    from xner_core.diagnosis.words import STAGE_TITLES
    from xner_core.languages import language_name

    languages = {language_name(lang): one for lang, one in sorted(report["per_language"].items())}
    if len(languages) > 1:
        languages["All"] = report["overall"]
    stages = list(dict.fromkeys(bar["stage"] for one in languages.values() for bar in one["bars"][1:]))
    rows = []
    for name, one in languages.items():
        bars = {bar["stage"]: bar for bar in one["bars"]}
        if bars:
            cells = [_cell(bars.get(stage), one["sentences"]) for stage in stages]
            rows.append((name, str(one["sentences"]), str(one["gold"]), f"{bars['run']['f1']:.3f}", *cells))
    titles = [STAGE_TITLES[stage] for stage in stages]
    print_table(("Language", "Sentences", "Gold", "F1", *titles), rows)
    if any("†" in cell for row in rows for cell in row):
        standard_error.print("† could not be tested in every sentence for want of gold", highlight=False)


def _cell(bar: Mapping[str, Any] | None, sentences: int) -> str:
    if bar is None:
        return ""
    if not bar["tested"]:
        return "not tested"
    return f"{bar['difference']:+.3f}" + ("" if bar["tested"] == sentences else " †")


def _print_kinds(found: Sequence[Mapping[str, Any]]) -> None:
    """How many errors of each kind each stage is to blame for."""
    from xner_core.diagnosis.steps import STAGES
    from xner_core.diagnosis.words import STAGE_TITLES

    stages = [stage for stage in STAGES if any(row["stage"] == stage for row in found)]
    kinds: dict[tuple[str, str], dict[str, int]] = {}
    for row in found:
        kinds.setdefault((row["kind"], row["detail"]), {})[row["stage"]] = row["n"]
    rows = [
        (*kind, *(str(counts.get(stage, "")) for stage in stages), str(sum(counts.values())))
        for kind, counts in sorted(kinds.items(), key=lambda item: -sum(item[1].values()))
    ]
    print_table(("Kind", "More precisely", *(STAGE_TITLES[stage] for stage in stages), "Errors"), rows)
