"""What a job plans to correct, as plain JSON, so that whoever asked for it can record it as it was shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from xner_core.corrections.codec import plain, unplain
from xner_core.corrections.events import Change
from xner_core.export.sample import Annotation
from xner_core.review.changes import projection_change
from xner_core.types import SIDES, SentencePair
from xner_core.viz.event_wording import note_changed, status_set


def item_json(pair: SentencePair, changes: Sequence[Change], given: SentencePair) -> dict[str, Any]:
    """A sentence pair and what is to be recorded of it; `item_of` reads it again.

    Args:
        pair: The pair.
        changes: The changes, with the versions that were seen.
        given: The pair as the corpus has it; a sentence that it lacks was translated.
    """
    row: dict[str, Any] = {
        "id": pair.id,
        "changes": [[each.kind, plain(each.kind, each.after), each.seen] for each in changes],
    }
    for side in SIDES:
        if given.side(side).is_missing and not pair.side(side).is_missing:
            row[side] = list(pair.side(side).words)
    return row


def item_of(row: Mapping[str, Any], given: SentencePair) -> tuple[SentencePair, list[Change]]:
    """What `item_json` wrote, as `CorrectionStore.record_many` takes it."""
    pair = given
    for side in SIDES:
        if side in row:
            made = replace(pair.side(side), words=tuple(row[side]))
            pair = replace(pair, **cast(Any, {side: made}))
    return pair, [Change(kind, unplain(kind, after), seen) for kind, after, seen in row["changes"]]


def lines_of(
    pair: SentencePair, before: Annotation, after: Annotation, changes: Sequence[Change]
) -> list[str]:
    """What changes in a sentence pair, a line each; with words of it, so shown as text."""
    lines = projection_change(before, after).in_words(pair)
    for change in changes:
        if change.kind == "links":
            every = {*before.alignment.links, *after.alignment.links}
            n = sum(before.alignment.state(link) != after.alignment.state(link) for link in every)
            lines.append("1 link changes" if n == 1 else f"{n} links change")
        elif change.kind == "status":
            lines.append(status_set(str(change.after)))
        elif change.kind == "note":
            lines.append(f"{note_changed('', str(change.after))}: {change.after}")
    return lines or ["what was found is confirmed"]
