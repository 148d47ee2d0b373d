"""Commands about published experiments: their presets, their figures, and runs beside each other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from xner_core.cli.options import JobOption, JsonOption, LimitOption
from xner_core.cli.output import errors, print_json, print_notices, print_table, progress
from xner_core.errors import ConfigError

ModelsOption = Annotated[
    str,
    typer.Option(
        "--models", help="published: those of the papers, from the hub; embedded: those that need no hub"
    ),
]
CorpusTemplate = Annotated[
    str | None,
    typer.Option("--corpus", help="A corpus spec in place of the hub's; {lang} becomes the language"),
]
TaggerOption = Annotated[
    str | None,
    typer.Option("--ner", help="The tagger of target sentences: transformers:FOLDER or trained:NAME"),
]
DatasetOption = Annotated[str | None, typer.Option("--dataset", help="masakhaner2, xtreme or europarl")]
LangOption = Annotated[str | None, typer.Option("--lang", help="Only this language, as in sw or swa")]
MethodOption = Annotated[
    str | None, typer.Option("--method", help="Only this method, with or without its aligner")
]


def presets(
    dataset: DatasetOption = None,
    lang: LangOption = None,
    method: MethodOption = None,
    models: ModelsOption = "published",
    show: Annotated[str | None, typer.Option(help="Print this preset as YAML, which xner run reads")] = None,
    write: Annotated[Path | None, typer.Option(help="Write a YAML file a preset into this folder")] = None,
    corpus: CorpusTemplate = None,
    ner: TaggerOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the published experiments, print or write them as configs for xner run."""
    from xner_core.languages import language_name, short_code
    from xner_core.runs.config import to_yaml
    from xner_core.runs.methods import APPROACHES, parse_method
    from xner_core.runs.presets import checked_models, preset
    from xner_core.runs.presets import presets as every
    from xner_core.runs.reproduce import published_for

    whose = checked_models(models)
    if show is not None:
        print(to_yaml(preset(show, whose, corpus, ner)), end="")
        return
    wanted = None if method is None else parse_method(method)
    if wanted is not None and whose == "embedded":
        wanted = wanted.whoever_aligns
    chosen = [
        name
        for name in every(whose)
        if dataset in (None, name.dataset)
        and (lang is None or short_code(name.lang) == short_code(lang))
        and (wanted is None or wanted in (name.method, name.method.whoever_aligns))
    ]
    if not chosen:
        raise ConfigError("there is no such preset", hint="xner presets lists them all")
    if write is not None:
        texts = {str(name): to_yaml(preset(name, corpus=corpus, ner=ner)) for name in chosen}
        _write(write, texts)
        return
    rows: list[dict[str, Any]] = [
        {
            "name": str(name),
            "dataset": name.dataset,
            "lang": name.lang,
            "language": language_name(name.lang),
            "method": str(name.method),
            "what": APPROACHES[name.method.approach],
            "published_f1": None if (figure := published_for(name)) is None else figure.f1,
        }
        for name in chosen
    ]
    if as_json:
        print_json(rows)
        return
    print_table(
        ("Preset", "Language", "Published F1"),
        [(row["name"], row["language"], _figure(row["published_f1"])) for row in rows],
    )


