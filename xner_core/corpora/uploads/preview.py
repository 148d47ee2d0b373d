"""What an upload would become, before anything is kept."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from xner_core.corpora.uncollected import uncollected
from xner_core.corpora.uploads.documents import check_size
from xner_core.corpora.uploads.findings import Finding, Findings
from xner_core.corpora.uploads.formats import FORMATS
from xner_core.errors import ConfigError, CorpusError
from xner_core.types import SentencePair


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a browser sent.

    Attributes:
        name: What it is called there; only shown, and looked at for the language.
        data: Its content.
    """

    name: str
    data: bytes


class Counts(NamedTuple):
    """What good pairs hold.

    Attributes:
        languages: Codes of source and target, in order of first appearance.
        n_source_gold: Source sentences with gold entities.
        n_target_gold: Target sentences with gold entities.
        n_linked: Pairs with gold links.
        n_incomplete: Pairs of which a sentence is missing.
    """

    languages: tuple[tuple[str, str], ...]
    n_source_gold: int
    n_target_gold: int
    n_linked: int
    n_incomplete: int

    @classmethod
    def of(cls, pairs: Sequence[SentencePair]) -> Counts:
        """Count."""
        return cls(
            tuple(dict.fromkeys((pair.source.lang, pair.target.lang) for pair in pairs)),
            sum(pair.source.entities is not None for pair in pairs),
            sum(pair.target.entities is not None for pair in pairs),
            sum(pair.gold_alignment is not None for pair in pairs),
            sum(not pair.is_complete for pair in pairs),
        )


@dataclass(frozen=True, slots=True)
class Preview:
    """An upload as it was read.

    Attributes:
        pairs: The good pairs.
        counts: What they hold.
        findings: The first problems, by line, and the first changes.
        n_problems: Number of problems; what has one is not among the pairs.
        n_changes: Number of changes; what was changed is among the pairs.
        notices: What was done or guessed for a whole file, one sentence each.
        refusal: Why nothing was read at all, if so.
    """

    pairs: tuple[SentencePair, ...]
    counts: Counts
    findings: tuple[Finding, ...]
    n_problems: int
    n_changes: int
    notices: tuple[str, ...]
    refusal: Finding | None = None


def preview(uploads: Sequence[Upload], format: str, langs: tuple[str, str]) -> Preview:
    """Read an upload as far as it is good.

    Args:
        uploads: Its files.
        format: Their format.
        langs: BCP 47 codes of the source and the target sentences, for formats that do not name them.

    Raises:
        ConfigError: If there is no such format, or it takes another number of files.
    """
    if format not in FORMATS:
        raise ConfigError(f"there is no format called {format!r}", hint=f"Choose from {', '.join(FORMATS)}")
    chosen = FORMATS[format]
    if not 1 <= len(uploads) <= chosen.most_files:
        most = "one file" if chosen.most_files == 1 else f"up to {chosen.most_files} files"
        raise ConfigError(f"{chosen.title} takes {most}, not {len(uploads)}", hint="Upload them one by one")
    findings = Findings()
    notices: list[str] = []
    pairs: list[SentencePair] = []
    with tempfile.TemporaryDirectory(prefix="xner-upload-") as folder:
        paths = [_written(Path(folder) / str(i), upload) for i, upload in enumerate(uploads)]
        try:
            with uncollected():
                pairs = chosen.read(paths, langs, notices, findings)
            check_size(len(pairs), paths[0])
            refusal = None
        except CorpusError as problem:
            pairs, refusal = [], Finding.of(problem, is_problem=True)
    listed = tuple(sorted(findings.listed, key=lambda each: (not each.is_problem, each.file, each.line or 0)))
    return Preview(
        tuple(pairs),
        Counts.of(pairs),
        listed,
        findings.n_problems,
        findings.n_changes,
        tuple(notices),
        refusal,
    )


def _written(folder: Path, upload: Upload) -> Path:
    """Write a file under its own name, as far as that is one, so that messages name it."""
    folder.mkdir()
    name = re.sub(r"[^\w.-]+", "_", upload.name)[-80:].lstrip(".") or "upload"
    path = folder / name
    path.write_bytes(upload.data)
    return path
