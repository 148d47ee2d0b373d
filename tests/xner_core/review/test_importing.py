"""Corrections through a file and back, and what a file cannot say stays as it is."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.xner_core.review.conftest import NewStore
from tests.xner_core.review.small import ORIGIN, entities, pair_of, say, small_corpus, values
from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load
from xner_core.corrections.events import KINDS, UNTOUCHED, Change, SentenceKey
from xner_core.corrections.store import CorrectionStore
from xner_core.errors import ExportError
from xner_core.export.format import Format
from xner_core.export.sample import CharacterRange, ReadSample, ReadSide
from xner_core.registry import COMPONENTS
from xner_core.review import unpacking
from xner_core.review.exporting import export
from xner_core.review.importing import ImportPlan, apply_import, plan_import, read_file
from xner_core.review.samples import Review
from xner_core.review.unpacking import unpacked
from xner_core.runs.config import RunConfig
from xner_core.runs.run import run
from xner_core.types import SIDES, Corpus, WordAlignment

WHOLE = ("jsonl", "label-studio", "doccano", "brat")
"""Formats that hold all that a person can say."""
FORMATS = tuple(COMPONENTS["format"])


def format_of(name: str, **options: Any) -> Format[Any]:
    made: Format[Any] = Choice(name=name, options=options).build("format")
    return made


def correct(store: CorrectionStore, corpus: Corpus) -> None:
    """One of each kind of correction."""
    say(store, pair_of(corpus, "ada"), source_entities=entities((0, 1, "PER"), (2, 3, "PER")))
    say(store, pair_of(corpus, "ada"), "Ben", status="approved", note='twice\n"now"')
    say(store, pair_of(corpus, "rome"), links=((1, 2, "none"), (1, 3, "possible"), (2, 3, "none")))
    say(store, pair_of(corpus, "rome"), "Ben", target_entities=entities((1, 3, "LOC"), (2, 3, "ORG")))
    say(store, pair_of(corpus, "twin-1"), target_entities=())
    say(store, pair_of(corpus, "twin-2"), status="needsReview")
    say(store, pair_of(corpus, "none"), source_entities=entities((1, 2, "MISC")), links=((1, 1, "none"),))


def planned(
    path: Path, name: str, review: Review, corpus: Corpus, store: CorrectionStore, **options: Any
) -> ImportPlan:
    file_format = format_of(name, **options)
    reads, _ = read_file(file_format, path, name)
    return plan_import(reads, file_format, review, corpus.pairs, store.states)


def plan_of(
    reads: Iterable[ReadSample],
    corpus: Corpus,
    config: PipelineConfig,
    store: CorrectionStore,
    name: str = "jsonl",
) -> ImportPlan:
    return plan_import(reads, format_of(name), Review(corpus, config), corpus.pairs, store.states)


@pytest.fixture
def written(corpus: Corpus, config: PipelineConfig, store: CorrectionStore, tmp_path: Path) -> Any:
    """Corrects the corpus, and writes it in any format."""
    correct(store, corpus)
    review = Review(corpus, config)
    samples = list(review.samples(corpus.pairs, store))

    def write(name: str, **options: Any) -> tuple[Path, Review]:
        folder = tmp_path / f"{name}-{len(options)}"
        export(format_of(name, **options), samples, folder, "all", about=lambda: review.provenance)
        return folder, review

    return write


@pytest.mark.parametrize("name", WHOLE)
def test_states_are_equal_after_a_round_trip(
    name: str, written: Any, corpus: Corpus, store: CorrectionStore, new_store: NewStore
) -> None:
    folder, review = written(name)
    other = new_store("other")
    plan = planned(folder, name, review, corpus, other)
    assert plan.problems == ()
    apply_import(plan, other, "Cem", ORIGIN, plan.reason(folder.name))
    assert values(other.states()) == values(store.states())
    again = planned(folder, name, review, corpus, other)
    assert (again.planned, again.n_same) == ((), len(corpus.pairs))


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_changes_nothing_at_home_and_says_what_it_holds_elsewhere(
    name: str, written: Any, corpus: Corpus, store: CorrectionStore, new_store: NewStore
) -> None:
    """At home not even what it could not hold: nested entities, possible links, a status.

    Elsewhere each field is what it is here, or what nobody said; entities besides those announced.
    """
    folder, review = written(name)
    file_format, other = format_of(name), new_store("other")
    home = planned(folder, name, review, corpus, store)
    assert (home.counts, home.problems) == ({}, ())
    assert home.n_same == home.n_read > 0
    apply_import(planned(folder, name, review, corpus, other), other, "Cem", ORIGIN, "")
    here, there = store.states(), other.states()
    mine = list(review.samples(corpus.pairs, store))
    for ours, theirs in zip(mine, review.samples(corpus.pairs, other), strict=True):
        lost = {(loss.side, loss.entity) for loss in file_format.losses(ours)}
        for side in SIDES:
            if f"{side} entities" in file_format.holds:
                kept = {entity for entity in ours.corrected.entities(side) if (side, entity) not in lost}
                assert set(theirs.corrected.entities(side)) == kept
        key = SentenceKey.of(ours.pair)
        for kind in KINDS:
            if kind in file_format.holds:
                assert there.get(key, UNTOUCHED).value(kind) == here.get(key, UNTOUCHED).value(kind)


def test_history_is_not_forged(
    written: Any, corpus: Corpus, store: CorrectionStore, new_store: NewStore
) -> None:
    folder, review = written("jsonl")
    other = new_store("other")
    plan = planned(folder, "jsonl", review, corpus, other)
    n = sum(len(store.history(key)) for key in store.states())
    reason = f"Imported from all.jsonl, which tells of {n} events by Ana, Ben"
    assert plan.reason("all.jsonl") == reason
    recorded = apply_import(plan, other, "Cem", ORIGIN, plan.reason("all.jsonl"))
    assert {(event.author, event.action, event.reason) for event in recorded.events} == {
        ("Cem", "import", reason)
    }
    assert len({event.step for event in recorded.events}) == 1


def test_a_history_tells_what_was_said_of_what_is_so_anyway(
    corpus: Corpus, config: PipelineConfig, store: CorrectionStore, new_store: NewStore
) -> None:
    """Saying what the components find is still saying it; a line that was changed since holds as it is."""
    ada = pair_of(corpus, "ada")
    anyway = entities((0, 1, "PER"))
    say(store, ada, source_entities=anyway, target_entities=anyway, links=((0, 0, "sure"), (0, 1, "none")))
    [sample] = Review(corpus, config).samples([ada], store)
    other = new_store("other")
    plan = plan_of([ReadSample("f:1", sample=sample)], corpus, config, other)
    apply_import(plan, other, "Cem", ORIGIN, "")
    assert values(other.states()) == values(store.states())
    changed = replace(sample, corrected=replace(sample.corrected, target_entities=()))
    [one] = plan_of([ReadSample("f:1", sample=changed)], corpus, config, new_store("third")).planned
    assert {change.kind: change.after for change in one.changes} == {
        "source_entities": anyway,
        "target_entities": (),
        "links": ((0, 0, "sure"), (0, 1, "none")),
    }


@pytest.mark.parametrize("name", WHOLE)
def test_it_is_told_that_matches_are_not_taken_over(
    name: str, written: Any, corpus: Corpus, config: PipelineConfig, store: CorrectionStore
) -> None:
    folder, _ = written(name)
    file_format = format_of(name)
    reads, _ = read_file(file_format, folder, name)

    def told(reads: Iterable[ReadSample]) -> list[str | None]:
        plan = plan_import(reads, file_format, Review(corpus, config), corpus.pairs, store.states)
        assert not plan.planned
        return [note.sentence for note in plan.notes if "which target entity belongs to" in note.what]

    assert told(reads) == []
    matched = [read for read in reads if (read.sample.corrected if read.sample else read).matches]
    assert matched
    one = matched[0]
    if one.sample is None:
        other = replace(one, matches=())
    else:
        bare = replace(one.sample.corrected, matches=())
        other = replace(one, sample=replace(one.sample, corrected=bare))
    sentence = one.sample.pair.id if one.sample else one.id
    assert told([other if read is one else read for read in reads]) == [sentence]


def test_a_run_serves_as_well(
    written: Any, corpus: Corpus, config: PipelineConfig, store: CorrectionStore, new_store: NewStore
) -> None:
    folder, _ = written("jsonl")
    run(RunConfig(corpus=corpus.spec, pipeline=config))
    review, other = Review(corpus, config), new_store("other")
    plan = planned(folder, "jsonl", review, corpus, other)
    assert review.run is not None
    apply_import(plan, other, "Cem", ORIGIN, "")
    assert values(other.states()) == values(store.states())


def read_target(name: str, corpus: Corpus, *found: tuple[int, int, str], **more: Any) -> ReadSample:
    side = ReadSide(words=pair_of(corpus, name).target.words, entities=entities(*found))
    return ReadSample(f"f:{name}", name, target=side, **more)


def test_what_the_components_find_anyway_is_no_correction(
    corpus: Corpus, config: PipelineConfig, store: CorrectionStore
) -> None:
    """But where somebody said otherwise it takes that back."""
    reads = [read_target("ada", corpus, (0, 1, "PER"))]
    assert plan_of(reads, corpus, config, store).planned == ()
    say(store, pair_of(corpus, "ada"), target_entities=())
    [one] = plan_of(reads, corpus, config, store).planned
    assert one.changes == (Change("target_entities", None, 1),)
    assert (one.before.target_entities, one.after.target_entities) == ((), entities((0, 1, "PER")))


def test_entities_are_compared_with_what_the_files_links_project(
    corpus: Corpus, config: PipelineConfig, store: CorrectionStore
) -> None:
    """The target entity moved because a link did: the link alone is the correction."""
    moved = WordAlignment(((0, 1), (1, 3), (2, 3)))
    [one] = plan_of(
        [read_target("rome", corpus, (3, 4, "LOC"), alignment=moved)], corpus, config, store
    ).planned
    assert one.changes == (Change("links", ((1, 2, "none"), (1, 3, "sure")), 0),)
    assert one.after.target_entities == entities((3, 4, "LOC"))


def test_what_the_file_changes_is_made_ready_to_be_projected_anew(
    corpus: Corpus, config: PipelineConfig, store: CorrectionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both what people say now and what the file would have them say; a run kept too little for that."""
    seen: list[tuple[object, ...]] = []
    ready = Review.ready

    def watched(self: Review, batch: Any, states: Any) -> Any:
        seen.append(tuple(state.links for state in states))
        return ready(self, batch, states)

    monkeypatch.setattr(Review, "ready", watched)
    say(store, pair_of(corpus, "rome"), links=((0, 0, "sure"),))
    plan_of([read_target("rome", corpus, alignment=WordAlignment(((0, 1), (1, 2))))], corpus, config, store)
    assert seen[:2] == [(((0, 0, "sure"),),), (((2, 3, "none"),),)]


