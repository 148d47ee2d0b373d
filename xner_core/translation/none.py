"""No translation: both sentences of each pair have to be in the corpus."""

from __future__ import annotations

from collections.abc import Sequence

from xner_core.config import Component, ComponentConfig
from xner_core.errors import ConfigError
from xner_core.types import Progress


class NoTranslatorConfig(ComponentConfig):
    """There is nothing to choose."""


class NoTranslator(Component[NoTranslatorConfig]):
    """Nothing is translated: the corpus has both sentences of each pair."""

    Config = NoTranslatorConfig
    model_id = "none"
    notices: tuple[str, ...] = ()

    def translate(
        self, texts: Sequence[str], source_lang: str, target_lang: str, progress: Progress | None = None
    ) -> list[str]:
        """See `Translator`.

        Raises:
            ConfigError: If there is a text to translate.
        """
        if any(text.strip() for text in texts):
            raise ConfigError(
                f"a translation from {source_lang!r} into {target_lang!r} is missing",
                hint="Choose a translator other than none: apertium, transformers:MODEL or file:PATH",
            )
        return [""] * len(texts)

    def supports(self, source_lang: str, target_lang: str) -> bool:
        """See `Translator`."""
        return False

    def release(self) -> None:
        """Nothing is held."""
