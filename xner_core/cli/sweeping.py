"""The command that tries every layer with every extraction."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from xner_core.cli.options import (
    AlignerOption,
    CandidatesOption,
    ExtractionOption,
    JobOption,
    JsonOption,
    LimitOption,
    NerOption,
    ProjectorOption,
    ScorerOption,
    SetOption,
    TargetNerOption,
    pipeline_config,
)
from xner_core.cli.output import output, print_json, print_notices, print_table, progress
from xner_core.errors import ConfigError
from xner_core.types import Corpus, Progress


def align_sweep(
    corpus: Annotated[str | None, typer.Option(help="Corpus spec, as demo:de; or --pairs and --gold")] = None,
    pairs: Annotated[Path | None, typer.Option(help="Lines of the form: source ||| target")] = None,
    gold: Annotated[
        Path | None, typer.Option(help="Gold links, one line a pair: 1-1 sure, 1p2 possible")
    ] = None,
    index_base: Annotated[
        int | None, typer.Option(min=0, max=1, help="What the gold links call the first word")
    ] = None,
    measure: Annotated[
        Literal["aer", "f1"],
        typer.Option(help="aer needs gold links, f1 (of the projected entities) gold target entities"),
    ] = "aer",
    layers: Annotated[str | None, typer.Option(help="7, 6,8 or 0-12; all by default")] = None,
    extractions: Annotated[str | None, typer.Option(help="As argmax,itermax; all by default")] = None,
    aligner: AlignerOption = "e5-small",
    extraction: ExtractionOption = "unbalanced",
    ner: NerOption = "auto",
    target_ner: TargetNerOption = "none",
    candidates: CandidatesOption = "aligned",
    scorer: ScorerOption = "alignment",
    projector: ProjectorOption = "ilp",
    options: SetOption = None,
    source_lang: Annotated[str, typer.Option(help="Of --pairs, before the bars: BCP 47 code")] = "und",
    target_lang: Annotated[str, typer.Option(help="Of --pairs, behind the bars: BCP 47 code")] = "und",
    limit: LimitOption = None,
    as_json: JsonOption = False,
    job: JobOption = None,
) -> None:
    """Print and save the AER, or the projection's F1, of every layer with every extraction."""
    from xner_core.corpora import load
    from xner_core.runs import align_sweep as runs
    from xner_core.runs.align_score import gold_corpus
    from xner_core.runs.jobs import run_job
    from xner_core.runs.saved import save_run

    names = {
        "ner": ner,
        "aligner": aligner,
        "extraction": extraction,
        "target_ner": target_ner,
        "candidates": candidates,
        "scorer": scorer,
        "projector": projector,
    }
    config = pipeline_config(names, None, options)

    def read() -> Corpus:
        if corpus is not None and pairs is None and gold is None and index_base is None:
            return load(corpus)
        if corpus is None and pairs is not None and gold is not None and index_base is not None:
            languages = {"source_lang": source_lang, "target_lang": target_lang}
            return gold_corpus(pairs, gold, index_base=index_base, **languages)
        raise ConfigError(
            "it is not clear which sentences to align",
            hint="Give either --corpus, or --pairs with --gold and --index-base",
        )

    def sweep(tell: Progress) -> dict[str, Any]:
        return runs.align_sweep(
            read(),
            config,
            measure=measure,
            layers=layers,
            extractions=[name.strip() for name in extractions.split(",")] if extractions else (),
            limit=limit,
            progress=tell,
        )

    if job is not None:
        run_job(job, lambda tell: {"run": save_run(runs.KIND, sweep(tell)).stem})
        return
    with progress() as report_progress:
        report = sweep(report_progress)
    saved = save_run(runs.KIND, report)
    if as_json:
        print_json({**report, "saved": str(saved)})
        return
    print_notices(report["notices"])
    _print_sweep(report)
    output.print(f"Saved as {saved}", markup=False, highlight=False, soft_wrap=True)


def _print_sweep(report: dict[str, Any]) -> None:
    """Print layers as rows and extractions as columns; a star marks the best."""
    from xner_core.viz.sweep_wording import best_in_words, figure

    cells = {(row["layer"], row["extraction"]): row for row in report["rows"]}

    def text(layer: int, name: str) -> str:
        cell = cells[layer, name]
        return figure(cell[report["measure"]]) + (" *" if cell == report["best"] else "")

    print_table(
        ("Layer", *report["extractions"]),
        [(str(layer), *(text(layer, name) for name in report["extractions"])) for layer in report["layers"]],
    )
    output.print(f"* {best_in_words(report)}", markup=False, highlight=False, soft_wrap=True)
