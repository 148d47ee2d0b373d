"""transformers' Trainer for a tagger: what a step is, how the held rows are scored, when it ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from xner_core.ner.training.config import TaggerTrainingConfig
from xner_core.ner.training.data import NO_TAG, Rows
from xner_core.pretrained import device_for, quiet
from xner_core.tags import decode
from xner_core.types import Entity

Score = Callable[[Sequence[Sequence[Entity]], Sequence[Sequence[Entity]], Sequence[int]], float]
"""Entity F1 of gold entities, predicted ones and numbers of words, one of each a sentence."""

_WARM_UP_SHARE = 0.1
_WEIGHT_DECAY = 0.01


def make_trainer(
    model: Any,
    tokenizer: Any,
    rows: Sequence[Rows],
    tags: Sequence[str],
    score: Score,
    config: TaggerTrainingConfig,
    precision: str,
    scratch: str,
) -> Any:
    """Make the Trainer; it stops when F1 on the held rows has not risen for some epochs.

    Args:
        model: The tagger.
        tokenizer: Its tokenizer.
        rows: Those to train on, and those that are held back.
        tags: What the model's columns mean.
        score: How predictions on the held rows are scored; `eval_f1` among the metrics.
        config: The options.
        precision: The number format to compute in.
        scratch: A folder of its own.
    """
    from transformers import (
        DataCollatorForTokenClassification,
        EarlyStoppingCallback,
        PrinterCallback,
        Trainer,
    )

    learnt, held = (each.rows for each in rows)
    with quiet():
        trainer = Trainer(
            model=model,
            args=_arguments(config, precision, scratch),
            train_dataset=learnt,
            eval_dataset=held,
            data_collator=DataCollatorForTokenClassification(tokenizer, label_pad_token_id=NO_TAG),
            compute_metrics=_held_f1(tags, score),
            preprocess_logits_for_metrics=lambda logits, _: logits.argmax(dim=-1),
            callbacks=[EarlyStoppingCallback(config.patience)],
            optimizers=(_optimizer(model, config), None),
        )
    trainer.remove_callback(PrinterCallback)  # it prints to standard output
    return trainer


def _held_f1(tags: Sequence[str], score: Score) -> Callable[[Any], dict[str, float]]:
    """Make the function that scores the held rows after each epoch."""

    def entities(rows: Any, labelled: Any) -> list[tuple[Entity, ...]]:
        return [
            decode([tags[column] for column in row[mask]])[0]
            for row, mask in zip(rows, labelled, strict=True)
        ]

    def held_f1(outcome: Any) -> dict[str, float]:
        labelled = outcome.label_ids != NO_TAG
        gold, predicted = (entities(rows, labelled) for rows in (outcome.label_ids, outcome.predictions))
        return {"f1": score(gold, predicted, labelled.sum(axis=1).tolist())}

    return held_f1


def _arguments(config: TaggerTrainingConfig, precision: str, scratch: str) -> Any:
    from transformers import TrainingArguments

    on_cpu = device_for("auto") == "cpu"
    return TrainingArguments(
        output_dir=scratch,
        num_train_epochs=config.epochs,
        learning_rate=config.learning_rate,
        warmup_steps=_WARM_UP_SHARE,
        per_device_train_batch_size=config.batch_size,
        per_device_eval_batch_size=2 * config.batch_size,
        train_sampling_strategy="group_by_length",
        bf16=precision == "bfloat16",
        use_cpu=on_cpu,
        dataloader_pin_memory=not on_cpu,
        seed=config.seed,
        eval_strategy="epoch",
        save_strategy="no",  # the best weights are kept in memory: most of a checkpoint never changes
        logging_strategy="no",
        metric_for_best_model="f1",
        greater_is_better=True,
        remove_unused_columns=False,
        disable_tqdm=True,
        report_to="none",
    )


def _optimizer(model: Any, config: TaggerTrainingConfig) -> Any:
    """AdamW with larger steps for the new layer; weights are decayed, biases and norms are not."""
    from torch.optim import AdamW

    body = {name for name, _ in model.base_model.named_parameters(model.base_model_prefix)}
    groups: dict[tuple[bool, bool], list[Any]] = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            groups.setdefault((name in body, parameter.ndim > 1), []).append(parameter)
    return AdamW(
        [
            {
                "params": parameters,
                "lr": config.learning_rate * (1 if in_body else config.head_factor),
                "weight_decay": _WEIGHT_DECAY if decayed else 0.0,
            }
            for (in_body, decayed), parameters in groups.items()
        ]
    )
