"""The published experiments done again: own F1 beside the published one, language by language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from xner_core.errors import ConfigError, XnerError
from xner_core.runs.config import RunConfig
from xner_core.runs.folder import all_runs
from xner_core.runs.identity import software_id
from xner_core.runs.methods import METHODS, UNALIGNED, parse_method
from xner_core.runs.presets import DATASETS, Models, PresetName, languages, parse_name, preset
from xner_core.runs.published import SOURCE, PublishedFigure, best, published
from xner_core.runs.run import run
from xner_core.types import Progress

Announce = Callable[[PresetName], None]


@dataclass(frozen=True, slots=True)
class Reproduced:
    """A method on a language, here and as published.

    Attributes:
        preset: What was run.
        run: The run's id; empty where it could not be done.
        n_sentences: Sentences that were scored.
        f1: Micro-averaged F1 in [0, 1], None where the run could not be done.
        precision: None where the run could not be done.
        recall: None where the run could not be done.
        published: The corresponding published figure, None where there is none. With embedded
            models it is that of the best aligner.
        reason: Why the run could not be done; empty where it was.
        notices: What a reader should know of the run, one sentence each.
    """

    preset: PresetName
    run: str
    n_sentences: int
    f1: float | None
    precision: float | None
    recall: float | None
    published: PublishedFigure | None
    reason: str = ""
    notices: tuple[str, ...] = ()

    @property
    def difference(self) -> float | None:
        """Own F1 less the published one."""
        return None if self.f1 is None or self.published is None else self.f1 - self.published.f1


def reproduce(
    dataset: str,
    langs: Collection[str] | None = None,
    models: Models = "published",
    *,
    corpus: str | None = None,
    methods: Sequence[str] | None = None,
    ner: str | None = None,
    limit: int | None = None,
    announce: Announce | None = None,
    progress: Progress | None = None,
) -> list[Reproduced]:
    """Run the presets of a data set, one after the other; runs that are done are not done again.

    A run that cannot be done does not stop the others: its reason is told. One that another
    version of the program left unfinished is begun anew.

    Args:
        dataset: `masakhaner2`, `xtreme` or `europarl`.
        langs: Only these languages, in this order; all where None.
        models: Whose models.
        corpus: A corpus spec in place of the hub's, with `{lang}` where the language stands.
        methods: Only these methods; without an aligner's name those of every aligner.
        ner: The tagger of target sentences, see `preset`.
        limit: Only the first so many sentences.
        announce: Told of each preset before it is run.
        progress: Told of the sentences of a run that are done.

    Raises:
        ConfigError: If there is no such data set, language or method.
    """
    names = planned(dataset, langs, models, methods)
    outdated = _outdated()
    results = []
    for name in names:
        if announce is not None:
            announce(name)
        results.append(_reproduced(name, corpus, ner, limit, progress, outdated))
    return results


def planned(
    dataset: str, langs: Collection[str] | None, models: Models, methods: Sequence[str] | None
) -> list[PresetName]:
    """The presets that `reproduce` runs, in order.

    Raises:
        ConfigError: If there is no such data set, language or method.
    """
    if dataset not in DATASETS:
        raise ConfigError(f"there is no data set {dataset!r}", hint=f"Choose from {', '.join(DATASETS)}")
    known = METHODS if models == "published" else UNALIGNED
    asked = [parse_method(name) for name in methods] if methods is not None else list(known)
    if models == "embedded":
        asked = [method.whoever_aligns for method in asked]
    chosen = [method for method in known if method in asked or method.whoever_aligns in asked]
    return [
        parse_name(f"{dataset}/{lang}/{method}", models)
        for lang in dict.fromkeys(languages(dataset) if langs is None else langs)
        for method in chosen
    ]


def cautions(limit: int | None, corpus: str | None, models: Models) -> list[str]:
    """What keeps own figures from being comparable with the published ones, one sentence each."""
    found = []
    if limit is not None:
        found.append(f"The published figures are of all sentences, the own of the first {limit}.")
    if corpus is not None:
        found.append("The published figures are of the test split, the own of the corpus that was given.")
    if models == "embedded":
        found.append("The published figures are of other models; the best aligner's stands here.")
    return found


def reasons(results: Sequence[Reproduced]) -> dict[str, list[str]]:
    """Why runs could not be done → the presets that this is true of."""
    found: dict[str, list[str]] = {}
    for one in results:
        if one.reason:
            found.setdefault(one.reason, []).append(str(one.preset))
    return found


def published_for(name: PresetName) -> PublishedFigure | None:
    """The figure that corresponds to a preset; of a method without an aligner that of the best one."""
    return best(published(name.dataset, name.lang, name.method))


def as_data(one: Reproduced) -> dict[str, object]:
    """A result as plain data."""
    figure = one.published
    return {
        "preset": str(one.preset),
        "dataset": one.preset.dataset,
        "lang": one.preset.lang,
        "method": str(one.preset.method),
        "models": one.preset.models,
        "run": one.run,
        "n_sentences": one.n_sentences,
        "f1": one.f1,
        "precision": one.precision,
        "recall": one.recall,
        "published": None
        if figure is None
        else {"method": str(figure.method), "f1": figure.f1, "source": SOURCE},
        "difference": one.difference,
        "reason": one.reason,
        "notices": list(one.notices),
    }


def _reproduced(
    name: PresetName,
    corpus: str | None,
    ner: str | None,
    limit: int | None,
    progress: Progress | None,
    outdated: Collection[RunConfig],
) -> Reproduced:
    figure = published_for(name)
    try:
        config = preset(name, corpus=corpus, ner=ner).model_copy(update={"limit": limit})
        place = run(config, again=config in outdated, progress=progress)
    except XnerError as error:
        return Reproduced(name, "", 0, None, None, None, figure, str(error))
    manifest = place.manifest()
    assert manifest is not None  # the run is done
    metrics = place.metrics()
    scores = metrics["overall"]
    if scores is None:
        reason = "no target sentence has gold entities, so there is nothing to score"
        return Reproduced(name, manifest.id, 0, None, None, None, figure, reason, tuple(manifest.notices))
    return Reproduced(
        name,
        manifest.id,
        metrics["n_scored"],
        scores["f1"],
        scores["precision"],
        scores["recall"],
        figure,
        notices=tuple(manifest.notices),
    )


def _outdated() -> list[RunConfig]:
    """What runs were asked to do that another version of the program left unfinished."""
    left = [manifest for _, manifest in all_runs() if manifest.status != "done"]
    return [manifest.config for manifest in left if manifest.software != software_id()]
