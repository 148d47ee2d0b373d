"""The frame around every page: navigation, the guard, and how errors are shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from ui import state
from xner_core.errors import XnerError

GOTO = "goto"
_HOME = "home"
_FAVICON = "🔗"  # Material icons, here or in st.Page, are fetched from another host


@dataclass(frozen=True, slots=True)
class PageInfo:
    """A page: its stem is the name of its file in pages/ and its path in the URL."""

    stem: str
    title: str


PAGES = (
    PageInfo("inspect", "Inspect"),
    PageInfo("try_it", "Try it"),
    PageInfo("alignment", "Alignment"),
    PageInfo("compare", "Compare"),
    PageInfo("dashboard", "Dashboard"),
    PageInfo("errors", "Errors"),
    PageInfo("corpora", "Corpora"),
    PageInfo("runs", "Runs"),
    PageInfo("corrections", "Corrections"),
    PageInfo("export", "Export"),
)


def route() -> None:
    """Run the page that the URL names; the whole of app.py."""
    state.mark_routed()
    home, *others = PAGES
    pages = {info.stem: st.Page(f"pages/{info.stem}.py", title=info.title) for info in others}
    # Served as "/" only; its own name would be "page not found", so that is a page which leads to it.
    first = st.Page(f"pages/{home.stem}.py", title=home.title, url_path=_HOME, default=True)
    pages = {home.stem: first, **pages}

    def to_first() -> None:
        st.switch_page(first, query_params=st.query_params.to_dict())

    named = st.Page(to_first, title=home.title, url_path=home.stem, visibility="hidden")
    chosen = st.navigation([*pages.values(), named], position="top")
    target = st.query_params.get(GOTO)
    if target in pages:
        parameters = {key: value for key, value in st.query_params.items() if key != GOTO}
        st.switch_page(pages[target], query_params=parameters)
    chosen.run()


def page(stem: str) -> None:
    """Guard a page; call it first.

    A server that has not run app.py yet serves a file of pages/ by itself, without
    the router. Such a visit is sent through the router, its parameters kept.
    """
    info = next(info for info in PAGES if info.stem == stem)
    st.set_page_config(page_title=f"{info.title} · XNER Inspector", page_icon=_FAVICON, layout="wide")
    if not state.is_routed():
        st.switch_page("app.py", query_params={**st.query_params.to_dict(), GOTO: stem})
    state.enter_page(stem)


@contextmanager
def errors_shown() -> Iterator[None]:
    """Show an XnerError as a message and end the run there.

    The message may hold text from a corpus or the URL, so it is shown as plain text:
    st.error would read it as Markdown and fetch images it names.
    """
    try:
        yield
    except XnerError as error:
        with st.container(border=True):
            st.error("This cannot be shown:", icon=":material/error:")
            st.text(str(error))
        st.stop()
