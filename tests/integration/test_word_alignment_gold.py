"""AER on the gold alignments of the shared tasks, English–French and Romanian–English."""

from __future__ import annotations

from pathlib import Path

import pytest

from xner_core.config import Choice, PipelineConfig
from xner_core.runs.align_score import align_score, links_from

pytestmark = pytest.mark.xdist_group("real data")


# Measured apart from this code (DESIGN.md): argmax on layer 7 has .074 and .292 to .299.
@pytest.mark.parametrize(
    ("name", "n_pairs", "extraction", "least", "most"),
    [
        ("enfr", 447, "argmax", 0.070, 0.078),
        ("roen", 248, "argmax", 0.285, 0.305),
    ],
)
def test_aer_is_what_was_measured_before(
    word_alignment_gold: Path, name: str, n_pairs: int, extraction: str, least: float, most: float
) -> None:
    report = align_score(
        word_alignment_gold / f"{name}.src-tgt",
        word_alignment_gold / f"{name}.gold",
        index_base=1,
        config=PipelineConfig(extraction=Choice(name=extraction)),
    )
    assert report["n_pairs"] == n_pairs
    assert least <= report["aer"] <= most


@pytest.mark.parametrize("name", ["enfr", "roen"])
def test_the_gold_links_themselves_make_no_error(word_alignment_gold: Path, name: str) -> None:
    pairs, gold = word_alignment_gold / f"{name}.src-tgt", word_alignment_gold / f"{name}.gold"
    config = PipelineConfig(aligner=links_from(gold, pairs, 1))
    report = align_score(pairs, gold, index_base=1, config=config)
    assert (report["aer"], report["precision"], report["recall"]) == (0, 1, 1)
