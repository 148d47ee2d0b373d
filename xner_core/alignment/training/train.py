"""One training: an encoder and sentence pairs in, a folder with the trained model out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from xner_core.alignment.encoder import (
    ENCODER,
    check_layer,
    default_layer,
    encoder_half,
    fast_precision,
)
from xner_core.alignment.inputs import EncoderInputs
from xner_core.alignment.torch_encoder import can_be_cut_short
from xner_core.alignment.training.config import TrainingConfig
from xner_core.alignment.training.data import Batches, rows
from xner_core.alignment.training.model import training_model
from xner_core.errors import ConfigError, CorpusError
from xner_core.pretrained import device_for, load_pretrained, quiet, version_of
from xner_core.pretrained.watching import keep_best, report_steps
from xner_core.types import Progress, SentencePair

FEWEST_HELD = 8
"""Fewer held pairs would say little."""
_FEWEST_PAIRS = 2 * FEWEST_HELD
_WARM_UP_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training did.

    Attributes:
        model_id: The encoder it started from.
        layer: The layer that was trained for.
        precision: The number format it computed in.
        n_trained: Pairs that were trained on.
        n_held: Pairs that were held back.
        n_left_out: Pairs that were too long, or in which a sentence has no subword.
        steps: Steps that were taken; the model is that of the best epoch, which may lie before.
        epochs: Epochs that were begun.
        best_epoch: The epoch whose model was kept; 0 for the model as it was.
        held_loss_before: Mean loss on the held pairs by objective, and their sum as `loss`.
        held_loss_after: The same for the trained model.
    """

    model_id: str
    layer: int
    precision: str
    n_trained: int
    n_held: int
    n_left_out: int
    steps: int
    epochs: int
    best_epoch: int
    held_loss_before: dict[str, float]
    held_loss_after: dict[str, float]


def train(
    pairs: Sequence[SentencePair],
    model: str,
    folder: Path,
    config: TrainingConfig,
    progress: Progress | None = None,
) -> Trained:
    """Train an encoder on sentence pairs; their links and entities are not looked at.

    The layers above the trained one are saved as they were. The random numbers of torch, numpy
    and Python are seeded, so the same call gives the same model on the same machine.

    Args:
        pairs: The sentence pairs.
        model: A folder with model and tokenizer, or a name on the Hugging Face hub.
        folder: An empty folder, which gets model and tokenizer.
        config: The options; the layer is the encoder's default where empty.
        progress: Told after each step.

    Raises:
        ConfigError: If the model does not have the layer or does not know a language, or if its
            tokenizer cannot leave subwords out.
        CorpusError: If there are too few pairs.
        ModelUnavailableError: If the model is not there.
    """
    from transformers import set_seed

    set_seed(config.seed)
    tokenizer, whole = load_pretrained(model, ENCODER)
    encoder = encoder_half(whole)
    n_layers = int(encoder.config.num_hidden_layers)
    layer = default_layer(model, n_layers) if config.layer is None else config.layer
    check_layer(layer, n_layers)
    inputs = EncoderInputs(tokenizer, whole, version_of(model, whole))
    found = rows(pairs, inputs, config.longest)
    held, learnt = _split(found, config)
    vocabulary = sorted({i for row in found for i in row["input_ids"]})
    batches = Batches(
        inputs,
        mask_id=_mask_id(tokenizer, config),
        concatenated=config.objectives != ("self-training",),
        seed=config.seed,
    )
    with _cut_to(encoder, layer), tempfile.TemporaryDirectory() as scratch:
        trainer = _trainer(
            training_model(encoder, layer, config, vocabulary), learnt, held, batches, config, scratch
        )
        best = keep_best(trainer.model, "eval_loss", higher_is_better=False)
        trainer.add_callback(best)
        if progress is not None:
            trainer.add_callback(report_steps(progress))
        before = _held_losses(trainer)
        with quiet():  # it warns that the best model is not loaded at the end, which we do ourselves
            trainer.train()
        best.restore()
        after = _held_losses(trainer)
    whole.cpu().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return Trained(
        model_id=version_of(model, whole),
        layer=layer,
        precision=fast_precision(),
        n_trained=len(learnt),
        n_held=len(held),
        n_left_out=len(pairs) - len(found),
        steps=trainer.state.global_step,
        epochs=round(trainer.state.epoch),
        best_epoch=best.epoch,
        held_loss_before=before,
        held_loss_after=after,
    )


