"""Fetching a dataset through Hugging Face's `datasets`, with errors that say what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from logging import CRITICAL
from pathlib import Path
from typing import TYPE_CHECKING

from xner_core.corpora.hub_names import HubName
from xner_core.errors import CorpusError

if TYPE_CHECKING:
    from datasets import Dataset

CONVERTED = "refs/convert/parquet"
"""The branch in which the hub keeps each dataset as parquet files, in folders CONFIG/SPLIT."""
_NO_SUCH_CONFIG = re.compile(r"BuilderConfig .* not found. Available: (.*)")
_NO_CONFIG = re.compile(r"Config name is missing\.\s+Please pick one among the available configs: (.*)")
_NO_SUCH_SPLIT = re.compile(r'Unknown split "(.*)". Should be one of (.*)\.')
_REVISION = re.compile(r"@([0-9a-f]{40})/")
_MOST_LISTED = 20


def open_dataset(name: HubName, split: str, revision: str | None, spec: str) -> Dataset:
    """Load one split of a dataset; what was fetched from the hub stays in the cache of `datasets`.

    Args:
        name: The dataset.
        split: The split, as `datasets` writes it: `test`, `train[:100]`.
        revision: Branch, tag or commit on the hub.
        spec: The corpus spec, for errors.

    Raises:
        CorpusError: If it cannot be reached, found or read.
    """
    try:
        with _silence():
            return _folder(name, split, revision, spec) if name.is_folder else _remote(name, split, revision)
    except CorpusError:
        raise
    except Exception as error:  # load_dataset lets through what any of its parts raises
        raise _explained(error, name, spec) from None


def revision_of(name: HubName, dataset: Dataset) -> str | None:
    """The commit of the hub that a dataset was loaded from, or None where nothing tells it."""
    if not name.is_folder:
        found = {m[1] for url in dataset.info.download_checksums or () if (m := _REVISION.search(url))}
    else:
        notes = Path(name.path).expanduser().glob(".cache/huggingface/download/**/*.metadata")
        found = {note.read_text(encoding="utf-8").partition("\n")[0] for note in notes}
    return found.pop() if len(found) == 1 else None


def _remote(name: HubName, split: str, revision: str | None) -> Dataset:
    import datasets

    try:
        return datasets.load_dataset(name.path, name.config, split=split, revision=revision)
    except RuntimeError as error:
        if revision is not None or not _is_script(error):
            raise
    folder = name.config or "default"
    return datasets.load_dataset(name.path, data_dir=folder, split=split, revision=CONVERTED)


def _folder(name: HubName, split: str, revision: str | None, spec: str) -> Dataset:
    import datasets

    folder = Path(name.path).expanduser()
    if revision is not None:
        raise CorpusError("a folder has no revisions", where=spec, hint="Drop revision=")
    if name.config is None:
        converted = sorted({file.parent.parent.name for file in folder.glob("*/*/*.parquet")})
        if len(converted) > 1 and not (folder / "README.md").exists():
            raise _unnamed(name, spec, _listed(str(converted)))
        return datasets.load_dataset(str(folder), split=split)
    try:
        return datasets.load_dataset(str(folder), name.config, split=split)
    except ValueError as error:
        if not _NO_SUCH_CONFIG.match(str(error)) or not (folder / name.config).is_dir():
            raise
    return datasets.load_dataset(str(folder), data_dir=name.config, split=split)


@contextmanager
def _silence() -> Iterator[None]:
    """Keep progress bars and remarks out of the output."""
    from datasets.utils import logging
    from huggingface_hub.utils import logging as hub_logging

    # By name: the packages call a class like the module it is in.
    bars = import_module("datasets.utils.tqdm"), import_module("huggingface_hub.utils.tqdm")
    shown = [bar for bar in bars if not bar.are_progress_bars_disabled()]
    levels = [(log, log.get_verbosity()) for log in (logging, hub_logging)]
    for bar in shown:
        bar.disable_progress_bars()
    for log, _ in levels:
        log.set_verbosity(CRITICAL)  # what goes wrong is raised too, and said by us
    try:
        yield
    finally:
        for log, level in levels:
            log.set_verbosity(level)
        for bar in shown:
            bar.enable_progress_bars()


def _explained(error: Exception, name: HubName, spec: str) -> CorpusError:
    """The same error in words that say what to do."""
    import datasets
    import httpx
    from datasets.exceptions import DatasetNotFoundError
    from huggingface_hub.errors import LocalEntryNotFoundError

    message = str(error)
    if isinstance(error, ConnectionError | httpx.TransportError | LocalEntryNotFoundError):
        forbidden = "HF_DATASETS_OFFLINE or HF_HUB_OFFLINE is set"
        reason = forbidden if datasets.config.HF_HUB_OFFLINE else "the hub cannot be reached"
        return CorpusError(
            f"the dataset {name} is not on this machine, and {reason}",
            where=spec,
            hint=f"{'Unset it' if reason is forbidden else 'Try again'}, or where the hub can be reached run "
            f"{_download(name)} and write {_local_form(name)}",
        )
    if isinstance(error, DatasetNotFoundError):
        return CorpusError(
            f"the hub has no dataset {name.path} that you may read",
            where=spec,
            hint="Check the name; some datasets ask for a log-in (hf auth login)",
        )
    if found := _NO_SUCH_CONFIG.match(message):
        return CorpusError(
            f"{name.path} has no configuration {name.config!r}",
            where=spec,
            hint=f"Choose from {_listed(found[1])}",
        )
    if found := _NO_CONFIG.match(message):
        return _unnamed(name, spec, _listed(found[1]))
    if found := _NO_SUCH_SPLIT.match(message):
        return CorpusError(
            f"{name} has no split {found[1]!r}",
            where=spec,
            hint=f"Choose with split= from {_listed(found[2])}",
        )
    if _is_script(error):
        return CorpusError(
            f"{name} has its data made by a script, which is not run",
            where=spec,
            hint=f"Fetch what the hub made of it, with --revision {CONVERTED}",
        )
    cause = error.__cause__ or error
    reason = str(cause).strip().partition("\n")[0].rstrip(".")
    return CorpusError(
        f"{name} cannot be read ({type(cause).__name__}: {reason})",
        where=spec,
        hint="See that its files are whole and of a form that datasets reads (parquet, JSON lines, CSV)",
    )


def _is_script(error: Exception) -> bool:
    return isinstance(error, RuntimeError) and "scripts are no longer supported" in str(error)


def _download(name: HubName) -> str:
    revision = f" --revision {CONVERTED}" if name.known.has_script else ""
    return f"`hf download --repo-type dataset {name.path}{revision} --local-dir FOLDER`"


def _local_form(name: HubName) -> str:
    return f"hub:FOLDER?config={name.config}" if name.config else "hub:FOLDER"


def _unnamed(name: HubName, spec: str, choices: str) -> CorpusError:
    return CorpusError(
        f"{name} has several configurations", where=spec, hint=f"Name one with config=, of {choices}"
    )


def _listed(printed: str) -> str:
    """The first items of a list as Python prints it."""
    items = re.findall(r"'([^']*)'", printed)
    return ", ".join(items[:_MOST_LISTED]) + (" …" if len(items) > _MOST_LISTED else "")
