"""Taking in what a person did with sentences, and writing it into the store at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, get_args

from ui import corrections, state
from ui.grid_document import apply_grid_change, links_from
from ui.sentence_document import (
    KIND_OF,
    Doing,
    SentenceDocument,
    Unsaved,
    entities_from,
    merged,
)
from xner_core.alignment.edits import LinkEdits
from xner_core.corrections.events import Change, ConflictError, Event, Kind, Origin, SentenceKey, Value
from xner_core.errors import ConfigError, CorrectionError, XnerError
from xner_core.types import Corpus, ReviewStatus, SentencePair

GRID = "grid"
SECOND_GRID = "grid2"
LINKS = "links"
SENTENCES = "sentences"
"""Keys of the components in which sentences are corrected."""
MOST_CHARACTERS = 2000
"""Of a note or a reason."""
_ACTS = "acts"
_NAME = "author"
_LINKED = (GRID, SECOND_GRID, LINKS)
_SAFE_TWICE = frozenset({"set", "reason"})
"""What may be done again by a session that does not know whether an earlier one did it."""


def document_id(corpus: Corpus, pair: SentencePair) -> str:
    """Names a sentence and its corpus."""
    return f"{corpus.fingerprint[:12]}/{pair.id}"


def opened(corpus: Corpus, pair: SentencePair, origin: Origin) -> tuple[str, SentenceDocument]:
    """Show a sentence in this window, and take in what the browser reports of it.

    Args:
        corpus: The corpus.
        pair: The sentence pair.
        origin: What it is looked at with from now on.

    Returns:
        Its document and that one's id.
    """
    doc_id = document_id(corpus, pair)
    known = state.document(doc_id)
    if known is None or SentenceKey.of(known.pair) != SentenceKey.of(pair):
        state.keep_document(doc_id, _looked_up(SentenceDocument.of(pair, origin)))
    take_in(is_last=True)
    document = state.document(doc_id)
    assert document is not None
    document = replace(_looked_up(document), origin=origin)
    state.keep_document(doc_id, document)
    return doc_id, document


def take_in(*, is_last: bool = False) -> list[SentenceDocument]:
    """Take in what the components report, those included that are not drawn any more.

    A click may be under way while the view is switched or the page moves on, and must not be lost: each
    is taken into its own sentence. Sentences that this session never showed are ignored.

    Args:
        is_last: Whether reports of sentences that are unknown now will never be known.

    Returns:
        Documents after which the next sentence is asked for.
    """
    for key in _LINKED:
        for doc_id, change in _reports(key, "changes"):
            known = state.document(doc_id)
            if known is not None:
                state.keep_document(doc_id, _take_links(known, change))
    done = []
    said = (state.widget_value(SENTENCES) or {}).get(_ACTS)
    if isinstance(said, dict):
        if state.is_newer(_NAME, said.get("named")):
            corrections.take_name(said.get("name"))
        acts = said.get("acts")
        for act in acts if isinstance(acts, list) else []:
            finished = _take_act(act, is_last)
            if finished is not None:
                done.append(finished)
    return done


def acknowledged() -> int:
    """The number of the last act that was taken in."""
    return state.newest(_ACTS)


def named() -> int:
    """The number of the last message with a name that was taken in."""
    return state.newest(_NAME)


def set_links(doc_id: str, change: Callable[[SentenceDocument], LinkEdits]) -> None:
    """Change links by a button of the page, after what was clicked before it."""
    take_in()
    known = state.document(doc_id)
    if known is not None:
        after = change(known).changes
        version = known.state.versions["links"]
        state.keep_document(doc_id, _write(known, "links", after, version, by_button=True))


def _reports(key: str, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    reports = (state.widget_value(key) or {}).get(name)
    for each in reports if isinstance(reports, list) else []:
        if isinstance(each, dict) and isinstance(each.get("doc"), str):
            yield each["doc"], each


def _read(document: SentenceDocument, *, by_button: bool = False) -> SentenceDocument:
    """The document with what the store says now; read only where something was written since."""
    store = corrections.store()
    version = store.version()
    if version == document.checked:
        return document
    history = store.history(SentenceKey.of(document.pair))
    return document.read(history, version, by_button=by_button)


def _looked_up(document: SentenceDocument) -> SentenceDocument:
    """The document as the store has it; where that cannot be read the sentence is shown all the same."""
    try:
        return replace(_read(document), problem="")
    except (ConfigError, CorrectionError) as error:
        return replace(document, problem=_said(error))


def _take_links(document: SentenceDocument, change: Mapping[str, Any]) -> SentenceDocument:
    grid = apply_grid_change(document.grid, change)
    wanted = grid.wanted
    document = replace(document, grid=replace(grid, wanted=None))
    if wanted is None:
        return document
    return _write(document, "links", wanted.edits.changes, wanted.seen)


def _take_act(act: Any, is_last: bool) -> SentenceDocument | None:
    """Do one thing that the sentence component reports; the document where the next sentence is asked for."""
    if not isinstance(act, dict) or type(act.get("n")) is not int or act["n"] <= acknowledged():
        return None
    doc_id, doing = act.get("doc"), act.get("do")
    known = state.document(doc_id) if isinstance(doc_id, str) else None
    if known is None or not isinstance(doc_id, str):
        if is_last:
            state.is_newer(_ACTS, act["n"])
        return None
    state.is_newer(_ACTS, act["n"])
    if act.get("session") != state.token() and doing not in _SAFE_TWICE:
        return None
    if doing == "next":
        return known
    state.keep_document(doc_id, _done(known, str(doing), act))
    return None


def _done(document: SentenceDocument, doing: str, act: Mapping[str, Any]) -> SentenceDocument:
    if doing == "reason":
        reason = act.get("reason")
        return replace(document, reason=reason[:MOST_CHARACTERS]) if isinstance(reason, str) else document
    if doing == "set":
        found = _value(document, act)
        told = act.get("version")
        if found is None or type(told) is not int:
            return document
        return _write(document, found[0], found[1], told, by_button=True)
    if doing == "undo":
        return _reversed(document, "undo")
    if doing == "redo":
        return _reversed(document, "redo")
    if doing == "restore" and type(act.get("number")) is int:
        return _restored(document, act["number"])
    if doing in {"keep", "mine", "both"}:
        at = act.get("unsaved")
        if type(at) is int and 0 <= at < len(document.unsaved):
            return _decided(document, document.unsaved[at], doing)
    return document


def _value(document: SentenceDocument, act: Mapping[str, Any]) -> tuple[Kind, Value] | None:
    """The field that is set and its value; None where the browser sent something else."""
    field, value = act.get("field"), act.get("value")
    for side, kind in KIND_OF.items():
        if field == side:
            entities = None
            if value is not None:
                entities = entities_from(value, len(document.pair.side(side).words))
                if entities is None:
                    return None
            return kind, entities
    if field == "links":
        links = links_from(value, document.grid.shape)
        return None if links is None else ("links", links.changes)
    if field == "status" and value in get_args(ReviewStatus):
        return "status", value
    if field == "note" and isinstance(value, str) and len(value) <= MOST_CHARACTERS:
        return "note", value
    return None


def _write(
    document: SentenceDocument, kind: Kind, after: Value, told: int, *, by_button: bool = False
) -> SentenceDocument:
    """Record a field, over the version that the browser was told."""
    seen = document.seen(kind, min(told, document.state.versions[kind]))
    base = document.value(kind, seen)
    if after == base:
        return document  # only something else was done, such as selecting
    unsaved = Unsaved(kind, "edit", base, after, reason=document.reason, seen=seen)

    def record(seen: int) -> tuple[Event, ...]:
        return corrections.store().record(
            document.pair,
            [Change(kind, after, seen)],
            author=corrections.author(),
            origin=document.origin,
            reason=document.reason,
        )

    def record_whole(now: SentenceDocument) -> tuple[Event, ...] | None:
        """What others did is part of it, as after the server was started again: nothing is overwritten."""
        theirs = now.state.value(kind)
        both = merged(kind, base, after, theirs, now.found)
        return record(now.state.versions[kind]) if both == (after,) else None

    return _attempt(document, unsaved, lambda: record(seen), record_whole, by_button=by_button)


def _attempt(
    document: SentenceDocument,
    unsaved: Unsaved,
    write: Callable[[], tuple[Event, ...]],
    again: Callable[[SentenceDocument], tuple[Event, ...] | None] | None = None,
    *,
    by_button: bool,
) -> SentenceDocument:
    """Write; what cannot be written is kept as unsaved."""
    try:
        try:
            made = write()
        except ConflictError as conflict:
            document = _read(document, by_button=by_button)
            others = again(document) if again is not None else None
            if others is None:
                kind = unsaved.kind
                if unsaved.doing != "edit" and conflict.theirs:
                    kind = conflict.theirs[0].kind
                return document.refused(replace(unsaved, kind=kind, theirs=conflict.theirs))
            made = others
        return _read(document.made(made), by_button=by_button)
    except (ConfigError, CorrectionError) as error:
        return document.refused(replace(unsaved, problem=_said(error)))


def _said(error: XnerError) -> str:
    return " ".join(str(error).split())


def _reversed(document: SentenceDocument, doing: Doing, *, anyway: bool = False) -> SentenceDocument:
    """Undo or redo this author's last step."""
    store = corrections.store()
    act = store.undo if doing == "undo" else store.redo
    seen = document.state.versions if anyway else None
    unsaved = Unsaved(_kind(document), doing, None, None)

    def write() -> tuple[Event, ...]:
        return act(document.pair, corrections.author(), document.origin, seen=seen)

    return _attempt(document, unsaved, write, by_button=True)


