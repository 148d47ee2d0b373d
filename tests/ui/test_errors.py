"""An error that a person can do something about ends the run with a message."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

MESSAGE = "corpus.jsonl, line 3: **bold** ![x](http://192.0.2.1/x.png). Save the file"


def _page(kind: str) -> None:
    import streamlit as st

    from ui.frame import errors_shown
    from xner_core.errors import CorpusError

    st.text("before")
    with errors_shown():
        if kind == "bad corpus":
            raise CorpusError(
                "**bold** ![x](http://192.0.2.1/x.png)", path="corpus.jsonl", line=3, hint="Save the file"
            )
        if kind == "bug":
            raise ZeroDivisionError(kind)
    st.text("after")


def visit(kind: str) -> AppTest:
    return AppTest.from_function(_page, default_timeout=60, args=(kind,)).run()


def test_the_message_is_plain_text_and_the_last_thing_shown() -> None:
    at = visit("bad corpus")
    assert not at.exception
    assert [text.value for text in at.text] == ["before", MESSAGE]
    assert [error.value for error in at.error] == ["This cannot be shown:"]


def test_nothing_is_shown_where_nothing_is_wrong() -> None:
    at = visit("good corpus")
    assert [text.value for text in at.text] == ["before", "after"]
    assert not at.error


def test_a_bug_is_not_taken_for_a_mistake_of_the_user(caplog: pytest.LogCaptureFixture) -> None:
    at = visit("bug")
    assert not at.error
    assert len(at.exception) == 1
    assert "ZeroDivisionError" not in str(at.exception[0].value)  # the reader gets no traceback
