"""WebAnno TSV 3.3: read as INCEpTION reads it, and byte by byte."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracles import webanno as oracle
from tests.xner_core.conftest import Write
from tests.xner_core.export.hard_cases import HARD_CASES, entities, sample, words
from xner_core.errors import ExportError
from xner_core.export.running_text import text_of
from xner_core.export.sample import CharacterRange, ReadSample, Sample
from xner_core.export.webanno import (
    NAMED_ENTITY,
    WebAnnoConfig,
    WebAnnoFormat,
    _escaped_text,
    _escaped_value,
    _unescaped_text,
    _unescaped_value,
)
from xner_core.types import SIDES, Sentence

HEAD = f"#FORMAT=WebAnno TSV 3.3\n#T_SP={NAMED_ENTITY}|identifier|value\n\n"


def written(samples: tuple[Sample, ...], folder: Path, **options: Any) -> list[Path]:
    return WebAnnoFormat(WebAnnoConfig(**options)).write(iter(samples), folder, "some")


def read(path: Path, notices: list[str] | None = None, **options: Any) -> list[ReadSample]:
    return list(WebAnnoFormat(WebAnnoConfig(**options)).read(path, notices))


@pytest.mark.parametrize("options", [{}, {"layer": "webanno.custom.Entity", "feature": "label"}])
def test_inception_reads_all_hard_cases(options: dict[str, str], tmp_path: Path) -> None:
    for side, path in zip(SIDES, written(tuple(HARD_CASES.values()), tmp_path, **options), strict=True):
        text, sentences = oracle.document(path.read_bytes().decode(), 0 if options else 1)
        originals = [each for each in HARD_CASES.values() if not each.pair.side(side).is_missing]
        for (sid, tokens, marks), each in zip(sentences, originals, strict=True):
            running = text_of(each.pair.side(side))
            assert sid == each.pair.id
            assert tuple(tokens) == each.pair.side(side).words
            assert marks == sorted(
                (running.surface(entity.span), entity.label) for entity in each.corrected.entities(side)
            )
        inside = [text_of(each.pair.side(side)).text.strip() for each in originals]
        assert text == "".join(f"{each}\n" for each in inside)


def test_a_document_as_it_is_written(tmp_path: Path) -> None:
    each = sample(
        "x\\1",
        words("😀 New York a\tb [x]|*_", "en", running="😀  New\r\nYork a\tb [x]|*_ "),
        words("Bo", "de"),
        ((1, 3, "LOC"), (1, 2, "a_b"), (3, 4, "x->y"), (4, 5, "PER")),
        ((0, 1, "PER"),),
    )
    source, target = written((each, each), tmp_path)
    assert source.read_bytes().decode() == (
        f"{HEAD}\n"
        "#Sentence.id=x\\\\1\n"
        "#Text=😀  New\\r\n"
        "#Text=York a\\tb [x]|*_\n"
        "1-1\t0-2\t😀\t_\t_\t\n"
        "1-2\t4-7\tNew\t*[1]|*[2]\ta\\_b[1]|LOC[2]\t\n"
        "1-3\t9-13\tYork\t*[2]\tLOC[2]\t\n"
        "1-4\t14-17\ta\\tb\t*\tx\\->y\t\n"
        "1-5\t18-24\t[x]|*_\t*\tPER\t\n"
        "\n"
        "#Sentence.id=x\\\\1\n"
        "#Text=😀  New\\r\n"
        "#Text=York a\\tb [x]|*_\n"
        "2-1\t25-27\t😀\t_\t_\t\n"
        "2-2\t29-32\tNew\t*[3]|*[4]\ta\\_b[3]|LOC[4]\t\n"
        "2-3\t34-38\tYork\t*[4]\tLOC[4]\t\n"
        "2-4\t39-42\ta\\tb\t*\tx\\->y\t\n"
        "2-5\t43-49\t[x]|*_\t*\tPER\t\n"
    )
    assert target.read_text() == (
        f"{HEAD}\n#Sentence.id=x\\\\1\n#Text=Bo\n1-1\t0-2\tBo\t*\tPER\t\n"
        "\n#Sentence.id=x\\\\1\n#Text=Bo\n2-1\t3-5\tBo\t*\tPER\t\n"
    )


def test_a_layer_of_the_project(tmp_path: Path) -> None:
    source, _ = written(
        (HARD_CASES["at-the-edges"],), tmp_path, layer="webanno.custom.Entity", feature="label"
    )
    assert source.read_text().splitlines()[1] == "#T_SP=webanno.custom.Entity|label"
    assert source.read_text().splitlines()[-1] == "1-1\t0-4\tLima\tLOC\t"


def test_what_is_lost_is_announced() -> None:
    form = WebAnnoFormat()
    losses = {(loss.aspect, loss.side) for loss in form.losses(HARD_CASES["double-space"])}
    assert losses == {("languages", None), ("links", None), ("matches", None), ("text", "target")}
    nobody = sample("nobody", Sentence((), "en"), Sentence((), "de"))
    assert [(loss.aspect, loss.side) for loss in form.losses(nobody)] == [("sentence", None)]


def test_sentences_find_each_other_by_their_ids(tmp_path: Path) -> None:
    alone = sample("alone", Sentence((), "en"), words("Bo", "de"))
    samples = (HARD_CASES["no-target"], HARD_CASES["nested"], alone, HARD_CASES["adjacent"])
    written(samples, tmp_path)
    found = read(tmp_path)
    assert [each.id for each in found] == [each.pair.id for each in samples]
    assert [(each.source is None, each.target is None) for each in found] == [
        (False, True),
        (False, False),
        (True, False),
        (False, False),
    ]


# Documents of INCEpTION itself


def test_a_document_with_other_layers(write: Write) -> None:
    path = write(
        "export.tsv",
        "\ufeff#FORMAT=WebAnno TSV 3.2\r\n"
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue\r\n"
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\r\n"
        "#T_CH=de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink|referenceType|referenceRelation\r\n"
        "#T_RL=webanno.custom.Rel|kind|BT_de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity\r\n"
        "\r\n\r\n"
        "#Text=😀 Ms. Haag\r\n"
        "1-1\t7-9\t😀\tX\t_\t_\t_\t_\t_\t_\r\n"
        "1-2\t10-13\tMs.\tNNP\t*[1]|*[2]\tPER[1]|PERpart[2]\tpr[1]\tcoref->1-1\t_\t_\r\n"
        "1-3\t14-18\tHaag\tNNP\t*[1]\tPER[1]\t_\t_\t_\t_\r\n"
        "1-3.1\t14-16\tHa\t_\t_\t_\t_\t_\t_\t_\r\n"
        "\r\n"
        "#Text=Bo\r\n"
        "2-1\t19-21\tBo\tNNP\thttp://x\tPER\t_\t_\tk\t1-2[1_0]\r\n",
    )
    first, second = read(path)
    assert first.place == f"{path}, line 8"
    assert (first.id, first.source, first.alignment) == (None, None, None)
    assert first.target is not None
    assert second.target is not None
    assert first.target.words == ("😀", "Ms.", "Haag")
    assert first.target.entities == entities((1, 3, "PER"), (1, 2, "PERpart"))
    assert second.target.entities == entities((0, 1, "PER"))


def test_a_part_of_a_word_stays_a_range(write: Write) -> None:
    path = write("part.tsv", f"{HEAD}\n#Text=Haager\n1-1\t0-6\tHaager\t_\t_\n1-1.1\t0-4\tHaag\t*\tLOC\n")
    (one,) = read(path, side="source")
    assert one.source is not None
    assert one.source.ranges == (CharacterRange(0, 4, "LOC"),)


def test_the_only_layer_of_a_project_is_found(write: Write) -> None:
    text = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Thing|kind\n\n\n#Text=Bo\n1-1\t0-2\tBo\tPER\n"
    (one,) = read(write("thing.tsv", text))
    assert one.target is not None
    assert one.target.entities == entities((0, 1, "PER"))


ROW = "1-1\t0-2\tBo\t_\t_\t\n"
BAD = {
    "no header": ("#Text=Bo\n", 1, "does not begin with"),
    "other line in the header": ("#FORMAT=WebAnno TSV 3.3\nBo\n", 2, "'Bo' is no layer"),
    "few columns": (f"{HEAD}\n#Text=Bo\n1-1\t0-2\tBo\t_\n", 6, "not 4 in all"),
    "no offsets": (f"{HEAD}\n#Text=Bo\n1-1\tx\tBo\t_\t_\n", 6, "'x' are no offsets"),
    "no text": (f"{HEAD}\n{ROW}", 5, "before its #Text"),
    "no label": (f"{HEAD}\n#Text=Bo\n1-1\t0-2\tBo\t*\t*\n", 6, "has no label"),
    "other offsets": (f"{HEAD}\n#Text=Bo\n1-1\t0-9\tBo\t_\t_\n", 5, "not those of #Text"),
    "half a character": (f"{HEAD}\n#Text=😀\n1-1\t0-1\t😀\t_\t_\n", 5, "not those of #Text"),
    "two sentences": (
        f"{HEAD}\n#Text=a\n1-1\t0-1\ta\t*[1]\tX[1]\n\n#Text=b\n2-1\t2-3\tb\t*[1]\tX[1]\n",
        8,
        "goes over two sentences",
    ),
}


@pytest.mark.parametrize(("content", "line", "what"), BAD.values(), ids=BAD)
def test_what_is_no_such_file_is_named_with_its_line(
    content: str, line: int, what: str, write: Write
) -> None:
    path = write("bad.tsv", content)
    with pytest.raises(ExportError, match=re.escape(what)) as raised:
        read(path)
    assert (raised.value.path, raised.value.line) == (path, line)
    assert raised.value.hint


def test_several_layers_have_to_be_told_apart(write: Write) -> None:
    path = write(
        "two.tsv", "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.A|x|y\n\n\n#Text=a\n1-1\t0-1\ta\tX\tY\n"
    )
    with pytest.raises(ExportError, match=r"There are: webanno\.custom\.A\|x, webanno\.custom\.A\|y"):
        read(path)
    (one,) = read(path, layer="webanno.custom.A", feature="y")
    assert one.target is not None
    assert one.target.entities == entities((0, 1, "Y"))


@given(st.text(st.sampled_from("\\[]|_->;\t\n\r*tnrbf\x08\x0c\x01 aé😀\u2028")))
def test_escapes_come_back(text: str) -> None:
    assert _unescaped_value(_escaped_value(text)) == text
    assert _unescaped_text(_escaped_text(text)) == text
    assert not re.search("[\t\n\r]", _escaped_text(text))
