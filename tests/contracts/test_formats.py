"""What every format promises: what is read back is what was written, but for what was announced."""

from __future__ import annotations

import re
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.oracles.announced import NOTHING, Said, remaining
from tests.xner_core.export.hard_cases import HARD_CASES, entities, sample, words
from xner_core.config import Choice
from xner_core.corpora import load
from xner_core.errors import ExportError
from xner_core.export.format import Format
from xner_core.export.losses import ASPECTS, Overlaps
from xner_core.export.running_text import text_of
from xner_core.export.sample import Annotation, ReadSample, ReadSide, Sample
from xner_core.registry import COMPONENTS
from xner_core.types import Entity, ReviewStatus, Sentence, SentencePair, Span, WordAlignment

OVERLAPS = [{"overlaps": policy} for policy in get_args(Overlaps)[1:]]
OTHER_OPTIONS: dict[str, list[dict[str, Any]]] = {
    "conll2002": [
        {"side": "both", "id_comments": True},
        {"side": "source", "separator": "space", "id_comments": True, "overlaps": "longest first"},
        {"side": "both", "separator": "space", "overlaps": "leftmost first"},
        {"side": "both", "keep_no_break_spaces": True},
    ],
    "conll2003": [
        {"side": "both", "scheme": "IOB1"},
        {"side": "source", "sentences_per_document": 2, "overlaps": "leftmost first"},
    ],
    "jsonl": [],
    "label-studio": [],
    "doccano": [
        {"project": "relations"},
        {"offsets": "grapheme clusters"},
        {"project": "relations", "offsets": "grapheme clusters"},
    ],
    "brat": [{"pairs": 3}],
    "spacy": [{"group": "sc", "documents": 5, "overlaps": "longest first"}],
    "hf": [*OVERLAPS, {"split": "test", "rows_per_file": 2}],
    "pharaoh": [
        {"index_base": 1, "ids": True},
        {"possible_links": False},
        {"text": False, "ids": True},
        {"text": False},
    ],
    "naacl": [{"possible_links": False}, {"text": False}],
    "webanno": [{"layer": "webanno.custom.Entity", "feature": "label"}],
    "translate-train": [
        {"dev_share": 0.0, "labels": "PER, ORG"},
        {"dev_share": 0.9, "sentences": "all"},
        {"sentences": "approved", "overlaps": "longest first"},
    ],
}
"""Besides the defaults; a new format needs a list of its own here."""
ODD_WORDS = (
    sample(
        "white space in words",
        Sentence(("New York", "tab\there", "line\nbreak", "a\r\nb", "\u2009x\u3000y", "Ada"), "en"),
        Sentence(("New\u00a0York", "\x0bx", "x\x1cy", "Ada", "Ada\u200b"), "de"),
        ((0, 1, "LOC"), (5, 6, "PER")),
        ((0, 1, "LOC"), (3, 5, "PER")),
        ((0, 0), (5, 3)),
        matches=((0, 0), (1, 1)),
    ),
    sample(
        "unseen words",
        Sentence(("\ufeff", "\u200b", "Ada"), "en"),
        Sentence(("\u200d\u200d", "\u00ad", "Ada", "\x00", "\u2060"), "de"),
        ((1, 3, "PER"),),
        ((2, 3, "PER"),),
        ((2, 2),),
        matches=((0, 0),),
    ),
    sample(
        "marks of the formats",
        words("# id = x -DOCSTART- <s snum=1> </s> ||| a|||b x-DOCSTART- 1-1 T1 O B-PER", "en"),
        words('# -DOCSTART- ||| #Text=x *[1] B-PER[2] ||||| {"a": -X- \\n \\u0041 \' " %s {0}', "de"),
        ((2, 4, "PER"),),
        ((3, 5, "LOC"), (0, 1, "ORG")),
        ((0, 0),),
    ),
    sample('"id"\twith\nodd characters ', words("Ada", "en"), words("Ada", "de"), links=((0, 0),)),
    sample("no source", Sentence((), "en"), words("Ada schläft", "de"), target_entities=((0, 1, "PER"),)),
    sample(
        "labels",
        words("a b c", "en"),
        words("a b c", "de"),
        ((0, 1, "geo-loc"), (1, 2, "Größe"), (2, 3, "B-X")),
        ((0, 1, "ORG_x/y"), (1, 2, "地点"), (2, 3, "O")),
    ),
    sample(
        "with gold",
        Sentence(("Ada", "sings"), "en", entities((1, 2, "ORG"))),
        Sentence(("Ada", "singt"), "de", (), " Ada singt"),
        ((0, 1, "PER"),),
        ((0, 1, "PER"),),
        ((0, 0),),
        note=" note with spaces\n\nand lines\t",
        status="needsReview",
    ),
    sample("text of other words", words("Ada sings", "en", running="Ada dances"), words("Ada", "de")),
)
PAIRS = (*HARD_CASES.values(), *ODD_WORDS)
N_STREAMED = 2400
AT_MOST_ALIVE = 1100
EUROPARL_FOR = ("de", "es", "it")