def _kind(document: SentenceDocument) -> Kind:
    """A field to name where the whole sentence is meant."""
    return document.history[-1].kind if document.history else "links"


def _restored(document: SentenceDocument, number: int) -> SentenceDocument:
    """Go back to what held right after an event."""
    unsaved = Unsaved(_kind(document), "restore", None, None, number)

    def write() -> tuple[Event, ...]:
        return corrections.store().restore(
            document.pair,
            number,
            author=corrections.author(),
            origin=document.origin,
            seen=document.state.versions,
        )

    return _attempt(document, unsaved, write, by_button=True)


def _decided(document: SentenceDocument, unsaved: Unsaved, doing: str) -> SentenceDocument:
    """Do what a person chose for something that could not be written."""
    document = document.settled(unsaved)
    if doing == "keep":
        return document
    document = replace(document, reason=unsaved.reason or document.reason)
    if unsaved.doing == "restore":
        return _restored(document, unsaved.number)
    if unsaved.doing != "edit":
        return _reversed(document, unsaved.doing, anyway=True)
    whole = (unsaved.mine,) if doing == "mine" else document.both(unsaved)
    if whole is None:
        return document.refused(unsaved)
    return _write(document, unsaved.kind, whole[0], document.state.versions[unsaved.kind], by_button=True)
