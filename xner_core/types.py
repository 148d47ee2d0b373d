"""The data that flows between the stages.

One convention everywhere: a span is a half-open range `[start, end)` of word
indices, a link a pair `(source word, target word)`, both counted from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Literal

from xner_core.errors import ProjectionError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.floating]

Link = tuple[int, int]
LinkState = Literal["none", "sure", "possible"]
"""What two words are to each other."""
LinkEdit = tuple[int, int, LinkState]
"""A source word, a target word, and what a person says they are to each other."""
Side = Literal["source", "target"]
SIDES: tuple[Side, Side] = ("source", "target")
ReviewStatus = Literal["created", "approved", "rejected", "needsReview"]
"""What a person thinks of a sentence; `created` until somebody has said."""
Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done and how much there is."""


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """Words `start` to `end - 1` of a sentence; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a word."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, order=True, slots=True)
class Entity:
    """A span with a label such as PER, ORG or LOC."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A tokenised sentence.

    Attributes:
        words: The words, each non-empty and without white space at its edges. None at all where the
            corpus lacks the sentence and it is still to be translated (see `is_missing`).
        lang: BCP 47 code, `und` where unknown.
        entities: Gold entities in order, or None where the corpus has none.
        text: The text the words were cut from, where the corpus had it.
    """

    words: tuple[str, ...]
    lang: str
    entities: tuple[Entity, ...] | None = None
    text: str | None = None

    @property
    def is_missing(self) -> bool:
        """Whether the corpus lacks the sentence: only its language is known, a translator has to make it."""
        return not self.words

    def surface(self, span: Span) -> str:
        """The words of a span, joined by spaces."""
        return " ".join(self.words[span.start : span.end])


@dataclass(frozen=True, slots=True)
class WordAlignment:
    """Links between the words of a sentence and of its translation.

    Attributes:
        sure: Links that are certain, sorted. What an aligner finds is sure.
        possible: Links that are merely acceptable (gold data), sorted, none of them sure.
        similarity: Word similarities in [0, 1], shape (source words, target words),
            or None where the links were not made from one.
    """

    sure: tuple[Link, ...]
    possible: tuple[Link, ...] = ()
    similarity: NDArray[np.float32] | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, sure: Iterable[Link], possible: Iterable[Link] = ()) -> WordAlignment:
        """Make an alignment from links in any order; a link that is both counts as sure."""
        certain = set(sure)
        return cls(tuple(sorted(certain)), tuple(sorted(set(possible) - certain)))

    @property
    def links(self) -> tuple[Link, ...]:
        """All links, sure and possible, sorted."""
        return tuple(sorted((*self.sure, *self.possible)))

    def state(self, link: Link) -> LinkState:
        """What two words are to each other."""
        return "sure" if link in self.sure else "possible" if link in self.possible else "none"

    def matrix(self, n_source: int, n_target: int) -> NDArray[np.bool_]:
        """All links as a boolean matrix of shape (source words, target words)."""
        import numpy as np

        matrix = np.zeros((n_source, n_target), dtype=bool)
        if self.links:
            rows, columns = zip(*self.links, strict=True)
            matrix[list(rows), list(columns)] = True
        return matrix


@dataclass(frozen=True, slots=True)
class SentencePair:
    """A sentence and its translation, one of which may be missing.

    Attributes:
        id: Unique within its corpus and stable when the corpus is reordered.
        gold_alignment: Links made by a person, where the corpus has them.
        note: A remark for the reader, such as what makes the pair hard.
    """

    id: str
    source: Sentence
    target: Sentence
    gold_alignment: WordAlignment | None = None
    note: str = ""

    def side(self, side: Side) -> Sentence:
        """One of the two sentences."""
        return self.source if side == "source" else self.target

    @property
    def is_complete(self) -> bool:
        """Whether neither sentence is missing."""
        return not (self.source.is_missing or self.target.is_missing)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Sentence pairs and where they came from.

    Attributes:
        spec: The corpus spec it was loaded from.
        pairs: The pairs; ids are unique. A tuple, or an immutable sequence that is equal to one and makes
            each pair when it is asked for.
        notices: What was repaired or guessed while reading, one sentence each.
        fingerprint: SHA-256 over the content of all pairs, in hexadecimal.
    """

    spec: str
    pairs: Sequence[SentencePair]
    notices: tuple[str, ...]
    fingerprint: str

    @property
    def languages(self) -> tuple[str, ...]:
        """Target languages in order of first appearance."""
        known: tuple[str, ...] | None = getattr(self.pairs, "target_languages", None)
        return tuple(dict.fromkeys(pair.target.lang for pair in self.pairs)) if known is None else known


