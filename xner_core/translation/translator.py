"""What every translator can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from xner_core.types import Progress

STAGE = "translation"
"""What progress is told of."""


class Translator(Protocol):
    """Turns texts of one language into texts of another.

    A text's translation does not depend on the texts beside it or on their order.
    """

    def translate(
        self, texts: Sequence[str], source_lang: str, target_lang: str, progress: Progress | None = None
    ) -> list[str]:
        """Translate each text, in order; a text of white space alone becomes an empty one.

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

    def supports(self, source_lang: str, target_lang: str) -> bool:
        """Whether it translates between two languages, as far as that is known without loading a model."""
        ...

    @property
    def model_id(self) -> str:
        """The engine and model with their versions: all that a translation depends on besides the options.

        Raises:
            ModelUnavailableError: If the engine or its model is not on this machine.
        """
        ...

    @property
    def notices(self) -> tuple[str, ...]:
        """What could not be translated whole so far, one sentence each."""
        ...

    def release(self) -> None:
        """Let go of the model's memory."""
        ...
