"""The data of the sentence component: words, and lanes of entities over and under them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xner_core.languages import direction, language_name
from xner_core.types import Entity, ProjectionProblem, Sentence, SentencePair
from xner_core.viz.changes import Projected
from xner_core.viz.palette import label_colour
from xner_core.viz.text import quoted, visible
from xner_core.viz.verdicts import ICONS, Verdict, verdict

DIFFERS = "Δ"
"""The mark of an entity that the projections shown do not agree about."""
_MEANINGS: dict[Verdict, str] = {"missed": "missed, or not projected"}


CORRECTED = "corrected"
"""The name of the lane of target entities that a person corrected."""
BY_HAND = "═"
"""The mark of what a person corrected."""


def sentence_view(
    pair: SentencePair,
    problem: ProjectionProblem,
    shown: Projected,
    *others: Projected,
    is_source_by_hand: bool = False,
    corrected: tuple[Entity, ...] | None = None,
) -> dict[str, Any]:
    """Describe both sentences.

    Args:
        pair: The pair.
        problem: What was projected.
        shown: Where to; its lane stands right under the translation.
        others: Further projections, each with a lane of its own under it. Marked is what one of
            these has and the first has not, and what the first has and one of these has not.
        is_source_by_hand: Whether a person set the source entities.
        corrected: The target entities as a person has them, in a lane of their own right under the
            translation; None where nobody corrected them.

    Returns:
        `source` and `target`, each with `title, lang, dir, words, above, below`: lanes over and
        under the words. A lane has a `name`, `editable` (whether these are the entities that a person
        corrects), `by_hand` (whether a person set them) and `spans` with `start, end, label, colour,
        style, icon, hint, group, differs, says`. Entities that share words are in several lanes. Spans of
        one group belong together across the sentences. `legend` lists the marks in use, each with its
        meaning.
    """
    everyone = (shown, *others)
    indices = {entity: index for index, entity in enumerate(problem.source_entities)}
    targets = [each.targets for each in everyone]
    disputed = {
        source for source in set().union(*targets) if len({each.get(source, ()) for each in targets}) > 1
    }
    matched = {match.entity for match in shown.projection.matches}
    source_lanes = _lanes(
        "entities",
        [
            _span(
                pair.source,
                entity,
                group=index,
                verdict_icon="" if index in matched else ICONS["missed"],
                hint="projected" if index in matched else "not projected",
                differs=entity in disputed,
            )
            for index, entity in enumerate(problem.source_entities)
        ],
        editable=True,
        by_hand=is_source_by_hand,
    )
    gold = pair.target.entities
    predicted = shown.projection.target_entities
    above = []
    if gold is not None:
        spans = [_judged(pair, each, verdict(each, predicted, alone="missed"), None) for each in gold]
        above = _lanes("gold", spans)
    below = []
    if corrected is not None:
        spans = _by_hand(pair, corrected, shown, indices)
        below += _lanes(CORRECTED, spans, editable=True, by_hand=True)
    for each in everyone:
        spans = _projected(pair, each, others if each is shown else [shown], indices)
        below += _lanes(each.name, spans, editable=each is shown and corrected is None)
    used = {span["icon"] for lane in (*source_lanes, *above, *below) for span in lane["spans"]}
    is_by_hand = is_source_by_hand or corrected is not None
    names = _listed([each.name for each in everyone])
    return {
        "source": _sentence("Source", pair.source, [], source_lanes),
        "target": _sentence("Target", pair.target, above, below),
        "legend": [
            *([icon, _MEANINGS.get(name, name)] for name, icon in ICONS.items() if icon in used),
            *([[DIFFERS, f"not the same with {names}"]] if disputed else []),
            *([[BY_HAND, "corrected by hand"]] if is_by_hand else []),
        ],
    }


def _projected(
    pair: SentencePair, projected: Projected, compared: Sequence[Projected], indices: dict[Entity, int]
) -> list[dict[str, Any]]:
    gold = pair.target.entities
    spans = []
    for source, targets in projected.targets.items():
        for entity in targets:
            shared = all(entity in each.targets.get(source, ()) for each in compared)
            judged = None if gold is None else verdict(entity, gold, alone="spurious")
            spans.append(_judged(pair, entity, judged, indices.get(source), differs=not shared))
    return sorted(spans, key=lambda span: (span["start"], span["end"], span["label"]))


def _by_hand(
    pair: SentencePair, corrected: Sequence[Entity], shown: Projected, indices: dict[Entity, int]
) -> list[dict[str, Any]]:
    """Corrected target entities; each belongs to the source entity that is projected to its words."""
    gold = pair.target.entities
    groups = {
        target.span: indices.get(source) for source, targets in shown.targets.items() for target in targets
    }
    judged = [None if gold is None else verdict(each, gold, alone="spurious") for each in corrected]
    return [
        _judged(pair, entity, each, groups.get(entity.span))
        for entity, each in zip(corrected, judged, strict=True)
    ]


def _lanes(
    name: str, spans: list[dict[str, Any]], *, editable: bool = False, by_hand: bool = False
) -> list[dict[str, Any]]:
    """One lane, or as many as it takes that no two spans of one share a word."""
    lanes: list[list[dict[str, Any]]] = [[]]
    for span in sorted(spans, key=lambda span: (span["start"], -span["end"], span["label"])):
        says = [span.pop("surface"), span["label"], name, span["hint"], "differs" if span["differs"] else ""]
        span["says"] = " · ".join([*filter(None, says), *(["by hand"] if by_hand else [])])
        free = next((lane for lane in lanes if not lane or lane[-1]["end"] <= span["start"]), None)
        if free is None:
            lanes.append(free := [])
        free.append(span)
    return [{"name": name, "editable": editable, "by_hand": by_hand, "spans": lane} for lane in lanes]


def _sentence(
    role: str, sentence: Sentence, above: list[dict[str, Any]], below: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "title": f"{role} · {language_name(sentence.lang)}",
        "lang": sentence.lang,
        "dir": direction(sentence.lang),
        "words": [visible(word) for word in sentence.words],
        "above": above,
        "below": below,
    }


def _judged(
    pair: SentencePair, entity: Entity, judged: Verdict | None, group: int | None, *, differs: bool = False
) -> dict[str, Any]:
    return _span(
        pair.target,
        entity,
        group=group,
        verdict_icon="" if judged is None else ICONS[judged],
        hint="" if judged is None else judged,
        differs=differs,
        solid=judged in {None, "correct"},
    )


def _span(
    sentence: Sentence,
    entity: Entity,
    *,
    group: int | None,
    verdict_icon: str,
    hint: str,
    differs: bool,
    solid: bool | None = None,
) -> dict[str, Any]:
    return {
        "start": entity.span.start,
        "end": entity.span.end,
        "label": entity.label,
        "colour": label_colour(entity.label),
        "style": "solid" if (not verdict_icon if solid is None else solid) else "dashed",
        "icon": verdict_icon,
        "hint": hint,
        "group": group,
        "differs": differs,
        "surface": quoted(sentence.surface(entity.span)),
    }


def _listed(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
