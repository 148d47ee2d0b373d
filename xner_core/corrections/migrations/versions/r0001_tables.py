"""Sentences, what was looked at, and events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "sentences",
        sa.Column("id", number, primary_key=True, autoincrement=False),
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("source_lang", sa.Text(), nullable=False),
        sa.Column("target_lang", sa.Text(), nullable=False),
        sa.Column("source_words", sa.Text(), nullable=False),
        sa.Column("target_words", sa.Text(), nullable=False),
        sa.UniqueConstraint("sid", "content", name="sentences_key"),
    )
    op.create_table(
        "origins",
        sa.Column("id", number, primary_key=True, autoincrement=False),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("corpus", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("run", sa.Text(), nullable=True),
        sa.Column("config", sa.Text(), nullable=False),
        sa.Column("software", sa.Text(), nullable=False),
        sa.UniqueConstraint("content", name="origins_content"),
    )
    op.create_table(
        "events",
        sa.Column("number", number, primary_key=True, autoincrement=False),
        sa.Column("sentence", number, sa.ForeignKey("sentences.id"), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("time", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("refers", number, nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("origin", number, sa.ForeignKey("origins.id"), nullable=False),
        sa.UniqueConstraint("sentence", "kind", "version", name="events_version"),
    )
    op.create_index("events_origin", "events", ["origin", "sentence"])
