"""Where the project keeps what it makes, following the platform's conventions."""

from __future__ import annotations

import os
from pathlib import Path

APP_NAME = "xner-inspector"


def cache_folder() -> Path:
    """Folder of what can be made again: unpacked models, computed figures.

    `XNER_CACHE_DIR` moves it.
    """
    from platformdirs import user_cache_path

    override = os.environ.get("XNER_CACHE_DIR")
    return Path(override).expanduser() if override else user_cache_path(APP_NAME)


def data_folder() -> Path:
    """Folder of what cannot be made again without work: saved runs, which models were trained here.

    `XNER_DATA_DIR` moves it.
    """
    from platformdirs import user_data_path

    override = os.environ.get("XNER_DATA_DIR")
    return Path(override).expanduser() if override else user_data_path(APP_NAME)
