"""The one tree of errors: every message says what, where and what to do."""

from __future__ import annotations

from pathlib import Path


class XnerError(Exception):
    """Base of all errors that a user can do something about.

    Args:
        what: What happened, as one sentence without a full stop.
        where: The file, line or sentence it happened in, if there is one.
        hint: What to do about it.
    """

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        self.what = what
        self.where = where
        self.hint = hint
        message = f"{where}: {what}" if where else what
        super().__init__(f"{message}. {hint}" if hint else message)


class ConfigError(XnerError):
    """A component name or an option that does not exist or has a bad value."""


class FileError(XnerError):
    """Something in a file that is not as it has to be.

    Args:
        what: What is wrong.
        path: The file it is in.
        line: The 1-based line.
        hint: What to do.
    """

    def __init__(
        self,
        what: str,
        *,
        path: Path | str | None = None,
        line: int | None = None,
        where: str | None = None,
        hint: str | None = None,
    ) -> None:
        self.path = path
        self.line = line
        if path is not None:
            where = f"{path}, line {line}" if line is not None else str(path)
        super().__init__(what, where=where, hint=hint)


class CorpusError(FileError):
    """A corpus that cannot be read; nothing of it was loaded."""


class ExportError(FileError):
    """A file of another tool that cannot be written or read."""


class ModelUnavailableError(XnerError):
    """A model is not on this machine and could not be fetched."""


class ProjectionError(XnerError):
    """A projection problem that no projector can read."""


class CorrectionError(XnerError):
    """A person's correction that does not fit its sentence pair."""
