"""Settings of Inspect as one short text, so that they can stand in a URL beside others.

The text lists what is chosen, as the URL itself names it: `projector~greedy~scorer~fused~
scorer.fused.threshold~0.3`. Of the options only those are in it that differ from their defaults.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ui.components.options import option_text
from xner_core.config import Choice, PipelineConfig
from xner_core.errors import XnerError
from xner_core.registry import component_class

KINDS = ("ner", "aligner", "extraction", "candidates", "scorer", "projector")
"""The stages that can be chosen on Inspect."""
_BETWEEN = "~"
_ESCAPED = {"%": "%25", _BETWEEN: "%7E"}


def chosen_settings(config: PipelineConfig) -> dict[str, str]:
    """What is chosen, by parameter of the URL: every stage's component, and options that differ."""
    found = {}
    for kind in KINDS:
        choice: Choice = getattr(config, kind)
        found[kind] = choice.name
        for option, value in sorted(choice.options.items()):
            found[f"{kind}.{choice.name}.{option}"] = option_text(value)
    return found


def pin_text(config: PipelineConfig) -> str:
    """The settings as one text; equal settings have equal texts."""
    return _BETWEEN.join(_escaped(part) for pair in chosen_settings(config).items() for part in pair)


def pinned_config(text: str, offered: Mapping[str, Collection[str]]) -> PipelineConfig | None:
    """Read such a text.

    Args:
        text: From a URL, so it may be anything.
        offered: The components that may be named, by kind.

    Returns:
        The settings; None where the text is empty, names what is not offered, or is malformed.
    """
    parts = [_unescaped(part) for part in text.split(_BETWEEN)]
    if len(parts) % 2:
        return None
    said = dict(zip(parts[::2], parts[1::2], strict=True))
    stages = {}
    for kind in KINDS:
        name = said.pop(kind, None)
        if name is None or name not in offered.get(kind, ()):
            return None
        prefix = f"{kind}.{name}."
        options = {key.removeprefix(prefix): said.pop(key) for key in list(said) if key.startswith(prefix)}
        choice = _choice(kind, name, options)
        if choice is None:
            return None
        stages[kind] = choice
    return None if said else PipelineConfig(**stages)


def differing(one: PipelineConfig, other: PipelineConfig) -> list[tuple[str, str, str]]:
    """The parameters in which two settings differ, and the value of either; empty for a default."""
    first, second = chosen_settings(one), chosen_settings(other)
    return [
        (key, first.get(key, ""), second.get(key, ""))
        for key in dict.fromkeys((*first, *second))
        if first.get(key) != second.get(key)
    ]


def _choice(kind: str, name: str, options: dict[str, str]) -> Choice | None:
    """A component with options of the text; None where it would not be built from them."""
    import json

    fields = component_class(kind, name.partition(":")[0]).Config.model_fields
    typed: dict[str, Any] = {}
    try:
        for option, text in options.items():
            field = fields.get(option)
            is_mapping = field is not None and isinstance(field.get_default(call_default_factory=True), dict)
            typed[option] = json.loads(text) if is_mapping else text
        choice = Choice(name=name, options=typed)
        choice.build(kind)
    except (XnerError, ValueError, OSError):
        return None
    return choice


def _escaped(part: str) -> str:
    return "".join(_ESCAPED.get(character, character) for character in part)


def _unescaped(part: str) -> str:
    return part.replace(_ESCAPED[_BETWEEN], _BETWEEN).replace(_ESCAPED["%"], "%")
