"""The form of a component's options."""

from __future__ import annotations

import pytest

from tests.ui.app import open_app, open_panel, rerun, texts
from ui.components.options import _step

pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache")]


@pytest.mark.parametrize(
    ("default", "low", "high", "step"),
    [
        (0.002, 0.001, 1, 0.0001),
        (0.001, 0, 1, 0.0001),
        (1e-4, 0, 0.1, 1e-5),
        (0.03, 0.001, 1, 0.001),
        (0.4, 0, 1, 0.01),
        (1.15, 1, 2, 0.1),
        (30.0, 0, None, 1.0),
        (0.0, 0, 1, 0.01),
        (0.0, None, None, 0.01),
    ],
)
def test_a_step_suits_the_size_of_the_default(
    default: float, low: float | None, high: float | None, step: float
) -> None:
    assert _step(default, low, high) == pytest.approx(step)


def test_a_small_option_is_changed_and_kept() -> None:
    at = open_panel(open_app(lang="de", extraction="softmax"), "options")
    number = at.number_input(key="extraction.softmax.temperature")
    assert (number.value, number.step) == (0.002, pytest.approx(0.0001))
    number.set_value(0.0055)
    assert rerun(at).query_params["extraction.softmax.temperature"] == "0.0055"
    assert at.number_input(key="extraction.softmax.temperature").value == 0.0055


@pytest.mark.parametrize("forged", ["nan", "inf", "-inf", "1e999", "0", "2", "much", "1" * 400])
def test_a_forged_number_falls_back(forged: str) -> None:
    at = open_app(lang="de", extraction="softmax", **{"extraction.softmax.temperature": forged})
    assert not at.error
    open_panel(at, "options")
    assert at.number_input(key="extraction.softmax.temperature").value == 0.002
    assert not at.error


@pytest.mark.parametrize("forged", ["inf", "nan", "1e300", "1" * 400])
def test_a_number_without_an_upper_bound_falls_back_too(forged: str) -> None:
    at = open_panel(open_app(lang="de", **{"projector.ilp.time_limit": forged}), "options")
    assert at.number_input(key="projector.ilp.time_limit").value == 30.0


@pytest.mark.parametrize(
    ("parameters", "option"),
    [
        ({"extraction": "transport", "extraction.transport.threshold": "0"}, "threshold"),
        ({"scorer": "fused", "scorer.fused.parts": "2*nothing"}, "nothing"),
        ({"projector.ilp.prefer": "![x](http://192.0.2.1/x.png)"}, "prefer"),
    ],
)
def test_a_value_that_is_refused_is_explained(parameters: dict[str, str], option: str) -> None:
    at = open_app(lang="de", **parameters)
    assert [error.value for error in at.error] == ["This cannot be shown:"]
    assert any(option in text for text in texts(at))
