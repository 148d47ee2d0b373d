"""The app as a server of its own, and Chromium, for the app's benchmark."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
_START_SECONDS = 60


@contextmanager
def served(cache: Path, data: Path, options: Mapping[str, str] | None = None) -> Iterator[str]:
    """Start a server on a free port and yield its address.

    Args:
        cache: The folder of what can be made again.
        data: The folder of what cannot.
        options: Further options of `streamlit run`, by name.

    Raises:
        RuntimeError: If it does not answer in time.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"server.port": str(port), "server.address": "127.0.0.1", **(options or {})}
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += [text for name, value in settings.items() for text in (f"--{name}", value)]
    environment = {**os.environ, "XNER_CACHE_DIR": str(cache), "XNER_DATA_DIR": str(data)}
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/_stcore/health")
        yield address
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(url: str) -> None:
    """Wait until something answers."""
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"the server did not start within {_START_SECONDS} s")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser.

    Raises:
        RuntimeError: If Chromium is not installed.
    """
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    if program is None:
        raise RuntimeError("Chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()
