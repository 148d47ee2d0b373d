"""Which sentence pairs are exported: all, those that a filter finds, or by what people said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args, overload

from xner_core.corpora.index import CorpusIndex
from xner_core.corrections.events import SentenceKey, SentenceState
from xner_core.errors import ExportError
from xner_core.types import ReviewStatus, SentencePair

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Scope = Literal["all", "filtered", "reviewed", "edited", "created", "approved", "rejected", "needsReview"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
_STATUSES: tuple[ReviewStatus, ...] = get_args(ReviewStatus)
WHAT: Mapping[Scope, str] = {
    "all": "all sentence pairs",
    "filtered": "those that the filter finds",
    "reviewed": "those that somebody approved or rejected",
    "edited": "those in which somebody's entities or links hold",
    "created": "those whose status nobody has set",
    "approved": "those that were approved",
    "rejected": "those that were rejected",
    "needsReview": "those that need a review",
}
"""What each scope takes, for the reader."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for.

    Attributes:
        text: It is in a sentence of the pair or in its id, in upper or lower case.
        status: The status of the pair; any where None.
        ids: Ids of pairs; any where None. An id that the corpus lacks finds nothing.
    """

    text: str = ""
    status: ReviewStatus | None = None
    ids: frozenset[str] | None = None


NO_FILTER = Filter()


class PairKeys:
    """The keys of a corpus's pairs, made when they are asked for and then remembered.

    Args:
        index: Of the corpus.
    """

    def __init__(self, index: CorpusIndex) -> None:
        self._index = index
        self._known: dict[int, SentenceKey | None] = {}
        self._places: dict[str, int] | None = None

    def place(self, name: str) -> int | None:
        """Where in the corpus the pair of this id is; None where it is not."""
        if self._places is None:
            self._places = {each: at for at, each in enumerate(self._index.ids())}
        return self._places.get(name)

    def at(self, place: int) -> SentenceKey | None:
        """The key of the pair at a place; None where it lacks a sentence, which may be translated."""
        if place not in self._known:
            pair = self._index.pair(place)
            self._known[place] = SentenceKey.of(pair) if pair.is_complete else None
        return self._known[place]


class ChosenPairs(Sequence[SentencePair]):
    """Some pairs of a corpus; of a large one each is made when it is asked for.

    Args:
        index: Of the corpus.
        positions: Where they are; int64, shape (pairs,).
    """

    def __init__(self, index: CorpusIndex, positions: NDArray[np.int64]) -> None:
        self._index, self._positions = index, positions

    def __len__(self) -> int:
        return len(self._positions)

    @overload
    def __getitem__(self, at: int) -> SentencePair: ...
    @overload
    def __getitem__(self, at: slice) -> list[SentencePair]: ...
    def __getitem__(self, at: int | slice) -> SentencePair | list[SentencePair]:
        if isinstance(at, slice):
            return [self._index.pair(int(each)) for each in self._positions[at]]
        return self._index.pair(int(self._positions[at]))


class ScopePicker:
    """Counts and finds the pairs of each scope.

    What was said of other words under the same id does not count: only of sentences that somebody
    touched the content is looked at. A pair that lacks a sentence goes by its id, as its content is
    known only once it is translated.

    Args:
        index: Of the corpus.
        states: What people say, of this corpus and perhaps of others.
        lang: Only pairs with this target language; all where None.
        keys: Those of the index, where it is used more than once.
    """

    def __init__(
        self,
        index: CorpusIndex,
        states: Mapping[SentenceKey, SentenceState],
        lang: str | None = None,
        keys: PairKeys | None = None,
    ) -> None:
        import numpy as np

        self._index, self._lang = index, lang
        self._keys = PairKeys(index) if keys is None else keys
        self._n = len(index.all())
        self._within = np.zeros(self._n, dtype=bool)
        self._within[(index.all() if lang is None else index.find(lang)).positions] = True
        self._status = np.zeros(self._n, dtype=np.int8)
        self._edited = np.zeros(self._n, dtype=bool)
        for at, state in self._touched(states):
            self._status[at] = _STATUSES.index(state.status)
            self._edited[at] = state.is_edited

    def positions(self, scope: Scope, looked_for: Filter = NO_FILTER) -> NDArray[np.int64]:
        """Where in the corpus the pairs of a scope are, ascending.

        Args:
            scope: The scope.
            looked_for: What the scope `filtered` finds; the others do not look at it.
        """
        import numpy as np

        return np.flatnonzero(self._chosen(scope, looked_for))

    def pairs(self, scope: Scope, looked_for: Filter = NO_FILTER) -> ChosenPairs:
        """The pairs of a scope, in the order of the corpus.

        Raises:
            ExportError: If there is none; it says why.
        """
        positions = self.positions(scope, looked_for)
        if not len(positions):
            raise ExportError(self.why_empty(scope, looked_for), hint="Choose another scope, such as all")
        return ChosenPairs(self._index, positions)

    def counts(self, looked_for: Filter = NO_FILTER) -> dict[Scope, int]:
        """How many pairs each scope has."""
        return {scope: int(self._chosen(scope, looked_for).sum()) for scope in SCOPES}

    def unknown(self, looked_for: Filter) -> list[str]:
        """The ids that a filter names and the corpus lacks, sorted."""
        return sorted(name for name in looked_for.ids or () if self._keys.place(name) is None)

    def why_empty(self, scope: Scope, looked_for: Filter = NO_FILTER) -> str:
        """Why a scope has no pair, as one sentence without a full stop."""
        where = "" if self._lang is None else f" in the language {self._lang!r}"
        if not self._within.any():
            return f"the corpus has no sentence pair{where}"
        if scope == "filtered":
            unknown = self.unknown(looked_for)
            if unknown:
                return f"the filter finds no sentence pair{where}: there is no id {unknown[0]!r} among them"
            return f"the filter finds no sentence pair{where}"
        if scope == "edited":
            return f"nobody has corrected entities or links of a sentence pair{where}"
        if scope == "reviewed":
            return f"nobody has approved or rejected a sentence pair{where}"
        return f"no sentence pair{where} has the status {scope}"

    def _chosen(self, scope: Scope, looked_for: Filter) -> NDArray[np.bool_]:
        import numpy as np

        if scope == "all":
            return self._within
        if scope == "edited":
            return self._within & self._edited
        if scope == "reviewed":
            marks = [_STATUSES.index(status) for status in ("approved", "rejected")]
            return self._within & np.isin(self._status, marks)
        if scope != "filtered":
            is_so: NDArray[np.bool_] = self._status == _STATUSES.index(scope)
            return self._within & is_so
        chosen = self._within.copy()
        if looked_for.status is not None:
            chosen &= self._status == _STATUSES.index(looked_for.status)
        if looked_for.text.strip():
            chosen &= self._mask(self._index.find(self._lang, looked_for.text).positions)
        if looked_for.ids is not None:
            places = map(self._keys.place, looked_for.ids)
            chosen &= self._mask([at for at in places if at is not None])
        return chosen

    def _touched(self, states: Mapping[SentenceKey, SentenceState]) -> Iterator[tuple[int, SentenceState]]:
        """The places of the pairs that somebody said something of, and what."""
        for key, state in states.items():
            at = self._keys.place(key.id)
            if at is not None and self._keys.at(at) in (key, None):
                yield at, state

    def _mask(self, positions: NDArray[np.int64] | list[int]) -> NDArray[np.bool_]:
        import numpy as np

        mask = np.zeros(self._n, dtype=bool)
        mask[positions] = True
        return mask
