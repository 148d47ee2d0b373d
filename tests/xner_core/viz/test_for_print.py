"""Pictures to be saved."""

from __future__ import annotations

from tests.xner_core.viz.dashboard_cells import cells
from xner_core.viz.f1_chart import f1_chart
from xner_core.viz.for_print import button_config, file_name, for_print


def test_it_is_on_white_whatever_the_theme() -> None:
    layout = for_print(f1_chart(cells())).layout
    assert (layout.paper_bgcolor, layout.plot_bgcolor) == ("#FFFFFF", "#FFFFFF")
    assert layout.font.color == "#0F172A"
    assert "sans-serif" in layout.font.family
    assert layout.xaxis.automargin
    assert layout.xaxis.range[1] == 1.02  # the picture is the same


def test_the_button_saves_in_the_format_asked_for() -> None:
    assert button_config("a", None) == {"displayModeBar": False}
    svg = button_config("F1: de / it", "svg")
    assert svg["toImageButtonOptions"] == {"format": "svg", "filename": "F1-de-it", "scale": 1}
    assert svg["modeBarButtons"] == [["toImage"]]
    assert button_config("a", "png")["toImageButtonOptions"]["scale"] == 2


def test_names_of_files() -> None:
    assert file_name("../../etc/passwd") == "etc-passwd"
    assert file_name("…") == "figures"
