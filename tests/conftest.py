"""Fixtures that all tests share, and the rule on skipping."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from xner_core.alignment.e5_small import E5SmallAligner

# The machines are shared: an example may take longer than hypothesis expects. Each run draws others.
settings.register_profile("shared", deadline=None, max_examples=50)
settings.load_profile("shared")

ROOT = Path(__file__).parent.parent
# One cache for all tests and workers, kept between runs: unpacking the model takes seconds.
os.environ["XNER_CACHE_DIR"] = str(ROOT / ".pytest_cache" / "xner")
_OWN_DATA = tempfile.TemporaryDirectory(prefix="xner-data-")  # removed at the end
os.environ["XNER_DATA_DIR"] = _OWN_DATA.name
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_DATASETS_CACHE"] = str(Path(_OWN_DATA.name) / "datasets")
if "PYTEST_XDIST_WORKER" in os.environ:
    # As many workers as cores: more threads than that are slower by far.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
SHARED = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def europarl() -> Path:
    """The folder of Europarl-NER; skips where it is missing."""
    return _shared("europarl-ner")


@pytest.fixture(scope="session")
def masakhaner() -> Path:
    """The folder of MasakhaNER2 joined with MAFAND-MT; skips where it is missing."""
    return _shared("masakhaner2-mafand")


@pytest.fixture(scope="session")
def wikineural() -> Path:
    """The folder of WikiNEuRal; skips where it is missing."""
    return _shared("wikineural")


@pytest.fixture(scope="session")
def word_alignment_gold() -> Path:
    """The folder of gold word alignments; skips where it is missing."""
    return _shared("word-alignment-gold")


@pytest.fixture(scope="session")
def float32_aligner() -> Iterator[E5SmallAligner]:
    """The embedded encoder in the precision in which numbers are compared exactly."""
    from xner_core.alignment.e5_small import E5SmallAligner, E5SmallConfig

    aligner = E5SmallAligner(E5SmallConfig(precision="float32"))
    yield aligner
    aligner.release()


@pytest.fixture(scope="session")
def tiny_translator(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a translation model with random weights that knows no languages."""
    from tests import tiny_seq2seq

    return tiny_seq2seq.plain(tmp_path_factory.mktemp("tiny-translator"))


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A cache with the unpacked model, no finished job and no run; no process outlives its test."""
    from xner_core.alignment.embedded import embedded_model
    from xner_core.runs import background, jobs

    models = embedded_model().parent
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "models").symlink_to(models)
    monkeypatch.setenv("XNER_CACHE_DIR", str(cache))
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))
    before = [set(each._processes) for each in (jobs, background)]
    yield
    for module, known in zip((jobs, background), before, strict=True):
        for folder in set(module._processes) - known:
            process = module._processes.pop(folder)
            process.kill()
            process.wait()


def _shared(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"the data folder {folder} is not here")
    return folder
