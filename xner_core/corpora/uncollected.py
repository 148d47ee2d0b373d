"""Making very many objects without looking for garbage among them."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_inside = 0
_was_enabled = True


@contextmanager
def uncollected() -> Iterator[None]:
    """Put off the collection of garbage while objects are made none of which is garbage.

    Each collection would look at all that were made before: that takes as long as making them.
    Several threads may be inside at once; when the last one leaves, all is as it was.
    """
    global _inside, _was_enabled
    with _lock:
        if not _inside:
            _was_enabled = gc.isenabled()
            gc.disable()
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if not _inside and _was_enabled:
                gc.enable()
