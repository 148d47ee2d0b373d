"""Ranges of characters: counted in UTF-16 as some tools do it, and turned into words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xner_core.export.losses import Loss
from xner_core.export.running_text import find_words, text_of
from xner_core.export.sample import CharacterRange, ReadSide, Sample
from xner_core.types import SIDES, Entity, Span

_LAST_OF_ONE_UNIT = "\uffff"


def utf16_units(text: str) -> int:
    """How many UTF-16 units a text has; JavaScript and Java count these."""
    return len(text) + sum(character > _LAST_OF_ONE_UNIT for character in text)


def code_points(text: str, units: int) -> int:
    """How many code points the first UTF-16 units of a text are; half of one counts as none."""
    data = text.encode("utf-16-le", "surrogatepass")
    return len(data[: 2 * units].decode("utf-16-le", "ignore"))


def found(text: str, place: CharacterRange) -> CharacterRange:
    """A range that says what stands there, in code points where it was counted in UTF-16 units.

    Returns:
        The range itself where its surface stands there, or nowhere, or it has none.
    """
    said = place.surface
    if said is None or text[place.start : place.end] == said:
        return place
    start, end = (code_points(text, units) for units in (place.start, place.end))
    return CharacterRange(start, end, place.label, said) if text[start:end] == said else place


def placed(
    text: str, words: Sequence[str] | None, ranges: Sequence[CharacterRange], lang: str | None = None
) -> tuple[ReadSide, list[int]]:
    """A sentence as a file has it, in words where the file says what they are and all ranges fit them.

    Args:
        text: The text.
        words: The words that the file says it has, None where it does not say.
        ranges: What is labelled in the text, in any order; white space at their edges does not count.
        lang: The language that the file names.

    Returns:
        The sentence, and of each range the index of its entity, or its own among those kept.
    """
    mended = [found(text, place) for place in ranges]
    entities = _entities(text, words, mended) if words is not None else None
    if entities is None:
        mended = [_trimmed(text, place) for place in mended]
        kept = sorted(set(mended), key=lambda each: (each.start, each.end, each.label))
        return ReadSide(text=text, ranges=tuple(kept), lang=lang), [kept.index(place) for place in mended]
    unique = tuple(sorted(set(entities)))
    read = ReadSide(tuple(words or ()), text, unique, lang=lang)
    return read, [unique.index(entity) for entity in entities]


def _trimmed(text: str, place: CharacterRange) -> CharacterRange:
    inside = text[place.start : place.end]
    if not inside.strip():
        return place
    start, end = _visible(text, place.start, place.end)
    said = place.surface if place.surface != inside else text[start:end]
    return CharacterRange(start, end, place.label, said)


def _visible(text: str, start: int, end: int) -> tuple[int, int]:
    """A range without white space at its edges, or all of it where it is nothing else."""
    inside = text[start:end]
    if not inside.strip():
        return start, end
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())


def _entities(text: str, words: Sequence[str], ranges: Sequence[CharacterRange]) -> list[Entity] | None:
    """The words that ranges cover, None where one does not cover whole words or its surface is not there."""
    offsets = find_words(text, words)
    if offsets is None:
        return None
    # Words of some corpora begin or end with what Unicode calls white space: either edge will do.
    visible = [_visible(text, start, end) for start, end in offsets]
    firsts = {place[0]: index for places in (visible, offsets) for index, place in enumerate(places)}
    ends = {place[1]: index + 1 for places in (visible, offsets) for index, place in enumerate(places)}
    entities = []
    for place in ranges:
        if place.surface is not None and place.surface != text[place.start : place.end]:
            return None
        start, end = _visible(text, place.start, place.end)
        first = firsts.get(place.start, firsts.get(start))
        behind = ends.get(place.end, ends.get(end))
        if first is None or behind is None or first >= behind:
            return None
        entities.append(Entity(Span(first, behind), place.label))
    return entities


def text_loss(sample: Sample) -> Iterator[Loss]:
    """The running texts in which the words of their sentence do not stand: the joined words are written."""
    for side in SIDES:
        sentence = sample.pair.side(side)
        if sentence.text is not None and text_of(sentence).text != sentence.text:
            yield Loss(sample.pair.id, "text", f"the running text of the {side}, which has other words", side)
