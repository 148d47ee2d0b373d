"""Where the corrections are kept: a file, or a PostgreSQL server."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xner_core.errors import ConfigError
from xner_core.paths import data_folder

if TYPE_CHECKING:
    from sqlalchemy import URL

VARIABLE = "XNER_DATABASE_URL"
_HINT = f"{VARIABLE} is sqlite:////FOLDER/FILE or postgresql://USER:PASSWORD@HOST/DATABASE"
_ENCRYPTION = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_ASKABLE = ("sslmode", "unix_sock", "application_name")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a store is.

    Attributes:
        url: As SQLAlchemy opens it.
        path: The file, None where a server keeps the store.
        options: What the driver is told besides.
    """

    url: URL
    path: Path | None
    options: dict[str, Any]

    @classmethod
    def of(cls, url: str | None = None) -> Address:
        """Read an URL.

        Args:
            url: `sqlite:////FOLDER/FILE`, `postgresql://USER:PASSWORD@HOST:PORT/DATABASE`, which may end
                in `?sslmode=require`, or None: what `XNER_DATABASE_URL` says, or else a file in the data
                folder.

        Raises:
            ConfigError: If it is none, or names a kind of database that there is no driver for.
        """
        from sqlalchemy.engine import make_url
        from sqlalchemy.exc import ArgumentError

        url = os.environ.get(VARIABLE) if url is None else url
        if not url:
            return cls.of_file(data_folder() / "corrections.sqlite")
        try:
            read = make_url(url)
        except (ArgumentError, ValueError):  # it may hold a password, so it is not shown
            raise ConfigError("the address of the database is no URL", where=VARIABLE, hint=_HINT) from None
        kind = read.drivername.partition("+")[0]
        if kind == "sqlite":
            if read.query or read.host or read.database in {None, "", ":memory:"}:
                raise ConfigError("the address of the database names no file", where=VARIABLE, hint=_HINT)
            return cls.of_file(Path(str(read.database)))
        if kind in {"postgresql", "postgres"}:
            return cls._of_server(read)
        raise ConfigError(f"{kind} is no database that can be used", where=VARIABLE, hint=_HINT)

    @classmethod
    def of_file(cls, path: Path) -> Address:
        """The address of a file."""
        from sqlalchemy import URL

        try:
            place = path.expanduser().absolute()
        except RuntimeError as error:  # the home of nobody
            raise ConfigError(str(error), where=str(path), hint="Check the path") from None
        return cls(URL.create("sqlite", database=str(place)), place, {})

    @classmethod
    def _of_server(cls, url: URL) -> Address:
        unknown = sorted(set(url.query) - set(_ASKABLE))
        if unknown or not url.database or not url.username:
            missing = "a user" if not url.username else "a database"
            what = f"{', '.join(unknown)} cannot be set in" if unknown else f"{missing} is missing in"
            raise ConfigError(f"{what} the address of the database", where=VARIABLE, hint=_HINT)
        mode = str(url.query.get("sslmode", "prefer"))
        if mode not in _ENCRYPTION:
            raise ConfigError(
                f"{mode!r} is no sslmode", where=VARIABLE, hint=f"Choose from {', '.join(_ENCRYPTION)}"
            )
        opened = url.set(drivername="postgresql+pg8000").difference_update_query(["sslmode"])
        return cls(opened, None, {"ssl_context": _encryption(mode)})

    @property
    def shown(self) -> str:
        """The address for people: without the password."""
        if self.path is not None:
            return str(self.path)
        port = f":{self.url.port}" if self.url.port else ""
        return f"postgresql://{self.url.username}@{self.url.host or 'localhost'}{port}/{self.url.database}"


def _encryption(mode: str) -> Any:
    """What the driver is told: False never, None where the server can, True always, or whom to trust."""
    if mode.startswith("verify"):
        import ssl

        trusted = ssl.create_default_context()
        trusted.check_hostname = mode == "verify-full"
        return trusted
    return {"disable": False, "require": True}.get(mode)
