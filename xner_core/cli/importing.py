"""The command that takes files of other tools in as corrections."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from xner_core.cli.options import (
    AlignerOption,
    CandidatesOption,
    ExtractionOption,
    JobOption,
    JsonOption,
    LayerOption,
    NerOption,
    ProjectorOption,
    RefinementOption,
    ScorerOption,
    TargetNerOption,
    TranslatorOption,
)
from xner_core.cli.output import errors, print_json, print_notices, print_table, progress
from xner_core.cli.reviewed import (
    ConfigOption,
    OptionsOption,
    RunOption,
    SpecOption,
    format_of,
    reviewed,
    split_settings,
)
from xner_core.config import PipelineConfig
from xner_core.errors import ConfigError
from xner_core.types import Progress

if TYPE_CHECKING:
    from xner_core.review.importing import ImportPlan
    from xner_core.review.samples import Review
    from xner_core.types import Corpus

_MOST_PRINTED = 20


def import_file(
    file: Annotated[Path, typer.Argument(help="The file, the folder of an export, or a ZIP archive of it")],
    file_format: Annotated[
        str | None, typer.Option("--format", help="What it is (xner formats); by default what it looks like")
    ] = None,
    corpus: SpecOption = None,
    author: Annotated[str, typer.Option(help="Who says what the file says: your name")] = "",
    reason: Annotated[str | None, typer.Option(help="Why; by default where it comes from")] = None,
    lang: Annotated[
        str | None, typer.Option(help="Only pairs with this target language can be meant")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Record nothing; only tell what would change")
    ] = False,
    options: OptionsOption = None,
    run: RunOption = None,
    config: ConfigOption = None,
    translator: TranslatorOption = "none",
    ner: NerOption = "auto",
    refinement: RefinementOption = "none",
    aligner: AlignerOption = "e5-small",
    extraction: ExtractionOption = "unbalanced",
    layer: LayerOption = None,
    target_ner: TargetNerOption = "none",
    candidates: CandidatesOption = "aligned",
    scorer: ScorerOption = "alignment",
    projector: ProjectorOption = "ilp",
    as_json: JsonOption = False,
    job: JobOption = None,
) -> None:
    """Record what a file of another tool says otherwise than what holds now, as corrections by --author."""
    from xner_core.corpora.index import CorpusIndex
    from xner_core.corrections.events import Origin, author_name
    from xner_core.corrections.store import CorrectionStore
    from xner_core.review.import_job import plan_json
    from xner_core.review.importing import apply_import, plan_import, read_file
    from xner_core.review.scope import ChosenPairs
    from xner_core.review.sniffing import looks_like, unlike_any
    from xner_core.review.unpacking import unpacked
    from xner_core.runs.jobs import run_job

    if not author.strip() and not dry_run:
        raise ConfigError(
            "nobody is named as the author", hint="Write --author NAME, or --dry-run to look first"
        )
    if author.strip():
        author = author_name(author)
    own, others = split_settings(options)
    names = dict(
        zip(
            PipelineConfig.model_fields,
            (translator, ner, refinement, aligner, extraction, target_ner, candidates, scorer, projector),
            strict=True,
        )
    )

    def planned(tell: Progress) -> tuple[ImportPlan, dict[str, Any], Corpus, Review]:
        """What would change, and what is told of it."""
        with unpacked(file) as there:
            called = file_format or looks_like(there)
            if called is None:
                raise unlike_any(there)
        chosen = format_of(called, own)
        loaded, review = reviewed(corpus, run, config, names, layer, others)
        index = CorpusIndex(loaded)
        pairs = loaded.pairs if lang is None else ChosenPairs(index, index.find(lang).positions)
        reads, notices = read_file(chosen, file, called)
        plan = plan_import(reads, chosen, review, pairs, CorrectionStore.open().states, tell)
        told = {"format": called, **plan.as_data(), "n_events": 0, "conflicts": []}
        return plan, {**told, "notices": [*notices, *review.notices]}, loaded, review

    if job is not None:

        def for_the_app(tell: Progress) -> dict[str, Any]:
            plan, told, loaded, _ = planned(tell)
            return {**told, **plan_json(plan, CorpusIndex(loaded).all(), file.name)}

        run_job(job, for_the_app)
        return
    with progress() as report_progress:
        plan, report, loaded, review = planned(report_progress)
        if not dry_run and plan.planned:
            origin = Origin(
                loaded.spec, loaded.fingerprint, review.run, review.pipeline.config.model_dump(mode="json")
            )
            why = plan.reason(file.name) if reason is None else reason
            recorded = apply_import(plan, CorrectionStore.open(), author, origin, why)
            report["n_events"] = len(recorded.events)
            report["n_changed"] = len({event.sentence for event in recorded.events})
            report["conflicts"] = [str(conflict) for conflict in recorded.conflicts]
    if as_json:
        print_json(report)
    else:
        _print(report, dry_run=dry_run)
    if plan.n_read and not report["n_found"]:
        raise typer.Exit(1)


def _print(report: dict[str, Any], *, dry_run: bool) -> None:
    print_notices(report["notices"])
    for key in ("problems", "notes"):
        for one in report[key][:_MOST_PRINTED]:
            who = f" ({one['sentence']})" if one["sentence"] else ""
            mark = "Left out" if key == "problems" else "Changed"
            said = f"{mark}: {one['place']}{who}: {one['what']}"
            errors.print(said, markup=False, highlight=False, soft_wrap=True)
        if len(report[key]) > _MOST_PRINTED:
            errors.print(f"and {len(report[key]) - _MOST_PRINTED} more; --json has all", highlight=False)
    for conflict in report["conflicts"]:
        errors.print(f"Left as it is: {conflict}", markup=False, highlight=False, soft_wrap=True)
    rows = [
        ("Sentences in the file", report["n_read"]),
        ("found in the corpus", report["n_found"]),
        ("that say what holds already", report["n_same"]),
        ("that would change" if dry_run else "that changed", report["n_changed"]),
        *((f"of these, {kind.replace('_', ' ')}", n) for kind, n in report["changes"].items()),
        ("Problems", len(report["problems"])),
    ]
    print_table(("What", "How many"), [(what, str(n)) for what, n in rows])
    if not report["n_read"]:
        print_notices(["There is no sentence in the file."])
    elif dry_run:
        print_notices(["This was a dry run: nothing was recorded."])
