"""What a person did to a sentence, in words; words of the sentence are given by their numbers, from 1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from xner_core.types import Entity, LinkEdit, LinkState, ReviewStatus, SentencePair, Side, Span
from xner_core.viz.text import quoted

STATUSES: Mapping[ReviewStatus, str] = {
    "created": "not reviewed",
    "approved": "approved",
    "rejected": "rejected",
    "needsReview": "needs review",
}
"""What a reader calls a review status."""
_BEGINNINGS = {
    "undo": "took a step back:",
    "redo": "made a step again:",
    "restore": "went back to an earlier state:",
    "import": "read from a file:",
    "similar": "corrected together with similar sentences:",
}
_WHO = {"source": "the tagger", "target": "the projection"}


def label_name(label: str) -> str:
    """A label without anything that Markdown could take for a mark, a link or a picture."""
    return "".join(character if character.isalnum() or character == "-" else "·" for character in label)


def words_of(span: Span) -> str:
    """`word 3` or `words 3 to 5`."""
    if len(span) == 1:
        return f"word {span.end}"
    return f"words {span.start + 1} to {span.end}"


def entity_changed(side: Side, before: Entity | None, after: Entity | None) -> str:
    """What was done to an entity: `moved the end of PER in the source from word 3 to word 4`.

    Args:
        side: The sentence it is in.
        before: None where it was created.
        after: None where it was deleted; one of both is there.
    """
    if before is None or after is None:
        entity = after or before
        if entity is None:
            raise ValueError("an entity was there before, or is there now")
        done = "created" if before is None else "deleted"
        return f"{done} {label_name(entity.label)} in the {side}, {words_of(entity.span)}"
    moved = _moved(before.span, after.span)
    name = label_name(before.label)
    if before.label == after.label:
        return f"moved {moved[0]} of {name} in the {side} from {moved[1]}" if moved else f"kept {name}"
    renamed = f"relabelled {name} as {label_name(after.label)} in the {side}"
    return (
        f"{renamed} and moved {moved[0]} from {moved[1]}" if moved else f"{renamed}, {words_of(after.span)}"
    )


def _moved(before: Span, after: Span) -> tuple[str, str] | None:
    """Which boundaries, and from where to where; None where neither moved."""
    starts, ends = before.start != after.start, before.end != after.end
    if starts and ends:
        return "both ends", f"{words_of(before)} to {words_of(after)}"
    if starts:
        return "the start", f"word {before.start + 1} to word {after.start + 1}"
    if ends:
        return "the end", f"word {before.end} to word {after.end}"
    return None


def entities_set(side: Side, entities: Sequence[Entity]) -> str:
    """What a person's entities are, where it is not known what was found before."""
    if not entities:
        return f"set the {side} to have no entity"
    named = ", ".join(f"{label_name(entity.label)} ({words_of(entity.span)})" for entity in entities)
    return f"set the entities of the {side} to {named}"


def entities_reset(side: Side) -> str:
    """The entities are as the components find them again."""
    return f"left the entities of the {side} to {_WHO[side]} again"


def entities_confirmed(side: Side) -> str:
    """A person's entities are those that were there."""
    return f"kept the entities of the {side} as they were"


def links_changed(before: Sequence[LinkEdit], after: Sequence[LinkEdit]) -> list[str]:
    """What was done to links: `linked source word 2 with target word 5 (sure)`.

    Args:
        before: What was said until then, where that is not what the aligner says.
        after: What is said from then on.
    """
    if before and not after:
        return ["reset the links to the aligner's"]
    old, new = ({(i, j): state for i, j, state in edits} for edits in (before, after))
    phrases = []
    for state in get_args(LinkState):
        set_now = [link for link, now in sorted(new.items()) if now == state and old.get(link) != state]
        phrases += _linked(state, set_now)
    left = [link for link in sorted(old) if link not in new]
    if left:
        phrases.append(f"left {_pairs(left)} to the aligner again")
    return phrases or ["kept the links as they were"]


def _linked(state: LinkState, links: Sequence[tuple[int, int]]) -> list[str]:
    if not links:
        return []
    if state == "none":
        return [f"removed the {'link' if len(links) == 1 else 'links'} of {_pairs(links)}"]
    return [f"linked {_pairs(links)} ({state})"]


def _pairs(links: Iterable[tuple[int, int]]) -> str:
    return ", ".join(f"source word {i + 1} with target word {j + 1}" for i, j in links)


def status_set(status: str) -> str:
    """`set the status to approved`."""
    names: Mapping[str, str] = {str(key): name for key, name in STATUSES.items()}
    return f"set the status to {names.get(status) or label_name(status)}"


def note_changed(before: str, after: str) -> str:
    """What was done to the note, without its text."""
    if not after:
        return "removed the note"
    return "changed the note" if before else "wrote a note"


def with_action(action: str, phrases: Sequence[str]) -> list[str]:
    """The phrases of a step, the first of which says how it came about unless it was made by hand."""
    beginning = _BEGINNINGS.get(action)
    return list(phrases) if beginning is None else [f"{beginning} {phrases[0]}", *phrases[1:]]


def chain(
    pair: SentencePair,
    source: tuple[Entity | None, Entity | None],
    targets: tuple[Sequence[Entity], Sequence[Entity]],
) -> str:
    """What became of a source entity and its targets, as in `“Berlin” (LOC): “Berlin” (LOC) → nothing`.

    Args:
        pair: The pair, whose words are in the line.
        source: The entity before and after; None where it was not there.
        targets: Its targets before and after.
    """
    before, after = (_named(pair, "source", entity) for entity in source)
    name = before or after
    if before and after and before != after:
        name = f"{before}, now {after}"
    elif not (before and after):
        name = f"{name}, {'deleted' if before else 'new'}"
    old, new = (_all_named(pair, some) for some in targets)
    return f"{name}: {old}, as before." if old == new else f"{name}: {old} → {new}."


def target_alone(pair: SentencePair, before: Entity | None, after: Entity | None) -> str:
    """What became of a target entity without a source entity, as in `Target: nothing → “Berlin” (LOC)`."""
    old, new = (_named(pair, "target", entity) or "nothing" for entity in (before, after))
    return f"Target: {old} → {new}."


def _named(pair: SentencePair, side: Side, entity: Entity | None) -> str:
    return "" if entity is None else f"{quoted(pair.side(side).surface(entity.span))} ({entity.label})"


def _all_named(pair: SentencePair, entities: Sequence[Entity]) -> str:
    return " and ".join(_named(pair, "target", entity) for entity in entities) or "nothing"
