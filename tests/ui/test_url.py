"""A widget that follows the URL: what was changed last wins, in the widget or in the address."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from ui import state

OPTIONS = ["ar", "de", "fr"]
DEFAULT = "ar"


def _pages() -> None:
    import streamlit as st

    from ui import state

    page = st.session_state.get("page", "one")
    state.enter_page(page)
    if page == "one":
        options = ["ar", "de", "fr"]
        state.follow_url("lang", "ar", options)
        lang = st.selectbox("Language", options, key="lang")
        if st.session_state.get("interrupted"):
            st.stop()
        state.publish("lang", lang, "ar")
        for each in options:
            st.button(each, key=f"set-{each}", on_click=state.set_widget_value, args=("lang", each))
        state.follow_url("q", "")
        state.publish("q", st.text_input("Search", key="q"), "")


@pytest.fixture(autouse=True)
def at_leisure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is under way any more when the address changes; the tests are quicker than a person."""
    monkeypatch.setattr(state, "UNDER_WAY_SECONDS", 0.0)


def visit(**parameters: str) -> AppTest:
    at = AppTest.from_function(_pages, default_timeout=60)
    return follow(at, **parameters)


def follow(at: AppTest, **parameters: str) -> AppTest:
    """Change the address from outside: a link, the back button, a person who types."""
    at.query_params.clear()
    at.query_params.update(parameters)
    at.run()
    assert not at.exception
    return at


def choose(at: AppTest, lang: str) -> AppTest:
    at.selectbox(key="lang").set_value(lang).run()
    return at


def leave_and_return(at: AppTest) -> AppTest:
    """Visit another page; the links of the navigation carry no parameters."""
    for page in ("two", "one"):
        at.session_state["page"] = page
        follow(at)
    return at


def state_of(at: AppTest) -> tuple[str, dict[str, str]]:
    return at.selectbox(key="lang").value, at.query_params


def test_the_default_is_left_out() -> None:
    assert state_of(visit()) == ("ar", {})


def test_a_value_is_taken_over() -> None:
    assert state_of(visit(lang="de")) == ("de", {"lang": "de"})


def test_a_default_that_a_link_names_stays() -> None:
    assert state_of(visit(lang="ar")) == ("ar", {"lang": "ar"})  # so that the back button can leave it


@pytest.mark.parametrize("value", ["xx", "", "DE", "de,fr"])
def test_an_invalid_value_falls_back_and_vanishes(value: str) -> None:
    assert state_of(visit(lang=value)) == ("ar", {})


def test_an_invalid_value_gives_way_to_the_default_not_to_the_last_choice() -> None:
    at = choose(visit(), "de")
    assert state_of(follow(at, lang="xx")) == ("ar", {})


def test_parameters_of_others_are_kept() -> None:
    at = choose(visit(lang="de", theme="dark"), "fr")
    assert at.query_params == {"lang": "fr", "theme": "dark"}


def test_a_choice_wins_over_the_older_url() -> None:
    at = choose(visit(lang="de"), "fr")
    assert state_of(at) == ("fr", {"lang": "fr"})
    at.run()
    assert state_of(at) == ("fr", {"lang": "fr"})


def test_choosing_the_default_cleans_the_url() -> None:
    assert state_of(choose(visit(lang="de"), "ar")) == ("ar", {})


def test_the_back_button_wins_over_the_older_choice() -> None:
    at = choose(visit(lang="de"), "fr")
    assert state_of(follow(at, lang="de")) == ("de", {"lang": "de"})


def test_back_to_an_url_without_the_parameter_means_the_default() -> None:
    assert state_of(follow(choose(visit(), "fr"))) == ("ar", {})


def test_a_choice_survives_a_visit_to_another_page() -> None:
    at = leave_and_return(choose(visit(), "fr"))
    assert state_of(at) == ("fr", {"lang": "fr"})


def test_coming_back_with_a_parameter_means_the_parameter() -> None:
    at = choose(visit(), "fr")
    at.session_state["page"] = "two"
    follow(at)
    at.session_state["page"] = "one"
    assert state_of(follow(at, lang="de")) == ("de", {"lang": "de"})


