"""A translator that needs nothing, and counts what it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xner_core.config import ComponentConfig
from xner_core.translation.cached import CachedTranslator, Made


class UpperConfig(ComponentConfig):
    """Options of a translator for tests."""

    version: int = 1
    batch_size: int = 2


class Upper(CachedTranslator[UpperConfig]):
    """Writes texts in capitals.

    Attributes:
        asked: The texts that it was asked for.
        fails_after: After how many batches it fails.
    """

    Config = UpperConfig
    model_id = "upper"

    def __init__(self, config: UpperConfig | None = None, fails_after: int | None = None) -> None:
        super().__init__(config)
        self.asked: list[str] = []
        self.fails_after = fails_after

    def supports(self, source_lang: str, target_lang: str) -> bool:
        return True

    def release(self) -> None: ...

    def _basis(self, source_lang: str, target_lang: str) -> tuple[object, ...]:
        return ("upper", self.config.version, source_lang, target_lang)

    def _batches(self, texts: Sequence[str], source_lang: str, target_lang: str) -> Iterator[list[Made]]:
        ordered = sorted(texts, key=len, reverse=True)
        for number, start in enumerate(range(0, len(ordered), self.config.batch_size)):
            if number == self.fails_after:
                raise KeyboardInterrupt
            batch = ordered[start : start + self.config.batch_size]
            self.asked += batch
            yield [Made(text, text.upper(), ("cut",) if "long" in text else ()) for text in batch]
