"""CoNLL-2002 and CoNLL-2003: the very lines, the dialects of the wild, and what spaCy makes of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.xner_core.export.hard_cases import HARD_CASES, entities, sample, words
from xner_core.errors import ExportError
from xner_core.export.conll2002 import Conll2002Config, Conll2002Format
from xner_core.export.conll2003 import Conll2003Config, Conll2003Format
from xner_core.export.sample import ReadSample, Sample
from xner_core.types import Sentence

ADA = sample(
    "ada:1",
    words("Ada lives in New York", "en"),
    words("Ada wohnt in New York Boston", "de"),
    ((0, 1, "PER"), (3, 5, "LOC")),
    ((0, 1, "PER"), (3, 5, "LOC"), (5, 6, "LOC")),
)
RAIN = sample("rain", words("it rains", "en"), words("es regnet", "de"))


def lines(form: Conll2002Format | Conll2003Format, samples: Sequence[Sample], folder: Path) -> list[str]:
    """What the first file of an export has."""
    return form.write(samples, folder, "a")[0].read_bytes().decode().split("\n")


def read(
    text: str | bytes, folder: Path, name: str = "a.conll", notices: list[str] | None = None
) -> list[ReadSample]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(Conll2002Format().read(path, notices))


def target(sample: ReadSample) -> tuple[object, object]:
    assert sample.target is not None
    return sample.target.words, sample.target.entities


def test_the_very_lines_of_conll_2002(tmp_path: Path) -> None:
    assert lines(Conll2002Format(), [ADA, RAIN], tmp_path) == [
        *("Ada\tB-PER", "wohnt\tO", "in\tO", "New\tB-LOC", "York\tI-LOC", "Boston\tB-LOC", ""),
        *("es\tO", "regnet\tO", "", ""),
    ]


def test_the_very_lines_with_spaces_and_ids(tmp_path: Path) -> None:
    config = Conll2002Config(separator="space", side="source", id_comments=True)
    assert lines(Conll2002Format(config), [RAIN, ADA], tmp_path) == [
        *("# id = rain", "it O", "rains O", ""),
        *("# id = ada:1", "Ada B-PER", "lives O", "in O", "New B-LOC", "York I-LOC", "", ""),
    ]


def test_the_very_lines_of_conll_2003(tmp_path: Path) -> None:
    assert lines(Conll2003Format(), [RAIN, ADA], tmp_path) == [
        *("-DOCSTART- -X- O O", "", "es -X- O O", "regnet -X- O O", ""),
        *("Ada -X- O B-PER", "wohnt -X- O O", "in -X- O O", "New -X- O B-LOC", "York -X- O I-LOC"),
        *("Boston -X- O B-LOC", "", ""),
    ]


def test_the_very_lines_of_iob1(tmp_path: Path) -> None:
    tags = [
        line.split()[-1]
        for line in lines(Conll2003Format(Conll2003Config(scheme="IOB1")), [ADA], tmp_path)[2:8]
    ]
    assert tags == ["I-PER", "O", "O", "I-LOC", "I-LOC", "B-LOC"]


def test_both_sides_are_parallel_files(tmp_path: Path) -> None:
    missing = HARD_CASES["no-target"]
    form = Conll2002Format(Conll2002Config(side="both"))
    paths = form.write([ADA, missing, RAIN], tmp_path, "a")
    assert [path.name for path in paths] == ["a.target.conll", "a.source.conll"]
    assert [path.read_text().count("\n\n") for path in paths] == [2, 2]
    assert [(loss.aspect, loss.side) for loss in form.losses(missing)] == [("sentence", None)]


def test_documents_begin_every_few_sentences(tmp_path: Path) -> None:
    form = Conll2003Format(Conll2003Config(sentences_per_document=2))
    found = lines(form, [ADA, RAIN, RAIN, ADA, RAIN], tmp_path)
    assert [number for number, line in enumerate(found) if line.startswith("-DOCSTART-")] == [0, 12, 24]


def test_no_line_has_more_columns_than_two(tmp_path: Path) -> None:
    """Doccano's importer splits at tabs; others split at any white space."""
    for name in ("markup", "unseen-characters", "no-break-space"):
        (tmp_path / name).mkdir()
        text = "\n".join(lines(Conll2002Format(), [HARD_CASES[name]], tmp_path / name))
        rows = [line for line in text.splitlines() if line]
        assert [len(row.split()) for row in rows] == [2] * len(HARD_CASES[name].pair.target.words)


