"""Training a tagger on corpora, from their specs to a folder that the app and the commands know."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xner_core.alignment.embedded import embedded_model
from xner_core.alignment.encoder import fast_precision
from xner_core.corpora import load
from xner_core.evaluation import score_entities
from xner_core.evaluation.entities import MODE
from xner_core.ner.model_tagging import TransformersTaggerConfig
from xner_core.ner.trained import TAGGERS
from xner_core.ner.training import TaggerTrainingConfig, Trained, train
from xner_core.ner.transformers_tagger import TransformersTagger
from xner_core.runs.evaluate_ner import Side, evaluate_tagger, label_notices, tagged_sentences
from xner_core.runs.model_folder import check_place, listed, written_whole
from xner_core.runs.provenance import software
from xner_core.types import Corpus, Entity, Progress, Sentence

EMBEDDED = "e5-small"
_LAYERS = 10
"""Of the embedded encoder: chosen by F1 on held English sentences."""


def train_ner(
    specs: Sequence[str],
    out: Path,
    *,
    encoder: str = EMBEDDED,
    side: Side = "target",
    tests: Sequence[str] = (),
    config: TaggerTrainingConfig | None = None,
    limit: int | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Train an encoder on the tagged sentences of corpora, save it and measure it.

    The folder is written beside its place and moved there whole: a training that is
    interrupted leaves nothing.

    Args:
        specs: The corpora; sentences without gold tags are passed over.
        out: The folder of the trained model.
        encoder: `e5-small`, or a model's name on the Hugging Face hub or its folder.
        side: The side of the corpora, and of the tests, that is read; the other may be missing.
        tests: Corpora that the trained model is measured on. Nothing is chosen by them.
        config: The options of the training.
        limit: Only the first so many sentences of each corpus to train on.
        overwrite: Whether a trained model that is in `out` already is replaced.
        progress: Told after each step.

    Returns:
        What `xner train-ner --json` prints: `folder, name` (by which the model is listed), `tagger`
        (what to choose it by), the fields of `Trained`, `tests` (for each its `spec` and what
        `evaluate_tagger` returns), `seconds` of `training` and `tests`, `notices, provenance`.

    Raises:
        ConfigError: If `out` is taken or cannot be written, or an option does not fit the model.
        CorpusError: If a corpus is bad, has no tags to test on, or they have too few sentences.
        ModelUnavailableError: If the encoder is not there.
    """
    started = time.perf_counter()
    out = out.expanduser().absolute()
    config = config or TaggerTrainingConfig()
    check_place(out, TAGGERS, overwrite=overwrite)
    corpora = [load(spec) for spec in specs]
    measured = [(corpus, tagged_sentences(corpus, side, None)) for corpus in map(load, tests)]
    pairs = [pair for corpus in corpora for pair in corpus.pairs[:limit]]
    sentences = [pair.source if side == "source" else pair.target for pair in pairs]
    model, config = _model(encoder, config)
    with written_whole(out) as unfinished:
        trained = train(
            sentences, model, unfinished, config, score=_f1, precision=fast_precision(), progress=progress
        )
        ended = time.perf_counter()
        report = _report(trained, encoder, side, config, corpora, sentences, limit)
        report["tests"] = _tested(unfinished, measured, report["notices"], progress)
        report["seconds"] = {
            "training": round(ended - started, 1),
            "tests": round(time.perf_counter() - ended, 1),
        }
        TAGGERS.write_record(unfinished, report)
    name = listed(out, TAGGERS, report["notices"])
    return {"folder": str(out), "name": name, "tagger": f"transformers:{out}", **report}


def _model(encoder: str, config: TaggerTrainingConfig) -> tuple[str, TaggerTrainingConfig]:
    """The folder or name that an encoder is loaded from, and the config with how many layers it gets."""
    if encoder != EMBEDDED:
        return encoder, config
    layers = _LAYERS if config.layers is None else config.layers
    return str(embedded_model()), config.model_copy(update={"layers": layers})


def _f1(
    gold: Sequence[Sequence[Entity]], predicted: Sequence[Sequence[Entity]], n_words: Sequence[int]
) -> float:
    return score_entities(gold, predicted, n_words).f1


def _tested(
    folder: Path,
    measured: Sequence[tuple[Corpus, list[Sentence]]],
    notices: list[str],
    progress: Progress | None,
) -> list[dict[str, Any]]:
    """Measure a trained model on corpora; `notices` takes what a reader of the figures should know."""
    tagger = TransformersTagger(TransformersTaggerConfig(model=str(folder)))
    results = []
    for corpus, sentences in measured:
        result = evaluate_tagger(tagger, sentences, None, progress)
        notices += [*corpus.notices, *label_notices(corpus.spec, result["labels"], None)]
        results.append({"spec": corpus.spec, "fingerprint": corpus.fingerprint, **result})
    return results


def _report(
    trained: Trained,
    encoder: str,
    side: Side,
    config: TaggerTrainingConfig,
    corpora: Sequence[Corpus],
    sentences: Sequence[Sentence],
    limit: int | None,
) -> dict[str, Any]:
    n_untagged = sum(sentence.entities is None for sentence in sentences)
    notices = [notice for corpus in corpora for notice in corpus.notices]
    for count, what in (
        (n_untagged, "have no gold tags and were passed over"),
        (trained.n_empty, "were left out: the tokenizer leaves nothing of them"),
        (trained.n_cut, f"were cut into pieces: they have more than {config.longest} subwords"),
    ):
        if count:
            notices.append(f"{count} of {len(sentences)} sentences {what}")
    return {
        "encoder": encoder,
        "labels": list(trained.labels),
        "n_layers": trained.n_layers,
        "n_sentences": trained.n_trained + trained.n_held,
        "n_trained": trained.n_trained,
        "n_held": trained.n_held,
        "n_cut": trained.n_cut,
        "steps": trained.steps,
        "epochs": trained.epochs,
        "best_epoch": trained.best_epoch,
        "held_f1": list(trained.held_f1),
        "notices": notices,
        "provenance": {
            **software(),
            "model": EMBEDDED if encoder == EMBEDDED else trained.model_id,
            "precision": trained.precision,
            "config": config.model_dump(mode="json"),
            "corpora": [{"spec": corpus.spec, "fingerprint": corpus.fingerprint} for corpus in corpora],
            "side": side,
            "limit": limit,
            "mode": MODE,
            "seed": config.seed,
        },
    }
