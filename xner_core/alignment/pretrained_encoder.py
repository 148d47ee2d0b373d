"""Word alignment with any encoder of Hugging Face's form."""

from __future__ import annotations

from pydantic import Field

from xner_core.alignment.encoder_aligner import EncoderAligner, EncoderConfig
from xner_core.errors import ConfigError


class PretrainedEncoderConfig(EncoderConfig):
    """Options of an encoder by name."""

    model: str | None = Field(
        default=None,
        description="A name on the Hugging Face hub, or a folder: an encoder such as "
        "google-bert/bert-base-multilingual-cased or sentence-transformers/LaBSE, or a translation model "
        "such as facebook/nllb-200-distilled-600M, of which the encoder half is taken.",
    )


class PretrainedEncoderAligner(EncoderAligner[PretrainedEncoderConfig]):
    """Any encoder of Hugging Face's form, or the encoder half of a translation model: encoder:MODEL."""

    Config = PretrainedEncoderConfig
    argument = "model"
    requires = "an encoder"

    def _name(self) -> str:
        return self._loaded_id or self._model()  # with its revision once it was loaded

    def _model(self) -> str:
        if not self.config.model:
            raise ConfigError(
                "the aligner 'encoder' needs a model",
                hint="Write encoder:MODEL with a name on the Hugging Face hub or a folder",
            )
        return self.config.model
