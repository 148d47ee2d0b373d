"""However a page is reached, the router runs first."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT
from tests.ui.app import WITH_CORPUS, go_to, grid, open_app, rerun, words
from ui.frame import GOTO, PAGES, PageInfo

pytestmark = [pytest.mark.xdist_group("app"), pytest.mark.usefixtures("own_cache")]


def heading(at: AppTest) -> str:
    [header] = at.header
    return header.value


def registered(at: AppTest) -> set[str]:
    """Files of the pages that st.navigation announced; without the router there are none."""
    return {str(page["script_path"]) for page in at._registered_pages.values() if "url_pathname" in page}


def test_the_app_starts_with_its_first_page() -> None:
    assert heading(open_app()) == PAGES[0].title


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_served_without_the_router_is_sent_through_it(page: PageInfo) -> None:
    at = open_app(page.stem, corpus="demo:de")
    assert heading(at) == page.title
    files = {str(ROOT / "pages" / f"{each.stem}.py") for each in PAGES}
    assert registered(at) - {""} == files  # what leads from the first page's name to it has no file
    assert at.query_params == {"corpus": "demo:de"}  # kept, and the detour leaves no trace
    if page.stem in WITH_CORPUS:
        assert at.selectbox(key="corpus").value == "demo:de"


def test_all_parameters_arrive_behind_the_detour() -> None:
    at = open_app("inspect", lang="de", sid="de-river", projector="greedy", extraction="argmax", q="danube")
    assert at.query_params["projector"] == "greedy"
    assert at.query_params["extraction"] == "argmax"
    assert grid(at)["doc"].endswith("/de-river")
    assert words(grid(at)["source"])[:2] == ["The", "Danube"]


@pytest.mark.parametrize("target", ["", "../app", "https://example.org", "pages/dashboard.py"])
def test_an_unknown_target_leads_to_the_first_page(target: str) -> None:
    assert heading(open_app(**{GOTO: target})) == PAGES[0].title


def test_after_the_detour_the_page_stays() -> None:
    at = open_app("dashboard", corpus="demo:de")
    assert heading(rerun(at)) == "Dashboard"


def test_the_corpus_goes_along_to_the_other_page_and_back() -> None:
    at = open_app(corpus="demo:fr")
    go_to(at, "dashboard")
    assert (heading(at), at.selectbox(key="corpus").value) == ("Dashboard", "demo:fr")
    assert at.query_params == {"corpus": "demo:fr"}
    go_to(at, "inspect")
    assert (heading(at), at.selectbox(key="corpus").value) == ("Inspect", "demo:fr")