def test_nested_entities_outlive_a_format_without_them(
    corpus: Corpus, config: PipelineConfig, store: CorrectionStore
) -> None:
    """The outer one was relabelled; of the inner one the file could not speak."""
    say(store, pair_of(corpus, "rome"), target_entities=entities((1, 3, "LOC"), (2, 3, "ORG")))
    [one] = plan_of([read_target("rome", corpus, (1, 3, "MISC"))], corpus, config, store, "conll2002").planned
    assert one.changes == (Change("target_entities", entities((1, 3, "MISC"), (2, 3, "ORG")), 1),)
    [whole] = plan_of([read_target("rome", corpus, (1, 3, "MISC"))], corpus, config, store).planned
    assert whole.after.target_entities == entities((1, 3, "MISC"))


def test_possible_links_outlive_a_file_without_them(
    corpus: Corpus, config: PipelineConfig, store: CorrectionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = pair_of(corpus, "ada")
    say(store, pair, links=((0, 0, "possible"), (3, 3, "none")))
    file_format = format_of("pharaoh")
    holds = file_format.holds - {"possible links"}
    monkeypatch.setattr(type(file_format), "holds", holds)
    reads = [ReadSample("f:1", "ada", alignment=WordAlignment(((1, 1), (2, 3))))]
    plan = plan_import(reads, file_format, Review(corpus, config), corpus.pairs, store.states)
    [change] = plan.planned[0].changes
    assert change.after == ((0, 0, "possible"), (2, 2, "none"), (2, 3, "sure"), (3, 3, "none"))


def test_created_and_an_empty_note_say_nothing(
    corpus: Corpus, config: PipelineConfig, store: CorrectionStore
) -> None:
    say(store, pair_of(corpus, "ada"), status="approved", note="mine")
    silent = ReadSample("f:1", "ada", status="created", note="")
    assert plan_of([silent], corpus, config, store).planned == ()
    loud = ReadSample("f:1", "ada", status="rejected", note="theirs")
    [one] = plan_of([loud], corpus, config, store).planned
    assert one.changes == (Change("status", "rejected", 1), Change("note", "theirs", 1))


def test_what_is_only_reviewed_needs_no_pipeline(
    corpus: Corpus, config: PipelineConfig, store: CorrectionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Review, "found", None)
    assert plan_of([ReadSample("f:1", "ada", status="approved")], corpus, config, store).counts == {
        "status": 1
    }


def test_what_cannot_be_a_correction_is_a_problem_and_the_rest_is_taken(
    corpus: Corpus, config: PipelineConfig, store: CorrectionStore
) -> None:
    side = ReadSide(text="Ada traf Bo .", ranges=(CharacterRange(0, 3, "a b", "Ada"),))
    plan = plan_of([ReadSample("f:9", "ada", target=side, status="approved")], corpus, config, store)
    assert [(each.place, each.sentence, each.what) for each in plan.problems] == [
        ("f:9", "ada", "'a b' is no label")
    ]
    assert plan.planned[0].changes == (Change("status", "approved", 0),)
    assert plan.planned[0].after.target_entities == entities((0, 1, "PER"))
    data = plan.as_data()
    assert (data["n_read"], data["n_found"], data["n_changed"], data["changes"]) == (1, 1, 1, {"status": 1})


def test_what_could_not_be_placed_does_not_count_as_the_same(
    corpus: Corpus, config: PipelineConfig, store: CorrectionStore
) -> None:
    side = ReadSide(text="Ada traf Bo .", ranges=(CharacterRange(0, 3, "PER", "Bo"),))
    plan = plan_of([ReadSample("f:1", "ada", target=side)], corpus, config, store)
    assert (plan.n_read, plan.n_found, plan.n_same, len(plan.problems)) == (1, 1, 0, 1)


def test_corrections_of_a_translation_are_found_again(
    own_folders: None, tmp_path: Path, store: CorrectionStore
) -> None:
    """The corpus has no target sentence; the file has the one that was made."""
    table, links, path = (tmp_path / name for name in ("table.tsv", "links.txt", "one.jsonl"))
    row = {"id": "a", "source_lang": "en", "target_lang": "zh", "source_tokens": ["We", "sing"]}
    path.write_text(json.dumps({**row, "source_tags": ["B-PER", "O"]}) + "\n", encoding="utf-8")
    table.write_text("We sing\t我们唱歌\n", encoding="utf-8")
    links.write_text("a\t0-0 1-1\n", encoding="utf-8")
    translator, aligner = Choice(name=f"file:{table}"), Choice(name=f"links:{links}")
    config = PipelineConfig(translator=translator, aligner=aligner, ner=Choice(name="gold"))
    side = ReadSide(words=("我们", "唱歌"), entities=entities((1, 2, "PER")))
    one = load(f"jsonl:{path}")
    plan = plan_of([ReadSample("f:1", target=side)], one, config, store)
    apply_import(plan, store, "Cem", ORIGIN, "")
    [sample] = Review(one, config).samples(one.pairs, store)
    assert sample.corrected.target_entities == entities((1, 2, "PER"))


def test_who_was_quicker_wins_and_is_named(
    corpus: Corpus, config: PipelineConfig, store: CorrectionStore
) -> None:
    reads = [
        ReadSample("f:1", "ada", status="rejected"),
        ReadSample("f:2", "rome", status="rejected"),
    ]
    plan = plan_of(reads, corpus, config, store)
    say(store, pair_of(corpus, "ada"), "Ben", status="approved")
    recorded = apply_import(plan, store, "Cem", ORIGIN, "")
    assert [event.sentence.id for event in recorded.events] == ["rome"]
    [conflict] = recorded.conflicts
    assert "Ben changed the status" in str(conflict)
    assert store.state(SentenceKey.of(pair_of(corpus, "ada"))).status == "approved"


def test_another_order_and_part_of_the_corpus(
    written: Any, config: PipelineConfig, store: CorrectionStore, new_store: NewStore, tmp_path: Path
) -> None:
    folder, _ = written("label-studio")
    (tmp_path / "part").mkdir()
    part = small_corpus(tmp_path / "part", ["none", "twin-2", "ada"])
    other = new_store("other")
    plan = planned(folder, "label-studio", Review(part, config), part, other)
    apply_import(plan, other, "Cem", ORIGIN, "")
    expected = values(store.states())
    assert values(other.states()) == {name: expected[name] for name in ("ada", "twin-2", "none")}
    assert {problem.sentence for problem in plan.problems} == {"rome", "twin-1"}


def test_an_old_prediction_takes_nothing_back(
    corpus: Corpus, config: PipelineConfig, store: CorrectionStore, tmp_path: Path
) -> None:
    """A task that nobody annotated there says nothing against what somebody corrected here since."""
    review = Review(corpus, config)
    export(format_of("label-studio"), review.samples(corpus.pairs, store), tmp_path / "out", "all")
    correct(store, corpus)
    plan = planned(tmp_path / "out", "label-studio", review, corpus, store)
    assert plan.planned == ()
    assert {note.sentence for note in plan.notes} == {key.id for key in store.states()}


def test_an_archive_is_read_like_its_folder(written: Any, tmp_path: Path) -> None:
    folder, _ = written("brat")
    expected, _ = read_file(format_of("brat"), folder, "brat")
    for name, root in (("flat", folder), ("nested", folder.parent)):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            for path in sorted(folder.rglob("*")):
                archive.write(path, path.relative_to(root))
        reads, _ = read_file(format_of("brat"), tmp_path / f"{name}.zip", "brat")
        assert [replace(one, place="") for one in reads] == [replace(one, place="") for one in expected]


def test_a_broken_or_huge_archive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"PK")
    with pytest.raises(ExportError, match="the archive cannot be unpacked"), unpacked(path):
        pass
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../outside.txt", "x" * 100)
        archive.writestr("inside.txt", "x")
    with unpacked(path) as folder:
        assert sorted(each.name for each in folder.iterdir()) == ["inside.txt", "outside.txt"]
    assert not (folder.parent / "outside.txt").exists()
    monkeypatch.setattr(unpacking, "MOST_BYTES", 50)
    with pytest.raises(ExportError, match="take more than"), unpacked(path):
        pass