def test_a_word_between_documents_is_none(tmp_path: Path) -> None:
    each = sample("s", words("x", "en"), words("-DOCSTART- x-DOCSTART- a", "de"))
    found = lines(Conll2003Format(), [each], tmp_path)
    assert [line for line in found if "-DOCSTART-" in line] == ["-DOCSTART- -X- O O"]
    assert [loss.written for loss in Conll2003Format().losses(each) if loss.word is not None] == [
        "_DOCSTART_",
        "x_DOCSTART_",
    ]


def test_no_break_spaces_can_be_kept(tmp_path: Path) -> None:
    each = HARD_CASES["no-break-space"]
    keeping = Conll2002Format(Conll2002Config(keep_no_break_spaces=True))
    assert not any(loss.word is not None for loss in keeping.losses(each))
    assert "5\u202f000\tO" in lines(keeping, [each], tmp_path)


def test_a_mark_at_the_beginning_of_the_file_is_no_byte_order_mark(tmp_path: Path) -> None:
    each = sample("s", words("x", "en"), Sentence(("\ufeffIvo",), "de"))
    path = Conll2002Format().write([each, each], tmp_path, "a")[0]
    assert path.read_bytes().decode() == "\ufeff\ufeffIvo\tO\n\n\ufeffIvo\tO\n\n"
    assert [target(found)[0] for found in Conll2002Format().read(path)] == [("\ufeffIvo",)] * 2


def test_a_label_with_a_space_is_refused(tmp_path: Path) -> None:
    each = sample("s7", words("x", "en"), words("y", "de"), target_entities=((0, 1, "two words"),))
    with pytest.raises(ExportError, match="two words") as raised:
        Conll2002Format().write([each], tmp_path, "a")
    assert "s7" in str(raised.value.where)


PER = entities((0, 1, "PER"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ada\tB-PER\nsings\tO\n", PER),
        ("Ada B-PER\nsings O", PER),
        ("\ufeffAda B-PER\r\nsings O\r\n\r\n\r\n", PER),
        ("-DOCSTART- -X- O\n\nAda -X- _ B-PER\nsings -X- _ O\n", PER),  # Label Studio
        ("-DOCSTART- -X- -X- O\n\nAda NNP I-NP I-PER\nsings VBZ I-VP O\n", PER),  # the original, IOB1
        ("Ada  NP  B-PER \nsings  V  O \n", PER),  # columns apart, spaces at the end
        ("Ada S-PER\nsings O\n", PER),
        ("# a comment\nAda\tB-PER\nsings\tO\n", PER),
        ("# id = 1\n# text = Ada sings\nAda B-PER\nsings O\n", PER),
        ("Ada\nsings\n", None),
    ],
)
def test_dialects(text: str, found: object, tmp_path: Path) -> None:
    assert [target(each) for each in read(text, tmp_path)] == [(("Ada", "sings"), found)]


