"""Every test of the store runs over SQLite and over a real PostgreSQL server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy.engine import URL, make_url

from tests.xner_core.corrections import postgres
from xner_core.corrections.store import CorrectionStore


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker does all that asks for the server, so that one server is started."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("corrections"))


@pytest.fixture(scope="session")
def server() -> Iterator[URL]:
    """A PostgreSQL server; skips where none is installed, which fails with REQUIRE_ALL=1."""
    if not os.environ.get(postgres.NAMED) and postgres.programs() is None:
        why = f"PostgreSQL is not installed (Debian: postgresql), and {postgres.NAMED} names no server"
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail(why)
        pytest.skip(why)
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def shared_database(server: URL) -> Iterator[str]:
    """A database with the newest tables; making one a test takes longer than most tests."""
    with postgres.database(server) as url:
        CorrectionStore(url).close()
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a file that is not there yet."""
    return f"sqlite:///{tmp_path / 'corrections.sqlite'}"


@pytest.fixture
def postgres_url(shared_database: str) -> str:
    """The address of a database with the newest tables and nothing in them."""
    postgres.emptied(make_url(shared_database))
    return shared_database


@pytest.fixture
def bare_postgres_url(server: URL) -> Iterator[str]:
    """The address of a database without any table."""
    with postgres.database(server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of a store without events."""
    found: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest) -> str:
    """The address of a place where nothing was made yet."""
    found: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "bare_postgres_url")
    return found


@pytest.fixture
def store(url: str) -> Iterator[CorrectionStore]:
    """A store without events."""
    with ExitStack() as closing:
        opened = CorrectionStore.open(url)
        closing.callback(opened.close)
        yield opened
