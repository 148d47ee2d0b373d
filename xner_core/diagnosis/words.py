"""Errors, kinds and stages in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from xner_core.diagnosis.diagnose import Diagnosed
from xner_core.diagnosis.steps import StepName
from xner_core.types import Entity, SentencePair
from xner_core.viz.text import quoted

STAGE_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "ner": "Source entities",
        "alignment": "Alignment",
        "candidates": "Candidates",
        "solver": "Solver",
        "scores": "Scores",
        "open": "Scores or untested",
        "gold": "Gold differs",
        "source": "No counterpart",
    }
)
STAGE_HELP: Mapping[str, str] = MappingProxyType(
    {
        "ner": "Settled by gold source entities: the tagger got them wrong.",
        "alignment": "Settled by gold word links as well.",
        "candidates": "Settled once every gold span of the translation is a candidate as well.",
        "solver": "Settled once the best total score is found exactly as well.",
        "scores": "Settled by perfect scores only: with all before done by gold, a wrong matching still "
        "scores more.",
        "open": "Settled by perfect scores, but a stage before has no gold to test it with: that stage or "
        "the scores.",
        "gold": "Never settled: it has no counterpart on the other side, so gold says different things of "
        "the two sentences.",
        "source": "Never settled: it has no counterpart on the other side, and the source sentence has no "
        "gold to tell whether there is one.",
    }
)
KIND_HELP: Mapping[str, str] = MappingProxyType(
    {
        "correct": "The same words and the same label.",
        "wrong label": "The same words, another label.",
        "partial": "Some of the same words, the same label.",
        "wrong label and boundary": "Some of the same words, another label.",
        "missed": "A gold entity that nothing predicted goes with.",
        "spurious": "A predicted entity that no gold entity goes with.",
    }
)
DETAIL_HELP: Mapping[str, str] = MappingProxyType(
    {
        "no source entity": "No entity of its label is left in the source sentence.",
        "no link": "No word link joins it to a source entity of its label.",
        "no candidate": "It is linked, but was no candidate.",
        "below threshold": "Its score is below a threshold and counts as 0, or (heuristic) too few of its "
        "words are linked.",
        "lost to overlap": "Another entity was projected onto some of its words.",
        "outscored": "Its source entity was projected elsewhere, or not at all, for a better total.",
        "split": "One gold entity is covered by several predictions.",
        "merged": "One prediction covers several gold entities.",
        "too wide": "All of its words and more.",
        "too narrow": "Only some of its words.",
        "shifted": "Some of its words, and some beside it.",
        "source label": "The source entity has that label already.",
        "other entity": "A source entity of another label was projected here.",
        "misplaced": "An entity of its label is missed elsewhere in the sentence.",
        "not in gold": "Gold has no further entity of its label.",
        "not tagged": "The tagger of the translation did not find it.",
    }
)
_WITH: Mapping[StepName, str] = MappingProxyType(
    {
        "ner": "gold source entities",
        "alignment": "gold word links",
        "candidates": "its gold span among the candidates",
        "solver": "the exact solver",
        "scores": "perfect scores",
    }
)
_GOLD_FOR: Mapping[StepName, str] = MappingProxyType(
    {
        "ner": "source entities",
        "alignment": "word links",
        "candidates": "candidates",
        "solver": "solver",
        "scores": "scores",
    }
)


def sentence_of(error: Diagnosed, pair: SentencePair) -> str:
    """Say an error and what it is owed to, in one or two sentences without markup.

    Args:
        error: The error.
        pair: The sentence pair that it is in.
    """
    return f"{_what(error, pair)} {_why(error)}"


def _what(error: Diagnosed, pair: SentencePair) -> str:
    detail = DETAIL_HELP[error.detail]
    if error.gold is None and error.predicted is not None:
        return f"{_named(error.predicted, pair)} is spurious: {_small(detail)}"
    if error.gold is not None and error.predicted is None:
        return f"{_named(error.gold, pair)} is missed: {_small(detail)}"
    assert error.gold is not None
    assert error.predicted is not None
    if error.kind == "wrong label":
        found = f"is labelled {error.predicted.label}"
    else:
        found = f"is found as {_named(error.predicted, pair)}"
    return f"{_named(error.gold, pair)} {found}: {_small(detail)}"


def _why(error: Diagnosed) -> str:
    if error.stage == "scores":
        return "Owed to the scores: no stage before them done by gold settles it."
    if error.stage == "open":
        without = " and ".join(_GOLD_FOR[name] for name in error.untested)
        return f"Owed to the scores or to what could not be tested, for want of gold: {without}."
    if error.stage == "gold":
        return f"Nothing settles it: gold has no {_other_side(error)} of its label left for it."
    if error.stage == "source":
        return (
            f"Nothing settles it: no {_other_side(error)} of its label is left, and there is no gold to ask."
        )
    return f"Settled by {_WITH[error.stage]}."


def _other_side(error: Diagnosed) -> str:
    return "target entity" if error.gold is None else "source entity"


def _named(entity: Entity, pair: SentencePair) -> str:
    return f"{quoted(pair.target.surface(entity.span))} ({entity.label})"


def _small(text: str) -> str:
    return text[0].lower() + text[1:]
