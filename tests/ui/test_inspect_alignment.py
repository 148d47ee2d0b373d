"""How the alignment is looked at: values, views, comparisons, aligners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests import tiny
from tests.demo import write_demo
from tests.ui.aligners import DiagonalAligner
from tests.ui.app import (
    choose,
    component,
    components,
    go_to,
    grid,
    link_view,
    open_app,
    open_panel,
    pairs,
    rerun,
    texts,
)
from ui import cache
from xner_core.alignment.e5_small import E5SmallAligner
from xner_core.alignment.similarity import SubwordSimilarity
from xner_core.alignment.trained import note_trained, write_record
from xner_core.config import Choice, PipelineConfig
from xner_core.registry import COMPONENTS
from xner_core.types import SentencePair, WordAlignment

pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache")]


@pytest.fixture
def only_embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the embedded encoder were the only aligner that works at once."""
    monkeypatch.setitem(COMPONENTS, "aligner", {"e5-small": COMPONENTS["aligner"]["e5-small"]})


@pytest.fixture
def diagonal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second aligner; it gives links."""
    known = {"e5-small": COMPONENTS["aligner"]["e5-small"], "diagonal": "tests.ui.aligners:DiagonalAligner"}
    monkeypatch.setitem(COMPONENTS, "aligner", known)


@pytest.mark.parametrize(
    ("cells", "name"), [("forward", "forward probability"), ("backward", "backward probability")]
)
def test_probabilities_in_the_cells(cells: str, name: str) -> None:
    at = open_app(lang="de")
    choose(at, "cells", cells)
    assert at.query_params["cells"] == cells
    view = grid(at)["cells"]
    assert (view["name"], view["range"]) == (name, [0, 100])
    values = view["percent"] if cells == "forward" else list(zip(*view["percent"], strict=True))
    assert all(97 <= sum(row) <= 103 for row in values)  # rounded
    assert grid(open_app(**at.query_params))["cells"] == view


def test_links_only() -> None:
    view = grid(open_app(lang="de", cells="links"))
    assert view["cells"]["percent"] == []
    assert view["links"]


def test_the_numbers_of_a_selected_cell() -> None:
    at = open_app(lang="de")
    at.session_state["grid"] = {"changes": [{"doc": grid(at)["doc"], "seq": 1, "selected": [1, 1]}]}
    [says] = [text for text in texts(rerun(at)) if text.startswith("“Keller” (1)")]
    assert [line.split()[0] for line in says.split("\n")] == ["“Keller”", "Similarity", "Row:", "Undecided:"]
    assert "Both directions agree." in says


def test_the_view_is_switched_and_keeps_the_selection() -> None:
    at = open_app(lang="de")
    links = pairs(grid(at))
    at.session_state["grid"] = {"changes": [{"doc": grid(at)["doc"], "seq": 4, "selected": [1, 1]}]}
    at.get_by_key("view").set_value("links")  # the click and the switch in one message
    rerun(at)
    assert at.query_params == {"lang": "de", "view": "links"}
    assert "xner_link_view" in components(at)
    assert "xner_alignment_grid" not in components(at)
    view = link_view(at)
    assert pairs(view) == links
    assert (view["ack"], view["selected"]) == (4, [1, 1])
    at.session_state["links"] = {"changes": [{"doc": view["doc"], "seq": 5, "selected": [0, 0]}]}
    choose(at, "view", "matrix")
    assert (grid(at)["ack"], grid(at)["selected"]) == (5, [0, 0])


def test_the_links_of_entities_only() -> None:
    at = open_app(lang="de", sid="de-long", view="links")
    view = link_view(at)
    assert all(view["source"]["words"][i]["group"] is not None for i, *_ in view["links"])
    assert len(view["source"]["shown"]) < len(view["source"]["words"])
    choose(at, "rows-long", "all")
    assert len(link_view(at)["source"]["shown"]) == len(view["source"]["words"])


def test_gold_links_are_optional() -> None:
    at = open_app(lang="de", sid="de-river", view="links")
    assert link_view(at)["draw_gold"]
    at.toggle(key="gold").set_value(False)
    assert not link_view(rerun(at))["draw_gold"]
    assert at.query_params["gold"] == "False"
    assert not link_view(open_app(**at.query_params))["draw_gold"]


@pytest.mark.usefixtures("only_embedded")
def test_another_extraction_is_compared() -> None:
    at = open_app(lang="de", sid="de-river", extraction="itermax")
    own = pairs(grid(at))
    choose(at, "compare", "extraction.argmax")
    assert at.query_params["compare"] == "extraction.argmax"
    view = grid(at)
    assert view["names"] == ["itermax", "argmax"]
    assert [[i, j] for i, j, first, _ in view["links"] if first == "sure"] == own
    says = [(first, second) for *_, first, second in view["links"]]
    count = [says.count(each) for each in (("sure", "sure"), ("sure", "none"), ("none", "sure"))]
    assert f"{count[0]} links in both, {count[1]} only by itermax, {count[2]} only by argmax." in texts(at)
    assert count[1] == 1
    choose(at, "view", "links")
    assert link_view(at)["links"] == view["links"]


def test_the_chosen_extraction_is_not_compared_with_itself() -> None:
    at = open_app(lang="de", extraction="argmax", compare="extraction.argmax")
    assert at.get_by_key("compare").value == "none"
    assert "compare" not in at.query_params
    assert grid(at)["names"] == []


def test_side_by_side_each_has_a_matrix_and_its_own_projection() -> None:
    at = open_app(
        lang="de", sid="de-river", extraction="itermax", compare="extraction.argmax", shown="beside"
    )
    views = [c for c in at.get("bidi_component") if c.proto.component_name == "xner_alignment_grid"]
    assert len(views) == 2
    assert [caption.value for caption in at.caption if "Links by" in caption.value] == [
        "Links by itermax",
        "Links by argmax",
    ]
    at.session_state["grid2"] = {
        "changes": [{"doc": grid(open_app(lang="de", sid="de-river"))["doc"], "seq": 1, "selected": [1, 1]}]
    }
    assert any(
        text.startswith("“Danube” (1) and “Donau” (1): linked by itermax and argmax")
        for text in texts(rerun(at))
    )


@pytest.mark.parametrize("key", ["view", "cells", "compare", "shown", "gold", "aligner"])
def test_forged_parameters_fall_back(key: str) -> None:
    at = open_app(lang="de", **{key: "![x](y)"})
    assert at.query_params == {"lang": "de"} or key in {"shown", "gold", "aligner"}
    assert grid(at)["names"] == []


def test_choices_survive_a_visit_to_the_dashboard() -> None:
    chosen = {"corpus": "demo:de", "view": "links", "compare": "extraction.match", "gold": "False"}
    at = open_app(**chosen)
    go_to(at, "dashboard")
    go_to(at, "inspect")
    assert at.query_params == chosen


@pytest.mark.usefixtures("only_embedded")
def test_no_aligner_is_offered_where_only_one_works_at_once() -> None:
    at = open_app(lang="de")
    with pytest.raises(KeyError):
        at.get_by_key("aligner")
    assert at.get_by_key("compare").options == [
        "nothing", *(name for name in COMPONENTS["extraction"] if name != "unbalanced")
    ]  # fmt: skip


@pytest.mark.usefixtures("diagonal")
def test_an_aligner_that_gives_links() -> None:
    at = open_app(lang="de", sid="de-river", view="matrix")
    choose(at, "aligner", "diagonal")
    assert at.query_params["aligner"] == "diagonal"
    assert at.get_by_key("cells").options == ["Links only"]
    assert any("diagonal gives links and no similarities" in caption.value for caption in at.caption)
    assert pairs(grid(at)) == [[i, i] for i in range(8)]
    assert grid(at)["numbers"] is None
    assert at.get_by_key("compare").options == ["nothing", "e5-small"]
    with pytest.raises(KeyError):
        at.get_by_key("extraction")  # there is nothing to extract from
    at.session_state["options"] = True
    rerun(at).number_input(key="aligner.diagonal.shift").set_value(1)
    assert pairs(grid(rerun(at)))[:2] == [[0, 1], [1, 2]]
    choose(at, "view", "links")
    assert link_view(at)["told"][0]["numbers"] is None


@pytest.mark.usefixtures("diagonal")
def test_two_aligners_are_compared() -> None:
    at = open_app(lang="de", sid="de-river", compare="aligner.diagonal")
    assert grid(at)["names"] == ["unbalanced", "diagonal"]
    assert ["sure", "sure"] in [says for _, _, *says in grid(at)["links"]]
    choose(at, "shown", "beside")
    views = [c for c in at.get("bidi_component") if c.proto.component_name == "xner_alignment_grid"]
    assert [("links only" in view.proto.json) for view in views] == [False, True]


@pytest.fixture
def comparisons(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pairs that the encoder compares."""
    seen: list[str] = []
    compare = E5SmallAligner.compare

    def counted(self: E5SmallAligner, some: Sequence[SentencePair]) -> Iterator[SubwordSimilarity]:
        seen.extend(pair.id for pair in some)
        return compare(self, some)

    monkeypatch.setattr(E5SmallAligner, "compare", counted)
    return seen


