"""eflomal as an aligner. It draws random numbers: of its links only what is certain is checked."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from xner_core.alignment import eflomal, eflomal_program
from xner_core.alignment.e5_small import E5SmallAligner
from xner_core.alignment.eflomal import EflomalAligner, EflomalConfig
from xner_core.alignment.eflomal_program import NumberedPair, directed_links
from xner_core.alignment.extraction import Argmax, Union
from xner_core.config import Choice
from xner_core.corpora import load
from xner_core.errors import ConfigError, ModelUnavailableError, XnerError
from xner_core.types import Link, Sentence, SentencePair, WordAlignment

ODD = ("a b", "\t", "\n", "\u2028", "\x85", "|||", "<NULL>", "0-1", "\ud800", "%s", "ʼn", "İ")
"""Words that text files, their readers or eflomal could take for something else."""
N_WORDS = 5


def pair(name: str, source: Sequence[str], target: Sequence[str]) -> SentencePair:
    return SentencePair(name, Sentence(tuple(source), "en"), Sentence(tuple(target), "de"))


def made_up(n: int = 80, words: Sequence[str] = ODD) -> tuple[list[SentencePair], list[set[Link]]]:
    """Sentences of words drawn at random, their translations in another random order, and the right links."""
    draw = random.Random(3)
    pairs, right = [], []
    for k in range(n):
        source = draw.sample(list(words), N_WORDS)
        order = draw.sample(range(N_WORDS), N_WORDS)
        pairs.append(pair(str(k), source, [f"{source[i]}!" for i in order]))
        right.append({(i, j) for j, i in enumerate(order)})
    return pairs, right


def assert_mostly_right(found: Sequence[WordAlignment], right: Sequence[set[Link]]) -> None:
    hits = sum(len(links & set(each.sure)) for each, links in zip(found, right, strict=True))
    assert hits > 0.7 * sum(map(len, right))
    assert hits > 0.8 * sum(len(each.sure) for each in found)


class _Asked:
    """Stands for the program: gives the same links to every pair, and keeps what it was asked."""

    def __init__(self) -> None:
        self.answer = (WordAlignment(()), WordAlignment(()))
        self.pairs: Sequence[NumberedPair] = ()
        self.options: dict[str, Any] = {}

    def __call__(self, pairs: Sequence[NumberedPair], **options: Any) -> list[Any]:
        self.pairs = pairs
        self.options = options
        return [self.answer] * len(pairs)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> _Asked:
    stand_in = _Asked()
    monkeypatch.setattr(eflomal, "directed_links", stand_in)
    return stand_in


@pytest.mark.parametrize("model", [1, 2, 3])
def test_it_learns_which_words_translate_each_other(model: int) -> None:
    pairs, right = made_up()
    aligner = EflomalAligner(EflomalConfig(model=model, length=0.5))
    assert_mostly_right(list(aligner.compare(pairs)), right)


def test_pairs_that_cannot_be_aligned_have_no_links_and_move_no_others() -> None:
    pairs, right = made_up()
    long = ["a b"] * 1024
    for place, unfit in (
        (0, pair("no words", (), ())),
        (3, pair("no source", (), ("|||!",))),
        (7, pair("no target", ("|||",), ())),
        (20, pair("long source", long, ("a b!",))),
        (50, pair("long target", ("a b",), long)),
        (len(pairs), pair("last", (), ("a b!",))),
    ):
        pairs.insert(place, unfit)
        right.insert(place, set())
    found = list(EflomalAligner().compare(pairs))
    assert_mostly_right(found, right)
    assert all(not links.sure for links, known in zip(found, right, strict=True) if not known)


def test_the_longest_sentence_that_it_reads() -> None:
    longest = pair("1", [f"w{k}" for k in range(1023)], ("a",))
    quick = EflomalConfig(symmetrise="union", model=1, length=0.1)
    (found,) = EflomalAligner(quick).compare([longest])
    assert found.sure


def test_a_pair_of_one_word_each() -> None:
    (found,) = EflomalAligner().compare([pair("1", ("a",), ("b",))])
    assert found.sure in ((), ((0, 0),))


@pytest.mark.parametrize("unfit", [pair("1", (), ("b",)), pair("1", ("a",), ["b"] * 1024)])
def test_where_nothing_can_be_aligned_it_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, unfit: SentencePair
) -> None:
    monkeypatch.setattr(eflomal, "directed_links", None)
    assert list(EflomalAligner().compare([unfit])) == [WordAlignment(())]


def test_each_direction_gives_a_word_at_most_one_link() -> None:
    numbers = [(range(9), range(3)), (range(3), range(9))] * 20
    for by_source, by_target in directed_links(numbers, model=3, length=1):
        sources, targets = [i for i, _ in by_source.sure], [j for _, j in by_target.sure]
        assert len(sources) == len(set(sources))
        assert len(targets) == len(set(targets))


@pytest.mark.parametrize(
    ("symmetrise", "links"),
    [
        ("intersection", ((0, 0),)),
        # (1, 1) is next to (0, 0), and its words are free; (3, 3) is next to nothing, but its words are free.
        ("grow-diag-final-and", ((0, 0), (1, 1), (3, 3))),
        # (0, 3) comes from the other direction.
        ("union", ((0, 0), (0, 3), (1, 1), (3, 3))),
    ],
)
def test_links_of_both_directions_become_one_set(
    asked: _Asked, symmetrise: str, links: tuple[Link, ...]
) -> None:
    asked.answer = (WordAlignment.of([(0, 0), (1, 1), (3, 3)]), WordAlignment.of([(0, 0), (0, 3)]))
    aligner: EflomalAligner = Choice(name="eflomal", options={"symmetrise": symmetrise}).build("aligner")
    (found,) = aligner.compare([pair("1", "abcd", "abcd")])
    assert found.sure == links
    assert found.similarity is None


def test_grow_diag_final_and_adds_the_links_of_source_words_first(asked: _Asked) -> None:
    asked.answer = (WordAlignment.of([(0, 3)]), WordAlignment.of([(0, 1)]))
    (found,) = EflomalAligner(EflomalConfig(symmetrise="grow-diag-final-and")).compare(
        [pair("1", "abc", "abcd")]
    )
    assert found.sure == ((0, 3),)


def test_words_are_told_apart_by_spelling_and_languages(asked: _Asked) -> None:
    spanish = SentencePair("2", Sentence(("Ada", "ada"), "en"), Sentence(("Ada",), "es"))
    pairs = [pair("1", ("Ada", "ada", "a b"), ("ada", "x")), spanish]
    list(EflomalAligner().compare(pairs))
    assert asked.pairs == [([0, 0, 1], [0, 2]), ([3, 3], [3])]
    list(EflomalAligner(EflomalConfig(lowercase=False)).compare(pairs))
    assert asked.pairs == [([0, 1, 2], [1, 3]), ([4, 5], [4])]


def crossed(n: int = 6) -> tuple[list[SentencePair], list[set[Link]]]:
    """Sentences without a word in common, translated in another order."""
    pairs = [pair(str(k), [f"{k}{x}" for x in "abcd"], [f"{k}{x}!" for x in "cadb"]) for k in range(1, n + 1)]
    return pairs, [{(0, 1), (1, 3), (2, 0), (3, 2)}] * n


def test_priors_tell_what_a_small_corpus_cannot(tmp_path: Path) -> None:
    pairs, right = crossed()
    path = tmp_path / "links.txt"
    path.write_text("0-1 1-3 2-0 3-2\n" * len(pairs), encoding="utf-8")
    with_priors: EflomalAligner = Choice(name=f"eflomal:links:{path}").build("aligner")
    assert_mostly_right(list(with_priors.compare(pairs)), right)
    with pytest.raises(AssertionError):
        assert_mostly_right(list(EflomalAligner().compare(pairs)), right)


@pytest.mark.parametrize("extraction", [Argmax(), Union()])
def test_priors_are_the_links_of_another_aligner(
    asked: _Asked, monkeypatch: pytest.MonkeyPatch, float32_aligner: E5SmallAligner, extraction: Any
) -> None:
    pairs = list(load("demo:de").pairs[:3])
    name = type(extraction).__name__.lower()
    aligner = EflomalAligner(EflomalConfig(priors="e5-small", priors_extraction=name))
    assert isinstance(aligner._prior, E5SmallAligner)
    monkeypatch.setattr(aligner, "_prior", float32_aligner)
    list(aligner.compare([*pairs, pair("empty", (), ("b",))]))
    expected = [extraction.align(s) for s in float32_aligner.compare(pairs)]
    assert asked.options["prior_links"] == expected


def test_the_default_chooses_the_priors() -> None:
    assert EflomalConfig().priors_extraction == "unbalanced"
    assert EflomalConfig().priors is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"priors": "eflomal"}, "cannot give its own priors"),
        ({"priors": "eflomal:e5-small"}, "cannot give its own priors"),
        ({"priors": "nobody"}, "no aligner called 'nobody'"),
        ({"priors_extraction": "none"}, "no extraction called 'none'"),
    ],
)
def test_priors_that_do_not_exist(options: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Choice(name="eflomal", options=options).build("aligner")


def test_the_aligner_of_the_priors_is_loaded_and_released_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    aligner = EflomalAligner(EflomalConfig(priors="e5-small"))
    calls: list[str] = []
    prior = SimpleNamespace(
        load=lambda: calls.append("load"), release=lambda: calls.append("release"), model_id="the prior's"
    )
    monkeypatch.setattr(aligner, "_prior", prior)
    aligner.load()
    aligner.release()
    assert calls == ["load", "release"]
    assert aligner.model_id.endswith("priors: the prior's")


def test_its_model_is_the_version_of_the_program() -> None:
    assert EflomalAligner().model_id == "eflomal 2.0.0 (a program under the GPL-3)"


def test_the_program_is_a_process_of_its_own() -> None:
    list(EflomalAligner().compare(made_up(3)[0]))
    assert not [name for name in sys.modules if name.partition(".")[0] == "eflomal"]


def test_options_reach_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    commands = []

    def run(name: str, arguments: Sequence[str], folder: Path) -> None:
        commands.append((name, " ".join(arguments)))
        for file in ("forward", "reverse"):
            (folder / file).write_text("0-0\n", encoding="ascii")

    monkeypatch.setattr(eflomal_program, "_run", run)
    aligner = EflomalAligner(EflomalConfig(model=2, length=0.5))
    assert [found.sure for found in aligner.compare([pair("1", "a", "b")])] == [((0, 0),)]
    ((name, arguments),) = commands
    assert name == "eflomal-align"
    assert "--model 2 --length 0.5" in arguments


def test_it_is_found_without_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    pairs, right = made_up()
    assert_mostly_right(list(EflomalAligner().compare(pairs)), right)


def not_there(name: str) -> None:
    raise PackageNotFoundError(name)


@pytest.mark.parametrize("distribution", [not_there, lambda name: SimpleNamespace(files=None)])
def test_without_the_program_it_says_so(monkeypatch: pytest.MonkeyPatch, distribution: Any) -> None:
    monkeypatch.setattr(eflomal_program, "distribution", distribution)
    aligner = EflomalAligner(EflomalConfig(priors="links:nowhere.txt"))  # the program is looked for first
    for call in (aligner.load, lambda: list(aligner.compare(made_up(1)[0]))):
        with pytest.raises(ModelUnavailableError, match="the program eflomal is not installed") as raised:
            call()
        assert raised.value.hint == "Run pip install eflomal; it needs a C compiler"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            "import sys; print('one\\nthe last line', file=sys.stderr); sys.exit(3)",
            r"failed \(the last line\)",
        ),
        ("import os; os._exit(3)", r"failed \(exit status 3\)"),
        ("", "links that cannot be read"),
        ("[open(name, 'w').write('0-0\\n') for name in ('forward', 'reverse')]", "links that cannot be read"),
        (
            "[open(name, 'w').write('0-0\\n0-9\\n') for name in ('forward', 'reverse')]",
            "link 0-9 points outside",
        ),
    ],
)
def test_a_program_that_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str, message: str
) -> None:
    script = tmp_path / "eflomal-align"
    script.write_text(code, encoding="utf-8")
    monkeypatch.setattr(eflomal_program, "_command", lambda name: script)
    with pytest.raises(XnerError, match=message) as raised:
        list(EflomalAligner().compare(made_up(2)[0]))
    assert "pip install" in str(raised.value.hint)
