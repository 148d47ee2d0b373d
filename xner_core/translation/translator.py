"""What every translator can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from xner_core.types import Progress


class Translator(Protocol):
    """Turns texts of one language into texts of another."""

    def translate(
        self, texts: Sequence[str], source_lang: str, target_lang: str, progress: Progress | None = None
    ) -> list[str]:
        """Translate each text, in order; an empty text stays empty.

        Args:
            texts: Sentences as running text.
            source_lang: BCP 47 code of the texts.
            target_lang: BCP 47 code of the translations.
            progress: Told of the texts done so far, as the stage `translation`.

        Raises:
            ModelUnavailableError: If the engine or its model is not on this machine.
            ConfigError: If it cannot translate between these languages.
        """
        ...

    @property
    def model_id(self) -> str:
        """The engine and model with their versions: all that a translation depends on besides the options."""
        ...

    def release(self) -> None:
        """Let go of the model's memory."""
        ...
