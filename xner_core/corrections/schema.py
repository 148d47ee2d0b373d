"""The tables of the store. They are made and changed by the migrations beside this file, never from here.

Nothing in them is ever changed or taken out: triggers of the database see to that. Numbers and
ids are given by the program while it holds the lock on writing, so they grow in the order in
which readers get to see what they name.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Dialect, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from xner_core.corrections.codec import escape, time_of, time_text, unescape
from xner_core.corrections.events import Action, Kind

REVISION = "0002"
"""The newest migration: what a database has to be at."""
Number = BigInteger().with_variant(Integer(), "sqlite")  # SQLite finds rows fastest by an INTEGER


class Exact(TypeDecorator[str]):
    """Text of any characters, also of those that databases do not take."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """What is stored."""
        return None if value is None else escape(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """What was meant."""
        return None if value is None else unescape(value)


class Time(TypeDecorator[datetime]):
    """A time in UTC, as text: SQLite has no type for it, and the same file serves all databases."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """What is stored."""
        return None if value is None else time_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """What was meant."""
        return None if value is None else time_of(value)


class Base(DeclarativeBase):
    """The base of all tables."""


class SentenceRow(Base):
    """A sentence pair of which somebody said something: its words stay readable without the corpus."""

    __tablename__ = "sentences"
    __table_args__ = (UniqueConstraint("sid", "content", name="sentences_key"),)

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)
    sid: Mapped[str] = mapped_column(Exact)
    content: Mapped[str] = mapped_column(String(64))
    source_lang: Mapped[str] = mapped_column(Exact)
    target_lang: Mapped[str] = mapped_column(Exact)
    source_words: Mapped[str] = mapped_column(Text)
    target_words: Mapped[str] = mapped_column(Text)


class OriginRow(Base):
    """What somebody was looking at; `content` is a checksum of the rest."""

    __tablename__ = "origins"
    __table_args__ = (UniqueConstraint("content", name="origins_content"),)

    id: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)
    content: Mapped[str] = mapped_column(String(64))
    corpus: Mapped[str] = mapped_column(Exact)
    fingerprint: Mapped[str] = mapped_column(Exact)
    run: Mapped[str | None] = mapped_column(Exact)
    config: Mapped[str] = mapped_column(Text)
    software: Mapped[str] = mapped_column(Exact)


class EventRow(Base):
    """An event; two people cannot write the same version of a field."""

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("sentence", "kind", "version", name="events_version"),
        Index("events_origin", "origin", "sentence"),
    )

    number: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)
    sentence: Mapped[int] = mapped_column(Number, ForeignKey("sentences.id"))
    kind: Mapped[Kind] = mapped_column(String(32))
    version: Mapped[int]
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    action: Mapped[Action] = mapped_column(String(32))
    author: Mapped[str] = mapped_column(Exact)
    time: Mapped[datetime] = mapped_column(Time)
    reason: Mapped[str] = mapped_column(Exact)
    refers: Mapped[int | None] = mapped_column(Number)
    step: Mapped[str] = mapped_column(Exact)
    origin: Mapped[int] = mapped_column(Number, ForeignKey("origins.id"))
