"""`xner …`: the same calls as the app, for scripts and batches.

Results go to standard output, progress and errors to standard error.
"""

from __future__ import annotations

import sys

import typer

from xner_core.cli.aligning import align_score, uncertain_links
from xner_core.cli.comparing import compare, presets, published, reproduce
from xner_core.cli.database import app as database
from xner_core.cli.diagnosing import errors as list_errors
from xner_core.cli.exporting import export, formats
from xner_core.cli.importing import import_file
from xner_core.cli.listing import components, corpora, version
from xner_core.cli.output import errors
from xner_core.cli.projecting import evaluate, project, projectors
from xner_core.cli.reviewing import agreement, history, queue
from xner_core.cli.running import run, runs
from xner_core.cli.similar import similar
from xner_core.cli.sweeping import align_sweep
from xner_core.cli.training import train_aligner
from xner_core.cli.training_ner import evaluate_ner, train_ner
from xner_core.cli.translating import translate
from xner_core.errors import XnerError

app = typer.Typer(
    name="xner",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Project named entities to a translation, and measure how well it went.",
)
_COMMANDS = (
    corpora,
    components,
    evaluate,
    project,
    projectors,
    align_score,
    align_sweep,
    uncertain_links,
    train_aligner,
    train_ner,
    evaluate_ner,
    translate,
    run,
    runs,
    compare,
    presets,
    published,
    reproduce,
    export,
    formats,
    queue,
    agreement,
    history,
    similar,
    version,
)
for _command in _COMMANDS:
    app.command()(_command)
app.command("errors")(list_errors)  # `errors` is standard error here
app.add_typer(database, name="db")
app.command("import")(import_file)


def main() -> None:
    """Run the command line; an XnerError ends it with its message and exit status 1."""
    try:
        app()
    except XnerError as error:
        errors.print(f"Error: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)
