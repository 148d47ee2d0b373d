"""`xner …`: the same calls as the app, for scripts and batches.

Results go to standard output, progress and errors to standard error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from xner_core import __version__
from xner_core.config import Choice, PipelineConfig
from xner_core.errors import ConfigError, XnerError
from xner_core.types import Progress as Report

app = typer.Typer(
    name="xner",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Project named entities to a translation, and measure how well it went.",
)
_FIGURES = ("f1", "precision", "recall", "candidate_recall")
_errors = Console(stderr=True)
_output = Console()

CorpusOption = Annotated[
    str,
    typer.Option("--corpus", help="demo:de, jsonl:FILE or conll:SOURCE,TARGET?source_lang=en&target_lang=de"),
]
NerOption = Annotated[str, typer.Option("--ner", help="Source entities: auto, gold, spacy or spacy:PIPELINE")]
TargetNerOption = Annotated[
    str, typer.Option("--target-ner", help="Tags of the target: none, file:PATH or transformers:MODEL")
]
AlignerOption = Annotated[str, typer.Option("--aligner", help="What compares words")]
ExtractionOption = Annotated[str, typer.Option("--extraction", help="itermax, argmax or match")]
LayerOption = Annotated[int | None, typer.Option("--layer", help="Encoder layer, 0 to 12")]
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


def main() -> None:
    """Run the command line; an XnerError ends it with its message and exit status 1."""
    try:
        app()
    except XnerError as error:
        _errors.print(f"Error: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)


@app.command()
def corpora(as_json: JsonOption = False) -> None:
    """List the kinds of corpora and the languages of the demonstration corpus."""
    from xner_core.corpora.demo import demo_languages
    from xner_core.languages import language_name

    specs = {f"demo:{lang}": f"English–{language_name(lang)}, a demonstration" for lang in demo_languages()}
    kinds = {row["name"]: row["summary"] for row in _components("corpus")}
    if as_json:
        _print_json({"kinds": kinds, "corpora": specs})
        return
    _print_table(("Kind", "What it reads"), list(kinds.items()))
    _print_table(("Corpus", "What it is"), list(specs.items()))


@app.command()
def components(as_json: JsonOption = False) -> None:
    """List what can be chosen at each stage, with its options."""
    from xner_core.registry import COMPONENTS

    rows = [row for kind in COMPONENTS for row in _components(kind)]
    if as_json:
        _print_json(rows)
        return
    _print_table(
        ("Stage", "Name", "What it does", "Options"),
        [(row["kind"], row["name"], row["summary"], ", ".join(row["options"])) for row in rows],
    )


@app.command()
def evaluate(
    corpus: CorpusOption,
    labels: Annotated[str | None, typer.Option(help="Only these labels count: PER,ORG,LOC")] = None,
    ner: NerOption = "auto",
    aligner: AlignerOption = "e5-small",
    extraction: ExtractionOption = "itermax",
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

    config = _config(ner, aligner, extraction, layer, target_ner, candidates, scorer, projector, options)
    chosen = [label.strip() for label in labels.split(",")] if labels else None
    with _progress() as progress:
        report = runs.evaluate(corpus, config, labels=chosen, limit=limit, progress=progress)
    if as_json:
        _print_json(report)
        return
    _print_notices(report["notices"])
    rows = [("all", report), *report["per_label"].items()]
    _print_table(
        ("Label", "F1", "Precision", "Recall", "Candidate recall", "Gold entities"),
        [(label, *(f"{r[key]:.3f}" for key in _FIGURES), str(r["support"])) for label, r in rows],
    )


@app.command()
def project(
    corpus: CorpusOption,
    ner: NerOption = "auto",
    aligner: AlignerOption = "e5-small",
    extraction: ExtractionOption = "itermax",
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

    config = _config(ner, aligner, extraction, layer, target_ner, candidates, scorer, projector, options)
    pairs = load(corpus).pairs[:limit]
    pipeline = Pipeline(config)
    with _progress() as progress:
        for result in pipeline.run(pairs, progress):
            print(json.dumps(record(result), ensure_ascii=False))
    _print_notices(pipeline.notices)


@app.command()
def projectors(
    corpus: CorpusOption,
    config: Annotated[str, typer.Option(help="The pipeline as JSON")] = "{}",
    job: Annotated[Path | None, typer.Option(hidden=True)] = None,
    as_json: JsonOption = False,
) -> None:
    """Print F1 of every projector, language by language, on the same links and scores."""
    from xner_core.runs.evaluate import compare_projectors
    from xner_core.runs.jobs import run_job

    pipeline = _parse_config(config)
    if job is not None:
        run_job(job, corpus, pipeline)
        return
    with _progress() as progress:
        report = compare_projectors(corpus, pipeline, progress=progress)
    if as_json:
        _print_json(report)
        return
    names = list(dict.fromkeys(row["projector"] for row in report["rows"]))
    figures = {(row["lang"], row["projector"]): row["f1"] for row in report["rows"]}
    langs = dict.fromkeys(row["lang"] for row in report["rows"])
    _print_table(
        ("Language", *names), [(lang, *(f"{figures[lang, name]:.3f}" for name in names)) for lang in langs]
    )


@app.command()
def version() -> None:
    """Print the version."""
    print(__version__)


def _config(
    ner: str,
    aligner: str,
    extraction: str,
    layer: int | None,
    target_ner: str,
    candidates: str,
    scorer: str,
    projector: str,
    settings: list[str] | None,
) -> PipelineConfig:
    names = {
        "ner": ner,
        "aligner": aligner,
        "extraction": extraction,
        "target_ner": target_ner,
        "candidates": candidates,
        "scorer": scorer,
        "projector": projector,
    }
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
        options[kind][option] = _parse_value(setting, value)
    return PipelineConfig(**{kind: Choice(name=name, options=options[kind]) for kind, name in names.items()})


def _parse_value(setting: str, value: str) -> Any:
    """A text, or what JSON makes of one in braces: labels={"GPE": "LOC"}."""
    if not value.startswith("{"):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise ConfigError(
            f"--set {setting} is not JSON ({error})", hint='Write labels={"GPE": "LOC"}'
        ) from None


def _parse_config(text: str) -> PipelineConfig:
    from pydantic import ValidationError

    try:
        return PipelineConfig.model_validate_json(text)
    except ValidationError as error:
        raise ConfigError(f"--config is no pipeline: {error.errors()[0]['msg']}") from None


def _components(kind: str) -> list[dict[str, Any]]:
    from xner_core.registry import COMPONENTS, component_class

    rows = []
    for name in COMPONENTS[kind]:
        component = component_class(kind, name)
        options = {
            key: {"default": field.get_default(call_default_factory=True), "description": field.description}
            for key, field in component.Config.model_fields.items()
        }
        summary = (component.__doc__ or "").strip().splitlines()[0]
        rows.append({"kind": kind, "name": name, "summary": summary, "options": options})
    return rows


@contextmanager
def _progress() -> Iterator[Report]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(
        *columns,
        console=_errors,
        transient=True,
        disable=not _errors.is_terminal,  # it would only leave an empty line in a log
        redirect_stdout=False,  # or rich sends the results to standard error too
    ) as bar:
        task = bar.add_task("loading", total=None)

        def report(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total)

        yield report


def _print_notices(notices: list[str]) -> None:
    for notice in notices:
        _errors.print(f"Note: {notice}", markup=False, highlight=False)


def _print_json(content: Any) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=2))


def _print_table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    table = Table(*columns)
    for row in rows:
        table.add_row(*row)
    _output.print(table)
