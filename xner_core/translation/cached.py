"""Translations are kept on disk, so that none is ever made twice."""

from __future__ import annotations

import json
import sqlite3
from abc import abstractmethod
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import NamedTuple

from xner_core.config import Component, ConfigT
from xner_core.content_store import ContentStore, content_key
from xner_core.errors import XnerError
from xner_core.paths import data_folder
from xner_core.translation.translator import STAGE
from xner_core.types import Progress

_LAYOUT = 1
"""Raise it when what is kept, or how texts are prepared for all engines, changes."""
_REMARKS = {
    "cut": "Texts too long for the model, of which only the beginning was translated",
    "unfinished": "Translations that stopped at the limit on their length",
}


class Made(NamedTuple):
    """A text and its translation.

    Attributes:
        text: The text.
        translation: The translation; empty where the engine gave none.
        remarks: What is wrong with it: `cut` or `unfinished`.
    """

    text: str
    translation: str
    remarks: tuple[str, ...] = ()


class CachedTranslator(Component[ConfigT]):
    """Base of the translators that compute.

    Only texts that were never translated in the same way reach the engine, each once. What it makes of
    a batch is kept before the next one begins: a process that is killed loses one batch at most.
    """

    def __init__(self, config: ConfigT | None = None) -> None:
        super().__init__(config)
        self._remarks: dict[str, set[str]] = {remark: set() for remark in _REMARKS}

    def translate(
        self, texts: Sequence[str], source_lang: str, target_lang: str, progress: Progress | None = None
    ) -> list[str]:
        """See `Translator`."""
        texts = [_whole_characters(text) if text.strip() else "" for text in texts]
        counts = Counter(texts)
        done = counts.pop("", 0)
        tell = progress or (lambda *_: None)
        if not counts:
            return texts
        basis = (_LAYOUT, *self._basis(source_lang, target_lang))
        keys = {text: content_key(*basis, text) for text in counts}
        kept = self._kept(keys)
        missing = [text for text in counts if text not in kept]
        made = {"": ""}
        for batch in chain([kept], self._batches_kept(missing, keys, source_lang, target_lang)):
            for text, one in batch.items():
                made[text] = one.translation
                done += counts[text]
                for remark in one.remarks:
                    self._remarks[remark].add(keys[text])
            tell(STAGE, done, len(texts))
        return [made[text] for text in texts]

    @property
    def notices(self) -> tuple[str, ...]:
        """See `Translator`."""
        return tuple(f"{_REMARKS[remark]}: {len(keys)}." for remark, keys in self._remarks.items() if keys)

    @abstractmethod
    def _basis(self, source_lang: str, target_lang: str) -> tuple[object, ...]:
        """All that a translation depends on besides the text, as plain JSON values."""

    @abstractmethod
    def _batches(self, texts: Sequence[str], source_lang: str, target_lang: str) -> Iterator[Sequence[Made]]:
        """Translate distinct texts, none of them empty, in batches and in any order."""

    def _batches_kept(
        self, texts: Sequence[str], keys: Mapping[str, str], source_lang: str, target_lang: str
    ) -> Iterator[dict[str, Made]]:
        """Translate in batches; each is on disk when it is handed on."""
        for batch in self._batches(texts, source_lang, target_lang) if texts else ():
            values = {
                keys[one.text]: json.dumps([one.translation, *one.remarks], ensure_ascii=False).encode()
                for one in batch
            }
            with _explained():
                _store().put(values)
            yield {one.text: one for one in batch}

    def _kept(self, keys: Mapping[str, str]) -> dict[str, Made]:
        with _explained():
            values = _store().get(list(keys.values()))
        found = {}
        for text, key in keys.items():
            if key in values:
                translation, *remarks = json.loads(values[key])
                found[text] = Made(text, translation, tuple(remarks))
        return found


def _store() -> ContentStore:
    return ContentStore(data_folder() / "translations.sqlite")


def _whole_characters(text: str) -> str:
    """The text with halves of surrogate pairs replaced: no engine can read them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@contextmanager
def _explained() -> Iterator[None]:
    """Say what to do where translations cannot be kept."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise XnerError(
            f"translations cannot be kept there ({error})",
            where=str(data_folder() / "translations.sqlite"),
            hint="Set XNER_DATA_DIR to a folder that you may write to, or delete the file if it is broken",
        ) from None
