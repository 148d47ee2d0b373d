"""What the sentence component is told of corrections: what holds, what was done, what is not saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from ui import cache, correcting, corrections, state
from ui.components.projected import Shown
from ui.sentence_document import KIND_OF, SIDE_OF, SentenceDocument, Unsaved
from xner_core.corrections.codec import plain
from xner_core.corrections.events import Event, Kind, Value, redoable, undoable
from xner_core.palette import label_colour
from xner_core.review.changes import step_in_words, steps
from xner_core.types import Corpus, Entity, LinkEdit, SentencePair
from xner_core.viz.event_wording import STATUSES
from xner_core.viz.text import quoted

MOST_STEPS = 50
"""Of the history, the latest ones."""
_FIELDS: Mapping[Kind, str] = {
    "source_entities": "source entities",
    "target_entities": "target entities",
    "links": "links",
    "status": "status",
    "note": "note",
}
_DOING = {"undo": "Undo", "redo": "Redo", "restore": "Restore"}


def corrections_told(
    corpus: Corpus, pair: SentencePair, doc_id: str, document: SentenceDocument, shown: Shown
) -> dict[str, Any]:
    """What the component draws under the sentences, and what it needs to correct them.

    Args:
        corpus: The corpus.
        pair: The sentence pair.
        doc_id: Names the sentence and its corpus.
        document: What this window knows of it.
        shown: What is projected.
    """
    said, history, name = document.state, document.history, corrections.author()
    here = {entity.label for side in document.found.values() for entity in side}
    here |= {entity.label for entity in (*shown.problem.source_entities, *(said.target_entities or ()))}
    labels = dict.fromkeys((*cache.labels(corpus), *sorted(here)))
    return {
        "session": state.token(),
        "ack": correcting.acknowledged(),
        "author": state.author(),
        "named": correcting.named(),
        "anonymous": corrections.ANONYMOUS,
        "labels": [[label, label_colour(label)] for label in labels],
        "versions": {
            **{side: said.versions[kind] for side, kind in KIND_OF.items()},
            "status": said.versions["status"],
            "note": said.versions["note"],
        },
        "by_hand": {side: said.value(kind) is not None for side, kind in KIND_OF.items()},
        "status": said.status,
        "statuses": [[status, words] for status, words in STATUSES.items()],
        "note": said.note,
        "reason": document.reason,
        "can_undo": bool(undoable(history, name)),
        "can_redo": bool(redoable(history, name)),
        "history": _history(document),
        "news": [_news(events, document) for events in steps(document.news)],
        "projection": _projection(pair, document, shown),
        "unsaved": [_unsaved(pair, each, document) for each in document.unsaved],
        "problem": document.problem,
        "elsewhere": [each.pair.id for each in state.unsaved_elsewhere(doc_id)],
    }


def _history(document: SentenceDocument) -> list[dict[str, Any]]:
    """The steps, the latest first; a step is gone back to by the number of its last event."""
    last = document.history[-1].number if document.history else 0
    told = [
        {
            "number": events[-1].number,
            "who": events[-1].author,
            "when": events[-1].time.isoformat(),
            "says": step_in_words(events, document.found),
            "reason": events[-1].reason,
            "is_now": events[-1].number == last,
        }
        for events in steps(document.history)[-MOST_STEPS:]
    ]
    return told[::-1]


def _who(event: Event, document: SentenceDocument) -> str:
    """Who did something that this window did not."""
    if event.author == corrections.author() and event.number not in document.own:
        return f"{event.author} (another window)"
    return event.author


def _news(events: Sequence[Event], document: SentenceDocument) -> dict[str, str]:
    """What somebody else did since this window last did something."""
    phrases = "; ".join(step_in_words(events, document.found))
    return {"says": f"{_who(events[-1], document)} {phrases}", "when": events[-1].time.isoformat()}


def _projection(pair: SentencePair, document: SentenceDocument, shown: Shown) -> str:
    """What would be projected where that is not what a person decided; empty where it is the same."""
    decided = document.state.target_entities
    projected = shown.projection.target_entities
    if decided is None or decided == projected:
        return ""
    named = ", ".join(_entity(pair, "target_entities", each) for each in projected) or "nothing"
    return f"Your target entities hold. The projection would now be: {named}."


def _unsaved(pair: SentencePair, unsaved: Unsaved, document: SentenceDocument) -> dict[str, Any]:
    field = _FIELDS[unsaved.kind]
    names = " and ".join(dict.fromkeys(_who(event, document) for event in unsaved.theirs)) or "Somebody"
    what = f"Your change of the {field}" if unsaved.doing == "edit" else _DOING[unsaved.doing]
    title = f"{what} is not saved: {names} changed the {field} since you saw them."
    if unsaved.problem:
        title = f"{what} is not saved. {unsaved.problem}"
    theirs = [
        f"{_who(events[-1], document)} {'; '.join(step_in_words(events, document.found))}"
        for events in steps(unsaved.theirs)
    ]
    values: list[dict[str, Any]] = []
    if unsaved.doing == "edit":
        now = document.state.value(unsaved.kind)
        values = [
            {"name": "Now", "lines": value_lines(pair, unsaved.kind, now)},
            {"name": "Yours", "lines": value_lines(pair, unsaved.kind, unsaved.mine)},
        ]
    mine = "Use mine" if unsaved.doing == "edit" else f"{_DOING[unsaved.doing]} anyway"
    return {
        "title": title,
        "theirs": theirs,
        "values": values,
        "keep": "Drop mine" if unsaved.problem else "Keep theirs",
        "mine": "Try again" if unsaved.problem else mine,
        "both": not unsaved.problem and document.both(unsaved) is not None,
        "again": _again(unsaved),
    }


def _again(unsaved: Unsaved) -> dict[str, Any] | None:
    """What the browser keeps, to set it again in another session; None where nothing was made up."""
    if unsaved.doing != "edit":
        return None
    return {
        "field": SIDE_OF.get(unsaved.kind, unsaved.kind),
        "value": plain(unsaved.kind, unsaved.mine),
        "version": unsaved.seen,
        "reason": unsaved.reason,
    }


def value_lines(pair: SentencePair, kind: Kind, value: Value) -> list[str]:
    """A field's value, a line for each entity or link; words of the pair are in them: show them as text."""
    if kind in SIDE_OF:
        if value is None:
            return ["as the components find them"]
        return [_entity(pair, kind, each) for each in cast("Iterable[Entity]", value)] or ["no entity"]
    if kind == "links":
        links = cast("Iterable[LinkEdit]", value or ())
        said = {"none": "not linked", "sure": "linked", "possible": "linked as possible"}
        return [
            f"{quoted(pair.source.words[i])} ({i}) and {quoted(pair.target.words[j])} ({j}): {said[how]}"
            for i, j, how in links
        ] or ["all as the aligner has them"]
    if kind == "status":
        names: Mapping[str, str] = {str(key): name for key, name in STATUSES.items()}
        return [names.get(str(value), str(value))]
    return [str(value) or "no note"]


def _entity(pair: SentencePair, kind: Kind, entity: Entity) -> str:
    return f"{quoted(pair.side(SIDE_OF[kind]).surface(entity.span))} ({entity.label})"
