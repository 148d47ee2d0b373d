"""What all loaders share: making a corpus out of what they read."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from xner_core.corpora.packed import PACKED_FROM, PackedPairs
from xner_core.corpora.uncollected import uncollected
from xner_core.errors import CorpusError
from xner_core.languages import UNKNOWN, is_language
from xner_core.tags import Scheme, decode, detect_scheme
from xner_core.types import Corpus, Entity, Sentence, SentencePair, WordAlignment

_ENCODER = json.JSONEncoder(ensure_ascii=False)


def make_corpus(spec: str, pairs: Iterable[SentencePair], notices: Iterable[str]) -> Corpus:
    """Make a corpus and fingerprint its content; a large one is packed."""
    pairs = tuple(pairs)
    digest = hashlib.sha256()
    contents = map(content, pairs)
    if len(pairs) < PACKED_FROM:
        for each in contents:
            digest.update(each)
        return Corpus(spec, pairs, tuple(notices), digest.hexdigest())
    with uncollected():
        listed = list(contents)
        for each in listed:
            digest.update(each)
        return Corpus(spec, PackedPairs.of(pairs, listed), tuple(notices), digest.hexdigest())


def content(pair: SentencePair) -> bytes:
    """All that counts of a pair, as JSON: its id, both sentences and the gold links, but no note."""
    sides = map(_sentence, (pair.source, pair.target))
    return _ENCODER.encode([pair.id, *sides, _links(pair.gold_alignment)]).encode()


class ContentIds:
    """Ids made from the words alone, so that they survive a reordering of the corpus."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def next(self, source: Sequence[str], target: Sequence[str]) -> str:
        """The id of a pair; a repeated pair gets a number."""
        return self.of(json.dumps([list(source), list(target)], ensure_ascii=False))

    def of(self, content: str) -> str:
        """The id of a pair whose words are written as JSON: `[[source words], [target words]]`."""
        name = hashlib.sha256(content.encode()).hexdigest()[:10]
        self._seen[name] += 1
        return f"{name}-{self._seen[name]}" if self._seen[name] > 1 else name


def check_language(code: str, path: Path, line: int | None = None) -> str:
    """Return the code if it is one.

    Raises:
        CorpusError: If it is not a BCP 47 or ISO 639-3 code.
    """
    if code != UNKNOWN and not is_language(code):
        raise CorpusError(
            f"{code!r} is not a language code", path=path, line=line, hint="Use BCP 47 or ISO 639-3: de, twi"
        )
    return code


def decode_all(
    path: Path, sequences: Sequence[Sequence[str]], lines: Sequence[Sequence[int]]
) -> tuple[list[tuple[Entity, ...]], list[str]]:
    """Decode the tags of a whole file.

    Args:
        path: The file, for the notices.
        sequences: Tags per sentence.
        lines: The 1-based line of every tag.

    Returns:
        The entities per sentence, and notices that count what was repaired.
    """
    scheme: Scheme = detect_scheme(sequences)
    entities, examples = [], []
    for tags, numbers in zip(sequences, lines, strict=True):
        decoded, repairs = decode(tags, scheme)
        entities.append(decoded)
        examples += [(numbers[repair.index], repair) for repair in repairs]
    notices = [f"{path.name}: tags are {scheme}, read as IOB2"] if scheme != "IOB2" else []
    if examples:
        line, repair = examples[0]
        count = "1 tag was" if len(examples) == 1 else f"{len(examples)} tags were"
        notices.append(
            f"{path.name}: {count} repaired (first: line {line}, {repair.tag} read as {repair.read_as})"
        )
    return entities, notices


def _sentence(sentence: Sentence) -> list[object]:
    entities = sentence.entities
    spans = None if entities is None else [[e.span.start, e.span.end, e.label] for e in entities]
    return [sentence.lang, sentence.words, spans, sentence.text]


def _links(alignment: WordAlignment | None) -> list[object] | None:
    return None if alignment is None else [alignment.sure, alignment.possible]
