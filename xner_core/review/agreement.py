"""How far two correctors agree on the entities of the sentences that both have judged.

What an author says of a sentence is how it was after their last event on it. In one store the
later author sees what the earlier one did, so agreement is an upper bound of what two people
who work apart would reach.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from xner_core.corrections.events import Event, Kind, SentenceKey, SentenceState
from xner_core.evaluation.bootstrap import Interval, bootstrap_interval
from xner_core.types import Entity, Side

Histories = Mapping[SentenceKey, Sequence[Event]]
"""All events of each sentence, in order."""
EntitiesOf = Callable[[SentenceKey, SentenceState], tuple[Entity, ...] | None]
"""The entities that hold of a sentence in a state; None where that cannot be told."""

MODE = "entities with equal words and label; alpha nominal over words"
Labels = tuple[str, ...]
"""What an author says of a word: the labels of the entities it is in, sorted; none where it is in none."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What two authors say of one sentence.

    Attributes:
        sentence: The sentence.
        n_words: How many words it has.
        a: The entities by the first author, in any order.
        b: Those by the second.
    """

    sentence: SentenceKey
    n_words: int
    a: tuple[Entity, ...]
    b: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha for nominal data, the unit being a word.

    What an author says of a word is the label of the entity it is in, or the set of labels where
    entities overlap; being in no entity is one more value. That two entities of one label stand side by
    side it does not see; F1 does.

    Attributes:
        value: 1 is full agreement, 0 what chance yields, below 0 less; None where it is undefined, because
            all words have the same label or there is none.
        n_words: How many words it is taken over.
        n_agreed: On how many of them both say the same.
    """

    value: float | None
    n_words: int
    n_agreed: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two authors agree on one side of the sentences that both have judged.

    Attributes:
        a: The first author, by the alphabet.
        b: The second.
        n_sentences: How many sentences both have judged.
        n_identical: In how many of them they have the same entities.
        n_unknown: How many more both have judged whose entities cannot be told, which are left out.
        n_a: Entities by the first author.
        n_b: Entities by the second.
        n_both: Entities with the same words and label by both.
        f1: 2 · `n_both` / (`n_a` + `n_b`), the same whoever counts as gold; None where neither has
            any entity.
        interval: How far chance may move it: the bootstrap over sentences; None like `f1`.
        alpha: Over all words. Most are in no entity, and that both say so of them lifts it.
        alpha_marked: Over the words that one of them at least put into an entity. That both leave a
            word out does not occur there, so it is lower, and below 0 where few are agreed on.
    """

    a: str
    b: str
    n_sentences: int
    n_identical: int
    n_unknown: int
    n_a: int
    n_b: int
    n_both: int
    f1: float | None
    interval: Interval | None
    alpha: Alpha
    alpha_marked: Alpha


def view(history: Sequence[Event], author: str) -> SentenceState | None:
    """How a sentence was after an author's last event on it; None where they did nothing.

    Args:
        history: All its events in order.
        author: Whose view.
    """
    last = max((at for at, event in enumerate(history) if event.author == author), default=None)
    return None if last is None else SentenceState.of(history[: last + 1])


def has_judged(history: Sequence[Event], author: str, side: Side) -> bool:
    """Whether an author said something of the entities of a sentence and has not taken it back.

    Approving the sentence counts as saying that all of it is right. Rejecting it, its links and
    its note say nothing of what its entities are.

    Args:
        history: All events of the sentence in order.
        author: Who.
        side: Whose entities.
    """
    own = [event for event in history if event.author == author]
    statuses = [event for event in own if event.kind == "status"]
    if statuses and statuses[-1].after == "approved":
        return True
    kind: Kind = "source_entities" if side == "source" else "target_entities"
    # Steps are taken back from the last one on: as many stand as were not taken back.
    standing = sum(-1 if event.action == "undo" else 1 for event in own if event.kind == kind)
    return standing > 0


def views(history: Sequence[Event], side: Side) -> dict[str, SentenceState]:
    """How the sentence was for each author who judged it, by the alphabet."""
    authors = sorted({event.author for event in history})
    found = {author: view(history, author) for author in authors if has_judged(history, author, side)}
    return {author: state for author, state in found.items() if state is not None}


def agreements(
    histories: Histories,
    n_words: Callable[[SentenceKey], int],
    entities_of: EntitiesOf,
    side: Side = "target",
) -> list[Agreement]:
    """How far each two authors agree who have judged a sentence in common, by the alphabet.

    Args:
        histories: Of the sentences, in any order.
        n_words: How many words a sentence has on that side.
        entities_of: What holds of a sentence in a state, on that side.
        side: Whose entities.
    """
    found: dict[tuple[str, str], list[Judgement]] = {}
    unknown: dict[tuple[str, str], int] = {}
    for sentence, history in sorted(histories.items(), key=lambda item: item[0]):
        judged_by = views(history, side)
        if len(judged_by) < 2:
            continue
        said = {author: entities_of(sentence, state) for author, state in judged_by.items()}
        for a, b in combinations(said, 2):
            one, other = said[a], said[b]
            if one is None or other is None:
                unknown[a, b] = unknown.get((a, b), 0) + 1
            else:
                judged = Judgement(sentence, n_words(sentence), one, other)
                found.setdefault((a, b), []).append(judged)
    return [
        agreement(a, b, found.get((a, b), ()), n_unknown=unknown.get((a, b), 0))
        for a, b in sorted({*found, *unknown})
    ]


def agreement(a: str, b: str, judgements: Sequence[Judgement], *, n_unknown: int = 0) -> Agreement:
    """How far two authors agree.

    Args:
        a: The first author.
        b: The second.
        judgements: The sentences that both have judged.
        n_unknown: How many more there are whose entities cannot be told.
    """
    counts = np.array(
        [
            (len(set(one.a) & set(one.b)), len(set(one.a) - set(one.b)), len(set(one.b) - set(one.a)))
            for one in judgements
        ],
        dtype=np.int64,
    ).reshape(-1, 3)
    both, only_a, only_b = (int(total) for total in counts.sum(axis=0))
    possible = 2 * both + only_a + only_b
    words = [pair for one in judgements for pair in zip(*_labels(one), strict=True)]
    return Agreement(
        a=a,
        b=b,
        n_sentences=len(judgements),
        n_identical=sum(set(one.a) == set(one.b) for one in judgements),
        n_unknown=n_unknown,
        n_a=both + only_a,
        n_b=both + only_b,
        n_both=both,
        f1=2 * both / possible if possible else None,
        interval=bootstrap_interval(counts) if possible else None,
        alpha=nominal_alpha(words),
        alpha_marked=nominal_alpha([pair for pair in words if any(pair)]),
    )


def nominal_alpha(units: Sequence[tuple[Labels, Labels]]) -> Alpha:
    """Krippendorff's alpha of two coders for nominal data without gaps (Krippendorff 2011, by NLTK).

    Args:
        units: What each of the two says of each unit.
    """
    agreed = sum(a == b for a, b in units)
    # Where all is the same there is no disagreement to be expected, and alpha is 0 / 0.
    if len({value for unit in units for value in unit}) < 2:
        return Alpha(None, len(units), agreed)
    from nltk.metrics.agreement import AnnotationTask

    data = [(coder, item, value) for item, unit in enumerate(units) for coder, value in enumerate(unit)]
    return Alpha(float(AnnotationTask(data=data).alpha()), len(units), agreed)


def _labels(judgement: Judgement) -> tuple[list[Labels], list[Labels]]:
    """What each author says of each word."""
    return _of_words(judgement.a, judgement.n_words), _of_words(judgement.b, judgement.n_words)


def _of_words(entities: Iterable[Entity], n_words: int) -> list[Labels]:
    labels: list[set[str]] = [set() for _ in range(n_words)]
    for entity in entities:
        for word in range(entity.span.start, entity.span.end):
            labels[word].add(entity.label)
    return [tuple(sorted(own)) for own in labels]