def test_any_text_is_taken_where_no_options_are_given() -> None:
    at = visit(q="![x](http://a/b) & 你好")
    assert at.text_input(key="q").value == "![x](http://a/b) & 你好"
    at.text_input(key="q").set_value("").run()
    assert at.query_params == {}


def test_a_click_that_brings_an_older_url_along_is_not_lost() -> None:
    at = choose(visit(lang="de"), "fr")
    at.query_params["lang"] = "de"  # the browser had not heard of fr when the next click was made
    assert state_of(choose(at, "ar")) == ("ar", {})


def test_nor_does_it_undo_what_was_chosen_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "UNDER_WAY_SECONDS", 60.0)
    at = choose(visit(lang="de"), "fr")
    at.query_params["lang"] = "de"
    at.text_input(key="q").set_value("new").run()
    assert state_of(at) == ("fr", {"lang": "fr", "q": "new"})
    assert follow(at, lang="ar").selectbox(key="lang").value == "ar"  # what was not replaced just now counts


def press(at: AppTest, lang: str) -> AppTest:
    """Let a button set the widget."""
    return at.button(key=f"set-{lang}").click().run()


def test_what_was_sent_before_a_button_set_the_widget_does_not_undo_it() -> None:
    at = press(press(visit(lang="de"), "fr"), "ar")
    for old in ("de", "fr", "de"):
        at.query_params["lang"] = old  # the browser has heard of nothing yet
        assert state_of(choose(at, old)) == ("ar", {})
    assert state_of(choose(at, "de")) == ("de", {"lang": "de"})  # it has; a hand chose that


def test_nor_where_the_run_after_the_button_was_interrupted() -> None:
    at = visit(lang="de")
    at.session_state["interrupted"] = True
    press(at, "fr")
    at.session_state["interrupted"] = False
    assert state_of(choose(at, "de")) == ("fr", {"lang": "fr"})


def test_what_a_button_set_once_means_nothing_after_a_visit_to_another_page() -> None:
    at = press(visit(lang="de"), "fr")
    at.session_state["page"] = "two"
    follow(at)
    at.session_state["page"] = "one"
    follow(at, lang="de")
    assert state_of(at.run()) == ("de", {"lang": "de"})
    assert state_of(choose(at, "ar")) == ("ar", {})


def test_nor_what_was_sent_before_the_widget_was_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "SET_UNDER_WAY_SECONDS", 60.0)
    at = press(visit(lang="de"), "fr")
    assert state_of(choose(at, "de")) == ("fr", {"lang": "fr"})
    assert state_of(choose(at, "ar")) == ("ar", {})  # it never held that: a hand chose it
    assert state_of(choose(at, "fr")) == ("fr", {"lang": "fr"})


def test_nor_what_was_sent_before_the_back_button_set_it() -> None:
    at = follow(choose(visit(lang="de"), "fr"), lang="de")
    at.query_params["lang"] = "fr"
    assert state_of(choose(at, "fr")) == ("de", {"lang": "de"})


STEPS = st.tuples(st.sampled_from(["choose", "press"]), st.sampled_from(OPTIONS)) | st.tuples(
    st.just("follow"), st.sampled_from([*OPTIONS, "xx", None])
)


@settings(max_examples=25)
@given(steps=st.lists(STEPS | st.just(("leave", None)), min_size=1, max_size=8))
def test_whatever_happens_the_last_change_wins(steps: list[tuple[str, str | None]]) -> None:
    at = visit()
    expected, named = DEFAULT, False
    for step, value in steps:
        if step in ("choose", "press"):
            assert value is not None
            named = named and expected == value == DEFAULT
            expected = value
            (choose if step == "choose" else press)(at, value)
        elif step == "follow":
            expected, named = (value, True) if value in OPTIONS else (DEFAULT, False)
            follow(at, **({} if value is None else {"lang": value}))
        else:
            leave_and_return(at)
            named = False
        assert state_of(at) == (expected, {"lang": expected} if named or expected != DEFAULT else {})
