"""Commands about the store of corrections: `xner db …`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xner_core.cli.options import JsonOption
from xner_core.cli.output import output, print_json, print_table
from xner_core.errors import ConfigError, CorrectionError

if TYPE_CHECKING:
    from xner_core.corrections.checking import StoreStatus

app = typer.Typer(
    no_args_is_help=True,
    help="Look after the corrections. They are kept where XNER_DATABASE_URL says, or in the data folder.",
)


@app.command()
def upgrade(as_json: JsonOption = False) -> None:
    """Make the tables of the corrections, or bring them up to date; the app does so by itself."""
    from contextlib import closing

    from xner_core.corrections.address import Address
    from xner_core.corrections.database import Database
    from xner_core.corrections.schema import REVISION
    from xner_core.corrections.upgrading import upgrade as do

    address = Address.of()
    with closing(Database(address)) as database:
        is_changed = do(database)
    if as_json:
        print_json({"address": address.shown, "revision": REVISION, "changed": is_changed})
        return
    _print(f"{address.shown}: {'brought to' if is_changed else 'already at'} revision {REVISION}")


@app.command()
def status(as_json: JsonOption = False) -> None:
    """Say where the corrections are kept and how many there are; changes nothing."""
    from xner_core.corrections.checking import status as ask

    found = ask()
    if as_json:
        print_json(asdict(found))
        return
    print_table(
        ("What", "Value"),
        [
            ("Kept in", found.address),
            ("Revision", _form(found)),
            ("Events", str(found.n_events)),
            ("Sentences", str(found.n_sentences)),
            ("Authors", ", ".join(found.authors)),
            ("Last change", found.updated),
            ("Bytes", "" if found.size is None else str(found.size)),
        ],
    )


@app.command()
def check(as_json: JsonOption = False) -> None:
    """Look through all corrections for damage; the exit status is 1 where there is any."""
    from contextlib import closing

    from xner_core.corrections.address import Address
    from xner_core.corrections.checking import problems
    from xner_core.corrections.checking import status as ask
    from xner_core.corrections.database import Database

    found = ask()
    if not found.is_current:
        raise CorrectionError(f"there is nothing to check: {_form(found)}", where=found.address)
    with closing(Database(Address.of())) as database:
        wrong = list(problems(database))
    if as_json:
        print_json({"address": found.address, "n_events": found.n_events, "problems": wrong})
    elif wrong:
        for problem in wrong:
            _print(problem)
    else:
        _print(f"{found.address}: {found.n_events} events, all sound")
    if wrong:
        raise typer.Exit(1)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; it must not be there yet")],
    as_json: JsonOption = False,
) -> None:
    """Copy all corrections into a file; people may go on working."""
    from xner_core.corrections.backup import backup as do

    made = do(None, file)
    if as_json:
        print_json({"file": str(made.path), "n_events": made.n_events, "size": made.size})
        return
    _print(f"{made.path}: {made.n_events} events, {made.size} bytes")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup; it is not changed")],
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help="Also set sentences that were corrected since, or in another way, to the backup's state. "
            "Their history stays, and each can be undone",
        ),
    ] = False,
    author: Annotated[str, typer.Option(help="Who sets them back, with --replace")] = "",
    as_json: JsonOption = False,
) -> None:
    """Add what a backup has and the corrections lack; nothing is taken out, and people may go on working."""
    from xner_core.corrections.restoring import restore as do

    if replace != bool(author):
        raise ConfigError("--replace needs --author, and the other way round", hint="Say who sets them back")
    done = do(file, replace_by=author)
    if as_json:
        print_json(asdict(done))
        return
    _print(f"{done.added} events were added, {done.present} were there already")
    if done.ahead and not replace:
        _print(f"{done.ahead} sentences were corrected since the backup; they stay as they are")
    if replace:
        _print(f"{done.set_back} sentences were set to their state in the backup")


def _form(found: StoreStatus) -> str:
    """The form of the tables, and what to do where it is not the newest."""
    from xner_core.corrections.schema import REVISION

    if found.revision is None:
        return "the file holds no corrections, or is damaged" if found.size else "nothing was made yet"
    if found.is_current:
        return found.revision
    todo = (
        "run xner db upgrade" if found.revision < REVISION else "made by a newer version; update the program"
    )
    return f"{found.revision}: {todo}"


def _print(line: str) -> None:
    output.print(line, markup=False, highlight=False, soft_wrap=True)