def test_a_hash_is_a_word_where_it_has_a_tag(tmp_path: Path) -> None:
    found = read("# O\n1 O\n\n# id = 7\n# B-X\n", tmp_path)
    assert [(each.id, target(each)[0]) for each in found] == [(None, ("#", "1")), ("7", ("#",))]


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("a I-PER\nb I-PER\nc B-PER\n", "a.conll: tags are IOB1, read as IOB2"),
        ("a O\nb I-PER\n\nc B-LOC\n", "a.conll: 1 tag was repaired (first: line 2, I-PER read as B-PER)"),
        ("a\nb\n", "a.conll: it has one column, so no tags"),
    ],
)
def test_repairs_are_told(text: str, notice: str, tmp_path: Path) -> None:
    notices: list[str] = []
    read(text, tmp_path, notices=notices)
    assert notices == [notice]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a\tO\nb\n", 2, "has no tag"),
        ("a\tO\n\nb\tO\tO\n", 3, "3 columns"),
        ("a O\nb PER\n", 2, "not an IOB tag"),
        ("a\tO\n\tO\n", 2, "the word is empty"),
        (b"a O\nb\xff O\n", 2, "0xff is not UTF-8"),
        ("a O\rb O\r", 1, "CR alone"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    text: str | bytes, line: int, what: str, tmp_path: Path
) -> None:
    with pytest.raises(ExportError, match=what) as raised:
        read(text, tmp_path)
    assert raised.value.line in {line, None}
    assert "a.conll" in str(raised.value.where)
    assert raised.value.hint


def test_places_name_the_first_line_of_a_sentence(tmp_path: Path) -> None:
    assert [each.place for each in read("a O\nb O\n\n\nc O\n", tmp_path)] == [
        "a.conll, line 1",
        "a.conll, line 5",
    ]


def test_the_side_is_in_the_name_or_an_option(tmp_path: Path) -> None:
    assert read("a O\n", tmp_path, "x.source.conll")[0].target is None
    assert read("a O\n", tmp_path, "x.target.conll")[0].source is None
    assert read("a O\n", tmp_path, "x.conll")[0].source is None
    (found,) = Conll2002Format(Conll2002Config(side="source")).read(tmp_path / "x.conll")
    assert found.target is None


def test_files_that_are_not_parallel(tmp_path: Path) -> None:
    (tmp_path / "a.source.conll").write_text("a O\n\nb O\n")
    (tmp_path / "a.target.conll").write_text("a O\n")
    with pytest.raises(ExportError, match=r"2 sentences, a\.target\.conll has 1"):
        list(Conll2002Format().read(tmp_path))
    (tmp_path / "a.target.conll").write_text("# id = 5\na O\n\nb O\n")
    with pytest.raises(ExportError, match="'5', its translation None"):
        list(Conll2002Format().read(tmp_path))


def test_spacy_convert(tmp_path: Path) -> None:
    """The real command reads our CoNLL-2003, and finds the words and entities that we wrote."""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    odd = sample(
        "odd",
        words("x", "en"),
        Sentence(("5\u00a0000", "-DOCSTART-", "x-DOCSTART-", "\u200b", "Bo\u2028Li"), "de"),
        target_entities=((4, 5, "PER"),),
    )
    samples = [*HARD_CASES.values(), odd]
    form = Conll2003Format(Conll2003Config(sentences_per_document=1))
    (path,) = form.write(samples, tmp_path, "a")
    command = [sys.executable, "-m", "spacy", "convert", str(path), str(tmp_path), "-c", "conll"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    docs = list(DocBin().from_disk(tmp_path / "a.target.spacy").get_docs(Vocab()))
    found = [
        ([token.text for token in doc], [(each.start, each.end, each.label_) for each in doc.ents])
        for doc in docs
    ]
    assert found == [_expected(form, each) for each in samples if not each.pair.target.is_missing]


def _expected(form: Conll2003Format, each: Sample) -> tuple[list[str], list[tuple[int, int, str]]]:
    losses = list(form.losses(each))
    lost = [loss.entity for loss in losses if loss.side == "target" and loss.entity]
    written = {loss.word: loss.written for loss in losses if loss.side == "target" and loss.word is not None}
    kept = [entity for entity in each.corrected.target_entities if entity not in lost]
    found = [str(written.get(index, word)) for index, word in enumerate(each.pair.target.words)]
    return found, [(entity.span.start, entity.span.end, entity.label) for entity in kept]