@dataclass(frozen=True, slots=True)
class BackTranslation:
    """A labelled source sentence that was translated into the target's language.

    Attributes:
        pair: The back-translated sentence as the source, the original target sentence as the target.
        entities: The source entities that were found again in the back-translated sentence, in order.
        origins: Of each of them, its index among the source entities.
        lost: Indices of the source entities that were not found again.
        doubled: Indices of the source entities that were found more than once; one place was taken.
    """

    pair: SentencePair
    entities: tuple[Entity, ...]
    origins: tuple[int, ...]
    lost: tuple[int, ...] = ()
    doubled: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TagProbabilities:
    """How probable each tag is for each word of a sentence.

    Attributes:
        tags: IOB2 tags, one a column.
        values: float32 in [0, 1], shape (words, tags); a row sums up to 1.
    """

    tags: tuple[str, ...]
    values: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """What the stages before projection know of a sentence pair.

    Attributes:
        pair: The sentence pair.
        source_entities: The entities to project.
        alignment: The word alignment.
        target_tags: A tagger's view of the target sentence, where one was asked.
    """

    pair: SentencePair
    source_entities: tuple[Entity, ...]
    alignment: WordAlignment
    target_tags: TagProbabilities | None = None

    @property
    def links(self) -> NDArray[np.bool_]:
        """All links as a boolean matrix of shape (source words, target words)."""
        return self.alignment.matrix(len(self.pair.source.words), len(self.pair.target.words))


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One of the scores that a matching score is made of.

    Attributes:
        raw: As computed: float64, shape (source entities, candidates).
        weight: What it is multiplied by.
        threshold: Raw scores below it count as 0.
    """

    raw: NDArray[np.float64]
    weight: float = 1.0
    threshold: float = 0.0

    @property
    def contribution(self) -> NDArray[np.float64]:
        """What it adds to the matching score; shape as `raw`."""
        import numpy as np

        return np.where(self.raw >= self.threshold, self.weight * self.raw, 0.0)


@dataclass(frozen=True, slots=True)
class ScoreMatrix:
    """Matching scores, higher is better.

    Attributes:
        values: float64, shape (source entities, candidates).
        parts: What the values were made of, by name; each of the same shape.
        threshold: Sums of the parts below it count as 0.
    """

    values: NDArray[np.float64]
    parts: dict[str, ScorePart]
    threshold: float = 0.0

    @classmethod
    def of(cls, parts: dict[str, ScorePart], threshold: float = 0.0) -> ScoreMatrix:
        """Add up the contributions of one part or more."""
        import numpy as np

        total = np.sum([part.contribution for part in parts.values()], axis=0)
        return cls(np.where(total >= threshold, total, 0.0), parts, threshold)


@dataclass(frozen=True, slots=True)
class ProjectionProblem:
    """All that a projector may look at."""

    source_entities: tuple[Entity, ...]
    candidates: tuple[Span, ...]
    scores: ScoreMatrix
    alignment: WordAlignment
    n_source: int
    n_target: int

    @classmethod
    def of(cls, aligned: AlignedPair, candidates: tuple[Span, ...], scores: ScoreMatrix) -> ProjectionProblem:
        """State the problem of a pair, from what the stages before projection made of it."""
        return cls(
            aligned.source_entities,
            candidates,
            scores,
            aligned.alignment,
            len(aligned.pair.source.words),
            len(aligned.pair.target.words),
        )

    def __post_init__(self) -> None:
        expected = (len(self.source_entities), len(self.candidates))
        if self.scores.values.shape != expected:
            raise ProjectionError(
                f"the scores have shape {self.scores.values.shape}, but there are {expected[0]} source "
                f"entities and {expected[1]} candidates"
            )
        if not all(map(isfinite, (self.scores.values.min(initial=0), self.scores.values.max(initial=0)))):
            raise ProjectionError("a score is not finite")
        if len(set(self.candidates)) < len(self.candidates):
            raise ProjectionError("a candidate is listed twice")
        if any(span.end > self.n_target for span in self.candidates):
            raise ProjectionError(f"a candidate ends behind the last of the {self.n_target} target words")


@dataclass(frozen=True, slots=True)
class Match:
    """A source entity and the target span it was projected to.

    Attributes:
        entity: Index into the problem's source entities.
        target: The projected entity.
        score: Its matching score; None where the span was not among the candidates (heuristic).
    """

    entity: int
    target: Entity
    score: float | None


Reason = Literal["no link", "no candidate", "below threshold", "too short", "overlap", "infeasible"]
Status = Literal["optimal", "relaxed", "feasible", "infeasible", "heuristic"]


@dataclass(frozen=True, slots=True)
class Unprojected:
    """A source entity without a target, and why.

    Attributes:
        entity: Index into the problem's source entities.
        reason: None of its words has a link; its links lead to no candidate; all its scores
            are below a threshold; its linked words are too few; all its candidates share a
            word with another match; or nothing is projected, because not all can be.
    """

    entity: int
    reason: Reason


@dataclass(frozen=True, order=True, slots=True)
class Unmet:
    """A source entity that has fewer matches than it must have.

    Attributes:
        entity: Index into the problem's source entities.
        missing: Number of matches that it lacks.
    """

    entity: int
    missing: int


@dataclass(frozen=True, slots=True)
class Projection:
    """What a projector found.

    Attributes:
        matches: Ordered by target span; the spans share no word.
        unprojected: The source entities without a match, in order.
        objective: Sum of the scores of the matches.
        upper_bound: A proven upper bound of the best objective (among projections in which
            no more matches are missing), None where none is known.
        status: `optimal` (proven), `relaxed` (proven too, but some entities cannot have all
            the matches they must have), `feasible` (no proof), `infeasible` (strict, and not all
            matches can be had) or `heuristic` (another objective).
        tie_rule_proven: Whether the tie rule is proven to have been followed among equal
            totals; False only where the search for that was given up.
        unmet: The entities with fewer matches than they must have, in order.
    """

    matches: tuple[Match, ...]
    unprojected: tuple[Unprojected, ...]
    objective: float
    upper_bound: float | None
    status: Status
    tie_rule_proven: bool = True
    unmet: tuple[Unmet, ...] = ()

    @property
    def target_entities(self) -> tuple[Entity, ...]:
        """The projected entities in order of their spans."""
        return tuple(sorted(match.target for match in self.matches))