def test_a_sentence_is_encoded_once_whatever_is_switched(tmp_path: Path, comparisons: list[str]) -> None:
    spec = write_demo(tmp_path / "fresh.jsonl", each=1)
    at = open_app(corpus=spec)
    switches: list[tuple[str, Any]] = [
        *(("extraction", name) for name in COMPONENTS["extraction"]),
        ("projector", "greedy"),
        ("scorer", "soft-alignment"),
        ("compare", "extraction.argmax"),
        ("cells", "forward"),
        ("shown", "beside"),
        ("view", "links"),
    ]
    for key, value in switches:
        choose(at, key, value)
    assert len(comparisons) == 1


def test_an_alignment_is_kept_apart_by_the_aligners_options() -> None:
    corpus = cache.corpus("demo:de")
    pair = corpus.pairs[0]
    aligned = [
        cache.alignment(
            corpus, pair, PipelineConfig(aligner=Choice(name="e5-small", options={"layer": layer}))
        )
        for layer in ("7", "5")
    ]
    assert aligned[0].similarity is not None
    assert aligned[1].similarity is not None
    assert (aligned[0].similarity != aligned[1].similarity).any()


@pytest.mark.usefixtures("diagonal")
def test_an_aligner_that_is_no_longer_kept_is_released() -> None:
    corpus = cache.corpus("demo:de")
    before = len(DiagonalAligner.released)
    for shift in range(4):
        for kind in ("sure", "possible"):
            options = {"shift": shift, "kind": kind}
            config = PipelineConfig(aligner=Choice(name="diagonal", options=options))
            found = cache.alignment(corpus, corpus.pairs[1], config)
            assert isinstance(found, WordAlignment)
            assert found.links[0] == (0, shift)
    assert len(DiagonalAligner.released) >= before + 4


def test_the_sentence_component_stays() -> None:
    assert component(open_app(lang="de", view="links"), "sentence_pair")["target"]["words"]


def test_a_trained_aligner_is_listed_at_once(tmp_path: Path) -> None:
    folder = Path(tiny.save_tagger(tmp_path / "mine"))
    write_record(folder, {"layer": 1})
    at = open_app(lang="de")
    assert not [box for box in at.selectbox if box.key == "aligner"]
    note_trained(folder)
    choose(rerun(at), "aligner", "trained:mine")
    assert at.query_params["aligner"] == "trained:mine"
    open_panel(at, "options")
    assert "aligner.trained:mine.pooling" in {box.key for box in at.selectbox}
    assert "aligner.trained:mine.name" not in {box.key for box in at.text_input}
    assert grid(open_app(**at.query_params))["links"] == grid(at)["links"]
    choose(at, "aligner", "e5-small")
    choose(at, "compare", "aligner.trained:mine")
    assert grid(at)["names"] == ["unbalanced", "trained:mine"]