VARIANTS = [(name, options) for name in COMPONENTS["format"] for options in ({}, *OTHER_OPTIONS[name])]
each_format = pytest.mark.parametrize("name", COMPONENTS["format"])
each_variant = pytest.mark.parametrize(
    ("name", "options"),
    VARIANTS,
    ids=[f"{name} {' '.join(map(str, options.values()))}".strip() for name, options in VARIANTS],
)


def built(name: str, options: dict[str, Any] | None = None) -> Format[Any]:
    made = Choice(name=name, options=options or {}).build("format")
    assert isinstance(made, Format)
    return made


def read_back(form: Format[Any], folder: Path, *, is_empty: bool) -> list[ReadSample]:
    """What a folder says; where nothing was written, a reader may complain that there is nothing in it."""
    try:
        return list(form.read(folder))
    except ExportError:
        if not is_empty:
            raise
        return []


def check(form: Format[Any], samples: Sequence[Sample], folder: Path) -> None:
    """Write samples, read them back, and see that all is there but for what was announced."""
    expected = [
        (each, said)
        for each in samples
        if (said := remaining(each, form.losses(each), form.holds)) is not None
    ]
    form.write(samples, folder, "some")
    found = _merged(read_back(form, folder, is_empty=not expected))
    assert len(found) == len(expected)
    if "id" in form.holds:
        by_id = {read.id: read for read in found}
        found = [by_id[each.pair.id] for each, _ in expected]
    for read, (each, said) in zip(found, expected, strict=True):
        assert read.place
        assert _found(read, each, form, said) == _wanted(said, each, form), each.pair.id
        if {"edits", "raw", "history", "provenance"} & form.holds:
            assert read.sample == each


def _merged(found: list[ReadSample]) -> list[ReadSample]:
    """Formats with one text a record say what they know of a pair in several records."""
    merged: dict[Any, ReadSample] = {}
    for number, read in enumerate(found):
        key = read.id if read.id is not None else number
        before = merged.get(key)
        if before is not None:
            news = {
                field.name: getattr(read, field.name)
                for field in fields(read)
                if getattr(read, field.name) is not None
            }
            assert not {"source", "target"} <= news.keys(), "a pair is in the file twice"
            read = replace(before, **news)
        merged[key] = read
    return list(merged.values())


