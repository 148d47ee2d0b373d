"""One training: an encoder and tagged sentences in, a folder with a tagger out."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from xner_core.errors import CorpusError
from xner_core.ner.training.capitals import with_capitals
from xner_core.ner.training.config import TaggerTrainingConfig
from xner_core.ner.training.data import tagged_rows, tags_of
from xner_core.ner.training.model import new_tagger
from xner_core.ner.training.trainer import Score, make_trainer
from xner_core.pretrained import positions, quiet, version_of
from xner_core.pretrained.watching import keep_best, report_steps
from xner_core.types import Entity, Progress, Sentence

Tagged = list[tuple[Sentence, tuple[Entity, ...]]]

FEWEST_HELD = 8
"""Fewer held sentences would say little."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training did.

    Attributes:
        model_id: The encoder it started from.
        labels: The labels that were learnt, sorted.
        n_layers: Layers that the tagger has.
        precision: The number format it computed in.
        n_trained: Sentences that were trained on.
        n_held: Sentences that were held back.
        n_cut: Sentences that were cut into pieces.
        n_empty: Sentences that were left out, as the tokenizer leaves nothing of them.
        steps: Steps that were taken; the model is that of the best epoch, which may lie before.
        epochs: Epochs that were begun.
        best_epoch: The epoch whose model was kept.
        held_f1: Entity F1 on the held sentences after each epoch.
    """

    model_id: str
    labels: tuple[str, ...]
    n_layers: int
    precision: str
    n_trained: int
    n_held: int
    n_cut: int
    n_empty: int
    steps: int
    epochs: int
    best_epoch: int
    held_f1: tuple[float, ...]


def train(
    sentences: Sequence[Sentence],
    model: str,
    folder: Path,
    config: TaggerTrainingConfig,
    *,
    score: Score,
    precision: Literal["float32", "bfloat16"] = "float32",
    progress: Progress | None = None,
) -> Trained:
    """Train an encoder to tag.

    A sentence without gold tags is not trained on. The random numbers of torch, numpy and Python
    are seeded, so the same call gives the same model on the same machine.

    Args:
        sentences: The sentences with their gold entities.
        model: A folder with encoder and tokenizer, or a name on the Hugging Face hub.
        folder: An empty folder, which gets model and tokenizer.
        config: The options.
        score: How predictions on the held sentences are scored.
        precision: The number format to compute in, where the config leaves it open.
        progress: Told after each step.

    Raises:
        ConfigError: If an option does not fit the encoder.
        CorpusError: If there are too few sentences, or no entity.
        ModelUnavailableError: If the encoder is not there or cannot be made a tagger.
    """
    from transformers import set_seed

    tagged = [(each, config.kept(each.entities)) for each in sentences if each.entities is not None]
    labels = tuple(sorted({entity.label for _, entities in tagged for entity in entities}))
    held, learnt = _split(tagged, labels, config)
    tags = tags_of(labels)
    precision = precision if config.precision == "auto" else config.precision
    set_seed(config.seed)
    tokenizer, tagger = new_tagger(model, tags, config)
    longest = min(config.longest, positions(tagger))
    varied = with_capitals(learnt, config.capitals, config.seed)
    rows = [tagged_rows(each, tokenizer, tags, longest) for each in (varied, held)]
    if not all(each.rows for each in rows):
        raise CorpusError("the tokenizer leaves nothing of the sentences", hint="Choose another encoder")
    with tempfile.TemporaryDirectory() as scratch:
        trainer = make_trainer(tagger, tokenizer, rows, tags, score, config, precision, scratch)
        best = keep_best(tagger, "eval_f1", higher_is_better=True)
        trainer.add_callback(best)
        if progress is not None:
            trainer.add_callback(report_steps(progress))
        with quiet():  # it warns that the best model is not loaded at the end, which we do ourselves
            trainer.train()
        best.restore()
    tagger.cpu().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return Trained(
        model_id=version_of(model, tagger),
        labels=labels,
        n_layers=int(tagger.config.num_hidden_layers),
        precision=precision,
        n_trained=len(learnt) - rows[0].n_empty,
        n_held=len(held) - rows[1].n_empty,
        n_cut=sum(each.n_cut for each in rows),
        n_empty=sum(each.n_empty for each in rows),
        steps=trainer.state.global_step,
        epochs=round(trainer.state.epoch),
        best_epoch=best.epoch,
        held_f1=tuple(round(figure, 4) for figure in best.figures),
    )


def _split(tagged: Tagged, labels: Sequence[str], config: TaggerTrainingConfig) -> tuple[Tagged, Tagged]:
    """Hold some sentences back; which ones is drawn."""
    if len(tagged) < 2 * FEWEST_HELD:
        raise CorpusError(
            f"{len(tagged)} sentences with tags are too few to train on and to watch",
            hint=f"Give at least {2 * FEWEST_HELD}; --side says on which side of the corpus they are",
        )
    if not labels:
        raise CorpusError(
            "the sentences have no entity", hint="Check the tags of the corpus, and which labels are left out"
        )
    n_held = max(FEWEST_HELD, round(config.held_share * len(tagged)))
    order = np.random.default_rng(config.seed).permutation(len(tagged))
    held, learnt = ([tagged[i] for i in sorted(part)] for part in (order[:n_held], order[n_held:]))
    return held, learnt
