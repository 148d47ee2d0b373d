"""AER of an aligner and of a file of links: what is reported, and what does not fit together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load
from xner_core.errors import CorpusError
from xner_core.evaluation import score_alignment
from xner_core.pipeline import Pipeline
from xner_core.runs.align_score import MODE, align_score, gold_corpus, links_from
from xner_core.types import Progress

DEMO = [pair for lang in ("de", "sw") for pair in load(f"demo:{lang}").pairs[:8]]
ARGMAX = PipelineConfig(extraction=Choice(name="argmax"))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The demonstration's pairs and gold links, counted from 1."""
    folder = tmp_path_factory.mktemp("gold")
    pairs, gold = folder / "demo.src-tgt", folder / "demo.gold"
    with pairs.open("w", encoding="utf-8") as lines, gold.open("w", encoding="utf-8") as links:
        for pair in DEMO:
            lines.write(f"{' '.join(pair.source.words)} ||| {' '.join(pair.target.words)}\n")
            right = pair.gold_alignment
            assert right is not None
            written = [f"{i + 1}-{j + 1}" for i, j in right.sure]
            written += [f"{i + 1}p{j + 1}" for i, j in right.possible]
            links.write(" ".join(written) + "\n")
    return pairs, gold


@pytest.fixture(scope="module")
def report(files: tuple[Path, Path]) -> dict[str, Any]:
    return align_score(*files, index_base=1, config=ARGMAX, source_lang="en")


def test_the_report_has_exactly_the_documented_keys(report: dict[str, Any]) -> None:
    assert list(report) == [
        "aer", "precision", "recall", "f1", "n_pairs", "links", "counts", "seconds", "notices", "provenance"
    ]  # fmt: skip
    assert report["seconds"].keys() == {"load", "alignment", "evaluation", "total"}


def test_the_figures_are_those_of_the_pipeline_s_links(report: dict[str, Any]) -> None:
    gold = [pair.gold_alignment for pair in DEMO if pair.gold_alignment]
    expected = score_alignment(gold, list(Pipeline(ARGMAX).align(DEMO)))
    assert (report["n_pairs"], report["links"]) == (16, expected.n_predicted)
    for figure in ("aer", "precision", "recall", "f1"):
        assert report[figure] == pytest.approx(getattr(expected, figure), abs=0.02)
    assert report["counts"]["n_sure"] == expected.n_sure
    assert report["counts"]["n_acceptable"] == expected.n_acceptable


def test_provenance_names_what_did_the_work(report: dict[str, Any], files: tuple[Path, Path]) -> None:
    made = report["provenance"]
    assert made["components"].keys() == {"aligner", "extraction"}
    assert made["components"]["aligner"]["options"]["layer"] == (7,)
    assert made["components"]["extraction"]["name"] == "argmax"
    assert list(made["models"]) == ["aligner"]
    assert made["mode"] == MODE
    corpus = gold_corpus(*files, index_base=1, source_lang="en")
    assert made["corpus"] == {"spec": f"{files[0]} with {files[1]}", "fingerprint": corpus.fingerprint}


def test_the_gold_corpus_is_what_the_files_say(files: tuple[Path, Path]) -> None:
    corpus = gold_corpus(*files, index_base=1, source_lang="en", target_lang="de")
    assert [pair.id for pair in corpus.pairs] == [str(number) for number in range(1, 17)]
    for found, written in zip(corpus.pairs, DEMO, strict=True):
        assert found.source.words == written.source.words
        assert found.target.words == written.target.words
        assert found.gold_alignment == written.gold_alignment
        assert (found.source.lang, found.target.lang) == ("en", "de")


def test_the_gold_links_themselves_make_no_error(files: tuple[Path, Path]) -> None:
    pairs, gold = files
    chosen = links_from(gold, pairs, 1)
    report = align_score(pairs, gold, index_base=1, config=PipelineConfig(aligner=chosen))
    assert (report["aer"], report["precision"], report["recall"], report["f1"]) == (0, 1, 1, 1)
    assert report["provenance"]["components"].keys() == {"aligner"}
    assert str(gold) in report["provenance"]["models"]["aligner"][0]


def test_predicted_links_may_have_ids_and_another_index_base(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    pairs, gold = files
    path = tmp_path / "predicted.txt"
    rows = [f"{n}\t0-0\n" for n in range(len(DEMO), 0, -1)]
    path.write_text("".join(rows), encoding="utf-8")
    config = PipelineConfig(aligner=links_from(path, pairs, 0))
    report = align_score(pairs, gold, index_base=1, config=config)
    first = [pair.gold_alignment for pair in DEMO if pair.gold_alignment]
    assert report["counts"]["n_predicted_sure"] == sum((0, 0) in each.sure for each in first) > 0


def test_a_limit_cuts_both_files_and_progress_is_told(files: tuple[Path, Path]) -> None:
    told: list[tuple[str, int, int]] = []
    progress: Progress = lambda *news: told.append(news)  # noqa: E731
    report = align_score(*files, index_base=1, limit=3, progress=progress)
    assert report["n_pairs"] == 3
    assert report["counts"]["n_sure"] == sum(len(p.gold_alignment.sure) for p in DEMO[:3] if p.gold_alignment)
    assert told == [("alignment", done, 3) for done in (1, 2, 3)]


def test_the_wrong_index_base_is_said(files: tuple[Path, Path]) -> None:
    with pytest.raises(CorpusError, match="points outside") as raised:
        align_score(*files, index_base=0)
    assert raised.value.path == files[1]
    assert raised.value.line is not None
    assert "index base 1" in (raised.value.hint or "")


@pytest.mark.parametrize("change", [-1, 1])
def test_files_of_another_length_do_not_belong_together(
    files: tuple[Path, Path], tmp_path: Path, change: int
) -> None:
    pairs, gold = files
    other = tmp_path / "other.gold"
    lines = gold.read_text(encoding="utf-8").splitlines(keepends=True)
    other.write_text("".join(lines[:change] if change < 0 else [*lines, "1-1\n"]), encoding="utf-8")
    message = f"it has {16 + change} lines, but .* has 16 sentence pairs"
    with pytest.raises(CorpusError, match=message):
        align_score(pairs, other, index_base=1)
    with pytest.raises(CorpusError, match=message):
        links_from(other, pairs, 1)


def test_gold_links_with_ids_must_have_every_pair(files: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "ids.gold"
    other.write_text("1\t1-1\n3\t1-1\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="no links for the sentence '2'"):
        align_score(files[0], other, index_base=1)