def _wanted(said: Said, each: Sample, form: Format[Any]) -> dict[str, Any]:
    wanted: dict[str, Any] = {
        "id": said.id if "id" in form.holds else None,
        "sure": said.sure,
        "possible": said.possible,
        "matches": said.matches,
        "status": said.status,
        "note": said.note,
    }
    for name, side in said.sides.items():
        if not side.is_there:
            wanted[name] = NOTHING
        elif each.pair.side(name).is_missing:  # type: ignore[arg-type]
            wanted[name] = "missing"
        else:
            text = side.text
            if side.text_is_changed:
                text = None
            elif side.words == NOTHING:  # then there is always a text, if need be one made of the words
                text = text_of(each.pair.side(name)).text  # type: ignore[arg-type]
            lang = side.lang if "languages" in form.holds else None
            wanted[name] = (side.words, text, side.entities, lang)
    return wanted


def _found(read: ReadSample, each: Sample, form: Format[Any], said: Said) -> dict[str, Any]:
    links = read.alignment
    found: dict[str, Any] = {
        "id": read.id if "id" in form.holds else None,
        "sure": NOTHING if links is None else list(links.sure),
        "possible": NOTHING if links is None else list(links.possible),
        "matches": NOTHING if read.matches is None else list(read.matches),
        "status": NOTHING if read.status is None else read.status,
        "note": NOTHING if read.note is None else read.note,
    }
    for name, side in (("source", read.source), ("target", read.target)):
        sentence = each.pair.side(name)  # type: ignore[arg-type]
        if side is None:
            found[name] = "missing" if sentence.is_missing else NOTHING
        elif sentence.is_missing and not side.words and not side.text:
            found[name] = "missing"
        else:
            found[name] = _found_side(side, sentence, form, said.sides[name].text_is_changed)
    return found


def _found_side(
    side: ReadSide, sentence: Sentence, form: Format[Any], text_is_changed: bool
) -> tuple[Any, ...]:
    has_words = "words" in form.holds
    assert (side.words is not None) == has_words
    if side.words is not None:
        assert side.ranges is None
        marked: Any = side.entities
        if marked is not None:
            assert list(marked) == sorted(marked)
            marked = [(entity.span.start, entity.span.end, entity.label) for entity in marked]
    else:
        assert side.entities is None
        marked = side.ranges if side.ranges is None else _resolved(side, sentence)
    is_own = not has_words or (sentence.text is not None and "text" in form.holds)
    return (
        NOTHING if side.words is None else list(side.words),
        side.text if is_own and not text_is_changed else None,
        NOTHING if marked is None else marked,
        side.lang if "languages" in form.holds else None,
    )


def _resolved(side: ReadSide, sentence: Sentence) -> list[tuple[int, int, str]]:
    """Ranges of characters as words: by how many characters that are no spaces stand before them."""
    assert side.text is not None
    assert side.ranges is not None
    squeezed = [_squeezed(word) for word in sentence.words]
    assert _squeezed(side.text) == "".join(squeezed)
    starts, ends, n_before = {}, {}, 0
    for index, word in enumerate(squeezed):
        starts[n_before] = index
        n_before += len(word)
        ends[n_before] = index + 1
    marked = []
    for place in side.ranges:
        if place.surface is not None:
            assert side.text[place.start : place.end] == place.surface
        first, last = (len(_squeezed(side.text[:end])) for end in (place.start, place.end))
        marked.append((starts[first], ends[last], place.label))
    return marked


def _squeezed(text: str) -> str:
    return re.sub(r"[ \t\r\n]", "", text)


@each_variant
def test_hard_cases(name: str, options: dict[str, Any], tmp_path: Path) -> None:
    check(built(name, options), PAIRS, tmp_path)


@each_format
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_samples(name: str, data: st.DataObject) -> None:
    options = data.draw(st.sampled_from([{}, *OTHER_OPTIONS[name]]))
    samples = data.draw(st.lists(any_sample(), min_size=1, max_size=4, unique_by=lambda each: each.pair.id))
    with tempfile.TemporaryDirectory() as folder:
        check(built(name, options), samples, Path(folder))


@pytest.mark.parametrize("lang", EUROPARL_FOR)
@each_format
def test_europarl(name: str, lang: str, europarl: Path, tmp_path: Path) -> None:
    check(built(name), europarl_samples(europarl, lang), tmp_path)


