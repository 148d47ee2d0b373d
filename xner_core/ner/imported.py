"""Entities that another tool has found."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from xner_core.config import Component
from xner_core.errors import ConfigError, CorpusError
from xner_core.ner.labels import LabelledConfig
from xner_core.ner.tag_file import TagFile, read_tag_file
from xner_core.types import Entity, Sentence


class ImportedConfig(LabelledConfig):
    """Options of imported tags."""

    path: str | None = Field(
        default=None, description="A CoNLL file, or JSON lines with tokens and tags of each sentence."
    )


class ImportedTagger(Component[ImportedConfig]):
    """Tags that another tool has written, found by a sentence's words: imported:PATH."""

    Config = ImportedConfig
    argument = "path"
    requires = "a file of tags"

    def __init__(self, config: ImportedConfig | None = None) -> None:
        super().__init__(config)
        self._file: TagFile | None = None
        self._model_ids: tuple[str, ...] = ()
        self._notices: tuple[str, ...] = ()

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Entity, ...]]:
        """See `Tagger`; a sentence that is still missing has no entities.

        Raises:
            ConfigError: If no file is named.
            CorpusError: If the file is bad or lacks a sentence.
        """
        return [self.config.kept(self._of(sentence)) for sentence in sentences]

    @property
    def model_ids(self) -> tuple[str, ...]:
        """See `Tagger`: a file has no model, so its name and the start of its SHA-256."""
        return self._model_ids

    @property
    def notices(self) -> tuple[str, ...]:
        """See `Tagger`."""
        return self._notices

    def release(self) -> None:
        """See `Tagger`."""
        self._file = None

    def _of(self, sentence: Sentence) -> tuple[Entity, ...]:
        path, file = self._read()
        if sentence.is_missing:
            return ()
        if sentence.words not in file.entities:
            raise CorpusError(
                f"it has no tags for the sentence {' '.join(sentence.words[:8])!r}",
                path=path,
                hint="Sentences are found by their words: tag the corpus's own tokens",
            )
        return file.entities[sentence.words]

    def _read(self) -> tuple[Path, TagFile]:
        if not self.config.path:
            raise ConfigError("the ner 'imported' needs a file", hint="Write imported:PATH")
        path = Path(self.config.path)
        if self._file is None:
            self._file = read_tag_file(path)
            digest = hashlib.sha256(path.expanduser().read_bytes()).hexdigest()
            self._model_ids = (f"{path.name} sha256:{digest[:16]}",)
            self._notices = self._file.notices
        return path, self._file
