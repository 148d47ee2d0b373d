"""The switches over the alignment: how it is drawn, and what it is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ui import state
from ui.components.settings import LIST_WIDTH, aligners, at_once, gives_links
from xner_core.config import Choice, PipelineConfig
from xner_core.types import SentencePair
from xner_core.viz.alignment_view import Cells

_VIEWS = {"matrix": "Matrix", "links": "Links"}
_CELLS: dict[Cells, str] = {
    "similarity": "Similarity",
    "forward": "Forward probability",
    "backward": "Backward probability",
    "links": "Links only",
}
_NOTHING = "none"
_SHOWN = {"overlaid": "Overlaid", "beside": "Side by side"}


@dataclass(frozen=True, slots=True)
class Look:
    """How the alignment is drawn.

    Attributes:
        view: "matrix" or "links".
        cells: What the cells of the matrix show.
        compared: The pipeline whose links are compared; None where nothing is.
        names: The reader's names of the pipeline's own links and of the compared ones.
        beside: Whether the compared links have a matrix of their own.
        draw_gold: Whether the link view draws gold links.
    """

    view: str
    cells: Cells
    compared: PipelineConfig | None
    names: tuple[str, str]
    beside: bool
    draw_gold: bool

    @property
    def is_wide(self) -> bool:
        """Whether it needs the width of the page."""
        return self.beside or self.view == "links"


def pick_look(pair: SentencePair, config: PipelineConfig) -> Look:
    """Let the view be switched; the choices live in the URL."""
    has_no_values = gives_links(config.aligner.name)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        view = _switch("View", "view", list(_VIEWS), _VIEWS, help="Key: M.")
        cells: Cells = "links"
        if view == "matrix":
            cells = _pick_cells(has_no_values)
        compared, name = _pick_compared(config)
        beside = (
            compared is not None
            and view == "matrix"
            and _switch("Shown", "shown", list(_SHOWN), _SHOWN) == "beside"
        )
        draw_gold = view == "links" and pair.gold_alignment is not None
    if has_no_values and view == "matrix":
        st.caption(f"{config.aligner.name} gives links and no similarities: there are no values to show.")
    own = config.aligner.name if has_no_values else config.extraction.name
    return Look(view, cells, compared, (own, name), beside, draw_gold)


def _pick_cells(has_no_values: bool) -> Cells:
    options: list[Cells] = ["links"] if has_no_values else list(_CELLS)
    state.follow_url("cells", options[0], options)
    cells = st.selectbox(
        "Cells",
        options,
        key="cells",
        format_func=_CELLS.__getitem__,
        width=LIST_WIDTH,
        help="Similarity of two words; forward probability: how probable the target word is for the source "
        "word; backward probability: the source word for the target word.",
    )
    state.publish("cells", cells, options[0])
    return cells


def _pick_compared(config: PipelineConfig) -> tuple[PipelineConfig | None, str]:
    """What the links are compared with, and its name."""
    own = config.aligner.name
    others = {f"aligner.{name}": name for name in aligners() if name != own}
    if not gives_links(own):
        extractions = [name for name in at_once("extraction") if name != config.extraction.name]
        others = {**{f"extraction.{name}": name for name in extractions}, **others}
    options = [_NOTHING, *others]
    state.follow_url("compare", _NOTHING, options)
    chosen = st.selectbox(
        "Compare with",
        options,
        key="compare",
        format_func=lambda option: others.get(option, "nothing"),
        width=LIST_WIDTH,
        help="Other links of the same sentence: from the same similarities, or by another aligner.",
    )
    state.publish("compare", chosen, _NOTHING)
    if chosen == _NOTHING:
        return None, ""
    kind = chosen.partition(".")[0]
    return config.model_copy(update={kind: Choice(name=others[chosen])}), others[chosen]


def _switch(
    label: str, key: str, options: Sequence[str], names: dict[str, str], help: str | None = None
) -> str:
    state.follow_url(key, options[0], options)
    chosen = st.segmented_control(
        label, options, required=True, key=key, format_func=names.__getitem__, help=help
    )
    state.publish(key, str(chosen), options[0])
    return str(chosen)
