"""What can be chosen about a training."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field

from xner_core.config import ComponentConfig

Objective = Literal["self-training", "translation-lm", "parallel"]
OBJECTIVES: tuple[Objective, ...] = get_args(Objective)


def parse_objectives(text: Any) -> Any:
    """Read `self-training,parallel`; what is no text stays as it is."""
    if not isinstance(text, str):
        return text
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


class TrainingConfig(ComponentConfig):
    """Options of `xner train-aligner`."""

    layer: int | None = Field(
        default=None,
        ge=1,
        description="The layer whose vectors are to be compared; the layers up to it are trained. Where "
        "empty, 7 of the embedded encoder, else the one two thirds of the way up.",
    )
    objectives: Annotated[tuple[Objective, ...], BeforeValidator(parse_objectives)] = Field(
        default=("self-training",),
        min_length=1,
        description="What is trained for, one or several: self-training (links found in both directions "
        "become more probable), translation-lm (words left out are guessed from the translation), parallel "
        "(translations are told from other sentences).",
    )
    unit: Literal["words", "subwords"] = Field(
        default="words",
        description="What self-training links: words (a subword is to find any subword of a linked word), or "
        "subwords as in the paper.",
    )
    agreement: float = Field(
        default=0.0,
        ge=0,
        le=10,
        description="Weight of a part of self-training that makes both directions agree on soft links too.",
    )
    temperature: float = Field(
        default=0.01,
        ge=0.001,
        le=1,
        description="The difference of similarity that makes a word e ≈ 2.7 times as probable, in "
        "self-training.",
    )
    epochs: int = Field(default=3, ge=1, le=100, description="How often each pair is seen, at most.")
    learning_rate: float = Field(
        default=2e-5, gt=0, le=0.01, description="The largest step; it rises at first and then falls to 0."
    )
    batch_size: int = Field(default=16, ge=1, le=1024, description="Sentence pairs in each step.")
    held_share: float = Field(
        default=0.1,
        gt=0,
        le=0.5,
        description="The share of the pairs that is not trained on but watched, at least 8 pairs.",
    )
    patience: int = Field(
        default=1,
        ge=1,
        le=100,
        description="Training ends after so many epochs in a row without a smaller loss on the held pairs.",
    )
    longest: int = Field(
        default=120,
        ge=8,
        le=8192,
        description="Pairs with a sentence of more subwords are left out: they cost much and teach little.",
    )
    freeze_embeddings: bool = Field(
        default=True,
        description="Whether word embeddings stay as they are; of a multilingual encoder they are most of "
        "the model, and training them takes more memory and time.",
    )
    seed: int = Field(default=0, ge=0, lt=2**32, description="What random choices start from.")
