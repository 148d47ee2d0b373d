"""The core starts fast and leaves the heavy libraries alone."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

HEAVY = {"torch", "transformers", "simalign", "spacy", "datasets", "streamlit", "ray"}


def _run(code: str) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


_IMPORT = """
import json, sys, time
before = time.perf_counter()
import xner_core
print(json.dumps({"seconds": time.perf_counter() - before, "modules": sorted(sys.modules)}))
"""

_IMPORT_ALL = """
import json, pkgutil, sys
from importlib import import_module
import xner_core
names = [m.name for m in pkgutil.walk_packages(xner_core.__path__, "xner_core.") if m.name[-8:] != "__main__"]
for name in names:
    import_module(name)
print(json.dumps({"imported": names, "modules": sorted(sys.modules)}))
"""


def test_import_is_fast_and_light() -> None:
    runs = [_run(_IMPORT) for _ in range(3)]
    assert min(run["seconds"] for run in runs) < 0.3
    assert HEAVY.isdisjoint(runs[0]["modules"])


def test_no_module_of_the_core_imports_a_heavy_library_at_its_top() -> None:
    result = _run(_IMPORT_ALL)
    assert {"xner_core.pipeline", "xner_core.cli", "xner_core.alignment.encoder"} <= set(result["imported"])
    assert HEAVY.isdisjoint(result["modules"])
