"""The way from a row of a table to the Inspect page."""

from __future__ import annotations

import streamlit as st
from streamlit.typing import DataframeState

from ui.components.options import option_text
from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import parse_spec
from xner_core.errors import CorpusError
from xner_core.registry import COMPONENTS, component_class
from xner_core.runs.config import RunConfig

_SHOWN_BY_INSPECT = ("ner", "aligner", "extraction", "candidates", "scorer", "projector")


def selected_row(event: DataframeState, n_rows: int) -> int | None:
    """The position of the row that is selected in a table; None where there is none."""
    rows = event.selection.rows
    # What the browser sends may be anything.
    return rows[0] if rows and 0 <= rows[0] < n_rows else None


def inspect_link(label: str, parameters: dict[str, str]) -> None:
    """Draw a link to the Inspect page.

    Args:
        label: Read as Markdown, so it holds no words of a corpus.
        parameters: As Inspect writes them into the URL. A search of before is ended, or it
            could hide the sentence.
    """
    st.page_link(
        "pages/inspect.py",
        label=label,
        icon=":material/arrow_forward:",
        query_params={"q": "", **parameters},
    )


def alignment_parameters(aligner: str, layer: int, extraction: str) -> dict[str, str] | None:
    """The part of Inspect's URL that says how words are aligned; None where Inspect has no such aligner."""
    if aligner not in COMPONENTS["aligner"] or component_class("aligner", aligner).requires:
        return None
    return {"aligner": aligner, f"aligner.{aligner}.layer": str(layer), "extraction": extraction}


def inspect_parameters(config: RunConfig, lang: str, sid: str) -> dict[str, str]:
    """The part of Inspect's URL that shows a sentence as a run had it.

    Every option is named, defaults included: what a URL does not say is what was chosen last.

    Args:
        config: What the run did.
        lang: The target language.
        sid: The sentence's id.
    """
    parameters = {**corpus_parameter(config.corpus), "lang": lang, "sid": sid}
    for kind in _SHOWN_BY_INSPECT:
        choice: Choice = getattr(config.pipeline, kind)
        if not _has(kind, choice.name):
            continue
        parameters[kind] = choice.name
        base, _, argument = choice.name.partition(":")
        component = component_class(kind, base)
        for option, field in component.Config.model_fields.items():
            if not (argument and option == component.argument):
                value = choice.options.get(option, field.get_default(call_default_factory=True))
                parameters[f"{kind}.{choice.name}.{option}"] = option_text(value)
    return parameters


def not_on_inspect(config: RunConfig) -> list[str]:
    """What a run was made with that Inspect cannot show at once, in words; empty where it can show all."""
    if config.method != "projection":
        return [f"the method {config.method}"]
    default = PipelineConfig()
    lacking = [
        f"{kind.replace('_', ' ')} {getattr(config.pipeline, kind).name}"
        for kind in ("refinement", "target_ner")
        if getattr(config.pipeline, kind) != getattr(default, kind)
    ]
    chosen = ((kind, getattr(config.pipeline, kind).name) for kind in _SHOWN_BY_INSPECT)
    return lacking + [f"{kind} {name}" for kind, name in chosen if not _has(kind, name)]


def _has(kind: str, name: str) -> bool:
    """Whether Inspect offers a component: it works at once, or was trained here."""
    base = name.partition(":")[0]
    return base in COMPONENTS[kind] and (base == "trained" or not component_class(kind, base).requires)


def corpus_parameter(spec: str) -> dict[str, str]:
    """The part of Inspect's URL that names the corpus; empty where it was read from files by a command."""
    try:
        parse_spec(spec)
    except CorpusError:
        return {}
    return {"corpus": spec}
