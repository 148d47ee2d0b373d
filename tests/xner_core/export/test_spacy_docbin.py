"""Files of spaCy, read by spaCy itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.xner_core.conftest import Write
from tests.xner_core.export.hard_cases import HARD_CASES, entities, sample, words
from xner_core.errors import ExportError
from xner_core.export.running_text import text_of
from xner_core.export.sample import ReadSample, Sample
from xner_core.export.spacy_docbin import SpacyConfig, SpacyFormat
from xner_core.types import SIDES, Entity, Side

ALL = tuple(HARD_CASES.values())


def written(samples: tuple[Sample, ...], folder: Path, **options: Any) -> list[Path]:
    return SpacyFormat(SpacyConfig(**options)).write(iter(samples), folder, "some")


def read(path: Path, notices: list[str] | None = None, **options: Any) -> list[ReadSample]:
    return list(SpacyFormat(SpacyConfig(**options)).read(path, notices))


def documents(path: Path) -> list[Any]:
    """As any script would read them."""
    import spacy
    from spacy.tokens import DocBin

    return list(DocBin().from_disk(path).get_docs(spacy.blank("xx").vocab))


def marked(spans: Any) -> list[tuple[int, int, str]]:
    return sorted((span.start_char, span.end_char, span.label_) for span in spans)


def places(each: Sample, side: Side, said: tuple[Entity, ...]) -> list[tuple[int, int, str]]:
    running = text_of(each.pair.side(side))
    return sorted((*running.characters(entity.span), entity.label) for entity in said)


def test_spacy_reads_all_hard_cases(tmp_path: Path) -> None:
    for side, path in zip(SIDES, written(ALL, tmp_path), strict=True):
        for document, each in zip(documents(path), ALL, strict=True):
            assert document.text == text_of(each.pair.side(side)).text
            assert marked(document.spans["gold"]) == places(each, side, each.corrected.entities(side))
            words = tuple(token.text for token in document if not token.is_space)
            assert words == each.pair.side(side).words
            if len(document):
                assert document.has_annotation("ENT_IOB")
            about = document.user_data["xner"]
            assert (about["pair_id"], about["side"]) == (each.pair.id, side)
            assert (about["status"], about["note"]) == (each.status, each.note)
            assert about["provenance"] == each.provenance


@pytest.mark.parametrize(
    ("policy", "kept"),
    [
        ("outermost", entities((1, 4, "ORG"), (5, 6, "LOC"))),
        ("leftmost first", entities((1, 4, "ORG"), (5, 6, "LOC"))),
    ],
)
def test_the_entities_of_a_document_share_no_word(
    policy: str, kept: tuple[Entity, ...], tmp_path: Path
) -> None:
    each = HARD_CASES["nested"]
    source, _ = written((each,), tmp_path, overlaps=policy)
    (document,) = documents(source)
    assert marked(document.ents) == places(each, "source", kept)
    assert len(document.spans["gold"]) == 3


def test_the_policy_decides(tmp_path: Path) -> None:
    each = sample("x", words("a b c", "en"), words("a", "de"), ((0, 1, "PER"), (0, 3, "ORG")))
    found = []
    for policy in ("outermost", "leftmost first"):
        (tmp_path / policy).mkdir()
        source, _ = written((each,), tmp_path / policy, overlaps=policy)
        found += [span.label_ for span in documents(source)[0].ents]
    assert found == ["ORG", "PER"]


def test_white_space_becomes_tokens_as_spacy_makes_them(tmp_path: Path) -> None:
    source, target = written((HARD_CASES["double-space"],), tmp_path)
    assert [token.text_with_ws for token in documents(source)[0]] == [
        "Oslo ",
        " ",
        "is ",
        "  ",
        "cold ",
        ".",
    ]
    assert [token.text_with_ws for token in documents(target)[0]] == [
        "  ",
        "Oslo ",
        "ist ",
        " ",
        "kalt",
        ". ",
        " ",
    ]


def test_no_entity_in_ents_has_white_space_at_its_edge(tmp_path: Path) -> None:
    each = sample("x", words("a \u2028 b", "en"), words("a", "de"), ((0, 1, "PER"), (1, 3, "ORG")))
    source, _ = written((each,), tmp_path)
    (document,) = documents(source)
    assert [span.label_ for span in document.ents] == ["PER"]
    (one,) = read(tmp_path)
    assert one.source is not None
    assert one.source.entities == each.corrected.source_entities
    assert one.source.words == ("a", "\u2028", "b")


def test_spacy_trains_on_it(tmp_path: Path) -> None:
    import spacy
    from spacy.training import Corpus

    _, target = written(ALL, tmp_path)
    nlp = spacy.blank("xx")
    recognizer = nlp.add_pipe("ner")
    examples = list(Corpus(target)(nlp))
    assert len(examples) == sum(not each.pair.target.is_missing for each in ALL)
    nlp.initialize(lambda: examples)
    assert set(recognizer.labels) == {"LOC", "ORG", "PER"}
    losses = nlp.update(examples[:4])
    assert losses["ner"] > 0


def test_what_the_components_found_is_beside_it(tmp_path: Path) -> None:
    each = HARD_CASES["edited"]
    assert each.raw is not None
    _, target = written((each,), tmp_path)
    (document,) = documents(target)
    assert marked(document.spans["predicted"]) == places(each, "target", each.raw.target_entities)


def test_what_is_lost_is_announced() -> None:
    found = {loss.aspect for loss in SpacyFormat().losses(HARD_CASES["edited"])}
    assert found == {"edits", "history", "raw"}


def test_many_sentences_are_several_files(tmp_path: Path) -> None:
    paths = written(ALL, tmp_path, documents=9)
    assert [path.name for path in paths] == [
        "some.source.spacy",
        "some.target.spacy",
        "some.2.source.spacy",
        "some.2.target.spacy",
        "some.3.source.spacy",
        "some.3.target.spacy",
    ]
    assert [len(documents(path)) for path in paths[::2]] == [9, 9, len(ALL) - 18]
    assert [each.id for each in read(tmp_path)] == list(HARD_CASES)


# Files of others


def test_a_file_of_spacy_itself(tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    nlp = spacy.blank("en")
    labelled, plain = nlp("Ada  met Bo."), nlp("Nobody")
    labelled.set_ents([labelled.char_span(0, 3, label="PER"), labelled.char_span(4, 8, label="geo name")])
    path = tmp_path / "train.spacy"
    DocBin(docs=[labelled, plain], store_user_data=True).to_disk(path)
    notices: list[str] = []
    first, second = read(path, notices)
    assert first.place == f"{path}, document 1"
    assert (first.id, first.source, first.alignment, first.status) == (None, None, None, None)
    assert first.target is not None
    assert second.target is not None
    assert first.target.words == ("Ada", "met", "Bo", ".")
    assert first.target.text == "Ada  met Bo."
    assert first.target.entities == entities((0, 1, "PER"), (1, 2, "geo_name"))
    assert second.target.entities is None
    assert notices == ["train.spacy, document 1: the label 'geo name' was read as 'geo_name'"]
    other, _ = read(path, side="source")
    assert other.source == first.target


def test_a_group_of_spans_by_another_name(tmp_path: Path) -> None:
    written((HARD_CASES["nested"],), tmp_path, group="sc")
    (one,) = read(tmp_path, group="sc")
    (other,) = read(tmp_path)  # which finds the entities only
    assert one.source is not None
    assert other.source is not None
    assert one.source.entities == HARD_CASES["nested"].corrected.source_entities
    assert other.source.entities == entities((1, 4, "ORG"), (5, 6, "LOC"))
    assert other.matches == ((0, 0), (1, 1))


@pytest.mark.parametrize("content", [b"", b"no such file", b"x\x9c" * 40])
def test_what_is_no_such_file(content: bytes, write: Write) -> None:
    path = write("bad.spacy", content)
    with pytest.raises(ExportError, match="spaCy cannot read it") as raised:
        read(path)
    assert raised.value.path == path
    assert raised.value.hint


def test_the_library_is_left_as_it_was(tmp_path: Path) -> None:
    from srsly import msgpack

    before = msgpack.msgpack_encoders.entry_points
    written(ALL[:1], tmp_path)
    assert msgpack.msgpack_encoders.entry_points == before == True  # noqa: E712


def test_half_a_surrogate_pair_is_told(tmp_path: Path) -> None:
    each = sample("broken", words("a \ud800", "en"), words("a", "de"))
    with pytest.raises(ExportError, match=r"broken: the character U\+D800 cannot be written"):
        written((each,), tmp_path)
