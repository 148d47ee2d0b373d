"""The command that finds the sentences that a correction mends too."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from xner_core.cli.options import CorpusOption, JobOption, JsonOption, parse_config
from xner_core.cli.output import print_json, print_notices, print_table, progress
from xner_core.types import Progress


def similar(
    corpus: CorpusOption,
    sentence: Annotated[str, typer.Option(help="Id of the sentence pair that was corrected")],
    event: Annotated[
        int | None,
        typer.Option(help="Number of the correction (xner history); by default the last one"),
    ] = None,
    config: Annotated[
        str, typer.Option("--config", help='The pipeline as JSON, as in {"projector": {"name": "greedy"}}')
    ] = "{}",
    as_json: JsonOption = False,
    job: JobOption = None,
) -> None:
    """List the sentences in which the same entity met the same problem; the app corrects them together."""
    from xner_core.corpora import load
    from xner_core.corrections.store import CorrectionStore
    from xner_core.review.similar_job import similar_report
    from xner_core.runs.jobs import run_job

    pipeline = parse_config(config)

    def found(tell: Progress) -> dict[str, Any]:
        return similar_report(load(corpus), CorrectionStore.open(), sentence, event, pipeline, progress=tell)

    if job is not None:
        run_job(job, found)
        return
    with progress() as report_progress:
        report = found(report_progress)
    if as_json:
        print_json(report)
        return
    print_notices(report["notices"])
    print_table(("What was wrong → what is right",), [(line,) for line in report["problems"]])
    rows: list[tuple[str, ...]] = [(row["item"]["id"], "; ".join(row["lines"])) for row in report["found"]]
    if rows:
        print_table(("Sentence", "What would change"), rows)
    else:
        print_notices(["No other sentence is mended by the same correction."])
    if report["left_out"]:
        print_notices([f"Settled by a person, so left as they are: {', '.join(report['left_out'])}"])
    if report["is_cut"]:
        print_notices([f"Only the first {report['n_seen']} sentences with these words were looked at."])