@each_format
def test_all_files_are_named(name: str, tmp_path: Path) -> None:
    paths = built(name).write(PAIRS, tmp_path, "some")
    assert sorted(paths) == sorted(path for path in tmp_path.rglob("*") if path.is_file())


@each_format
def test_writing_twice_gives_the_same_files(name: str, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    contents = []
    for folder in (first, second):
        folder.mkdir()
        paths = built(name).write(PAIRS, folder, "some")
        contents.append({path.relative_to(folder): path.read_bytes() for path in paths})
    assert contents[0] == contents[1]


@each_variant
def test_nothing_at_all(name: str, options: dict[str, Any], tmp_path: Path) -> None:
    form = built(name, options)
    paths = form.write([], tmp_path, "some")
    assert all(path.exists() for path in paths)
    assert read_back(form, tmp_path, is_empty=True) == []


@each_format
def test_samples_are_not_kept(name: str, tmp_path: Path) -> None:
    alive: dict[int, weakref.ref[Watched]] = {}
    most = 0

    def stream() -> Iterator[Sample]:
        nonlocal most
        for number in range(N_STREAMED):
            each = Watched(*parts_of(streamed(number)))
            alive[number] = weakref.ref(each, lambda _, number=number: alive.pop(number))  # type: ignore[misc]
            yield each
            del each
            most = max(most, len(alive))

    built(name).write(stream(), tmp_path, "many")
    assert 0 < most <= AT_MOST_ALIVE


@each_format
def test_what_it_says_of_itself(name: str) -> None:
    form = built(name)
    assert form.title
    assert form.read_by
    assert all(suffix.startswith(".") for suffix in form.suffixes)
    assert form.holds <= set(ASPECTS)


@each_format
def test_a_place_that_is_not_there(name: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as raised:
        list(built(name).read(tmp_path / "no-such-file"))
    assert "no-such-file" in str(raised.value.where)
    assert raised.value.hint


@each_format
def test_an_empty_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as raised:
        list(built(name).read(tmp_path))
    assert str(tmp_path) in str(raised.value.where)
    assert raised.value.hint


@each_format
def test_a_file_that_is_no_text(name: str, tmp_path: Path) -> None:
    form = built(name)
    path = tmp_path / f"bad{form.suffixes[0]}"
    path.write_bytes(b"\xff\xfe\x00 no text \x80\n" * 3)
    with pytest.raises(ExportError) as raised:
        list(form.read(path))
    assert path.name in str(raised.value.where)


@each_format
def test_a_file_of_something_else(name: str, tmp_path: Path) -> None:
    form = built(name)
    path = tmp_path / f"bad{form.suffixes[0]}"
    path.write_text("<html>\n<body class='a' id='b'>a b\tc\td e</body>\n</html>\n", encoding="utf-8")
    with pytest.raises(ExportError) as raised:
        list(form.read(path))
    assert path.name in str(raised.value.where)


def test_every_format_has_its_options_here() -> None:
    assert OTHER_OPTIONS.keys() == COMPONENTS["format"].keys()


class Watched(Sample):
    """A sample that can be seen to be forgotten."""

    __slots__ = ("__weakref__",)


def parts_of(each: Sample) -> list[Any]:
    return [getattr(each, field.name) for field in fields(Sample)]


def streamed(number: int) -> Sample:
    """A small sample, the same for the same number."""
    source = tuple(f"word{number + i}" for i in range(8))
    return sample(
        f"s{number}",
        Sentence(source, "en"),
        Sentence(tuple(reversed(source)), "de"),
        ((0, 2, "PER"), (4, 5, "LOC")),
        ((6, 8, "PER"), (3, 4, "LOC")),
        tuple((i, 7 - i) for i in range(8)),
        matches=((0, 1), (1, 0)),
    )


@lru_cache(maxsize=4)
def europarl_samples(folder: Path, lang: str) -> list[Sample]:
    """All of Europarl-NER with its gold entities; links and reviews are made up."""
    corpus = load(f"conll:{folder}/en-europarl.test.conll02,{folder}/{lang}-europarl.test.conll02")
    statuses = get_args(ReviewStatus)
    samples = []
    for number, pair in enumerate(corpus.pairs):
        n = min(len(pair.source.words), len(pair.target.words))
        found = [pair.source.entities or (), pair.target.entities or ()]
        links = WordAlignment.of([(i, i) for i in range(0, n, 2)], [(i, i) for i in range(1, n, 3)])
        matches = tuple((i, i) for i in range(min(map(len, found))))
        said = Annotation(found[0], found[1], links, matches)
        bare = [replace(pair.source, entities=None), replace(pair.target, entities=None)]
        samples.append(
            Sample(SentencePair(pair.id, bare[0], bare[1]), said, status=statuses[number % len(statuses)])
        )
    assert len(samples) == 799
    return samples


LETTERS = (
    "abXYZ09.,#|-_/\\\"'<&{[(*:;= \t\n\r\xa0\u200b\u200d\u2028\u0301\ufeff\x85\u202e\x00\x1e" + "😀👍🏽äلक्香ท"
)
LABELS = st.sampled_from(["PER", "LOC", "geo-loc", "B-X", "O", "ärger"])
STATUSES = st.sampled_from(get_args(ReviewStatus))


@st.composite
def any_sentence(draw: st.DrawFn, lang: str) -> Sentence:
    """Words of odd characters, as no corpus has them and all may; sometimes with their text."""
    one = st.text(LETTERS, min_size=1, max_size=4).map(lambda word: word.strip(" \t\r\n")).filter(bool)
    found = draw(st.lists(one, max_size=6))
    text = None
    if found and draw(st.booleans()):
        gaps = draw(
            st.lists(st.sampled_from([" ", "  ", "", "\n", "\t"]), min_size=len(found), max_size=len(found))
        )
        text = "".join(gap + word for gap, word in zip(gaps, found, strict=True))
    return Sentence(tuple(found), lang, text=text)


@st.composite
def any_entities(draw: st.DrawFn, n_words: int) -> tuple[Entity, ...]:
    """Entities that may share words, each once and in order."""
    if not n_words:
        return ()
    spans = st.tuples(st.integers(0, n_words - 1), st.integers(1, 3)).map(
        lambda place: Span(place[0], min(n_words, place[0] + place[1]))
    )
    return tuple(sorted(draw(st.sets(st.builds(Entity, spans, LABELS), max_size=4))))


@st.composite
def any_sample(draw: st.DrawFn) -> Sample:
    """A pair that has at least one sentence, and whatever a person may have said of it."""
    source = draw(any_sentence("en"))
    target = draw(any_sentence(draw(st.sampled_from(["de", "th", "und"]))))
    if source.is_missing and target.is_missing:
        target = Sentence(("x",), target.lang)
    marked = [draw(any_entities(len(side.words))) for side in (source, target)]
    places = [(i, j) for i in range(len(source.words)) for j in range(len(target.words))]
    links = draw(st.lists(st.sampled_from(places), max_size=5)) if places else []
    possible = draw(st.lists(st.sampled_from(places), max_size=3)) if places else []
    either = [(i, j) for i in range(len(marked[0])) for j in range(len(marked[1]))]
    matches = draw(st.sets(st.sampled_from(either), max_size=3)) if either else set()
    said = Annotation(marked[0], marked[1], WordAlignment.of(links, possible), tuple(sorted(matches)))
    sid = draw(st.text(LETTERS, min_size=1, max_size=3))
    note = draw(st.text(LETTERS, max_size=4))
    return Sample(SentencePair(sid, source, target), said, status=draw(STATUSES), note=note)
