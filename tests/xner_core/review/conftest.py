"""A small corpus, its pipeline and empty stores."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.xner_core.review.small import small_config, small_corpus
from xner_core.config import PipelineConfig
from xner_core.corrections.store import CorrectionStore
from xner_core.types import Corpus

NewStore = Callable[[str], CorrectionStore]


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache and a data folder in which there is nothing."""
    monkeypatch.setenv("XNER_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XNER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("XNER_DATABASE_URL", raising=False)


@pytest.fixture
def corpus(own_folders: None, tmp_path: Path) -> Corpus:
    return small_corpus(tmp_path)


@pytest.fixture
def config(tmp_path: Path) -> PipelineConfig:
    return small_config(tmp_path)


@pytest.fixture
def new_store(tmp_path: Path) -> Iterator[NewStore]:
    """Makes empty stores by name."""
    made: list[CorrectionStore] = []

    def make(name: str) -> CorrectionStore:
        made.append(CorrectionStore.open(f"sqlite:///{tmp_path / name}.sqlite"))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(new_store: NewStore) -> CorrectionStore:
    return new_store("store")
