"""brat's settings for a collection, and labels as names of brat's types."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable

from xner_core.palette import label_colour

SETTINGS = "annotation.conf"
PAIR = "SentencePair"
PROJECTS = "Projects"
STATUS = "Status"
_STATUSES = ("approved", "rejected", "needsReview")
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]|_(?=x)")
"""What no type may hold, and what would be taken for the beginning of an escape."""
_ESCAPE = re.compile(r"_x([0-9A-F]+)_")
_HALF = 0.179
"""Relative luminance from which black has more contrast than white (WCAG 2.2)."""


def type_name(label: str) -> str:
    """A label as a type of brat, which has ASCII letters, digits, `_` and `-`; others become `_x41_`."""
    if label == PAIR:
        return f"_x{ord(label[0]):X}_{label[1:]}"
    return _UNSAFE.sub(lambda match: f"_x{ord(match.group()):X}_", label)


def label_of(name: str) -> str:
    """The label that a type stands for."""

    def character(match: re.Match[str]) -> str:
        code = int(match.group(1), 16)
        return chr(code) if code <= sys.maxunicode else match.group()

    return _ESCAPE.sub(character, name)


def annotation_conf(labels: Iterable[str]) -> str:
    """What can be annotated."""
    types = [type_name(label) for label in sorted(labels)]
    either = "|".join(types) or "<ENTITY>"
    return "\n".join(
        [
            "[entities]",
            *types,
            PAIR,
            "",
            "[relations]",
            f"{PROJECTS}\tArg1:{either}, Arg2:{either}",
            "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>",
            "",
            "[events]",
            "",
            "[attributes]",
            f"{STATUS}\tArg:{PAIR}, Value:{'|'.join(_STATUSES)}",
            "",
        ]
    )


def visual_conf(labels: Iterable[str]) -> str:
    """How it is drawn: every label in its colour, and under its own name where the type is escaped."""
    ordered = sorted(labels)
    renamed = [label for label in ordered if type_name(label) != label and not set("|#[") & set(label)]
    return "\n".join(
        [
            "[labels]",
            *(f"{type_name(label)} | {label}" for label in renamed),
            f"{PAIR} | Sentence pair | Pair",
            f"{PROJECTS} | projects to",
            "",
            "[drawing]",
            "SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken",
            "ARC_DEFAULT\tcolor:black, arrowHead:triangle-5",
            *(_drawn(label) for label in ordered),
            f"{PAIR}\tfgColor:black, bgColor:#FFFFFF, borderColor:darken",
            "",
        ]
    )


def _drawn(label: str) -> str:
    colour = label_colour(label)
    text = "black" if _luminance(colour) > _HALF else "white"
    return f"{type_name(label)}\tfgColor:{text}, bgColor:{colour}, borderColor:darken"


def _luminance(colour: str) -> float:
    """Relative luminance (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