def test_the_wrong_format_is_told(written: Any) -> None:
    folder, _ = written("webanno")
    path = folder / "all.target.tsv"
    with pytest.raises(ExportError, match="It looks like the format webanno"):
        read_file(format_of("jsonl"), path, "jsonl")
    with pytest.raises(ExportError) as raised:
        read_file(format_of("jsonl"), folder / "nothing.jsonl", "jsonl")
    assert "looks like" not in str(raised.value)


def test_what_macos_adds_to_an_archive_is_left_out(written: Any, tmp_path: Path) -> None:
    folder, _ = written("brat")
    expected, _ = read_file(format_of("brat"), folder, "brat")
    path = tmp_path / "without-a-suffix"
    with zipfile.ZipFile(path, "w") as archive:
        for each in sorted(folder.rglob("*")):
            archive.write(each, Path("one", "two", each.relative_to(folder)))
            archive.writestr(f"__MACOSX/one/two/._{each.name}", b"\0\5\26\7")
            archive.writestr(f"one/two/._{each.name}", b"\0\5\26\7")
        archive.writestr("one/.DS_Store", b"\0\0\0\1Bud1")
    reads, _ = read_file(format_of("brat"), path, "brat")
    assert [replace(one, place="") for one in reads] == [replace(one, place="") for one in expected]


def test_an_error_in_an_archive_names_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("in/a.conll", "Ada\tO\nBo\tnothing\n")
        archive.writestr("in/b.txt", "")
    with pytest.raises(ExportError, match="not an IOB") as raised:
        read_file(format_of("conll2002"), path, "conll2002")
    assert (raised.value.path, raised.value.line) == (path / "in" / "a.conll", 2)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_archive_is_refused_or_read(changes: list[tuple[int, int]]) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.conll", "Ada\tB-PER\nsingt\tO\n" * 20)
        archive.writestr("b.conll", "Ada\tB-PER\n")
    content = bytearray(kept.getvalue())
    for at, byte in changes:
        content[at % len(content)] = byte
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.zip"
        path.write_bytes(content)
        with suppress(ExportError), unpacked(path) as there:
            assert there.exists()
