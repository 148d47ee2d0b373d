"""What can be chosen about the training of a tagger."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from xner_core.ner.labels import LabelledConfig


class TaggerTrainingConfig(LabelledConfig):
    """Options of `xner train-ner`.

    The defaults are the best that were tried, by F1 on English sentences that were held back; no
    test set and no other language was looked at for them.
    """

    epochs: int = Field(default=6, ge=1, le=1000, description="How often each sentence is seen, at most.")
    learning_rate: float = Field(
        default=2e-4, gt=0, le=0.1, description="The largest step; it rises at first and then falls to 0."
    )
    head_factor: float = Field(
        default=10.0,
        gt=0,
        le=1000,
        description="How many times larger the steps of the new layer are, which starts from random weights.",
    )
    batch_size: int = Field(default=16, ge=1, le=1024, description="Sentences in each step.")
    layers: int | None = Field(
        default=None,
        ge=1,
        description="How many of the encoder's layers the tagger has, from below. Where empty, 10 of the "
        "embedded encoder's 12, else all.",
    )
    frozen_layers: int = Field(
        default=0, ge=0, description="How many of these, from below, stay as they are."
    )
    freeze_embeddings: bool = Field(
        default=True,
        description="Whether word embeddings stay as they are: those of languages that are not trained on "
        "would be left behind, and training them takes more memory and time.",
    )
    capitals: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="The share of the sentences in which words that are no names are capitalised at random: "
        "a capital alone is to make no name, as in German it does not.",
    )
    held_share: float = Field(
        default=0.1,
        gt=0,
        le=0.5,
        description="The share of the sentences that is not trained on but watched, at least 8.",
    )
    patience: int = Field(
        default=3,
        ge=1,
        le=1000,
        description="Training ends after so many epochs in a row without a higher F1 on the held sentences.",
    )
    longest: int = Field(
        default=128,
        ge=8,
        le=8192,
        description="How many subwords are read at once; a longer sentence is cut into pieces.",
    )
    precision: Literal["auto", "float32", "bfloat16"] = Field(
        default="auto",
        description="The number format; auto is bfloat16 where the machine is made for it, as it is faster.",
    )
    seed: int = Field(default=0, ge=0, lt=2**32, description="What random choices start from.")
