"""The data of the sentence component: words, and lanes of entities over and under them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xner_core.languages import direction, language_name
from xner_core.types import Entity, Projection, ProjectionProblem, Sentence, SentencePair
from xner_core.viz.palette import label_colour
from xner_core.viz.text import visible
from xner_core.viz.verdicts import ICONS, Verdict, verdict


def sentence_view(
    pair: SentencePair, problem: ProjectionProblem, projection: Projection, predicted_by: str
) -> dict[str, Any]:
    """Describe both sentences.

    Args:
        pair: The pair.
        problem: What was projected.
        projection: Where to.
        predicted_by: The projector's name for the reader.

    Returns:
        `source` and `target`, each with `title, lang, dir, words, lanes`; a lane has a
        `name` and `spans` with `start, end, label, colour, style, icon, hint, group`.
        Spans of one group belong together across the sentences.
    """
    matched = {match.entity for match in projection.matches}
    source = [
        _span(
            entity,
            group=index,
            style="solid" if index in matched else "dashed",
            icon="" if index in matched else "✕",
            hint="projected" if index in matched else "not projected",
        )
        for index, entity in enumerate(problem.source_entities)
    ]
    groups = {match.target: match.entity for match in projection.matches}
    predicted = projection.target_entities
    gold = pair.target.entities
    lanes = []
    if gold is not None:
        lanes.append(
            {"name": "gold", "spans": [_judged(e, verdict(e, predicted, alone="missed"), None) for e in gold]}
        )
    lanes.append(
        {
            "name": predicted_by,
            "spans": [
                _judged(e, None if gold is None else verdict(e, gold, alone="spurious"), groups[e])
                for e in predicted
            ],
        }
    )
    return {
        "source": _sentence("Source", pair.source, [{"name": "entities", "spans": source}]),
        "target": _sentence("Target", pair.target, lanes),
    }


def _sentence(role: str, sentence: Sentence, lanes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "title": f"{role} · {language_name(sentence.lang)}",
        "lang": sentence.lang,
        "dir": direction(sentence.lang),
        "words": [visible(word) for word in sentence.words],
        "lanes": list(lanes),
    }


def _judged(entity: Entity, judged: Verdict | None, group: int | None) -> dict[str, Any]:
    return _span(
        entity,
        group=group,
        style="solid" if judged in {None, "correct"} else "dashed",
        icon="" if judged is None else ICONS[judged],
        hint="" if judged is None else judged,
    )


def _span(entity: Entity, *, group: int | None, style: str, icon: str, hint: str) -> dict[str, Any]:
    return {
        "start": entity.span.start,
        "end": entity.span.end,
        "label": entity.label,
        "colour": label_colour(entity.label),
        "style": style,
        "icon": icon,
        "hint": hint,
        "group": group,
    }
