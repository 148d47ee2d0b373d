"""From one sentence that two projectors disagree about to the next."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.app import choose, compared, open_app, rerun, set_field, texts
from ui.components import disagreement
from xner_core.corpora import load
from xner_core.errors import XnerError

pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache")]
TURKISH = {"lang": "tr", "extraction": "itermax"}
IDS = [pair.id for pair in load("demo:tr").pairs]
FIRST, SECOND, LAST = (
    IDS.index(sid) for sid in ("tr-long-organisations", "tr-same-word-two-types", "tr-river")
)
"""Where greedy and ILP differ."""
EARLIER, LATER = -1, 1


def press(at: AppTest, step: int) -> AppTest:
    at.button(key=f"disagreement{step}").click()
    return rerun(at)


def sid(at: AppTest) -> str:
    return str(at.selectbox(key="sid").value)


def told(at: AppTest) -> list[str]:
    return [text for text in texts(at) if "do not differ in" in text]


def test_the_buttons_lead_to_the_sentences_that_differ() -> None:
    at = press(open_app(**TURKISH, sid=IDS[FIRST + 1], entity="0"), LATER)
    assert sid(at) == IDS[SECOND]
    assert at.query_params == {**TURKISH, "sid": IDS[SECOND]}
    assert any("Greedy and ILP differ" in line for line in compared(at))
    assert told(at) == []
    press(at, LATER)
    assert sid(at) == IDS[LAST]
    press(at, LATER)
    assert sid(at) == IDS[LAST]
    n = len(IDS) - LAST - 1
    assert told(at) == [f"Greedy and ILP do not differ in the {n} later sentences; there are no more."]
    choose(at, "sid", IDS[LAST + 1])
    assert told(at) == []
    for place in (LAST, SECOND, FIRST):
        press(at, EARLIER)
        assert sid(at) == IDS[place]


def test_the_first_and_the_last_sentence_have_one_way_only() -> None:
    for place, (before, after) in ((0, (True, False)), (-1, (False, True))):
        at = open_app(**TURKISH, sid=IDS[place])
        assert at.button(key="disagreement-1").disabled is before
        assert at.button(key="disagreement1").disabled is after


def test_a_search_stops_and_goes_on_at_the_next_press(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disagreement, "_MOST", 2)
    at = press(open_app(**TURKISH, sid=IDS[SECOND - 3]), LATER)
    assert sid(at) == IDS[SECOND - 3]
    says = "Greedy and ILP do not differ in the nearest {}. Press again to look further."
    assert told(at) == [says.format("2 later sentences")]
    monkeypatch.setattr(disagreement, "_MOST", 1)
    press(at, EARLIER)  # another way starts again
    assert told(at) == [says.format("earlier sentence")]
    press(at, LATER)
    press(at, LATER)
    assert told(at) == [says.format("2 later sentences")]
    press(at, LATER)
    assert sid(at) == IDS[SECOND]
    at = press(open_app(**TURKISH, sid=IDS[SECOND - 3]), LATER)
    assert told(at) == [says.format("later sentence")]
    choose(at, "other", "heuristic")  # other projectors: nothing is said of them yet
    assert told(at) == []


def test_a_slow_search_stops_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disagreement, "_SECONDS", 0.0)
    at = press(open_app(**TURKISH, sid=IDS[SECOND - 3]), LATER)
    assert "nearest later sentence. Press again" in told(at)[0]


def test_what_people_said_of_a_sentence_counts() -> None:
    at = open_app(**TURKISH, sid=IDS[LAST])
    set_field(at, "source", [[1, 2, "LOC"]])
    assert not any("differ" in line for line in compared(at))
    press(choose(at, "sid", IDS[SECOND]), LATER)
    assert sid(at) == IDS[SECOND]
    assert "there are no more." in told(at)[0]


def test_only_what_was_found_is_gone_through() -> None:
    at = open_app(**TURKISH, q="danub", sid=IDS[LAST])
    assert at.button(key="disagreement-1").disabled
    assert at.button(key="disagreement1").disabled


def test_what_cannot_be_projected_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_app(**TURKISH, sid=IDS[-3])

    def fails(problem: object, one: object, other: object) -> object:
        raise XnerError("broken")

    monkeypatch.setattr(disagreement, "differences", fails)
    assert told(press(at, LATER)) == [
        "Greedy and ILP do not differ in the 2 later sentences; there are no more. "
        "2 of them could not be projected."
    ]
