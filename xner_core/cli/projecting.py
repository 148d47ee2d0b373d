"""Commands that project entities and measure how well it went."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from xner_core.cli.options import (
    AlignerOption,
    CandidatesOption,
    CorpusOption,
    ExtractionOption,
    JsonOption,
    LayerOption,
    LimitOption,
    NerOption,
    ProjectorOption,
    RefinementOption,
    ScorerOption,
    SetOption,
    TargetNerOption,
    TranslatorOption,
    parse_config,
    pipeline_config,
)
from xner_core.cli.output import print_json, print_notices, print_table, progress
from xner_core.config import PipelineConfig

_FIGURES = ("f1", "precision", "recall", "candidate_recall")


def evaluate(
    corpus: CorpusOption,
    labels: Annotated[str | None, typer.Option(help="Only these labels count: PER,ORG,LOC")] = None,
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
    options: SetOption = None,
    limit: LimitOption = None,
    as_json: JsonOption = False,
) -> None:
    """Project a corpus and print its F1 against the gold target entities."""
    from xner_core.runs import evaluate as runs

    names = _names(
        translator, ner, refinement, aligner, extraction, target_ner, candidates, scorer, projector
    )
    config = pipeline_config(names, layer, options)
    chosen = [label.strip() for label in labels.split(",")] if labels else None
    with progress() as report_progress:
        report = runs.evaluate(corpus, config, labels=chosen, limit=limit, progress=report_progress)
    if as_json:
        print_json(report)
        return
    print_notices(report["notices"])
    rows = [("all", report), *report["per_label"].items()]
    print_table(
        ("Label", "F1", "Precision", "Recall", "Candidate recall", "Gold entities"),
        [(label, *(f"{r[key]:.3f}" for key in _FIGURES), str(r["support"])) for label, r in rows],
    )


def project(
    corpus: CorpusOption,
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
    options: SetOption = None,
    limit: LimitOption = None,
) -> None:
    """Project a corpus and print it as JSON lines that a `jsonl:` spec reads again."""
    from xner_core.corpora import load
    from xner_core.pipeline import Pipeline
    from xner_core.runs.records import record

    names = _names(
        translator, ner, refinement, aligner, extraction, target_ner, candidates, scorer, projector
    )
    config = pipeline_config(names, layer, options)
    pairs = load(corpus).pairs[:limit]
    pipeline = Pipeline(config)
    with progress() as report_progress:
        for result in pipeline.run(pairs, report_progress):
            print(json.dumps(record(result), ensure_ascii=False))
    print_notices(pipeline.notices)


def projectors(
    corpus: CorpusOption,
    config: Annotated[str, typer.Option(help="The pipeline as JSON")] = "{}",
    as_json: JsonOption = False,
) -> None:
    """Print F1 of every projector, language by language, on the same links and scores."""
    from xner_core.runs.evaluate import compare_projectors

    pipeline = parse_config(config)
    with progress() as report_progress:
        report = compare_projectors(corpus, pipeline, progress=report_progress)
    if as_json:
        print_json(report)
        return
    names = list(dict.fromkeys(row["projector"] for row in report["rows"]))
    figures = {(row["lang"], row["projector"]): row["f1"] for row in report["rows"]}
    langs = dict.fromkeys(row["lang"] for row in report["rows"])
    print_table(
        ("Language", *names), [(lang, *(f"{figures[lang, name]:.3f}" for name in names)) for lang in langs]
    )


def _names(*chosen: str) -> dict[str, str]:
    """The chosen components by kind, given in the order of the stages."""
    return dict(zip(PipelineConfig.model_fields, chosen, strict=True))
