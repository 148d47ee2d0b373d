"""Reading what a finished run wrote about its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from xner_core.errors import ConfigError
from xner_core.runs.folder import Manifest, RunFolder
from xner_core.runs.rows import Row


def rows_of_run(place: RunFolder, manifest: Manifest, columns: Sequence[str]) -> list[Row]:
    """The rows of a run that is done, with some of their columns.

    Args:
        place: The run's folder.
        manifest: Its manifest.
        columns: The columns wanted; see `rows.schema`.

    Raises:
        ConfigError: If the run is not done or its file cannot be read.
    """
    rows: list[Row] = table_of_run(place, manifest, columns).to_pylist()
    return rows


def rows_of_sentences(
    place: RunFolder, manifest: Manifest, columns: Sequence[str], ids: Sequence[str]
) -> list[Row]:
    """The rows of some sentences of a run that is done, in the order of their ids as given.

    Args:
        place: The run's folder.
        manifest: Its manifest.
        columns: The columns wanted besides the id.
        ids: Ids of sentences; those that the run has not are left out.

    Raises:
        ConfigError: As `rows_of_run`.
    """
    if not ids:
        return []
    wanted = [("id", "in", list(ids))]
    found = table_of_run(place, manifest, dict.fromkeys(["id", *columns]), wanted).to_pylist()
    by_id = {row["id"]: row for row in found}
    return [by_id[one] for one in ids if one in by_id]


def table_of_run(
    place: RunFolder,
    manifest: Manifest,
    columns: Iterable[str],
    where: list[tuple[str, str, Any]] | None = None,
) -> Any:
    """The same as a pyarrow table, which takes a tenth of the memory.

    Args:
        place: The run's folder.
        manifest: Its manifest.
        columns: The columns wanted.
        where: Which rows, as pyarrow's filters; all where None.

    Raises:
        ConfigError: As `rows_of_run`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    status = place.status(manifest)
    if status != "done":
        raise ConfigError(
            f"the run is not done ({status})", where=manifest.id, hint="Start it again with xner run"
        )
    path: Path = place.sentences
    try:
        return pq.read_table(path, columns=list(columns), filters=where)
    except (OSError, pa.ArrowException) as error:
        raise ConfigError(
            f"the run's sentences cannot be read ({str(error).splitlines()[0]})",
            where=str(path),
            hint="Do the run anew with xner run --again",
        ) from None
