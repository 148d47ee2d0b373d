"""What commands print: results to standard output, progress and notices to standard error."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from xner_core.types import Progress as Report

errors = Console(stderr=True)
output = Console()


@contextmanager
def progress() -> Iterator[Report]:
    """Draw progress on a terminal while the block runs."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(
        *columns,
        console=errors,
        transient=True,
        disable=not errors.is_terminal,  # it would only leave an empty line in a log
        redirect_stdout=False,  # or rich sends the results to standard error too
    ) as bar:
        task = bar.add_task("loading", total=None)

        def report(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total)

        yield report


def print_notices(notices: list[str]) -> None:
    """Print notices to standard error."""
    for notice in notices:
        errors.print(f"Note: {notice}", markup=False, highlight=False)


def print_json(content: Any) -> None:
    """Print JSON."""
    print(json.dumps(content, ensure_ascii=False, indent=2))


def print_table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Print a table; words of corpora are no markup."""
    table = Table()
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    output.print(table)
