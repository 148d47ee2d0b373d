"""What is loaded once is handed out again, and no longer than it is right."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.demo import write_demo
from ui import cache
from xner_core.errors import CorpusError


def test_a_corpus_is_loaded_once(tmp_path: Path) -> None:
    spec = write_demo(tmp_path / "corpus.jsonl")
    assert cache.corpus(spec) is cache.corpus(spec)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    spec = write_demo(path, each=2)
    assert len(cache.corpus(spec).pairs) == 2
    write_demo(path, each=3)
    assert len(cache.corpus(spec).pairs) == 3


def test_a_file_changed_at_the_same_size_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    spec = write_demo(path, each=1)
    before = cache.corpus(spec)
    path.write_text(path.read_text(encoding="utf-8").replace("Hamburg", "Dresden"), encoding="utf-8")
    stamp = path.stat().st_mtime_ns + 1_000_000  # clocks of some file systems are coarse
    os.utime(path, ns=(stamp, stamp))
    after = cache.corpus(spec)
    assert "Dresden" in after.pairs[0].target.words
    assert after.fingerprint != before.fingerprint


def test_either_file_of_a_conll_corpus_may_change(tmp_path: Path) -> None:
    source, target = tmp_path / "en.conll", tmp_path / "de.conll"
    source.write_text("Ada\tB-PER\n", encoding="utf-8")
    target.write_text("Ada\tB-PER\n", encoding="utf-8")
    spec = f"conll:{source},{target}?source_lang=en&target_lang=de"
    assert cache.corpus(spec).pairs[0].target.words == ("Ada",)
    target.write_text("Adas\tB-PER\n", encoding="utf-8")
    assert cache.corpus(spec).pairs[0].target.words == ("Adas",)


def test_a_failure_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    with pytest.raises(CorpusError, match="no such file"):
        cache.corpus(f"jsonl:{path}")
    spec = write_demo(path, each=1)
    assert len(cache.corpus(spec).pairs) == 1
