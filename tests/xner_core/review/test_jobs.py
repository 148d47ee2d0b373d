"""What jobs plan to correct, through JSON and back: similar sentences and imports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.xner_core.review.small import ORIGIN, entities, pair_of, say, small_config
from xner_core.cli import app
from xner_core.config import PipelineConfig
from xner_core.corrections.events import Change, SentenceKey
from xner_core.corrections.store import CorrectionStore
from xner_core.errors import CorpusError, CorrectionError
from xner_core.export.sample import Annotation
from xner_core.review.rows_for_jobs import item_json, item_of, lines_of
from xner_core.review.similar_job import SimilarJob, content_steps, similar_report
from xner_core.types import Corpus, Sentence, SentencePair, WordAlignment


def through_json(row: dict[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(json.dumps(row))
    return read


def test_changes_are_the_same_after_json(corpus: Corpus) -> None:
    ada = pair_of(corpus, "ada")
    changes = [
        Change("source_entities", entities((0, 1, "PER"), (0, 3, "ORG")), 2),
        Change("target_entities", None, 1),
        Change("links", ((0, 1, "possible"), (1, 0, "none")), 0),
        Change("status", "approved", 0),
        Change("note", "“quoted”", 3),
    ]
    assert item_of(through_json(item_json(ada, changes, ada)), ada) == (ada, changes)


def test_a_translated_sentence_comes_along() -> None:
    given = SentencePair("x", Sentence(("Ada",), "en"), Sentence((), "de"))
    made = SentencePair("x", given.source, Sentence(("Ada", "!"), "de", text="Ada!"))
    row = through_json(item_json(made, [Change("status", "approved", 0)], given))
    assert SentenceKey.of(item_of(row, given)[0]) == SentenceKey.of(made)
    assert "source" not in row


def test_lines_tell_every_field(corpus: Corpus) -> None:
    ada = pair_of(corpus, "ada")
    before = Annotation(
        entities((0, 1, "PER")), entities((0, 1, "PER")), WordAlignment.of([(0, 0)]), ((0, 0),)
    )
    after = Annotation(before.source_entities, (), WordAlignment.of([(1, 1)], [(0, 0)]))
    changes = [Change("links", (), 0), Change("status", "rejected", 0), Change("note", "why?", 0)]
    assert lines_of(ada, before, after, changes) == [
        "“Ada” (PER): “Ada” (PER) → nothing.",
        "2 links change",
        "set the status to rejected",
        "wrote a note: why?",
    ]
    assert lines_of(ada, before, before, [Change("source_entities", (), 0)]) == [
        "what was found is confirmed"
    ]


def test_a_twin_is_found_and_corrected_the_same_way(
    corpus: Corpus, store: CorrectionStore, config: PipelineConfig
) -> None:
    one, other = pair_of(corpus, "twin-1"), pair_of(corpus, "twin-2")
    say(store, one, source_entities=entities((0, 1, "ORG")))
    report = through_json(similar_report(corpus, store, "twin-1", None, config))
    assert report["problems"] == ["“eva” (PER) should be “eva” (ORG)."]
    [found] = report["found"]
    assert found["lines"] == ["“Eva” (PER), now “Eva” (ORG): “Eva” (PER) → “Eva” (ORG)."]
    assert (report["n_seen"], report["left_out"], report["is_cut"]) == (1, [], False)
    pair, changes = item_of(found["item"], other)
    made = store.record_many([(pair, changes)], author="Ana", origin=ORIGIN, action="similar")
    assert not made.conflicts
    assert store.state(SentenceKey.of(other)).source_entities == entities((0, 1, "ORG"))
    assert through_json(similar_report(corpus, store, "twin-1", None, config))["found"] == []


def test_what_somebody_settled_is_left_out(
    corpus: Corpus, store: CorrectionStore, config: PipelineConfig
) -> None:
    say(store, pair_of(corpus, "twin-2"), "Bo", status="approved")
    say(store, pair_of(corpus, "twin-1"), source_entities=())
    report = similar_report(corpus, store, "twin-1", None, config)
    assert (report["found"], report["left_out"]) == ([], ["twin-2"])


def test_the_step_that_is_meant_is_taken(
    corpus: Corpus, store: CorrectionStore, config: PipelineConfig
) -> None:
    one = pair_of(corpus, "twin-1")
    say(store, one, source_entities=entities((0, 1, "ORG")))
    say(store, one, source_entities=entities((0, 1, "LOC")))
    say(store, one, status="approved")
    store.undo(one, "Ana", ORIGIN)
    history = store.history(SentenceKey.of(one))
    first, second = content_steps(history)
    assert [event.number for event in (*first, *second)] == [history[0].number, history[1].number]
    early = similar_report(corpus, store, "twin-1", first[0].number, config)
    late = similar_report(corpus, store, "twin-1", None, config)
    assert early["problems"] == ["“eva” (PER) should be “eva” (ORG)."]
    assert late["problems"] == ["“eva” (ORG) should be “eva” (LOC)."]
    assert late["event"] == second[0].number
    with pytest.raises(CorrectionError, match=f"event {history[2].number} sets no entities"):
        similar_report(corpus, store, "twin-1", history[2].number, config)


def test_what_was_taken_back_is_no_correction(corpus: Corpus, store: CorrectionStore) -> None:
    one = pair_of(corpus, "twin-1")

    def numbers() -> list[int]:
        return [step[0].number for step in content_steps(store.history(SentenceKey.of(one)))]

    say(store, one, source_entities=entities((0, 1, "ORG")))
    say(store, one, source_entities=entities((0, 1, "LOC")))
    first, second = numbers()
    store.undo(one, "Ana", ORIGIN)
    assert numbers() == [first]
    store.redo(one, "Ana", ORIGIN)
    assert numbers() == [first, second]


def test_what_is_not_there(corpus: Corpus, store: CorrectionStore, config: PipelineConfig) -> None:
    with pytest.raises(CorpusError, match="no sentence has the id 'nobody'"):
        similar_report(corpus, store, "nobody", None, config)
    with pytest.raises(CorrectionError, match="nobody has set entities or links"):
        similar_report(corpus, store, "ada", None, config)


def test_another_moment_is_another_job(corpus: Corpus, config: PipelineConfig) -> None:
    one = SimilarJob(corpus, "ada", 1, config, 5)
    assert SimilarJob(corpus, "ada", 1, config, 5).folder == one.folder
    others = (
        SimilarJob(corpus, "ada", 2, config, 5),
        SimilarJob(corpus, "ada", 1, config, 6),
        SimilarJob(corpus, "ada", 1, config, 5, "elsewhere"),
        SimilarJob(corpus, "ada", 1, PipelineConfig(), 5),
    )
    assert len({each.folder for each in (one, *others)}) == 5


@pytest.fixture
def given(corpus: Corpus, tmp_path: Path) -> list[str]:
    config = small_config(tmp_path).model_dump_json(exclude_defaults=True)
    return [f"--corpus={corpus.spec}", f"--config={config}"]


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_the_command_and_its_job(corpus: Corpus, given: list[str], tmp_path: Path) -> None:
    say(CorrectionStore.open(), pair_of(corpus, "twin-1"), source_entities=())
    asked = ["similar", *given, "--sentence=twin-1"]
    assert "twin-2" in run(*asked)
    report = json.loads(run(*asked, "--json"))
    (tmp_path / "job").mkdir()
    run(*asked, f"--job={tmp_path / 'job'}")
    assert json.loads((tmp_path / "job" / "result.json").read_text()) == report


def test_the_job_of_agreement(corpus: Corpus, given: list[str], tmp_path: Path) -> None:
    for author in ("Ana", "Bo"):
        say(CorrectionStore.open(), pair_of(corpus, "ada"), author, target_entities=())
        say(CorrectionStore.open(), pair_of(corpus, "ada"), author, target_entities=entities((0, 1, "PER")))
    (tmp_path / "job").mkdir()
    run("agreement", *given, f"--job={tmp_path / 'job'}")
    [row] = json.loads((tmp_path / "job" / "result.json").read_text())["agreements"]
    assert (row["a"], row["b"], row["f1"]) == ("Ana", "Bo", 1)


def test_the_job_of_an_import_records_nothing(corpus: Corpus, given: list[str], tmp_path: Path) -> None:
    file = tmp_path / "edited.conll"
    file.write_text("Ada\tB-ORG\ntraf\tO\nBo\tO\n.\tO\n\nunknown\tO\n\n", encoding="utf-8")
    (tmp_path / "job").mkdir()
    run("import", *given, "--dry-run", "--format=conll2002", f"--job={tmp_path / 'job'}", "--", str(file))
    plan = json.loads((tmp_path / "job" / "result.json").read_text())
    assert (plan["n_read"], plan["n_found"], plan["n_changed"]) == (2, 1, 1)
    assert plan["reason"] == "Imported from edited.conll"
    [item], [lines] = plan["items"], plan["lines"]
    assert item == {"id": "ada", "changes": [["target_entities", [[0, 1, "ORG"]], 0]]}
    assert any("→" in line for line in lines)
    assert CorrectionStore.open().version() == 0


def test_a_file_that_is_none_fails_the_job(corpus: Corpus, given: list[str], tmp_path: Path) -> None:
    (tmp_path / "job").mkdir()
    run("import", *given, "--dry-run", f"--job={tmp_path / 'job'}", "--", str(tmp_path / "none"))
    assert "there is no such file" in json.loads((tmp_path / "job" / "error.json").read_text())["message"]
