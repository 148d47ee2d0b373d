"""Word alignment with an encoder that `xner train-aligner` made."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from xner_core.alignment.encoder_aligner import EncoderAligner, EncoderConfig
from xner_core.alignment.trained import trained_aligners
from xner_core.errors import ModelUnavailableError


class TrainedEncoderConfig(EncoderConfig):
    """Options of a trained encoder; without a layer it is the one that was trained."""

    name: str = Field(default="", description="The name of a model that xner train-aligner made.")


class TrainedEncoderAligner(EncoderAligner[TrainedEncoderConfig]):
    """An encoder that was trained on this machine, by its name: trained:NAME."""

    Config = TrainedEncoderConfig
    argument = "name"
    requires = "a model that xner train-aligner made"

    @property
    def files(self) -> tuple[Path, ...]:
        """See `Component`: the model's folder."""
        return (Path(self._model()),)

    def _name(self) -> str:
        return f"{self.config.name} ({self._model()})"

    def _model(self) -> str:
        known = trained_aligners()
        if self.config.name not in known:
            raise ModelUnavailableError(
                f"there is no trained aligner called {self.config.name!r}",
                hint=f"Choose from {', '.join(known)}" if known else "Run xner train-aligner CORPUS",
            )
        return str(known[self.config.name])
