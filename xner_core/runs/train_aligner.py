"""Training an aligner on corpora, from their specs to a folder that the app and the commands know."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xner_core.alignment.e5_small import E5SmallConfig
from xner_core.alignment.embedded import embedded_model
from xner_core.alignment.trained import ALIGNERS, write_record
from xner_core.alignment.training import Trained, TrainingConfig, train
from xner_core.corpora import load
from xner_core.runs.model_folder import check_place, listed, written_whole
from xner_core.runs.provenance import software
from xner_core.types import Corpus, Progress

EMBEDDED = "e5-small"


def train_aligner(
    specs: Sequence[str],
    out: Path,
    *,
    encoder: str = EMBEDDED,
    config: TrainingConfig | None = None,
    limit: int | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Train an encoder on the sentence pairs of corpora and save it.

    The folder is written beside its place and moved there whole: a training that is
    interrupted leaves nothing.

    Args:
        specs: The corpora; their links and entities are not looked at.
        out: The folder of the trained model.
        encoder: `e5-small`, or a model's name on the Hugging Face hub or its folder.
        config: The options of the training.
        limit: Only the first so many pairs of each corpus.
        overwrite: Whether a trained model that is in `out` already is replaced.
        progress: Told after each step.

    Returns:
        What `xner train-aligner --json` prints: `folder, name` (by which the model is listed),
        `aligner` (what to choose it by), the fields of `Trained`, `seconds, notices, provenance`.

    Raises:
        ConfigError: If `out` is taken or cannot be written, or an option does not fit the model.
        CorpusError: If a corpus is bad, or they have too few pairs.
        ModelUnavailableError: If the encoder is not there.
    """
    started = time.perf_counter()
    out = out.expanduser().absolute()
    config = config or TrainingConfig()
    check_place(out, ALIGNERS, overwrite=overwrite)
    corpora = [load(spec) for spec in specs]
    model, config = _model(encoder, config)
    with written_whole(out) as unfinished:
        pairs = [pair for corpus in corpora for pair in corpus.pairs[:limit]]
        trained = train(pairs, model, unfinished, config, progress)
        report = _report(trained, encoder, config, corpora, limit)
        report["seconds"] = round(time.perf_counter() - started, 1)
        write_record(unfinished, report)
    name = listed(out, ALIGNERS, report["notices"])
    return {"folder": str(out), "name": name, "aligner": f"encoder:{out}", **report}


def _model(encoder: str, config: TrainingConfig) -> tuple[str, TrainingConfig]:
    """The folder or name that an encoder is loaded from, and the config with the layer it is best at."""
    name = encoder.removeprefix("encoder:")
    if name != EMBEDDED:
        return name, config
    layer = E5SmallConfig().layer[0] if config.layer is None else config.layer
    return str(embedded_model()), config.model_copy(update={"layer": layer})


def _report(
    trained: Trained, encoder: str, config: TrainingConfig, corpora: Sequence[Corpus], limit: int | None
) -> dict[str, Any]:
    n_pairs = trained.n_trained + trained.n_held
    notices = [notice for corpus in corpora for notice in corpus.notices]
    if trained.n_left_out:
        notices.append(
            f"{trained.n_left_out} of {n_pairs + trained.n_left_out} pairs left out: a sentence has no "
            f"subword or more than {config.longest}"
        )
    if trained.best_epoch == 0:
        notices.append("the loss on the held pairs did not become smaller: the model is saved as it was")
    return {
        "encoder": encoder,
        "layer": trained.layer,
        "objectives": list(config.objectives),
        "n_pairs": n_pairs,
        "n_trained": trained.n_trained,
        "n_held": trained.n_held,
        "n_left_out": trained.n_left_out,
        "steps": trained.steps,
        "epochs": trained.epochs,
        "best_epoch": trained.best_epoch,
        "held_loss": {"before": trained.held_loss_before, "after": trained.held_loss_after},
        "notices": notices,
        "provenance": {
            **software(),
            "model": EMBEDDED if encoder == EMBEDDED else trained.model_id,
            "precision": trained.precision,
            "config": config.model_dump(mode="json") | {"layer": trained.layer},
            "corpora": [{"spec": corpus.spec, "fingerprint": corpus.fingerprint} for corpus in corpora],
            "limit": limit,
            "seed": config.seed,
        },
    }
