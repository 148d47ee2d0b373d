"""Training an aligner on corpora, from their specs to a folder that the app and the commands know."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from xner_core.alignment.e5_small import E5SmallConfig
from xner_core.alignment.embedded import embedded_model
from xner_core.alignment.trained import RECORD, note_trained, write_record
from xner_core.alignment.training import Trained, TrainingConfig, train
from xner_core.corpora import load
from xner_core.errors import ConfigError
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
    _check_place(out, overwrite)
    corpora = [load(spec) for spec in specs]
    model, config = _model(encoder, config)
    with _written_whole(out) as unfinished:
        pairs = [pair for corpus in corpora for pair in corpus.pairs[:limit]]
        trained = train(pairs, model, unfinished, config, progress)
        report = _report(trained, encoder, config, corpora, limit)
        report["seconds"] = round(time.perf_counter() - started, 1)
        write_record(unfinished, report)
    name = _noted(out, report["notices"])
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


def _check_place(out: Path, overwrite: bool) -> None:
    """Find out before the training what would go wrong after it."""
    if out.exists() and not out.is_dir():
        raise ConfigError(f"{out} is a file", hint="Name a folder that does not exist yet")
    if out.is_dir() and any(out.iterdir()):
        if not overwrite:
            raise ConfigError(f"the folder {out} is not empty", hint="Name another, or give --overwrite")
        if not (out / RECORD).is_file():
            raise ConfigError(
                f"the folder {out} holds no trained aligner, so it is not overwritten",
                hint="Name another folder",
            )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"the folder {out.parent} cannot be made ({error.strerror})", hint="Name another folder"
        ) from None
    if not os.access(out.parent, os.W_OK | os.X_OK):
        raise ConfigError(f"the folder {out.parent} cannot be written", hint="Name another folder")


@contextmanager
def _written_whole(out: Path) -> Iterator[Path]:
    """A folder beside `out` that takes its place when the block has ended without an error."""
    with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as scratch:
        unfinished = Path(scratch) / "new"
        unfinished.mkdir()
        try:
            yield unfinished
            if out.exists():
                out.rename(Path(scratch) / "old")
            unfinished.rename(out)
        except OSError as error:
            raise ConfigError(
                f"the model cannot be written ({error.strerror})", where=str(out), hint="Name another folder"
            ) from None


def _noted(out: Path, notices: list[str]) -> str | None:
    """Have the model listed; where that cannot be, it is still there."""
    try:
        return note_trained(out)
    except OSError as error:
        notices.append(f"the model is not listed: the data folder cannot be written ({error.strerror})")
        return None
