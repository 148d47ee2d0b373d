"""Precomputed links as an aligner."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import blank_pair
from xner_core.alignment.links import LinksAligner, LinksConfig
from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load
from xner_core.errors import ConfigError, CorpusError
from xner_core.pipeline import Pipeline
from xner_core.runs.records import record
from xner_core.types import SentencePair, WordAlignment

BLANK = blank_pair(3, 4)
PAIRS = [SentencePair(name, BLANK.source, BLANK.target) for name in ("1", "2")]


def write(folder: Path, content: str) -> str:
    path = folder / "links.txt"
    path.write_text(content, encoding="utf-8")
    return str(path)


def test_links_are_taken_as_they_are(tmp_path: Path) -> None:
    aligner = LinksAligner(LinksConfig(path=write(tmp_path, "3-4 1p1\n\n"), index_base=1))
    first, second = aligner.compare(PAIRS)
    assert (first, second) == (WordAlignment(((2, 3),), ((0, 0),)), WordAlignment(()))
    assert first.similarity is None


def test_a_missing_pair_is_an_error_before_any_link_is_given(tmp_path: Path) -> None:
    aligner = LinksAligner(LinksConfig(path=write(tmp_path, "1\t0-0\n")))
    with pytest.raises(CorpusError, match="no links for the sentence '2'"):
        next(aligner.compare(PAIRS))


def test_a_missing_pair_has_no_links_where_that_is_wanted(tmp_path: Path) -> None:
    aligner = LinksAligner(LinksConfig(path=write(tmp_path, "2\t0-0\n"), missing="no links"))
    assert [found.sure for found in aligner.compare(PAIRS)] == [(), ((0, 0),)]


def test_a_file_is_needed() -> None:
    aligner = LinksAligner()
    for call in (aligner.load, lambda: list(aligner.compare(PAIRS)), lambda: aligner.model_id):
        with pytest.raises(ConfigError, match="needs a file") as raised:
            call()
        assert raised.value.hint == "Write links:PATH"


def test_its_model_id_tells_contents_apart(tmp_path: Path) -> None:
    aligner = LinksAligner(LinksConfig(path=write(tmp_path, "0-0\n")))
    before = aligner.model_id
    assert str(tmp_path) in before
    write(tmp_path, "0-1\n")
    assert aligner.model_id != before
    assert LinksAligner(LinksConfig(path="nowhere.txt")).model_id == "nowhere.txt"


def test_after_release_the_file_is_read_again(tmp_path: Path) -> None:
    aligner = LinksAligner(LinksConfig(path=write(tmp_path, "0-0\n")))
    aligner.load()
    write(tmp_path, "0-1\n")
    assert next(aligner.compare(PAIRS[:1])).sure == ((0, 0),)
    aligner.release()
    assert next(aligner.compare(PAIRS[:1])).sure == ((0, 1),)


def test_a_pipeline_projects_over_what_it_printed_itself(tmp_path: Path) -> None:
    pairs = load("demo:de").pairs[:6]
    expected = list(Pipeline().run(pairs))
    lines = [f"{result.pair.id}\t{record(result)['alignment']}\n" for result in expected]
    path = write(tmp_path, "".join(lines))
    pipeline = Pipeline(PipelineConfig(aligner=Choice(name=f"links:{path}")))
    assert [result.projection for result in pipeline.run(pairs)] == [r.projection for r in expected]
    assert pipeline.notices == []


def test_an_extraction_that_is_not_used_is_said(tmp_path: Path) -> None:
    chosen = PipelineConfig(
        aligner=Choice(name=f"links:{write(tmp_path, '0-0')}"), extraction=Choice(name="argmax")
    )
    (notice,) = Pipeline(chosen).notices
    assert "the extraction argmax is not used" in notice
    assert Pipeline(PipelineConfig(extraction=Choice(name="argmax"))).notices == []
