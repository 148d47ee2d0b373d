"""Pharaoh and NAACL: the very lines, the dialects of the wild, and links that do not fit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.xner_core.export.hard_cases import HARD_CASES, sample, words
from xner_core.alignment.links import LinksAligner, LinksConfig
from xner_core.corpora import load
from xner_core.errors import ExportError
from xner_core.export.naacl import NaaclConfig, NaaclFormat
from xner_core.export.pharaoh_links import PharaohConfig, PharaohFormat
from xner_core.export.sample import ReadSample
from xner_core.types import WordAlignment

MALI = HARD_CASES["possible-links"]
RAIN = sample("rain", words("it rains", "en"), words("es regnet", "de"))
ADA = sample("7", words("Ada ||| sings", "en"), words("Ada singt", "de"), links=((0, 0), (2, 1)))


def contents(paths: list[Path]) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


def pharaoh(text: str, folder: Path, name: str = "a.align", **options: Any) -> list[ReadSample]:
    (folder / name).write_text(text)
    return list(PharaohFormat(PharaohConfig(**options)).read(folder / name))


def naacl(text: str, folder: Path, notices: list[str] | None = None) -> list[ReadSample]:
    (folder / "a.wa").write_text(text)
    return list(NaaclFormat().read(folder / "a.wa", notices))


def test_the_very_lines_of_pharaoh(tmp_path: Path) -> None:
    paths = PharaohFormat().write([MALI, RAIN, ADA, HARD_CASES["no-target"]], tmp_path, "a")
    assert contents(paths) == {
        "a.align": "0p0 1p0 2-1 3p2 4-2\n\n0-0 2-1\n",
        "a.src-tgt": "in the north of Mali ||| im Norden Malis\nit rains ||| es regnet\n"
        "Ada _ sings ||| Ada singt\n",
    }


def test_the_options_of_pharaoh(tmp_path: Path) -> None:
    config = PharaohConfig(index_base=1, possible_links=False, ids=True, text=False)
    paths = PharaohFormat(config).write([MALI, HARD_CASES["no-target"], ADA], tmp_path, "a")
    assert contents(paths) == {"a.align": "possible-links\t3-2 5-3\nno-target\t\n7\t1-1 3-2\n"}


def test_our_own_aligner_and_loader_read_it(tmp_path: Path) -> None:
    """The files can be put to use at once: `links:FILE` aligns what `parallel:FILE` loads."""
    samples = [MALI, RAIN, ADA]
    links, text = PharaohFormat().write(samples, tmp_path, "a")
    corpus = load(f"parallel:{text}?source_lang=en&target_lang=de")
    found = LinksAligner(LinksConfig(path=str(links))).compare(list(corpus.pairs))
    assert [each.links for each in found] == [each.corrected.alignment.links for each in samples]


def test_dialects_of_pharaoh(tmp_path: Path) -> None:
    (found,) = pharaoh("1-0-0.75 0p1 2-2-1e-5 \r\n", tmp_path)
    assert found.alignment == WordAlignment.of([(1, 0), (2, 2)], [(0, 1)])
    assert (found.id, found.place, found.source, found.target) == (None, "a.align, line 1", None, None)
    named = pharaoh("x\t0-0\n\ny\t\n", tmp_path)
    assert [(each.id, each.place) for each in named] == [("x", "a.align, line 1"), ("y", "a.align, line 3")]
    (tmp_path / "b.src-tgt").write_text("a  b   ||| c  \nd ||| e\n")
    beside = pharaoh("0-0\n0-0\n\n\n", tmp_path, "b.gold")
    assert [(each.source and each.source.words, each.id) for each in beside] == [
        (("a", "b"), None),
        (("d",), None),
    ]


@pytest.mark.parametrize(
    ("links", "text", "line", "what"),
    [
        ("0-0\n0:0\n", "", 2, "'0:0' is not a link"),
        ("x\t0-0\n0-0\n", "", 2, "not an id, a tab and links"),
        ("0-0\n2-0\n", "a ||| b\nc d ||| e\n", 2, "points outside 2 source"),
        ("0-0\n0-0\n", "a ||| b\n", None, "has 2 lines, but b.src-tgt has 1"),
        ("0-0\n", "a | b\n", 1, "separate"),
    ],
)
def test_what_is_wrong_in_pharaoh(links: str, text: str, line: int | None, what: str, tmp_path: Path) -> None:
    if text:
        (tmp_path / "b.src-tgt").write_text(text)
    with pytest.raises(ExportError, match=what) as raised:
        pharaoh(links, tmp_path, "b.align")
    assert raised.value.line == line
    assert raised.value.hint


def test_links_that_are_counted_from_another_number(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as raised:
        pharaoh("0-0\n", tmp_path, index_base=1)
    assert "index_base" in str(raised.value.hint)
    (tmp_path / "c.src-tgt").write_text("a ||| b\n")
    with pytest.raises(ExportError) as raised:
        pharaoh("1-1\n", tmp_path, "c.align")
    assert "index base 1" in str(raised.value.hint)


def test_the_very_lines_of_naacl(tmp_path: Path) -> None:
    paths = NaaclFormat().write([RAIN, MALI, HARD_CASES["no-target"]], tmp_path, "a")
    assert contents(paths) == {
        "a.naacl": "0002 1 1 P\n0002 2 1 P\n0002 3 2 S\n0002 4 3 P\n0002 5 3 S\n",
        "a.source.sgml": "<s snum=0001> it rains </s>\n<s snum=0002> in the north of Mali </s>\n",
        "a.target.sgml": "<s snum=0001> es regnet </s>\n<s snum=0002> im Norden Malis </s>\n",
    }


def test_naacl_without_text_has_no_line_for_a_pair_without_links(tmp_path: Path) -> None:
    form = NaaclFormat(NaaclConfig(text=False))
    assert [loss.aspect for loss in form.losses(RAIN)] == ["sentence"]
    assert contents(form.write([RAIN, ADA], tmp_path, "a")) == {"a.naacl": "0002 1 1 S\n0002 3 2 S\n"}
    assert [(each.id, each.place) for each in form.read(tmp_path)] == [(None, "a.naacl, line 1")]


def test_dialects_of_naacl(tmp_path: Path) -> None:
    notices: list[str] = []
    found = naacl("0002 1 1\n1 3 2 P 0.5\r\n\n2 2 1 P\n2 0 4 S\n", tmp_path, notices)
    assert [(each.id, each.place, each.alignment) for each in found] == [
        (None, "a.wa, line 2", WordAlignment.of([], [(2, 1)])),
        (None, "a.wa, line 1", WordAlignment.of([(0, 0)], [(1, 0)])),
    ]
    assert notices == ["a.wa: 1 link to word 0, which stands for no word, was passed over"]


@pytest.mark.parametrize("line", ["1 1", "1 1 1 X", "a 1 1 S", "1 1 1 S 1 1", "1 -1 1"])
def test_what_is_no_link_of_naacl(line: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="not a link") as raised:
        naacl(f"1 1 1 S\n{line}\n", tmp_path)
    assert raised.value.line == 2


@pytest.mark.parametrize(
    ("links", "source", "target", "file", "what"),
    [
        ("1 2 1\n", "<s snum=1> a </s>\n", "<s snum=1> b </s>\n", "a.wa", "outside 1 source"),
        ("2 1 1\n", "<s snum=1> a </s>\n", "<s snum=1> b </s>\n", "a.wa", "no sentence 2"),
        ("1 1 1\n", "<s snum=1> a </s>\n", "<s snum=2> b </s>\n", "a.", "no translation"),
        ("1 1 1\n", "a\n", "<s snum=1> b </s>\n", "a.source.sgml", "no sentence"),
        ("1 1 1\n", "<s snum=1> a </s>\n<s snum=01> a </s>\n", "", "a.source.sgml", "line 1 already"),
    ],
)
def test_what_is_wrong_in_naacl(
    links: str, source: str, target: str, file: str, what: str, tmp_path: Path
) -> None:
    (tmp_path / "a.source.sgml").write_text(source)
    (tmp_path / "a.target.sgml").write_text(target)
    with pytest.raises(ExportError, match=what) as raised:
        naacl(links, tmp_path)
    assert file in str(raised.value.where)
    assert raised.value.hint


GIZA = """# Sentence pair (1) source length 3 target length 4 alignment score : 0.001
das ist kein Haus
NULL ({ 2 }) this ({ 1 }) no ({ 3 }) house ({ 4 })
# Sentence pair (2) source length 1 target length 1 alignment score : 1
ja
NULL ({ }) ({ ({ 1 })
"""


def test_giza(tmp_path: Path) -> None:
    found = pharaoh(GIZA, tmp_path, "x.A3.final")
    assert [each.place for each in found] == ["x.A3.final, line 1", "x.A3.final, line 4"]
    assert [each.source and each.source.words for each in found] == [("this", "no", "house"), ("({",)]
    assert [each.target and each.target.words for each in found] == [("das", "ist", "kein", "Haus"), ("ja",)]
    assert [each.alignment and each.alignment.sure for each in found] == [((0, 0), (1, 2), (2, 3)), ((0, 0),)]


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("{ 4 }", "{ 5 }", 3, "linked to word 5 of 4"),
        ("{ 4 }", "{ 0 }", 3, "linked to word 0 of 4"),
        ("{ 4 }", "( 4 )", 3, "not a word and its links"),
        ("ja\n", "", 4, "does not begin three lines"),
        ("# Sentence pair (2)", "pair", 4, "does not begin three lines"),
    ],
)
def test_what_is_wrong_in_giza(old: str, new: str, line: int, what: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=what) as raised:
        pharaoh(GIZA.replace(old, new), tmp_path)
    assert raised.value.line == line
