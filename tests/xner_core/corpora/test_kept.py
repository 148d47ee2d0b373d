"""A large corpus opens at once the second time, and never as something else than what its files say."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

from tests.demo import write_demo
from xner_core.corpora import build, jsonl, kept, load
from xner_core.corpora.packed import PackedPairs
from xner_core.corpora.uncollected import uncollected
from xner_core.errors import CorpusError


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(build, "PACKED_FROM", 2)
    monkeypatch.setattr(kept, "_SMALLEST", 1)
    monkeypatch.setenv("XNER_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every file that is read as JSON lines."""
    found: list[Path] = []
    read = jsonl.read_pairs

    def counted(path: Path) -> object:
        found.append(path)
        return read(path)

    monkeypatch.setattr(jsonl, "read_pairs", counted)
    return found


def copies(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache" / "corpora").glob("*"))


def test_the_second_time_nothing_is_read(tmp_path: Path, reads: list[Path]) -> None:
    spec = write_demo(tmp_path / "a.jsonl")
    first, second = load(spec), load(spec)
    assert len(reads) == 1
    assert isinstance(second.pairs, PackedPairs)
    assert first == second
    (tmp_path / "elsewhere").mkdir()
    moved = (tmp_path / "a.jsonl").rename(tmp_path / "elsewhere" / "a.jsonl")
    assert load(f"jsonl:{moved}").spec == f"jsonl:{moved}"
    assert len(reads) == 1


def test_it_is_the_same_as_without_packing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = '{"source_lang":"en","target_lang":"de","source_tokens":["Ada"],"target_tags":["I-PER","O"],'
    path = tmp_path / "a.jsonl"
    path.write_text((row + '"target_tokens":["Ada","singt"]}\n') * 3, encoding="utf-8")
    load(f"jsonl:{path}")
    found = load(f"jsonl:{path}")
    monkeypatch.setattr(build, "PACKED_FROM", 100)
    monkeypatch.setattr(kept, "_SMALLEST", 1 << 30)
    plain = load(f"jsonl:{path}")
    assert isinstance(plain.pairs, tuple)
    assert found == plain
    assert found.notices == plain.notices != ()
    assert found.languages == plain.languages


def test_the_file_of_another_name_is_read_anew(tmp_path: Path, reads: list[Path]) -> None:
    """Notices name the file."""
    spec = write_demo(tmp_path / "a.jsonl")
    load(spec)
    (tmp_path / "a.jsonl").rename(tmp_path / "b.jsonl")
    load(f"jsonl:{tmp_path / 'b.jsonl'}")
    assert len(reads) == 2


def test_a_changed_file_is_read_anew(tmp_path: Path, reads: list[Path]) -> None:
    path = tmp_path / "a.jsonl"
    spec = write_demo(path)
    before = load(spec)
    stamp = path.stat().st_mtime_ns
    path.write_text(path.read_text(encoding="utf-8").replace("Hamburg", "Dresden"), encoding="utf-8")
    os.utime(path, ns=(stamp, stamp))  # neither its size nor its time tells
    assert load(spec).fingerprint != before.fingerprint
    assert len(reads) == 2


def test_other_code_reads_anew(tmp_path: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    spec = write_demo(tmp_path / "a.jsonl")
    load(spec)
    monkeypatch.setattr(kept, "_readers", lambda: "another")
    load(spec)
    assert len(reads) == 2


def test_other_options_read_anew(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text("Ada\tB-PER\n\nsings\tO\n", encoding="utf-8")
    specs = [
        f"conll:{tmp_path / 'a'},{tmp_path / 'b'}?source_lang=en&target_lang={lang}" for lang in ("de", "es")
    ]
    for _ in range(2):
        assert [load(spec).languages for spec in specs] == [("de",), ("es",)]


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_a_damaged_copy_is_made_again(tmp_path: Path, reads: list[Path], damage: bytes | None) -> None:
    spec = write_demo(tmp_path / "a.jsonl")
    before = tuple(load(spec).pairs)
    [copy] = copies(tmp_path)
    copy.write_bytes(copy.read_bytes()[:-200] if damage is None else damage)
    assert load(spec).pairs == before
    load(spec)
    assert len(reads) == 2


def test_what_cannot_be_kept_is_read_all_the_same(tmp_path: Path) -> None:
    spec = write_demo(tmp_path / "a.jsonl")
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert load(spec).pairs[0].id


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    spec = write_demo(path)
    make = jsonl.make_corpus

    def slow(*arguments: object) -> object:
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        return make(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(jsonl, "make_corpus", slow)
    load(spec)
    assert copies(tmp_path) == []


def test_copies_opened_least_lately_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST_KEPT", 2)
    specs = [write_demo(tmp_path / f"{name}.jsonl") for name in "abc"]
    load(specs[0])
    [first] = copies(tmp_path)
    load(specs[1])
    [second] = set(copies(tmp_path)) - {first}
    for path, stamp in ((first, 1), (second, 2)):
        os.utime(path, (stamp, stamp))
    load(specs[0])  # opened again
    load(specs[2])
    assert first in copies(tmp_path)
    assert second not in copies(tmp_path)
    assert len(copies(tmp_path)) == 2


def test_errors_stay_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    spec = write_demo(path)
    path.write_text(path.read_text(encoding="utf-8") + "{}\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(CorpusError, match="source_lang: Field required"):
            load(spec)
    assert copies(tmp_path) == []


def test_garbage_is_collected_again_when_the_last_one_is_done() -> None:
    assert gc.isenabled()
    outer, inner = uncollected(), uncollected()
    outer.__enter__()
    inner.__enter__()
    assert not gc.isenabled()
    outer.__exit__(None, None, None)
    assert not gc.isenabled()
    inner.__exit__(None, None, None)
    assert gc.isenabled()
    with pytest.raises(CorpusError), uncollected():
        raise CorpusError("it fails")
    assert gc.isenabled()


def test_collection_that_is_off_stays_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
