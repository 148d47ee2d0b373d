"""Which pair of a corpus a file means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from xner_core.export.plain_words import plain_word
from xner_core.export.sample import ReadSample, ReadSide
from xner_core.review.places import decomposed, unspaced
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
        self._by_letters: dict[_Said, list[int]] = defaultdict(list)
        for at, pair in enumerate(pairs):
            self._by_id[pair.id] = at
            sources, targets = _spellings(pair.source), _spellings(pair.target)
            keys = {(s, t) for s in (None, *sources) for t in (None, *targets)} - {(None, None)}
            for key in keys:
                self._by_said[key].append(at)
            for key in {_decomposed(key) for key in keys}:
                self._by_letters[key].append(at)

    def find(self, reads: Sequence[ReadSample]) -> tuple[list[int | None], list[Problem]]:
        """The pair of each sentence of a file.

        A sentence with an id and the words of that pair is that pair. Otherwise its words decide, with
        accents as they were typed or, if no pair has them so, typed in another way. Several pairs with
        the same words are told apart by their order, if the file has all of them and is in the order of
        the corpus; where it says the same of all, nothing has to be told apart. Sentences without an id
        and without words are told by their order, if there are as many as pairs.

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
                by_words[said[at] if said[at] in self._by_said else _decomposed(said[at])].append(at)
            elif read.id is not None:
                problems.append(Problem(read.place, "the corpus has no sentence with this id", read.id))
        taken = {at for at in found if at is not None}
        unclear = []
        for key, places in by_words.items():
            fitting = self._by_said.get(key) or self._by_letters.get(key, [])
            pairs = [at for at in fitting if at not in taken]
            if not pairs:
                problems += [self._unknown(reads[at], key, is_taken=bool(fitting)) for at in places]
            elif len(pairs) <= len(places) and _is_said_once([reads[at] for at in places]):
                for nth, at in enumerate(places):
                    found[at] = pairs[min(nth, len(pairs) - 1)]
            else:
                unclear.append((places, pairs))
        certain = [at for at in found if at is not None]
        in_order = all(first <= second for first, second in pairwise(certain))
        for places, pairs in unclear:
            if in_order and len(pairs) == len(places):
                for at, pair in zip(places, pairs, strict=True):
                    found[at] = pair
            else:
                problems += [
                    Problem(reads[at].place, _unclear(len(pairs), len(places)), reads[at].id) for at in places
                ]
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
                "it has neither an id nor words, and the order does not tell which pair it is: "
                f"{len(places)} such lines, {len(self._pairs)} pairs in the corpus; write ids or the "
                "sentences too"
            )
            problems.extend(Problem(reads[at].place, what) for at in places)
            return
        for at in places:
            found[at] = at

    def _unknown(self, read: ReadSample, key: _Said, *, is_taken: bool) -> Problem:
        """Why no pair is the one that a sentence means."""
        named = None if read.id is None else self._by_id.get(read.id)
        if is_taken:
            what = "the file has the sentence with these words under its own id too"
        elif (side := self._other_side(key)) is not None:
            what = f"these are the words of a {side} sentence: set the format's option side to {side}"
        elif named is not None:
            what = f"this sentence has other words in the corpus{_difference(read, self._pairs[named])}"
        else:
            what = "the corpus has no sentence with these words"
        return Problem(read.place, what, read.id)

    def _other_side(self, key: _Said) -> Side | None:
        """The sentence whose words these are, where the file was read as if they were the other's."""
        source, target = key
        if (source is None) == (target is None) or (target, source) not in self._by_letters:
            return None
        return "source" if source is None else "target"

    def _fits(self, said: _Said, pair: SentencePair) -> bool:
        """Whether what a file has of a pair is this pair's."""
        return all(
            characters is None or decomposed(characters) in map(decomposed, _spellings(pair.side(side)))
            for side, characters in zip(SIDES, said, strict=True)
        )


def is_plain(words: Sequence[str], sentence: Sentence) -> bool:
    """Whether words are those of a sentence, perhaps as files have them in which spaces separate words.

    It does not matter how accents were typed.
    """
    return len(words) == len(sentence.words) and all(map(_is_word, words, sentence.words))


def side_of(read: ReadSample, side: Side) -> ReadSide | None:
    """One of the two sentences."""
    return read.source if side == "source" else read.target


def _is_word(word: str, own: str) -> bool:
    return word in (own, plain_word(own)) or decomposed(word) in map(decomposed, (own, plain_word(own)))


def _is_said_once(reads: Sequence[ReadSample]) -> bool:
    """Whether a file says the same of all these sentences."""
    first, *others = [replace(read, place="", id=None) for read in reads]
    return all(each == first for each in others)


def _unclear(n_pairs: int, n_reads: int) -> str:
    """Why sentences of the same words cannot be told apart."""
    if n_pairs == n_reads:
        return (
            f"its words stand {_times(n_pairs)} in the corpus, and the file is in another order, so which "
            "pair is meant cannot be told"
        )
    return (
        f"its words stand {_times(n_pairs)} in the corpus and {_times(n_reads)} in the file, so which pair "
        "is meant cannot be told"
    )


def _difference(read: ReadSample, pair: SentencePair) -> str:
    """The first word that is another one."""
    for side in SIDES:
        given, own = side_of(read, side), pair.side(side).words
        if given is not None and given.words and not is_plain(given.words, pair.side(side)):
            for word, there in zip(given.words, own, strict=False):
                if not _is_word(word, there):
                    return f": {there!r}, where the file has {word!r}"
    return ""


def _decomposed(said: _Said) -> _Said:
    source, target = (None if characters is None else decomposed(characters) for characters in said)
    return source, target


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def _said(side: ReadSide | None) -> str | None:
    """The characters of a sentence, None where there are none."""
    if side is None:
        return None
    return unspaced("".join(side.words) if side.words is not None else side.text or "") or None


def _spellings(sentence: Sentence) -> set[str]:
    """The characters of a sentence in the ways that files have them."""
    if not sentence.words:
        return set()
    return {
        unspaced("".join(sentence.words)),
        unspaced("".join(map(plain_word, sentence.words))),
    }
