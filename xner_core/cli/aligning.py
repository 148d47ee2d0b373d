"""Commands about word alignment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from xner_core.cli.options import (
    AlignerOption,
    CorpusOption,
    ExtractionOption,
    JobOption,
    JsonOption,
    LayerOption,
    LimitOption,
    NerOption,
    SetOption,
    pipeline_config,
)
from xner_core.cli.output import print_json, print_notices, print_table, progress
from xner_core.config import PipelineConfig
from xner_core.errors import ConfigError
from xner_core.types import Progress


def align_score(
    pairs: Annotated[Path, typer.Option(help="Lines of the form: source ||| target")],
    gold: Annotated[Path, typer.Option(help="Gold links, one line a pair: 1-1 sure, 1p2 possible")],
    index_base: Annotated[int, typer.Option(min=0, max=1, help="What the gold links call the first word")],
    predicted: Annotated[
        Path | None, typer.Option(help="Score the links of this file instead of an aligner's")
    ] = None,
    predicted_index_base: Annotated[
        int | None,
        typer.Option(min=0, max=1, help="What --predicted calls the first word; by default as --index-base"),
    ] = None,
    aligner: AlignerOption = "e5-small",
    extraction: ExtractionOption = "unbalanced",
    layer: LayerOption = None,
    options: SetOption = None,
    source_lang: Annotated[str, typer.Option(help="Language before the bars: BCP 47 code")] = "und",
    target_lang: Annotated[str, typer.Option(help="Language behind the bars: BCP 47 code")] = "und",
    limit: LimitOption = None,
    as_json: JsonOption = False,
) -> None:
    """Align sentence pairs and print the alignment error rate (AER) against gold links."""
    from xner_core.runs import align_score as runs

    config = pipeline_config({"aligner": aligner, "extraction": extraction}, layer, options)
    if predicted is not None:
        if config.aligner != PipelineConfig().aligner:
            raise ConfigError(
                "the links are those of --predicted, so there is no aligner to choose",
                hint="Leave out --predicted, or --aligner and its options",
            )
        base = index_base if predicted_index_base is None else predicted_index_base
        chosen = runs.links_from(predicted, pairs, base)
        config = config.model_copy(update={"aligner": chosen})
    with progress() as report_progress:
        report = runs.align_score(
            pairs,
            gold,
            index_base=index_base,
            config=config,
            source_lang=source_lang,
            target_lang=target_lang,
            limit=limit,
            progress=report_progress,
        )
    if as_json:
        print_json(report)
        return
    print_notices(report["notices"])
    figures = [f"{report[key]:.3f}" for key in ("aer", "precision", "recall", "f1")]
    print_table(
        ("AER", "Precision", "Recall", "F1", "Pairs", "Links"),
        [(*figures, str(report["n_pairs"]), str(report["links"]))],
    )


def uncertain_links(
    corpus: CorpusOption,
    top: Annotated[int, typer.Option(min=1, help="How many links to list")] = 50,
    entities_only: Annotated[bool, typer.Option(help="Only links of the words of entities")] = False,
    lang: Annotated[str | None, typer.Option(help="Only this target language")] = None,
    ner: NerOption = "auto",
    aligner: AlignerOption = "e5-small",
    extraction: ExtractionOption = "unbalanced",
    layer: LayerOption = None,
    options: SetOption = None,
    limit: LimitOption = None,
    as_json: JsonOption = False,
    job: JobOption = None,
) -> None:
    """Align a corpus and list the links that are least certain, by their margin, first."""
    from xner_core.corpora import load
    from xner_core.runs import uncertain_links as runs
    from xner_core.runs.jobs import run_job

    config = pipeline_config({"ner": ner, "aligner": aligner, "extraction": extraction}, layer, options)

    def listed(tell: Progress) -> dict[str, Any]:
        return runs.uncertain_links(load(corpus), config, lang=lang, limit=limit, top=top, progress=tell)

    if job is not None:
        run_job(job, listed)
        return
    with progress() as report_progress:
        report = listed(report_progress)
    if as_json:
        print_json(report)
        return
    print_notices(report["notices"])
    print_table(
        (
            "Margin",
            "Source",
            "Target",
            "Similarity",
            "Other target",
            "Other source",
            "Agree",
            "Entity",
            "Sentence",
        ),
        [
            (
                "" if link["margin"] is None else f"{link['margin']:.3f}",
                link["source_word"],
                link["target_word"],
                f"{link['similarity']:.3f}",
                link["other_target"] or "",
                link["other_source"] or "",
                link["directions"],
                "yes" if link["of_entity"] else "",
                link["pair"],
            )
            for link in report["entity_links" if entities_only else "links"]
        ],
    )
