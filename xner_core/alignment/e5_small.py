"""Word alignment with the embedded encoder."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from xner_core.alignment.embedded import MODEL_ID, embedded_model
from xner_core.alignment.encoder_aligner import AsLayers, EncoderAligner, EncoderConfig, LayerOfTwelve


class E5SmallConfig(EncoderConfig):
    """Options of the embedded encoder."""

    layer: Annotated[tuple[LayerOfTwelve, ...], AsLayers] = Field(
        default=(7,),
        min_length=1,
        description="The layer whose vectors are compared, or several of which the mean is taken: 7, 6-8 or "
        "6,8; 6 to 9 are good.",
    )


class E5SmallAligner(EncoderAligner[E5SmallConfig]):
    """multilingual-e5-small, shipped with the project: needs no download, knows about 100 languages."""

    Config = E5SmallConfig

    def _name(self) -> str:
        return MODEL_ID

    def _model(self) -> str:
        return str(embedded_model())
