"""Links that another tool made."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field

from xner_core.config import Component, ComponentConfig
from xner_core.errors import ConfigError
from xner_core.pharaoh import LinkFile
from xner_core.types import SentencePair, WordAlignment

_NO_LINKS = WordAlignment(())


class LinksConfig(ComponentConfig):
    """Options of precomputed links."""

    path: str | None = Field(
        default=None, description="A file in Pharaoh format; a line may begin with the pair's id and a tab."
    )
    index_base: int = Field(
        default=0, ge=0, le=1, description="What the first word of a sentence is called in the file: 0 or 1."
    )
    missing: Literal["error", "no links"] = Field(
        default="error", description="What becomes of a pair that the file does not have."
    )


class LinksAligner(Component[LinksConfig]):
    """Precomputed links from a Pharaoh file, links:PATH; taken as they are, without extraction.

    Lines without ids belong to the pairs whose ids are their numbers, counted from 1.
    """

    Config = LinksConfig
    argument = "path"
    requires = "a file of links"
    gives_links: ClassVar[bool] = True
    learns_from_corpus: ClassVar[bool] = False

    def __init__(self, config: LinksConfig | None = None) -> None:
        super().__init__(config)
        self._file: LinkFile | None = None

    @property
    def model_id(self) -> str:
        """See `Aligner`: the path and, where the file can be read, what identifies its content."""
        path = self._path()
        try:
            content = path.expanduser().read_bytes()
        except (OSError, RuntimeError):
            return str(path)
        return f"{path} (SHA-256 {hashlib.sha256(content).hexdigest()[:12]})"

    def compare(self, pairs: Sequence[SentencePair]) -> Iterator[WordAlignment]:
        """See `Aligner`; all pairs are looked up before the first is yielded.

        Raises:
            ConfigError: If no file was named.
            CorpusError: If the file is bad, does not fit a pair or, with `missing` as `error`,
                does not have one.
        """
        yield from [self._links(pair) for pair in pairs]

    def load(self) -> None:
        """See `Aligner`."""
        self._loaded()

    def release(self) -> None:
        """See `Aligner`."""
        self._file = None

    def _links(self, pair: SentencePair) -> WordAlignment:
        file = self._loaded()
        links = file.links(pair)
        if links is None and self.config.missing == "error":
            raise file.missing(pair)
        return links or _NO_LINKS

    def _loaded(self) -> LinkFile:
        if self._file is None:
            self._file = LinkFile(self._path(), self.config.index_base)
        return self._file

    def _path(self) -> Path:
        if not self.config.path:
            raise ConfigError("the aligner 'links' needs a file", hint="Write links:PATH")
        return Path(self.config.path)