def _split(
    found: list[dict[str, Any]], config: TrainingConfig
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Hold some rows back; which ones is drawn."""
    if len(found) < _FEWEST_PAIRS:
        raise CorpusError(
            f"{len(found)} sentence pairs are too few to train on and to watch",
            hint=f"Give at least {_FEWEST_PAIRS} pairs of at most {config.longest} subwords a sentence",
        )
    n_held = max(FEWEST_HELD, round(config.held_share * len(found)))
    order = np.random.default_rng(config.seed).permutation(len(found))
    held = [found[i] | {"held": True} for i in sorted(order[:n_held])]
    return held, [found[i] for i in sorted(order[n_held:])]


def _mask_id(tokenizer: Any, config: TrainingConfig) -> int | None:
    if "translation-lm" not in config.objectives:
        return None
    if tokenizer.mask_token_id is None:
        raise ConfigError(
            "the model's tokenizer has no token for a word left out, which translation-lm needs",
            hint="Leave translation-lm out of the objectives, or choose another encoder",
        )
    found: int = tokenizer.mask_token_id
    return found


@contextmanager
def _cut_to(encoder: Any, layer: int) -> Iterator[None]:
    """Take the layers above off an encoder for a while, where that can be done; the pooler for good."""
    if not can_be_cut_short(encoder):
        yield
        return
    encoder.pooler = None  # not looked at, and in many encoders random
    layers = encoder.encoder.layer
    encoder.encoder.layer = layers[:layer]
    try:
        yield
    finally:
        encoder.encoder.layer = layers


def _trainer(
    model: Any,
    learnt: list[dict[str, Any]],
    held: list[dict[str, Any]],
    batches: Batches,
    config: TrainingConfig,
    scratch: str,
) -> Any:
    from transformers import EarlyStoppingCallback, PrinterCallback, Trainer, TrainingArguments

    on_cpu = device_for("auto") == "cpu"
    arguments = TrainingArguments(
        output_dir=scratch,
        num_train_epochs=config.epochs,
        learning_rate=config.learning_rate,
        warmup_steps=_WARM_UP_SHARE,
        weight_decay=0.01,
        per_device_train_batch_size=config.batch_size,
        per_device_eval_batch_size=config.batch_size,
        train_sampling_strategy="group_by_length",
        use_cpu=on_cpu,
        dataloader_pin_memory=not on_cpu,
        seed=config.seed,
        eval_on_start=True,
        eval_strategy="epoch",
        save_strategy="no",  # the best weights are kept in memory: most of a checkpoint never changes
        logging_strategy="no",
        metric_for_best_model="loss",
        greater_is_better=False,
        label_names=["source_ids"],  # what tells Trainer that it can compute a loss
        prediction_loss_only=True,
        remove_unused_columns=False,
        disable_tqdm=True,
        report_to="none",
    )
    with quiet():
        trainer = Trainer(
            model=model,
            args=arguments,
            train_dataset=learnt,
            eval_dataset=held,
            data_collator=batches,
            callbacks=[EarlyStoppingCallback(config.patience)],
        )
    trainer.remove_callback(PrinterCallback)  # it prints to standard output
    return trainer


def _held_losses(trainer: Any) -> dict[str, float]:
    """Mean loss on the held pairs, by objective."""
    import torch

    model = trainer.model.eval()
    totals: dict[str, float] = {}
    n_rows = 0
    for batch in trainer.get_eval_dataloader():
        n = len(batch["source_ids"])
        n_rows += n
        with torch.inference_mode():
            parts = model(**batch)
        for name, value in parts.items():
            totals[name] = totals.get(name, 0.0) + n * float(value)
    return {name: round(total / n_rows, 6) for name, total in totals.items()}
