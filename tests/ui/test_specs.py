"""Corpora that were typed in can be picked again."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def _remember() -> None:
    import streamlit as st

    from ui import state

    for spec in st.query_params.get_all("spec"):
        state.remember_spec(spec)
    st.text("\n".join(state.remembered_specs()))


def visit() -> AppTest:
    return AppTest.from_function(_remember, default_timeout=60)


def remembered(at: AppTest, *specs: str) -> list[str]:
    at.query_params["spec"] = list(specs)
    [text] = at.run().text
    return text.value.split("\n") if text.value else []


def test_nothing_is_remembered_at_first() -> None:
    assert remembered(visit()) == []


def test_specs_are_kept_in_order_and_once() -> None:
    at = visit()
    assert remembered(at, "demo:de", "demo:fr") == ["demo:de", "demo:fr"]
    assert remembered(at, "demo:de") == ["demo:de", "demo:fr"]


def test_the_oldest_are_forgotten() -> None:
    at = visit()
    found = remembered(at, *(f"jsonl:{n}" for n in range(25)))
    assert found == [f"jsonl:{n}" for n in range(5, 25)]
