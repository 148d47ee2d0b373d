"""Translations that were made before, from a file; and how such a file is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, field_validator

from xner_core.config import Component, ComponentConfig
from xner_core.errors import ConfigError, CorpusError
from xner_core.files import read_lines, read_rows, write_whole
from xner_core.languages import UNKNOWN, is_language, short_code
from xner_core.translation.translator import STAGE
from xner_core.types import Progress

_HINT = "A line needs source and translation, and should have source_lang and target_lang"
_TSV_HINT = "A line of a TSV file is a text, a tab and its translation"
_SHOWN = 80


class FileTranslatorConfig(ComponentConfig):
    """Options of imported translations."""

    path: str | None = Field(
        default=None,
        description="JSON lines with source_lang, target_lang, source and translation, or a TSV file of "
        "texts and translations.",
    )


class TranslationRow(BaseModel):
    """One line: a text and its translation; without languages it serves any."""

    model_config = ConfigDict(strict=True, extra="ignore")

    source_lang: str | None = None
    target_lang: str | None = None
    source: str
    translation: str

    @field_validator("source_lang", "target_lang")
    @classmethod
    def _check_language(cls, code: str | None) -> str | None:
        if code is not None and code != UNKNOWN and not is_language(code):
            raise ValueError(f"{code!r} is not a language code")
        return code

    @field_validator("source", "translation")
    @classmethod
    def _check_text(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("the text is empty")
        return text


class _Key(NamedTuple):
    """What a translation is looked up by; white space in a text does not matter."""

    source_lang: str | None
    target_lang: str | None
    text: str


class FileTranslator(Component[FileTranslatorConfig]):
    """Translations from a file, made by any tool or person: file:PATH."""

    Config = FileTranslatorConfig
    argument = "path"
    requires = "a file of translations"
    notices: tuple[str, ...] = ()

    def __init__(self, config: FileTranslatorConfig | None = None) -> None:
        super().__init__(config)
        self._found: dict[_Key, str] | None = None
        self._model_id = ""

    def translate(
        self, texts: Sequence[str], source_lang: str, target_lang: str, progress: Progress | None = None
    ) -> list[str]:
        """See `Translator`.

        Raises:
            ConfigError: If no file is named.
            CorpusError: If the file is bad or lacks a text.
        """
        known, source, target = self._read(), short_code(source_lang), short_code(target_lang)
        found = []
        for text in texts:
            wanted = _normal(text)
            exact, any_language = _Key(source, target, wanted), _Key(None, None, wanted)
            translation = known.get(exact) or known.get(any_language) if wanted else ""
            if translation is None:
                shown = wanted if len(wanted) <= _SHOWN else wanted[: _SHOWN - 1] + "…"
                raise CorpusError(
                    f"there is no translation from {source_lang!r} into {target_lang!r} of {shown!r}",
                    path=self._path(),
                    hint="Add a line for it, or choose another translator",
                )
            found.append(translation)
        if progress is not None:
            progress(STAGE, len(texts), len(texts))
        return found

    def supports(self, source_lang: str, target_lang: str) -> bool:
        """See `Translator`; what the file holds is found out by translating."""
        return True

    @property
    def model_id(self) -> str:
        """See `Translator`: the file's name and the start of its SHA-256."""
        self._read()
        return self._model_id

    def release(self) -> None:
        """See `Translator`: the file is read again when it is needed."""
        self._found = None

    def _path(self) -> Path:
        if not self.config.path:
            raise ConfigError("the translator 'file' needs a file", hint="Write file:PATH")
        return Path(self.config.path)

    def _read(self) -> dict[_Key, str]:
        if self._found is None:
            path = self._path()
            self._found = read_translations(path)
            digest = hashlib.sha256(path.expanduser().read_bytes()).hexdigest()
            self._model_id = f"{path.name} sha256:{digest[:16]}"
        return self._found


def read_translations(path: Path) -> dict[_Key, str]:
    """Read a file of translations: a table where its name ends in `.tsv` or `.txt`, else JSON lines.

    Raises:
        CorpusError: If a line is bad or two lines translate a text differently; it is named.
    """
    table = path.suffix.lower() in (".tsv", ".txt")
    found: dict[_Key, str] = {}
    lines: dict[_Key, int] = {}
    for number, row in _table(path) if table else read_rows(path, TranslationRow, _HINT):
        source, target = (code and short_code(code) for code in (row.source_lang, row.target_lang))
        key = _Key(source, target, _normal(row.source))
        if found.get(key, row.translation) != row.translation:
            raise CorpusError(
                f"the text has another translation in line {lines[key]}",
                path=path,
                line=number,
                hint="Keep one of the two",
            )
        found[key] = row.translation
        lines.setdefault(key, number)
    return found


def write_translations(path: Path, rows: Iterable[TranslationRow]) -> None:
    """Write translations as JSON lines that `file:PATH` reads; a file that is there is replaced whole."""
    lines = (json.dumps(row.model_dump(exclude_none=True), ensure_ascii=False) for row in rows)
    write_whole(path, "".join(f"{line}\n" for line in lines))


def _table(path: Path) -> list[tuple[int, TranslationRow]]:
    rows = []
    for number, line in enumerate(read_lines(path), 1):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != 2 or not all(cell.strip() for cell in cells):
            wrong = "a cell is empty" if len(cells) == 2 else f"there are {len(cells)} columns, not 2"
            raise CorpusError(wrong, path=path, line=number, hint=_TSV_HINT)
        rows.append((number, TranslationRow(source=cells[0], translation=cells[1].strip())))
    return rows


def _normal(text: str) -> str:
    return " ".join(text.split())
