"""Translators that do one simple thing to a text, and what happens to marks on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xner_core.config import Component, ComponentConfig
from xner_core.translation.translator import STAGE
from xner_core.types import Progress


class FakeTranslator:
    """Applies a function to each text and remembers what it was asked."""

    model_id = "fake 1"
    notices: tuple[str, ...] = ()

    def __init__(self, change: Callable[[str], str] = lambda text: text) -> None:
        self._change = change
        self.calls: list[tuple[str, str, list[str]]] = []
        self.released = 0

    def translate(
        self, texts: Sequence[str], source_lang: str, target_lang: str, progress: Progress | None = None
    ) -> list[str]:
        self.calls.append((source_lang, target_lang, list(texts)))
        if progress is not None:
            progress(STAGE, len(texts), len(texts))
        return [self._change(text) for text in texts]

    def supports(self, source_lang: str, target_lang: str) -> bool:
        return True

    def release(self) -> None:
        self.released += 1


class MirrorConfig(ComponentConfig):
    reverse: bool = False
    prefix: str = ""


class MirrorTranslator(Component[MirrorConfig]):
    """Repeats a text, or turns the order of its words round; as a component."""

    Config = MirrorConfig
    argument = "prefix"
    model_id = "mirror 1"
    notices = ("Mirrors show everything the wrong way round.",)
    built = 0

    def __init__(self, config: MirrorConfig | None = None) -> None:
        super().__init__(config)
        type(self).built += 1
        self.released = 0

    def translate(
        self, texts: Sequence[str], source_lang: str, target_lang: str, progress: Progress | None = None
    ) -> list[str]:
        if progress is not None:
            progress(STAGE, len(texts), len(texts))
        return [self.config.prefix + self._one(text) for text in texts]

    def supports(self, source_lang: str, target_lang: str) -> bool:
        return True

    def release(self) -> None:
        self.released += 1

    def _one(self, text: str) -> str:
        if not self.config.reverse:
            return text
        swapped = {"[": "]", "]": "["}
        return " ".join(swapped.get(word, word) for word in reversed(text.split()))
