"""Parts of a run that are alike in something: how good is it on long entities, in long sentences …?

Each attribute puts every entity, or every sentence, into one bucket:

* An attribute of entities (such as its length) looks at gold and at found entities alike. A bucket's
  true positives and false negatives are the gold entities in it, its false positives the found
  entities in it that are not right.
* An attribute of sentences takes all entities of the bucket's sentences.

So the counts of an attribute's buckets sum up to those of the whole, whichever the attribute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from xner_core.evaluation.bootstrap import Counts, Interval, bootstrap_interval
from xner_core.runs.scored import Entities, Ints, ScoredRun, elements, lengths, owners

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Attribute:
    """What entities or sentences may have in common.

    Attributes:
        title: What the reader calls it.
        help: What it is, in a sentence.
        of: What has it.
    """

    title: str
    help: str
    of: Literal["entity", "sentence"]


@dataclass(frozen=True, slots=True)
class Bucket:
    """A part of a run.

    Attributes:
        name: Of the bucket, for the reader.
        sentences: The sentences behind it, by their index: of an attribute of entities those with
            such an entity, gold or found.
        n_gold: Gold entities in it.
        true_positives: Of these, those that were found.
        false_positives: Found entities that are not right.
        false_negatives: Gold entities that were not found.
        interval: F1 and its interval; None where there is no entity.
    """

    name: str
    sentences: Ints
    n_gold: int
    true_positives: int
    false_positives: int
    false_negatives: int
    interval: Interval | None


ATTRIBUTES: Mapping[str, Attribute] = MappingProxyType(
    {
        "entity-length": Attribute("Entity length", "Words of the entity in the target sentence.", "entity"),
        "label": Attribute("Label", "The entity's label.", "entity"),
        "position": Attribute(
            "Position", "In which quarter of the target sentence the middle of the entity lies.", "entity"
        ),
        "capitals": Attribute(
            "Capitals",
            "Whether the entity's first word begins with a capital; scripts such as Arabic and Chinese have "
            "none.",
            "entity",
        ),
        "sentence-length": Attribute("Sentence length", "Words of the target sentence.", "sentence"),
        "unaligned": Attribute(
            "Unaligned words", "Share of the words of both sentences that have no link.", "sentence"
        ),
        "crossing": Attribute(
            "Crossing links",
            "Share of the links that cross another: where it is high, the languages order their words "
            "differently.",
            "sentence",
        ),
        "length-ratio": Attribute(
            "Length ratio",
            "Words of the target sentence divided by those of the source sentence.",
            "sentence",
        ),
    }
)
_NO_LINKS = "no links"
_NO_SOURCE = "no source"


def buckets_of(run: ScoredRun, attribute: str, lang: str | None = None, draws: int = 1000) -> list[Bucket]:
    """The buckets of an attribute, in their natural order; one without entities and sentences is left out.

    Args:
        run: The run.
        attribute: A key of `ATTRIBUTES`.
        lang: Only sentences of this language; all where None.
        draws: Of the bootstrap.
    """
    chosen = run.in_language(lang)
    names, of_gold, of_found = _bucket_of_entities(run, attribute)
    found = []
    for index, name in enumerate(names):
        gold, wrong = of_gold == index, of_found == index
        inside = _sentences(run, attribute, index, gold, wrong) & chosen
        counts = run.counts(gold, wrong)[chosen]
        if inside.any():
            found.append(_bucket(name, np.nonzero(inside)[0], counts, draws))
    return found


def bucket_names(run: ScoredRun, attribute: str) -> tuple[str, ...]:
    """The names of all buckets of an attribute, in their natural order, whether they hold anything or not."""
    return tuple(_bucket_of_entities(run, attribute)[0])


def sentences_in(run: ScoredRun, attribute: str, name: str, lang: str | None = None) -> Ints:
    """The sentences behind a bucket, by their index; see `Bucket.sentences`."""
    names, of_gold, of_found = _bucket_of_entities(run, attribute)
    if name not in names:
        return np.zeros(0, dtype=np.int64)
    index = names.index(name)
    inside = _sentences(run, attribute, index, of_gold == index, of_found == index)
    return np.nonzero(inside & run.in_language(lang))[0]


def errors_first(run: ScoredRun, sentences: Ints, counts: Counts | None = None) -> Ints:
    """Order sentences: those with most errors first, else as in the run.

    Args:
        run: The run.
        sentences: Their indices.
        counts: Of all sentences of the run; only these errors count.
    """
    counted = run.counts() if counts is None else counts
    errors = counted[sentences, 1] + counted[sentences, 2]
    order: Ints = sentences[np.argsort(-errors, kind="stable")]
    return order


def bucket_counts(run: ScoredRun, attribute: str, name: str) -> Counts:
    """The counts of a bucket in each sentence: shape (sentences, 3); zeros where there is no such bucket."""
    names, of_gold, of_found = _bucket_of_entities(run, attribute)
    index = names.index(name) if name in names else -1
    return run.counts(of_gold == index, of_found == index)


def _bucket(name: str, sentences: Ints, counts: Counts, draws: int) -> Bucket:
    right, wrong, missed = (int(each) for each in counts.sum(axis=0))
    interval = bootstrap_interval(counts, draws) if right + wrong + missed else None
    return Bucket(name, sentences, right + missed, right, wrong, missed, interval)


def _sentences(run: ScoredRun, attribute: str, index: int, gold: Mask, found: Mask) -> Mask:
    """Which sentences are behind a bucket: shape (sentences,)."""
    if ATTRIBUTES[attribute].of == "sentence":
        of_bucket: Mask = _OF_SENTENCES[attribute](run)[1] == index
        return of_bucket
    inside = np.zeros(run.n, dtype=bool)
    inside[run.gold.sentence[gold]] = True
    inside[run.found.sentence[found]] = True
    return inside


def _bucket_of_entities(run: ScoredRun, attribute: str) -> tuple[Sequence[str], Ints, Ints]:
    """The names of the buckets, and the bucket of each gold and of each found entity."""
    if ATTRIBUTES[attribute].of == "entity":
        names, bucket = _OF_ENTITIES[attribute](run)
        return names, bucket(run.gold), bucket(run.found)
    names, of_sentence = _OF_SENTENCES[attribute](run)
    return names, of_sentence[run.gold.sentence], of_sentence[run.found.sentence]


def _cut(values: Floats | Ints, limits: Sequence[float]) -> Ints:
    """The number of limits below each value: a bucket holds the values up to and with its limit."""
    return np.searchsorted(limits, values, side="left").astype(np.int64)


def _ranges(limits: Sequence[int], unit: str = "") -> tuple[str, ...]:
    """Names of the buckets between whole numbers: `1`, `2–3`, `4 and more`."""
    names = []
    for low, high in pairwise((0, *limits)):
        names.append(f"{low + 1}{unit}" if high == low + 1 else f"{low + 1}–{high}{unit}")
    return (*names, f"{limits[-1] + 1} and more{unit}")


_ENTITY_LIMITS = (1, 2, 3, 4)
_SENTENCE_LIMITS = (10, 20, 30, 40, 60)
_UNALIGNED_LIMITS = (0.0, 0.1, 0.2, 0.3)
_CROSSING_LIMITS = (0.0, 0.1, 0.25, 0.5)
_RATIO_LIMITS = (0.75, 0.9, 1.1, 1.33)
_SHARES = {limit: f"{round(100 * limit)} %" for limit in (*_UNALIGNED_LIMITS, *_CROSSING_LIMITS)}
_QUARTERS = ("first quarter", "second quarter", "third quarter", "last quarter")
_CAPITALS = ("capital", "lower case", "script without case", "no letter")


def _share_names(limits: Sequence[float]) -> tuple[str, ...]:
    names = [f"over {_SHARES[low]} to {_SHARES[high]}" for low, high in pairwise(limits)]
    return ("none", *names, f"over {_SHARES[limits[-1]]}", _NO_LINKS)


_Of = Callable[[Entities], Ints]


def _by_entity_length(run: ScoredRun) -> tuple[Sequence[str], _Of]:
    return _ranges(_ENTITY_LIMITS), lambda side: _cut(side.end - side.start, _ENTITY_LIMITS)


def _by_label(run: ScoredRun) -> tuple[Sequence[str], _Of]:
    return run.labels, lambda side: side.label


def _by_position(run: ScoredRun) -> tuple[Sequence[str], _Of]:
    n_words = np.maximum(lengths(run.rows["target_words"]), 1)

    def quarter(side: Entities) -> Ints:
        middle = (side.start + side.end) / 2 / n_words[side.sentence]
        return np.minimum((middle * 4).astype(np.int64), 3)

    return _QUARTERS, quarter


def _by_capitals(run: ScoredRun) -> tuple[Sequence[str], _Of]:
    words = elements(run.rows["target_words"])
    n_words = lengths(run.rows["target_words"])
    first = np.cumsum(n_words) - n_words

    def kind(side: Entities) -> Ints:
        import pyarrow as pa

        chosen = words.take(pa.array(first[side.sentence] + side.start)).dictionary_encode()
        kinds = np.array([_capital(word) for word in chosen.dictionary.to_pylist()], dtype=np.int64)
        codes: Ints = chosen.indices.to_numpy(zero_copy_only=False)
        return kinds[codes] if len(kinds) else np.zeros(0, dtype=np.int64)

    return _CAPITALS, kind


def _capital(word: str) -> int:
    """The index into `_CAPITALS`, by the first letter; titlecase letters count as capitals."""
    letter = next((one for one in word if one.isalpha()), "")
    if not letter:
        return 3
    if letter.isupper() or letter.istitle():
        return 0
    return 1 if letter.islower() else 2


def _by_sentence_length(run: ScoredRun) -> tuple[Sequence[str], Ints]:
    return _ranges(_SENTENCE_LIMITS), _cut(lengths(run.rows["target_words"]), _SENTENCE_LIMITS)


def _by_unaligned(run: ScoredRun) -> tuple[Sequence[str], Ints]:
    sentence, source, target = _links(run)
    n_source, n_target = _aligned_words(run)
    linked = _n_linked(sentence, source, n_source) + _n_linked(sentence, target, n_target)
    words = n_source + n_target
    shares = np.divide(words - linked, words, out=np.zeros(run.n), where=words > 0)
    return _share_names(_UNALIGNED_LIMITS), _without_links(_cut(shares, _UNALIGNED_LIMITS), run, 5)


def _n_linked(sentence: Ints, word: Ints, n_words: Ints) -> Ints:
    """How many words of each sentence have a link, of one side: shape (sentences,)."""
    first = np.cumsum(n_words) - n_words
    has_link = np.zeros(int(n_words.sum()), dtype=bool)
    has_link[first[sentence] + word] = True
    upto = np.concatenate([[0], np.cumsum(has_link)])
    linked: Ints = upto[first + n_words] - upto[first]
    return linked


def _by_crossing(run: ScoredRun) -> tuple[Sequence[str], Ints]:
    """A link crosses another where one has the earlier source word and the other the earlier target word."""
    sentence, source, target = _links(run)
    width = 1 + max(int(source.max(initial=0)), int(target.max(initial=0)))
    order = np.argsort((sentence * width + source) * width + target)
    sentence, source, target = sentence[order], source[order], target[order]
    crosses = _below_earlier(sentence, source, target)
    # The same from behind: with both orders turned round, later links become earlier ones.
    backwards = _below_earlier(*(each.max(initial=0) - each[::-1] for each in (sentence, source, target)))
    crosses |= backwards[::-1]
    n_links = np.bincount(sentence, minlength=run.n)
    n_crossing = np.bincount(sentence[crosses], minlength=run.n)
    shares = np.divide(n_crossing, n_links, out=np.zeros(run.n), where=n_links > 0)
    return _share_names(_CROSSING_LIMITS), _without_links(_cut(shares, _CROSSING_LIMITS), run, 5)


def _below_earlier(sentence: Ints, source: Ints, target: Ints) -> Mask:
    """Which links have a target word before that of a link with an earlier source word.

    Args:
        sentence: Of each link; sorted, as are the others within it.
        source: Its source word.
        target: Its target word.
    """
    if not len(sentence):
        return np.zeros(0, dtype=bool)
    width = int(target.max()) + 1
    # A sentence's targets all lie above those of the sentence before, so one running maximum does.
    high = np.maximum.accumulate(sentence * width + target)
    changes = np.ones(len(sentence), dtype=bool)
    changes[1:] = (np.diff(sentence) != 0) | (np.diff(source) != 0)
    group = np.cumsum(changes) - 1
    starts = np.nonzero(changes)[0]
    before = np.where(starts > 0, high[np.maximum(starts - 1, 0)], -1)[group]
    below: Mask = before > sentence * width + target
    return below


def _by_ratio(run: ScoredRun) -> tuple[Sequence[str], Ints]:
    source, target = (lengths(run.rows[f"{side}_words"]) for side in ("source", "target"))
    ratios = np.divide(target, source, out=np.ones(run.n), where=source > 0)
    names = [f"over {low:g} to {high:g}" for low, high in pairwise(_RATIO_LIMITS)]
    buckets = np.where(source > 0, _cut(ratios, _RATIO_LIMITS), len(names) + 2)
    return (f"up to {_RATIO_LIMITS[0]:g}", *names, f"over {_RATIO_LIMITS[-1]:g}", _NO_SOURCE), buckets


def _links(run: ScoredRun) -> tuple[Ints, Ints, Ints]:
    """Sentence, source word and target word of all links."""
    flat = elements(run.rows["alignment"])
    source, target = (
        flat.field(name).to_numpy(zero_copy_only=False).astype(np.int64) for name in ("source", "target")
    )
    return owners(run.rows["alignment"]), source, target


def _aligned_words(run: ScoredRun) -> tuple[Ints, Ints]:
    """How many words were to be aligned on each side: those of the back-translation where there is one."""
    back = lengths(run.rows["back_words"])
    source = lengths(run.rows["source_words"])
    return np.where(back > 0, back, source), lengths(run.rows["target_words"])


def _without_links(buckets: Ints, run: ScoredRun, last: int) -> Ints:
    """Put the sentences that have no links into the last bucket."""
    return np.where(lengths(run.rows["alignment"]) > 0, buckets, last)


_OF_ENTITIES: Mapping[str, Callable[[ScoredRun], tuple[Sequence[str], _Of]]] = {
    "entity-length": _by_entity_length,
    "label": _by_label,
    "position": _by_position,
    "capitals": _by_capitals,
}
_OF_SENTENCES: Mapping[str, Callable[[ScoredRun], tuple[Sequence[str], Ints]]] = {
    "sentence-length": _by_sentence_length,
    "unaligned": _by_unaligned,
    "crossing": _by_crossing,
    "length-ratio": _by_ratio,
}
