"""What is said of two runs."""

from __future__ import annotations

from typing import Any

from xner_core.viz.compared_wording import conclusion
from xner_core.viz.difference_chart import difference_chart


def found(
    f1_a: float, f1_b: float, low: float, high: float, n: int = 1, verdict: str = "inconclusive"
) -> dict[str, Any]:
    return {
        "n_sentences": 1200,
        "f1_a": f1_a,
        "f1_b": f1_b,
        "difference": f1_a - f1_b,
        "low": low,
        "high": high,
        "conclusion": verdict,
        "entities": {"both": n},
    }


def test_the_better_run_is_named() -> None:
    says = conclusion(found(0.9, 0.8, 0.05, 0.15), "ILP", "Greedy", 0.95)
    assert says == (
        "ILP is better than Greedy by 0.100: F1 0.900 and 0.800 on 1,200 sentences; "
        "95% interval +0.050 to +0.150."
    )
    says = conclusion(found(0.7, 0.8, -0.15, -0.05), "ILP", "Greedy", 0.95)
    assert says.startswith("Greedy is better than ILP by 0.100: F1 0.700 and 0.800")


def test_what_may_be_chance() -> None:
    says = conclusion(found(0.81, 0.8, -0.01, 0.03), "ILP", "Greedy", 0.95)
    assert says.startswith(
        "Inconclusive: ILP less Greedy is +0.010, but 0 lies in the 95% interval -0.010 to +0.030"
    )


def test_equal_runs_and_none_at_all() -> None:
    assert conclusion(found(0.8, 0.8, 0, 0), "ILP", "Greedy", 0.95).startswith(
        "ILP and Greedy are equal: F1 0.800"
    )
    assert conclusion(found(0, 0, 0, 0, n=0), "A", "B", 0.95) == "There is no such entity in 1,200 sentences."


def test_the_largest_difference_is_on_top_with_its_interval() -> None:
    rows = {
        "de": found(0.9, 0.8, 0.05, 0.2, verdict="A is better"),
        "es": found(0.5, 0.8, -0.4, -0.1, verdict="B is better"),
        "it": found(0.8, 0.8, -0.1, 0.1),
    }
    chart = difference_chart(rows)
    assert list(chart.layout.yaxis.categoryarray) == ["es", "it", "de"]  # plotly begins at the bottom
    by_name = {trace.name.partition(":")[0]: trace for trace in chart.data}
    assert list(by_name["A is better"].y) == ["de"]
    assert by_name["A is better"].error_x.array[0] == rows["de"]["high"] - rows["de"]["difference"]
    assert by_name["B is better"].error_x.arrayminus[0] == rows["es"]["difference"] - rows["es"]["low"]
    assert len({trace.marker.symbol for trace in chart.data}) == 3  # not by colour alone
