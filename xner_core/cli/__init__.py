"""`xner …`: the same calls as the app, for scripts and batches.

Results go to standard output, progress and errors to standard error.
"""

from __future__ import annotations

import sys

import typer

from xner_core.cli.aligning import align_score
from xner_core.cli.listing import components, corpora, version
from xner_core.cli.output import errors
from xner_core.cli.projecting import evaluate, project, projectors
from xner_core.errors import XnerError

app = typer.Typer(
    name="xner",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Project named entities to a translation, and measure how well it went.",
)
for _command in (corpora, components, evaluate, project, projectors, align_score, version):
    app.command()(_command)


def main() -> None:
    """Run the command line; an XnerError ends it with its message and exit status 1."""
    try:
        app()
    except XnerError as error:
        errors.print(f"Error: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)
