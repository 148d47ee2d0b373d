"""A widget that follows the URL is set only when it has to be: setting it draws it anew in the browser."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.app import choose, open_app

pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache")]


def _page() -> None:
    import streamlit as st

    from ui import state

    state.enter_page("one")
    shown = st.session_state.get("shown", "list")
    options = ["a", "b", "c"] if shown != "buttons" else ["a", "b"]
    state.follow_url("pick", "a", options, drawn=shown != "nothing")
    chosen: str | None
    if shown == "list":
        chosen = st.selectbox("Pick", options, key="pick")
    elif shown == "buttons":
        chosen = st.segmented_control("Pick", options, required=True, key="pick")
    else:
        chosen = state.widget_value("pick")
    state.publish("pick", str(chosen), "a")
    st.text(str(chosen))


def _visit(**parameters: str) -> AppTest:
    at = AppTest.from_function(_page, default_timeout=60)
    at.query_params.update(parameters)
    return at.run()


def _show(at: AppTest, how: str) -> AppTest:
    at.session_state["shown"] = how
    return at.run()


def _is_set(at: AppTest, key: str) -> bool:
    proto: Any = at.get_by_key(key).proto
    return bool(proto.set_value)


def test_a_widget_that_shows_its_value_is_left_alone() -> None:
    at = _visit(pick="b")
    assert _is_set(at, "pick")
    assert not _is_set(at.run(), "pick")
    assert at.text[0].value == "b"


def test_a_widget_is_set_where_the_address_changes() -> None:
    at = _visit(pick="b").run()
    at.query_params["pick"] = "c"
    at.run()
    assert _is_set(at, "pick")
    assert at.text[0].value == "c"


def test_a_choice_survives_when_its_list_becomes_buttons() -> None:
    at = choose(_visit(), "pick", "b")
    assert _show(at, "buttons").text[0].value == "b"
    assert _show(at, "list").text[0].value == "b"


def test_a_choice_survives_while_there_is_no_widget() -> None:
    at = _show(AppTest.from_function(_page, default_timeout=60), "nothing")
    at = choose(_show(at, "list"), "pick", "b")
    for how in ("nothing", "nothing", "list", "list"):
        assert _show(at, how).text[0].value == "b"


def test_a_step_sets_no_switch() -> None:
    at = open_app(corpus="demo", lang="de")
    at.button(key="step1").click().run()
    switches = ("projector", "extraction", "scorer", "other", "gold", "view", "cells", "compare")
    assert [key for key in switches if _is_set(at, key)] == []
    assert _is_set(at, "sid")
