"""Which pair of a corpus a file means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from xner_core.export.plain_words import plain_word
from xner_core.export.sample import ReadSample, ReadSide
from xner_core.review.places import squeezed
from xner_core.types import SIDES, Sentence, SentencePair, Side

_Said = tuple[str | None, str | None]
"""The characters of the source and of the target sentence, None where a file lacks one."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that cannot be taken over.

    Attributes:
        place: Where it stands.
        what: What is wrong, as one sentence without a full stop.
        sentence: Id of the sentence pair, as the file or the corpus has it; None where neither says it.
    """

    place: str
    what: str
    sentence: str | None = None


class PairFinder:
    """Finds the pairs of a corpus by id, by their words and by their texts.

    Args:
        pairs: The pairs; ids are unique.
    """

    def __init__(self, pairs: Sequence[SentencePair]) -> None:
        self._pairs = pairs
        self._by_id: dict[str, int] = {}
        self._by_said: dict[_Said, list[int]] = defaultdict(list)
        for at, pair in enumerate(pairs):
            self._by_id[pair.id] = at
            sources, targets = _spellings(pair.source), _spellings(pair.target)
            keys = {(s, t) for s in (None, *sources) for t in (None, *targets)}
            for key in keys - {(None, None)}:
                self._by_said[key].append(at)

    def find(self, reads: Sequence[ReadSample]) -> tuple[list[int | None], list[Problem]]:
        """The pair of each sentence of a file.

        A sentence with an id and the words of that pair is that pair. Otherwise its words decide.
        Several pairs with the same words are told apart by their order, if the file has all of them.
        Sentences without an id and without words are told by their order, if there are as many as pairs.

        Returns:
            Of each, the pair's place; None where it cannot be told. And why it cannot.
        """
        problems: list[Problem] = []
        found: list[int | None] = [None] * len(reads)
        said = [(_said(read.source), _said(read.target)) for read in reads]
        nameless = [at for at, read in enumerate(reads) if said[at] == (None, None) and read.id is None]
        self._by_order(reads, nameless, found, problems)
        by_words: dict[_Said, list[int]] = defaultdict(list)
        for at, read in enumerate(reads):
            named = None if read.id is None else self._by_id.get(read.id)
            if named is not None and self._fits(said[at], self._pairs[named]):
                found[at] = named
            elif said[at] != (None, None):
                by_words[said[at]].append(at)
            elif read.id is not None:
                problems.append(Problem(read.place, "the corpus has no sentence with this id", read.id))
        taken = {at for at in found if at is not None}
        for key, places in by_words.items():
            self._by_characters(reads, key, places, taken, found, problems)
        return found, problems

    def _by_order(
        self,
        reads: Sequence[ReadSample],
        places: Sequence[int],
        found: list[int | None],
        problems: list[Problem],
    ) -> None:
        if not places:
            return
        if len(places) != len(reads) or len(places) != len(self._pairs):
            what = (
                f"it has neither an id nor words, and the order does not tell which pair it is: "
                f"{len(places)} such lines, {len(self._pairs)} pairs in the corpus"
            )
            problems.extend(Problem(reads[at].place, what) for at in places)
            return
        for at in places:
            found[at] = at

    def _by_characters(
        self,
        reads: Sequence[ReadSample],
        key: _Said,
        places: Sequence[int],
        taken: set[int],
        found: list[int | None],
        problems: list[Problem],
    ) -> None:
        fitting = self._by_said.get(key, [])
        pairs = [at for at in fitting if at not in taken]
        named = [read.id for read in (reads[at] for at in places) if read.id in self._by_id]
        if not fitting:
            for at in places:
                what = (
                    "this sentence has other words in the corpus"
                    if reads[at].id in named
                    else ("the corpus has no sentence with these words")
                )
                problems.append(Problem(reads[at].place, what, reads[at].id))
        elif len(pairs) == len(places):
            for at, pair in zip(places, pairs, strict=True):
                found[at] = pair
        else:
            for at in places:
                what = (
                    f"its words stand {_times(len(pairs))} in the corpus and {_times(len(places))} in the "
                    "file, so which pair is meant cannot be told"
                )
                problems.append(Problem(reads[at].place, what, reads[at].id))

    def _fits(self, said: _Said, pair: SentencePair) -> bool:
        """Whether what a file has of a pair is this pair's."""
        return all(
            characters is None or characters in _spellings(pair.side(side))
            for side, characters in zip(SIDES, said, strict=True)
        )


def is_plain(words: Sequence[str], sentence: Sentence) -> bool:
    """Whether words are those of a sentence, perhaps as files have them in which spaces separate words."""
    return len(words) == len(sentence.words) and all(
        word in (own, plain_word(own)) for word, own in zip(words, sentence.words, strict=True)
    )


def side_of(read: ReadSample, side: Side) -> ReadSide | None:
    """One of the two sentences."""
    return read.source if side == "source" else read.target


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def _said(side: ReadSide | None) -> str | None:
    """The characters of a sentence, None where there are none."""
    if side is None:
        return None
    return squeezed("".join(side.words) if side.words is not None else side.text or "") or None


def _spellings(sentence: Sentence) -> set[str]:
    """The characters of a sentence in the ways that files have them."""
    if not sentence.words:
        return set()
    return {
        squeezed("".join(sentence.words)),
        squeezed("".join(map(plain_word, sentence.words))),
    }
