"""Commands that write corrected sentences for other tools."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

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
from xner_core.errors import ConfigError, ExportError
from xner_core.types import Progress

if TYPE_CHECKING:
    from xner_core.review.scope import Filter, Scope

_LONGEST_NAME = 150
"""In bytes; formats write more behind it."""


def export(
    file_format: Annotated[str, typer.Option("--format", help="What is written (xner formats)")],
    corpus: SpecOption = None,
    scope: Annotated[
        str | None,
        typer.Option(
            help="all, filtered, reviewed, edited, created, approved, rejected or needsReview; by default "
            "all, or filtered where --search, --status or --id is given"
        ),
    ] = None,
    lang: Annotated[str | None, typer.Option(help="Only this target language")] = None,
    search: Annotated[str, typer.Option(help="Only pairs with this text in a sentence or their id")] = "",
    status: Annotated[str | None, typer.Option(help="Only pairs with this status")] = None,
    ids: Annotated[list[str] | None, typer.Option("--id", help="Only this pair; repeatable")] = None,
    out: Annotated[Path | None, typer.Option(help="The folder to write; empty or not there yet")] = None,
    zip_file: Annotated[
        Path | None, typer.Option("--zip", help="A ZIP file to write, with or in place of the folder")
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="What the files are called; by default after the corpus")
    ] = None,
    losses_only: Annotated[
        bool, typer.Option("--losses-only", help="Write nothing; only tell what the files would lack")
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
    """Write what holds of a corpus, corrections and all, as files of another tool."""
    from xner_core.runs.jobs import run_job

    own, others = split_settings(options)
    _check_name(name)
    chosen = format_of(file_format, own)
    wanted, looked_for = _scope(scope, search, status, ids)
    names = dict(
        zip(
            PipelineConfig.model_fields,
            (translator, ner, refinement, aligner, extraction, target_ner, candidates, scorer, projector),
            strict=True,
        )
    )

    def work(folder: Path | None, archived: Path | None, tell: Progress) -> dict[str, Any]:
        """Write a folder, an archive, both, or only tell of the losses."""
        from xner_core.corpora.index import CorpusIndex
        from xner_core.corrections.store import CorrectionStore
        from xner_core.review.exporting import announce, archive, file_name
        from xner_core.review.exporting import export as write
        from xner_core.review.scope import ScopePicker

        loaded, review = reviewed(corpus, run, config, names, layer, others)
        store = CorrectionStore.open()
        version = store.version()
        picker = ScopePicker(CorpusIndex(loaded), store.states(), lang)
        pairs = picker.pairs(wanted, looked_for)

        def meanwhile(stage: str, done: int, total: int) -> None:
            """Tell what is done before a sentence can be written; then what is written tells more."""
            if losses_only or stage != "projection" or review.pipeline.aligner.learns_from_corpus:
                tell(stage, done, total)

        samples = review.samples(pairs, store, meanwhile)
        said: dict[str, Any] = {"scope": wanted, "counts": picker.counts(looked_for)}
        missing = [f"No sentence pair has the id {sid!r}." for sid in picker.unknown(looked_for)]
        if losses_only:
            said["losses"] = announce(chosen, samples).as_data()
        else:

            def about() -> Mapping[str, Any]:
                selected = {
                    "scope": wanted,
                    "lang": lang,
                    "search": looked_for.text,
                    "status": looked_for.status,
                    "ids": None if looked_for.ids is None else sorted(looked_for.ids),
                }
                return {**review.provenance, "selection": selected, "corrections_until_event": version}

            of_corpus = loaded.spec.partition(":")[2].partition("?")[0].rpartition("/")[2]
            called = name or file_name(of_corpus, lang or "")
            with _folder(folder) as place:
                exported = write(chosen, samples, place, called, about=about, total=len(pairs), progress=tell)
                said |= exported.as_data()
                if archived is not None:
                    said["archive"] = str(archive(exported, archived, tell))
                if folder is None:
                    del said["folder"]
        return {**said, "run": review.run, "notices": [*missing, *review.notices]}

    if job is not None:
        from xner_core.review.exporting import ARCHIVE

        place = job

        def anew(tell: Progress) -> dict[str, Any]:
            shutil.rmtree(place / "files", ignore_errors=True)  # of this job when it failed
            return work(place / "files", place / ARCHIVE, tell)

        run_job(place, anew)
        return
    if out is None and zip_file is None and not losses_only:
        raise ConfigError("there is no place to write to", hint="Name one with --out FOLDER or --zip FILE")
    if zip_file is not None:
        zip_file = zip_file.expanduser()
        if zip_file.exists():
            raise ExportError("there is something already", path=zip_file, hint="Name another file for --zip")
    with progress() as report_progress:
        report = work(out, zip_file, report_progress)
    if as_json:
        print_json(report)
        return
    print_notices(report["notices"])
    _print(report)


def formats(as_json: JsonOption = False) -> None:
    """List the formats that are written and read, with their options; --json tells what each holds."""
    from xner_core.registry import COMPONENTS, component_class

    rows = []
    for name in COMPONENTS["format"]:
        kind = component_class("format", name)
        fields = kind.Config.model_fields
        described = {
            option: {"default": one.get_default(call_default_factory=True), "description": one.description}
            for option, one in fields.items()
        }
        holds = sorted(kind().holds)
        rows.append(
            {
                "name": name,
                "title": kind.title,
                "read_by": kind.read_by,
                "suffixes": list(kind.suffixes),
                "holds": holds,
                "options": described,
            }
        )
    if as_json:
        print_json(rows)
        return
    print_table(
        ("Format", "What it is", "Read by", "Options"),
        [(row["name"], row["title"], row["read_by"], ", ".join(row["options"])) for row in rows],
    )


def _scope(scope: str | None, search: str, status: str | None, ids: list[str] | None) -> tuple[Scope, Filter]:
    from xner_core.review.scope import SCOPES, Filter

    is_filtered = bool(search.strip() or status or ids)
    if scope is None:
        scope = "filtered" if is_filtered else "all"
    if scope not in SCOPES:
        raise ConfigError(f"there is no scope {scope!r}", hint=f"Choose from {', '.join(SCOPES)}")
    if is_filtered and scope != "filtered":
        raise ConfigError(
            f"the scope {scope} looks at no filter",
            hint="Leave out --scope, or --search, --status and --id",
        )
    statuses = SCOPES[SCOPES.index("created") :]
    if status is not None and status not in statuses:
        raise ConfigError(f"there is no status {status!r}", hint=f"Choose from {', '.join(statuses)}")
    looked_for = Filter(search, cast(Any, status), frozenset(ids) if ids else None)
    return scope, looked_for


def _check_name(name: str | None) -> None:
    is_one = name is None or (name == Path(name).name and name.isprintable() and "\\" not in name)
    if not is_one or len((name or "").encode(errors="replace")) > _LONGEST_NAME:
        raise ConfigError(
            f"--name {name} can be no part of a file's name",
            hint=f"Write at most {_LONGEST_NAME} letters and digits, and no slash",
        )


@contextmanager
def _folder(wanted: Path | None) -> Iterator[Path]:
    """The folder, or one that is gone when it has been archived."""
    if wanted is not None:
        yield wanted.expanduser()
        return
    with tempfile.TemporaryDirectory(prefix="xner-export-") as made:
        yield Path(made) / "files"


def _print(report: Mapping[str, Any]) -> None:
    from xner_core.export.losses import TITLES

    losses = report["losses"]
    if losses["n_losses"]:
        print_table(
            ("Not in the files", "How often", "In sentences", "For example"),
            [
                (
                    TITLES[aspect],
                    str(one["losses"]),
                    str(one["sentences"]),
                    f"{one['examples'][0]['sentence']}: {one['examples'][0]['what']}",
                )
                for aspect, one in losses["aspects"].items()
            ],
        )
    else:
        errors.print("The files hold everything.", highlight=False)
    if "files" not in report:
        return
    where = report.get("archive") if "folder" not in report else report["folder"]
    for file in report["files"][:10]:
        print(Path(report["folder"]) / file if "folder" in report else file)
    if len(report["files"]) > 10:
        print(f"and {len(report['files']) - 10} more files")
    pairs = "1 sentence pair" if report["n_samples"] == 1 else f"{report['n_samples']} sentence pairs"
    errors.print(
        f"{pairs} in {where}; what the files lack is in about/losses.csv.",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
