"""The served app and a real browser."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from xner_core.corrections.store import CorrectionStore

ROOT = Path(__file__).parents[2]
ARTEFACTS = ROOT / "artefacts"
expect.set_options(timeout=40_000)  # the first page loads the model, and the machine may be busy
GRID = 'table[aria-label^="Word alignment"]'


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; skips where there is none, which fails with REQUIRE_ALL=1.

    Its build without windows, where there is one, opens a page in half the time.
    """
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        message = "Chromium is not installed (apt-get install chromium), so no page was opened in a browser"
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


@contextmanager
def serve() -> Iterator[str]:
    """Start a server of its own and yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.05)
        else:
            pytest.fail("the server did not start within 30 s")
        yield address
    finally:
        server.kill()  # it keeps nothing that it would have to write; asked to end, it takes seconds
        server.wait(20)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """A server that all tests share."""
    with serve() as address:
        yield address


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables and no correction."""
    path = tmp_path_factory.mktemp("store") / "corrections.sqlite"
    store = CorrectionStore(f"sqlite:///{path}")
    store.close()
    return path


@pytest.fixture
def uncorrected(empty_store: Path) -> Iterator[None]:
    """Nobody has corrected anything on the server that all tests share, before the test and after it."""
    folder = Path(os.environ["XNER_DATA_DIR"])

    def clear() -> None:
        for old in folder.glob("corrections.sqlite*"):
            old.unlink()
        folder.mkdir(exist_ok=True)
        shutil.copy(empty_store, folder / "corrections.sqlite")

    clear()
    yield
    clear()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One user's browser for all tests, so that Streamlit's scripts are fetched once.

    The server knows a session by its socket, so each page is still a visit of its own.
    """
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def open_page(browser: Browser, context: BrowserContext) -> Iterator[Callable[..., Page]]:
    """Open pages, and check at the end that nothing went wrong in them.

    No script error, no dialog, and no request to anywhere but the server. With `own` a page is
    opened by another user, who shares nothing with the others.
    """
    pages: list[Page] = []
    owned: list[BrowserContext] = []
    complaints: list[str] = []

    def check_request(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
            complaints.append(f"request to {request.url}")
        if request.url.endswith("stolen.png"):
            complaints.append(f"an image named in the corpus was fetched: {request.url}")

    def open_(
        url: str, *, width: int = 1280, height: int = 1000, dark: bool = False, own: bool = False
    ) -> Page:
        if own:
            owned.append(browser.new_context())
        page = (owned[-1] if own else context).new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        page.on("dialog", lambda dialog: (complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", check_request)
        page.goto(url)
        return page

    yield open_
    for each in (*pages, *owned):
        each.close()
    assert complaints == []


def drawn(page: Page) -> None:
    """Wait until the server has answered and what it sent has faded in."""
    expect(page.locator('.stApp[data-test-script-state="notRunning"]')).to_have_count(1)
    page.wait_for_function(
        """() => document.getAnimations().every(
          (each) => each.playState !== 'running' || each.effect.getComputedTiming().endTime === Infinity
        )"""
    )


@pytest.fixture
def keep() -> Callable[[Page, str], None]:
    """Keep a screenshot as an artefact of the test."""
    ARTEFACTS.mkdir(exist_ok=True)

    def keep_(page: Page, name: str) -> None:
        drawn(page)  # or a table that is about to go would be waited for
        shown = page.locator('[data-testid="stDataFrame"]:not(details:not([open]) *)')
        for table in shown.all():  # drawn last, on a canvas
            table.locator("canvas").first.wait_for()
        drawn(page)
        page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=False, animations="disabled")

    return keep_


@pytest.fixture
def corpus_file(tmp_path: Path) -> Callable[..., str]:
    """Write rows to a file and return its corpus spec."""

    def write(*rows: dict[str, object]) -> str:
        path = tmp_path / "corpus.jsonl"
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
        return f"jsonl:{path}"

    return write
