"""Labels that are renamed or left out: options that taggers share."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from xner_core.config import ComponentConfig
from xner_core.types import Entity


def parse_labels(text: Any) -> Any:
    """Read `MISC,DATE`; what is no text stays as it is."""
    if not isinstance(text, str):
        return text
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def parse_label_map(text: Any) -> Any:
    """Read `GPE=LOC,FAC=LOC` or a dictionary as JSON or Python write it; what is no text stays as it is.

    Raises:
        ValueError: If the text is neither.
    """
    if not isinstance(text, str):
        return text
    if not text.strip():
        return None
    try:
        if text.strip().startswith("{"):
            return ast.literal_eval(text.strip())
        return {
            theirs.strip(): ours.strip()
            for theirs, ours in (part.split("=") for part in text.split(",") if part.strip())
        }
    except (ValueError, SyntaxError):
        raise ValueError("write labels as GPE=LOC,FAC=LOC") from None


LabelMap = Annotated[dict[str, str] | None, BeforeValidator(parse_label_map)]
"""A tagger's labels → ours; None: all as they are."""


class LabelledConfig(ComponentConfig):
    """Base of the options of all taggers."""

    leave_out: Annotated[tuple[str, ...], BeforeValidator(parse_labels)] = Field(
        default=(),
        description="Labels whose entities are left out, after all renaming, such as MISC,DATE.",
    )

    def kept(self, entities: Iterable[Entity]) -> tuple[Entity, ...]:
        """The entities whose label is not left out, in order."""
        return tuple(entity for entity in entities if entity.label not in self.leave_out)
