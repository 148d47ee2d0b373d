"""Finding pairs of a corpus by language and text without looking at each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from xner_core.corpora.packed import PackedPairs, searched_columns
from xner_core.types import Corpus, SentencePair

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class CorpusIndex:
    """What the pairs of a corpus are looked up by.

    Args:
        corpus: The corpus; a packed one brings its columns along.
    """

    def __init__(self, corpus: Corpus) -> None:
        pairs = corpus.pairs
        columns = pairs.table if isinstance(pairs, PackedPairs) else searched_columns(pairs)
        self._pairs = pairs
        self._ids, self._langs, self._texts = (columns[name] for name in ("id", "lang", "text"))

    def find(self, lang: str | None, text: str = "") -> FoundPairs:
        """The pairs with a target language that have a text in either sentence or in their id.

        Args:
            lang: Code of the target language; any where None.
            text: Upper and lower case are the same; all pairs where it is blank.
        """
        import numpy as np
        import pyarrow.compute as pc

        wanted = text.casefold().strip()
        matches = pc.is_valid(self._langs) if lang is None else pc.equal(self._langs, lang)
        try:
            if wanted:
                matches = pc.and_(matches, pc.match_substring(self._texts, wanted))
        except UnicodeEncodeError:  # half a character, which no corpus holds
            return FoundPairs(self, np.zeros(0, dtype=np.int64))
        return FoundPairs(self, np.flatnonzero(matches.to_numpy(zero_copy_only=False)))

    def all(self) -> FoundPairs:
        """All pairs."""
        import numpy as np

        return FoundPairs(self, np.arange(len(self._ids)))

    def ids(self) -> list[str]:
        """The ids of all pairs, in order."""
        return [str(name) for name in self._ids.to_pylist()]

    def id(self, at: int) -> str:
        """The id of the pair at a position of the corpus."""
        return str(self._ids[at].as_py())

    def pair(self, at: int) -> SentencePair:
        """The pair at a position of the corpus."""
        return self._pairs[at]

    def position(self, name: str) -> int:
        """Where in the corpus the pair of this id is; -1 where it is not."""
        import pyarrow as pa
        import pyarrow.compute as pc

        try:
            return int(pc.index(self._ids, pa.scalar(name, pa.large_string())).as_py())
        except UnicodeEncodeError:
            return -1


class FoundPairs(Mapping[str, SentencePair]):
    """Pairs of a corpus by their ids, in its order; each is made when it is asked for.

    Args:
        index: Of the corpus.
        positions: Where in the corpus they are, ascending; int64, shape (pairs,).
    """

    def __init__(self, index: CorpusIndex, positions: NDArray[np.int64]) -> None:
        self._index, self._positions = index, positions

    @property
    def positions(self) -> NDArray[np.int64]:
        """Where in the corpus they are, ascending."""
        return self._positions

    def place(self, name: str) -> int | None:
        """How many of the pairs come before the one of this id; None where it is not among them."""
        at = self._index.position(name)
        place = int(self._positions.searchsorted(at))
        return place if at >= 0 and place < len(self) and self._positions[place] == at else None

    def id_at(self, place: int) -> str:
        """The id of the pair at a place among those that were found; it counts from 0."""
        return self._index.id(int(self._positions[place]))

    def stretch(self, first: int, last: int) -> list[SentencePair]:
        """The pairs at the places `[first, last)`."""
        return [self._index.pair(int(at)) for at in self._positions[first:last]]

    def __getitem__(self, name: str) -> SentencePair:
        place = self.place(name)
        if place is None:
            raise KeyError(name)
        return self._index.pair(int(self._positions[place]))

    def __iter__(self) -> Iterator[str]:
        return (self._index.id(int(at)) for at in self._positions)

    def __len__(self) -> int:
        return len(self._positions)
