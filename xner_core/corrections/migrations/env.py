"""What Alembic asks how to run the migrations.

The caller holds the transaction and the lock: all steps are made together or, where the process
is killed, none.
"""

from __future__ import annotations

from alembic import context

from xner_core.corrections.upgrading import VERSION_TABLE


def _run() -> None:
    context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
    with context.begin_transaction():
        context.run_migrations()


if hasattr(context, "config"):  # it has none where this file is only imported
    _run()
