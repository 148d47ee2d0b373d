"""Samples into files: with what the files lack, where everything comes from, and as one download.

An export is a folder. In it are the format's own files, and in `about/` what holds of them all:

provenance.json   components, versions, corpus, scope, format and its options
losses.csv        everything that the files lack, one row each
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from xner_core.errors import ExportError
from xner_core.export.format import Format
from xner_core.export.losses import Loss
from xner_core.export.sample import Sample
from xner_core.review.lossy import LossSummary, announce
from xner_core.runs.jobs import Job
from xner_core.types import Corpus, Progress
from xner_core.viz.csv_text import csv_text

ABOUT = "about"
"""The folder in an export that is not the format's own."""
ARCHIVE = "export.zip"
"""What a job writes for the download, in its folder."""
_COLUMNS = ("sentence", "kind", "side", "start", "end", "label", "what")
_PROGRESS_EVERY = 20
_UNFINISHED = ".xner-unfinished"
_ABANDONED_SECONDS = 24 * 3600

__all__ = ["ABOUT", "ARCHIVE", "ExportJob", "Exported", "announce", "archive", "export", "file_name"]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes:
        folder: The folder of the export.
        files: Its files, those of the format first, in the order a reader should look at them.
        n_samples: Number of sentence pairs that were written.
        losses: What the files lack.
    """

    folder: Path
    files: tuple[Path, ...]
    n_samples: int
    losses: LossSummary

    def as_data(self) -> dict[str, Any]:
        """The same as plain JSON."""
        return {
            "folder": str(self.folder),
            "files": [str(path.relative_to(self.folder)) for path in self.files],
            "n_samples": self.n_samples,
            "bytes": sum(path.stat().st_size for path in self.files),
            "losses": self.losses.as_data(),
        }


def export(
    file_format: Format[Any],
    samples: Iterable[Sample],
    folder: Path,
    name: str,
    *,
    about: Callable[[], Mapping[str, Any]] | None = None,
    total: int = 0,
    progress: Progress | None = None,
) -> Exported:
    """Write samples as they come, all of them or, where something fails, nothing.

    Args:
        file_format: The format, with its options.
        samples: What to write; one at least.
        folder: Where to; it is made, and must be empty if it is there.
        name: What the files are called, without a suffix.
        about: What to write into `about/provenance.json` besides the format; asked at the end.
        total: Number of samples, for the progress.
        progress: Told of the samples that are written.

    Raises:
        ExportError: If the folder holds something or cannot be written, there is no sample, or one
            cannot be written.
        XnerError: What `samples` raises.
    """
    _check_empty(folder)
    summary = LossSummary()
    with _made_whole(folder) as unfinished:
        (unfinished / ABOUT).mkdir()
        with (unfinished / ABOUT / "losses.csv").open("w", encoding="utf-8-sig", newline="") as table:
            table.write(csv_text(_COLUMNS, ()))
            told = _told(file_format, samples, summary, table, total, progress)
            inside = unfinished / ABOUT / "files"
            inside.mkdir()
            written = file_format.write(told, inside, name)
        if not summary.n_samples:
            raise ExportError("there is no sentence pair to write", hint="Choose another scope")
        own = [path.relative_to(inside) for path in written]
        for each in sorted(inside.iterdir()):
            each.rename(unfinished / each.name)
        inside.rmdir()
        said = {
            **({} if about is None else about()),
            "format": {"name": _name_of(file_format), "options": file_format.config.model_dump(mode="json")},
            "n_samples": summary.n_samples,
            "losses": {aspect: summary.losses[aspect] for aspect in summary.aspects},
        }
        text = json.dumps(said, ensure_ascii=False, indent=1)
        (unfinished / ABOUT / "provenance.json").write_text(f"{text}\n", encoding="utf-8")
    files = [folder / each for each in own]
    files += sorted(path for path in folder.rglob("*") if path.is_file() and path not in set(files))
    return Exported(folder, tuple(files), summary.n_samples, summary)


def archive(exported: Exported, path: Path, progress: Progress | None = None) -> Path:
    """Write the files of an export into one ZIP file, whole or not at all.

    Args:
        exported: The export.
        path: The file; one that is there is replaced.
        progress: Told of the files that are in it.

    Raises:
        ExportError: If it cannot be written.
    """
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archived:
            for done, each in enumerate(exported.files, 1):
                archived.write(each, each.relative_to(exported.folder))
                if progress is not None and (done % _PROGRESS_EVERY == 0 or done == len(exported.files)):
                    progress("archive", done, len(exported.files))
        unfinished.replace(path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        raise ExportError(
            f"the archive cannot be written ({error.strerror})", path=path, hint="Name another file"
        ) from None
    return path


def file_name(*parts: str) -> str:
    """A name for files, made of what they hold: letters, digits and hyphens."""
    words = [re.sub(r"[^\w]+", "-", part).strip("-_") for part in parts]
    return "-".join(word for word in words if word)[:80].strip("-") or "export"


class ExportJob(Job):
    """An export in a process of its own: its folder holds the files, and all of them as `ARCHIVE`.

    Args:
        corpus: The loaded corpus.
        arguments: Those of `xner export` besides the corpus: format, options, scope, pipeline.
        version: Of the store of corrections: what was said later is another export.
        store: Which store it is, where there are several.
    """

    def __init__(self, corpus: Corpus, arguments: Sequence[str], version: int, store: str = "") -> None:
        identity = [corpus.fingerprint, list(arguments), version, store]
        super().__init__("exports", identity, ["export", f"--corpus={corpus.spec}", *arguments])

    @property
    def archive(self) -> Path:
        """The file to download, once it is done."""
        return self.folder / ARCHIVE


def _told(
    file_format: Format[Any],
    samples: Iterable[Sample],
    summary: LossSummary,
    table: TextIO,
    total: int,
    progress: Progress | None,
) -> Iterator[Sample]:
    """Pass samples on; note what each loses."""
    for sample in samples:
        losses = list(file_format.losses(sample))
        summary.add(losses)
        if losses:
            first, *others = map(_row, losses)
            table.write(csv_text(first, others))
        yield sample
        if progress is not None and (summary.n_samples % _PROGRESS_EVERY == 0 or summary.n_samples == total):
            progress("writing", summary.n_samples, max(total, summary.n_samples))


def _row(loss: Loss) -> tuple[Any, ...]:
    span = None if loss.entity is None else loss.entity.span
    return (
        loss.sample,
        loss.aspect,
        loss.side,
        loss.word if span is None else span.start,
        None if span is None else span.end,
        None if loss.entity is None else loss.entity.label,
        loss.what,
    )


@contextmanager
def _made_whole(folder: Path) -> Iterator[Path]:
    """A folder beside the one that is wanted, which takes its place once all is written."""
    unfinished: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _clear_abandoned(folder.parent)
        unfinished = Path(tempfile.mkdtemp(_UNFINISHED, f".{folder.name}.", folder.parent))
        yield unfinished
        unfinished.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        unfinished.rename(folder)
    except OSError as error:
        raise ExportError(
            f"the files cannot be written ({error.strerror or error})",
            path=folder,
            hint="Name a folder that you may write to, on a disk with room",
        ) from None
    finally:
        if unfinished is not None:
            shutil.rmtree(unfinished, ignore_errors=True)


def _clear_abandoned(folder: Path) -> None:
    """Remove what killed exports left in a folder; one that is still written to has younger files."""
    for each in folder.glob(f".*{_UNFINISHED}"):
        with suppress(OSError):  # another export has just ended
            times = [path.lstat().st_mtime for path in (each, *each.rglob("*"))]
            if time.time() - max(times) > _ABANDONED_SECONDS:
                shutil.rmtree(each, ignore_errors=True)


def _check_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportError(
            "there is something already", path=folder, hint="Name a folder that is empty or not there yet"
        )


def _name_of(file_format: Format[Any]) -> str:
    from xner_core.registry import COMPONENTS

    kind = f"{type(file_format).__module__}:{type(file_format).__qualname__}"
    names = [name for name, place in COMPONENTS.get("format", {}).items() if place == kind]
    return names[0] if names else kind
