"""Colours and names that all drawings share."""

from __future__ import annotations

from xner_core.palette import label_colour

__all__ = ["PROJECTOR_NAMES", "label_colour"]

PROJECTOR_NAMES = {"heuristic": "Heuristic", "greedy": "Greedy", "ilp": "ILP"}
