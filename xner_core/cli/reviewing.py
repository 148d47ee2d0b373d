"""Commands about people's corrections: what to look at first, what was done, and how far people agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import typer

from xner_core.cli.options import CorpusOption, JobOption, JsonOption, LimitOption, parse_config
from xner_core.cli.output import print_json, print_notices, print_table, progress
from xner_core.errors import CorpusError
from xner_core.types import Progress

_SHOWN = 50
_REASONS = 3

ConfigOption = Annotated[
    str, typer.Option("--config", help='The pipeline as JSON, as in {"projector": {"name": "greedy"}}')
]
LangOption = Annotated[str | None, typer.Option("--lang", help="Only pairs with this target language")]


def queue(
    corpus: CorpusOption,
    config: ConfigOption = "{}",
    lang: LangOption = None,
    limit: LimitOption = None,
    top: Annotated[
        int | None,
        typer.Option(min=1, help=f"How many sentences to list; by default {_SHOWN}, as JSON all"),
    ] = None,
    reviewed: Annotated[
        Literal["last", "out"], typer.Option(help="Where approved and rejected sentences go")
    ] = "last",
    as_json: JsonOption = False,
    job: JobOption = None,
) -> None:
    """List the sentences that most probably need a correction, the first one first."""
    from xner_core.corpora import load
    from xner_core.review.queue import Queued, in_order, review_queue
    from xner_core.runs.jobs import run_job

    pipeline = parse_config(config)

    def found(tell: Progress) -> dict[str, Any]:
        return review_queue(load(corpus), pipeline, lang=lang, limit=limit, progress=tell)

    if job is not None:
        run_job(job, found)
        return
    from xner_core.corrections.store import CorrectionStore

    store = CorrectionStore.open()  # what is wrong with it is said before the work
    with progress() as report_progress:
        report = found(report_progress)
    queued = [Queued.from_dict(row) for row in report["sentences"]]
    states = store.states([each.key for each in queued])
    ordered = in_order(queued, states, reviewed=reviewed)
    if as_json:
        print_json({**report, "sentences": [each.as_dict() for each in ordered[:top]]})
        return
    print_notices(report["notices"])
    _print_queue(ordered[: top or _SHOWN], states)


def _print_queue(queued: Sequence[Any], states: Mapping[Any, Any]) -> None:
    from xner_core.corrections.events import UNTOUCHED
    from xner_core.languages import language_name
    from xner_core.review.priority import reasons
    from xner_core.viz.event_wording import STATUSES

    print_table(
        ("Priority", "Sentence", "Language", "Status", "Why"),
        [
            (
                f"{each.priority:.2f}",
                each.key.id,
                language_name(each.lang),
                STATUSES[states.get(each.key, UNTOUCHED).status],
                "; ".join(reasons(each.doubts)[:_REASONS]),
            )
            for each in queued
        ],
    )


def agreement(
    corpus: CorpusOption,
    side: Annotated[
        Literal["source", "target"], typer.Option(help="The sentences whose entities are compared")
    ] = "target",
    config: ConfigOption = "{}",
    lang: LangOption = None,
    as_json: JsonOption = False,
    job: JobOption = None,
) -> None:
    """Print how far each two correctors agree: span F1, and Krippendorff's alpha over words."""
    from xner_core.corpora import load
    from xner_core.corrections.store import CorrectionStore
    from xner_core.review.agreement_report import corpus_agreement
    from xner_core.runs.jobs import run_job

    pipeline = parse_config(config)

    def found(tell: Progress) -> dict[str, Any]:
        return corpus_agreement(
            load(corpus), CorrectionStore.open(), pipeline, side=side, lang=lang, progress=tell
        )

    if job is not None:
        run_job(job, found)
        return
    with progress() as report_progress:
        report = found(report_progress)
    if as_json:
        print_json(report)
        return
    print_notices(report["notices"])
    if not report["agreements"]:
        print_notices(["No two people have judged the entities of the same sentence."])
        return
    print_table(
        ("One", "Other", "Sentences", "The same", "F1", "95 %", "Alpha", "Alpha, marked words", "Entities"),
        [_agreement_row(row) for row in report["agreements"]],
    )


def _agreement_row(row: Mapping[str, Any]) -> tuple[str, ...]:
    interval = row["interval"]
    return (
        row["a"],
        row["b"],
        str(row["n_sentences"]),
        str(row["n_identical"]),
        _figure(row["f1"]),
        "" if interval is None else f"{interval['low']:.3f} to {interval['high']:.3f}",
        _figure(row["alpha"]["value"]),
        _figure(row["alpha_marked"]["value"]),
        f"{row['n_a']}, {row['n_b']}, {row['n_both']} in common",
    )


def _figure(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.3f}"


def history(
    corpus: CorpusOption,
    sentence: Annotated[str, typer.Option(help="The sentence pair's id")],
    as_json: JsonOption = False,
) -> None:
    """Print what people did with a sentence, step by step."""
    from xner_core.corpora import load
    from xner_core.corrections.codec import event_json
    from xner_core.corrections.events import SentenceKey
    from xner_core.corrections.store import CorrectionStore
    from xner_core.review.changes import step_in_words, steps

    loaded = load(corpus)
    pair = next((each for each in loaded.pairs if each.id == sentence), None)
    if pair is None:
        raise CorpusError(
            f"no sentence has the id {sentence!r}", where=loaded.spec, hint="See xner queue for ids"
        )
    store = CorrectionStore.open()
    key = SentenceKey.of(pair)
    events = store.history(key)
    if as_json:
        print_json([event_json(event) for event in events])
        return
    others = [each for each in store.states() if each.id == sentence and each != key]
    if others:
        print_notices(["Other words under this id were corrected too; that is not shown."])
    if not events:
        print_notices(["Nobody has changed this sentence."])
        return
    print_table(
        ("Number", "Time (UTC)", "Author", "What", "Reason"),
        [
            (
                str(step[-1].number),
                f"{step[-1].time:%Y-%m-%d %H:%M:%S}",
                step[0].author,
                "; ".join(step_in_words(step)),
                step[0].reason,
            )
            for step in steps(events)
        ],
    )
