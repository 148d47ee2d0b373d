"""Sentences of a file found in a corpus, and their entities over its words."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal
from unicodedata import normalize

import pytest

from tests.xner_core.export.hard_cases import HARD_CASES
from tests.xner_core.review.small import entities
from xner_core.export.sample import CharacterRange, ReadSample, ReadSide
from xner_core.review.resolving import Resolution, Resolved, resolve
from xner_core.types import Sentence, SentencePair, WordAlignment


def pair(name: str, source: str, target: str, text: str | None = None) -> SentencePair:
    return SentencePair(
        name,
        Sentence(tuple(source.split(" ")), "en"),
        Sentence(tuple(target.split(" ")), "de", text=text),
    )


PAIRS = [
    pair("a", "Ada met Bo", "Ada traf Bo"),
    pair("b", "😀 Eva sings", "😀 Eva singt", text="😀Eva singt"),
    pair("c-1", "thank you", "danke sehr"),
    pair("c-2", "thank you", "danke sehr"),
]
PER = entities((0, 1, "PER"))
Form = Literal["NFC", "NFD"]


def words(text: str, found: tuple[object, ...] | None = None) -> ReadSide:
    return ReadSide(words=tuple(text.split(" ")), entities=found)  # type: ignore[arg-type]


def ranges(text: str, *found: CharacterRange) -> ReadSide:
    return ReadSide(text=text, ranges=found)


def one(*reads: ReadSample) -> Resolved:
    resolution = resolve(reads, PAIRS)
    assert resolution.problems == ()
    [resolved] = resolution.resolved
    return resolved


def problems(*reads: ReadSample) -> list[str]:
    return [problem.what for problem in resolve(reads, PAIRS).problems]


def found(resolution: Resolution) -> list[str]:
    return [resolved.pair.id for resolved in resolution.resolved]


def test_by_id_and_words() -> None:
    said = one(ReadSample("f:1", "c-2", target=words("danke sehr", PER)))
    assert (said.pair.id, said.target_entities, said.source_entities) == ("c-2", PER, None)


def test_by_words_where_there_is_no_id_or_another_one() -> None:
    for name in (None, "other", "c-1"):
        said = one(ReadSample("f:1", name, words("Ada met Bo"), words("Ada traf Bo", PER)))
        assert (said.pair.id, said.target_entities) == ("a", PER)


def test_by_one_sentence_alone() -> None:
    assert one(ReadSample("f:1", source=words("Ada met Bo", PER))).source_entities == PER


def test_by_id_alone() -> None:
    said = one(ReadSample("f:1", "c-1", alignment=WordAlignment(((0, 1),)), status="approved", note="n"))
    assert (said.pair.id, said.alignment, said.status, said.note) == (
        "c-1",
        WordAlignment(((0, 1),)),
        "approved",
        "n",
    )


def test_other_words_under_an_id_are_not_this_sentence() -> None:
    read = ReadSample("f:1", "a", words("Ada met Cy"), words("Ada traf Cy", PER))
    resolution = resolve([read], PAIRS)
    assert resolution.resolved == ()
    [problem] = resolution.problems
    assert (problem.place, problem.sentence) == ("f:1", "a")
    assert problem.what == "this sentence has other words in the corpus: 'Bo', where the file has 'Cy'"
    assert problems(ReadSample("f:1", "z", words("unknown"))) == [
        "the corpus has no sentence with these words"
    ]
    assert problems(ReadSample("f:1", "z")) == ["the corpus has no sentence with this id"]


def test_the_same_words_are_told_apart_by_order_if_all_are_there() -> None:
    reads = [
        ReadSample("f:1", target=words("danke sehr", PER)),
        ReadSample("f:2", target=words("danke sehr", ())),
    ]
    resolution = resolve(reads, PAIRS)
    assert [(said.pair.id, said.target_entities) for said in resolution.resolved] == [
        ("c-1", PER),
        ("c-2", ()),
    ]
    assert problems(reads[0]) == [
        "its words stand twice in the corpus and once in the file, so which pair is meant cannot be told"
    ]
    named = [ReadSample("f:1", "c-1", target=words("danke sehr", ())), reads[1]]
    assert found(resolve(named, PAIRS)) == ["c-1", "c-2"]


def test_the_same_words_are_not_told_apart_where_the_file_is_in_another_order() -> None:
    reads = [
        ReadSample("f:1", target=words("danke sehr", PER)),
        ReadSample("f:2", target=words("😀 Eva singt")),
        ReadSample("f:3", target=words("Ada traf Bo")),
        ReadSample("f:4", target=words("danke sehr", ())),
    ]
    resolution = resolve(reads, PAIRS)
    assert found(resolution) == ["a", "b"]
    assert [problem.place for problem in resolution.problems] == ["f:1", "f:4"]
    assert "twice in the corpus, and the file is in another order" in resolution.problems[0].what
    alike = [
        replace(read, target=words("danke sehr", PER)) if at in (0, 3) else read
        for at, read in enumerate(reads)
    ]
    assert [(said.pair.id, said.target_entities) for said in resolve(alike, PAIRS).resolved[2:]] == [
        ("c-1", PER),
        ("c-2", PER),
    ]


def test_a_sentence_that_the_file_has_twice() -> None:
    first, again = (ReadSample(f"f:{at}", target=words("Ada traf Bo", PER)) for at in (1, 2))
    assert one(first, again).target_entities == PER
    other = replace(again, target=words("Ada traf Bo", ()))
    assert (
        problems(first, other)
        == ["its words stand once in the corpus and twice in the file, so which pair is meant cannot be told"]
        * 2
    )
    assert problems(replace(first, id="a"), replace(other, id="x")) == [
        "the file has the sentence with these words under its own id too"
    ]


def test_words_of_the_other_side_are_told() -> None:
    assert problems(ReadSample("f:1", target=words("Ada met Bo", PER))) == [
        "these are the words of a source sentence: set the format's option side to source"
    ]


@pytest.mark.parametrize("forms", [("NFC", "NFD"), ("NFD", "NFC")])
def test_accents_may_be_typed_in_another_way(forms: tuple[Form, Form]) -> None:
    typed, own = (
        tuple(normalize(form, word) for word in ("Çağla", "é", "trinkt", "Çay", "한국")) for form in forms
    )
    pairs = [SentencePair("t", Sentence(("x",), "en"), Sentence(own, "de")), *PAIRS]
    last = entities((4, 5, "LOC"))
    cut = (typed[0] + typed[1], *typed[2:])
    text = " ".join(typed)
    for side in (
        ReadSide(typed, entities=last),
        ReadSide(cut, entities=entities((3, 4, "LOC"))),
        ReadSide(text=text, ranges=(CharacterRange(text.rindex(" ") + 1, len(text), "LOC", typed[4]),)),
    ):
        for name in ("t", None):
            resolution = resolve([ReadSample("f:1", name, target=side)], pairs)
            assert (resolution.problems, resolution.notes) == ((), ())
            assert [(said.pair.id, said.target_entities) for said in resolution.resolved] == [("t", last)]
    # Where the corpus has both, each is found as it was typed.
    pairs.append(SentencePair("u", Sentence(("x",), "en"), Sentence(typed, "de")))
    for name, these in (("t", own), ("u", typed)):
        assert found(resolve([ReadSample("f:1", target=ReadSide(these))], pairs)) == [name]


def test_lines_without_anything_are_told_by_order_if_there_are_as_many() -> None:
    reads = [ReadSample(f"f:{at}", alignment=WordAlignment(((0, 0),))) for at in range(len(PAIRS))]
    assert found(resolve(reads, PAIRS)) == [pair.id for pair in PAIRS]
    [first, *_] = problems(*reads[:3])
    assert "the order does not tell which pair it is: 3 such lines, 4 pairs" in first


def test_text_with_other_white_space_and_offsets_in_utf16() -> None:
    by_text = one(ReadSample("f:1", target=ranges("😀  Eva\nsingt ", CharacterRange(3, 6, "PER", "Eva"))))
    assert by_text.target_entities == entities((1, 2, "PER"))
    utf16 = one(ReadSample("f:1", target=ranges("😀Eva singt", CharacterRange(2, 5, "PER", "Eva"))))
    assert utf16.target_entities == entities((1, 2, "PER"))


def test_a_range_is_trimmed_and_widened_to_words_and_that_is_told() -> None:
    read = ReadSample("f:1", target=ranges("Ada traf Bo", CharacterRange(3, 7, "X", " tra")))
    resolution = resolve([read], PAIRS)
    assert resolution.resolved[0].target_entities == entities((1, 2, "X"))
    [note] = resolution.notes
    assert (note.what, note.sentence) == ("X was widened to whole words: 'traf'", "a")
    exact = ReadSample("f:1", target=ranges("Ada traf Bo", CharacterRange(3, 9, "X", " traf ")))
    assert resolve([exact], PAIRS).notes == ()


def test_other_words_with_the_same_characters() -> None:
    said = one(ReadSample("f:1", target=words("Ad a traf B o", entities((0, 2, "PER"), (3, 5, "PER")))))
    assert said.target_entities == entities((0, 1, "PER"), (2, 3, "PER"))


def test_words_as_files_write_them_that_cut_at_spaces() -> None:
    case = HARD_CASES["no-break-space"].pair
    read = ReadSample("f:1", target=ReadSide(words=("cela", "coûte", "5_000", "à", "Nancy"), entities=PER))
    resolution = resolve([read], [*PAIRS, case])
    assert found(resolution) == [case.id]
    assert resolution.resolved[0].target_entities == PER


def test_one_entity_that_cannot_be_placed_leaves_the_sentence_as_it_is() -> None:
    good, wrong = CharacterRange(0, 3, "PER", "Ada"), CharacterRange(4, 8, "PER", "Bo")
    resolution = resolve([ReadSample("f:7", "a", target=ranges("Ada traf Bo", good, wrong))], PAIRS)
    assert resolution.resolved[0].target_entities is None
    [problem] = resolution.problems
    assert problem.what == (
        "PER at characters 4 to 8: there stands 'traf', and not 'Bo' as the file says, so the sentence's "
        "entities stay as they are"
    )
    beyond = resolve([ReadSample("f:1", "a", target=words("Ada traf Bo", entities((2, 4, "PER"))))], PAIRS)
    assert beyond.resolved[0].target_entities is None
    assert len(beyond.problems) == 1


def test_links_of_other_words_or_outside_are_left_out() -> None:
    other = ReadSample("f:1", "a", words("Ada met B o"), words("Ada traf Bo"), WordAlignment(((0, 0),)))
    assert problems(other) == [
        "the source words are cut otherwise than in the corpus, so the links are left out"
    ]
    outside = ReadSample("f:1", "a", alignment=WordAlignment(((0, 0), (0, 3))))
    resolution = resolve([outside], PAIRS)
    assert resolution.resolved[0].alignment is None
    assert "the link 0-3 lies outside the 3 source and 3 target words" in resolution.problems[0].what


def test_two_places_are_joined_and_the_first_one_counts() -> None:
    source = ReadSample("f:1", "a", source=words("Ada met Bo", PER), note="n")
    target = ReadSample("f:2", "a", target=words("Ada traf Bo", PER))
    said = one(source, target)
    assert (said.source_entities, said.target_entities, said.note) == (PER, PER, "n")
    again = ReadSample("f:3", "a", source=words("Ada met Bo", ()))
    resolution = resolve([source, target, again], PAIRS)
    assert resolution.resolved[0].source_entities == PER
    assert [(each.place, each.what) for each in resolution.problems] == [
        ("f:3", "the source entities differ from those at f:1")
    ]


def test_a_missing_sentence_says_nothing_of_words() -> None:
    case = HARD_CASES["no-target"]
    read = ReadSample("f:1", None, ReadSide(words=("Ada", "sleeps"), entities=PER), ReadSide(words=()))
    assert found(resolve([read], [case.pair])) == ["no-target"]


def test_nothing_is_lost_on_the_way() -> None:
    reads = [ReadSample(f"f:{at}", target=words(text)) for at, text in enumerate(["Ada traf Bo", "?", "!"])]
    resolution = resolve(reads, PAIRS)
    assert resolution.n_read == len(resolution.resolved) + len(resolution.problems) == 3
    assert [problem.place for problem in resolution.problems] == ["f:1", "f:2"]


@pytest.mark.parametrize("name", HARD_CASES)
def test_hard_cases_by_their_text(name: str) -> None:
    """Whole words, marked in the running text, with white space gone or doubled: the same entities."""
    case = HARD_CASES[name]
    sentence = case.pair.source
    for gap in ("  ", "\n"):
        text, offsets = "", []
        for word in sentence.words:
            offsets.append((len(text), len(text) + len(word)))
            text += word + gap
        marked = [
            CharacterRange(offsets[e.span.start][0], offsets[e.span.end - 1][1], e.label)
            for e in case.corrected.source_entities
        ]
        read = ReadSample("f:1", name, source=ReadSide(text=text, ranges=tuple(marked)))
        [said] = resolve([read], [case.pair]).resolved
        assert said.source_entities == case.corrected.source_entities


def test_a_sample_that_lost_nothing_says_all() -> None:
    events = ({"author": "Ana"}, {"author": "Ben"}, {"author": "Ana"})  # too little to be made anew
    case = replace(HARD_CASES["edited"], history=events)
    [said] = resolve([ReadSample("f:1", sample=case)], [case.pair]).resolved
    assert (said.source_entities, said.target_entities) == (
        case.corrected.source_entities,
        case.corrected.target_entities,
    )
    assert (said.status, said.note) == ("approved", "boundary")
    assert (said.n_events, said.event_authors, said.told) == (3, ("Ana", "Ben"), None)