def published(
    dataset: DatasetOption = None,
    lang: LangOption = None,
    method: MethodOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the published F1 of each method, data set and language."""
    from xner_core.languages import language_name
    from xner_core.runs.methods import parse_method
    from xner_core.runs.presets import DATASETS
    from xner_core.runs.published import SOURCE
    from xner_core.runs.published import published as figures

    if dataset is not None and dataset not in DATASETS:
        raise ConfigError(f"there is no data set {dataset!r}", hint=f"Choose from {', '.join(DATASETS)}")
    found = figures(dataset, lang, None if method is None else parse_method(method))
    if not found:
        raise ConfigError("no such figure was published", hint="xner published lists them all")
    rows: list[dict[str, Any]] = [
        {
            "dataset": one.dataset,
            "lang": one.lang,
            "language": language_name(one.lang),
            "method": str(one.method),
            "approach": one.method.approach,
            "aligner": one.method.aligner,
            "candidates": one.method.candidates,
            "f1": one.f1,
            "precision": one.precision,
            "recall": one.recall,
            "per_label": one.per_label,
            "source": SOURCE,
        }
        for one in found
    ]
    if as_json:
        print_json(rows)
        return
    print_table(
        ("Data set", "Language", "Method", "F1", "Precision", "Recall"),
        [
            (
                row["dataset"],
                f"{row['language']} ({row['lang']})",
                row["method"],
                *(_figure(row[key]) for key in ("f1", "precision", "recall")),
            )
            for row in rows
        ],
    )
    print(f"Source: {SOURCE}")


def compare(
    runs: Annotated[
        list[str],
        typer.Argument(metavar="RUN RUN...", help="Runs by id, beginning of an id, or folder (xner runs)"),
    ],
    labels: Annotated[
        str | None, typer.Option(help="Only these labels count: PER,ORG,LOC. By default those of the runs")
    ] = None,
    draws: Annotated[int, typer.Option(min=10, max=1_000_000, help="Draws of the bootstrap")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the draws")] = 0,
    job: JobOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare the first run with the others: F1 by language, and whether it differs by more than chance."""
    from dataclasses import asdict

    from xner_core.languages import language_name
    from xner_core.runs.compare import compare as do
    from xner_core.runs.jobs import run_job

    counted = None if labels is None else _listed(labels)
    if job is not None:
        run_job(job, lambda _: asdict(do(runs, counted, draws, seed)[0]))
        return
    comparisons = do(runs, counted, draws, seed)
    if as_json:
        print_json([asdict(one) for one in comparisons])
        return
    for one in comparisons:
        print_notices(list(one.notices))
        print(f"A = {one.a.name} ({one.a.id})\nB = {one.b.name} ({one.b.id})")
        rows = [(language_name(lang), each) for lang, each in one.per_language.items()]
        if len(rows) > 1:
            rows.append(("all", one.overall))
        print_table(
            ("Language", "Sentences", "F1 of A", "F1 of B", "A - B", "95 % interval", "Conclusion"),
            [
                (
                    name,
                    str(each.n_sentences),
                    _figure(each.f1_a),
                    _figure(each.f1_b),
                    _signed(each.difference),
                    f"{_signed(each.low)} to {_signed(each.high)}",
                    each.conclusion,
                )
                for name, each in rows
            ],
        )
        sorts = {
            "both": "Both right",
            "only_a": "Only A right",
            "only_b": "Only B right",
            "neither": "Neither",
            "spurious_only_a": "Wrong only in A",
            "spurious_only_b": "Wrong only in B",
        }
        print_table(
            ("Language", *sorts.values()),
            [(name, *(str(each.entities[sort]) for sort in sorts)) for name, each in rows],
        )


def reproduce(
    dataset: Annotated[str, typer.Argument(help="masakhaner2, xtreme or europarl")],
    langs: Annotated[str | None, typer.Option(help="Only these languages: de,es,it")] = None,
    models: ModelsOption = "published",
    corpus: CorpusTemplate = None,
    methods: Annotated[
        str | None, typer.Option(help="Only these methods: align_src,candidates-ngrams")
    ] = None,
    ner: TaggerOption = None,
    limit: LimitOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run the published experiments, and print F1 beside what was published."""
    from xner_core.languages import language_name
    from xner_core.runs.presets import PresetName, checked_models
    from xner_core.runs.published import SOURCE
    from xner_core.runs.reproduce import as_data, cautions, reasons
    from xner_core.runs.reproduce import reproduce as do

    whose = checked_models(models)

    def announce(name: PresetName) -> None:
        errors.print(f"{name}", markup=False, highlight=False)

    with progress() as report_progress:
        found = do(
            dataset,
            None if langs is None else _listed(langs),
            whose,
            corpus=corpus,
            methods=None if methods is None else _listed(methods),
            ner=ner,
            limit=limit,
            announce=announce,
            progress=report_progress,
        )
    notices = cautions(limit, corpus, whose)
    if as_json:
        print_json({"results": [as_data(one) for one in found], "notices": notices})
        return
    print_notices(notices)
    done = [one for one in found if one.f1 is not None]
    if done:
        print_table(
            ("Language", "Method", "F1", "Published", "Aligner", "Difference"),
            [
                (
                    language_name(one.preset.lang),
                    str(one.preset.method),
                    _figure(one.f1),
                    _figure(one.published.f1 if one.published else None),
                    one.published.method.aligner if one.published else "",
                    "" if one.difference is None else _signed(one.difference),
                )
                for one in done
            ],
        )
        print(f"Published: {SOURCE}")
    for reason, names in reasons(found).items():
        print(f"Not done: {', '.join(names)}\n    {reason}")
    if not done:
        raise typer.Exit(1)


def _write(folder: Path, texts: dict[str, str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            path = folder / f"{name.replace('/', '-').replace('@', '-')}.yaml"
            path.write_text(text, encoding="utf-8")
            print(path)
    except OSError as error:
        raise ConfigError(f"the folder cannot be written ({error.strerror})", where=str(folder)) from None


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _signed(value: float) -> str:
    return f"{value:+.3f}"
