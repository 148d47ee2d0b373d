"""The first visit to a server goes straight to a page, past app.py."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import serve
from ui.frame import PAGES, PageInfo

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Page]

NAMED = {
    "inspect": "lang=de&sid=de-river",
    "try_it": "example=ar&step=1",
    "alignment": "corpus=none%3Ahere",
    "compare": "corpus=none%3Ahere",
    "dashboard": "corpus=none%3Ahere",
    "errors": "corpus=none%3Ahere",
    "corpora": "do=paste",
    "runs": "do=new",
    "corrections": "cview=store",
    "export": "way=import",
}
"""What a link to each page may name, and what must survive the detour through the router."""


@pytest.mark.parametrize("info", PAGES, ids=lambda info: info.stem)
def test_a_page_is_reached_through_the_router_with_its_parameters(info: PageInfo, open_page: Open) -> None:
    with serve() as address:
        page = open_page(f"{address}/{info.stem}?{NAMED[info.stem]}")
        expect(page.get_by_role("heading", name=info.title, exact=True)).to_be_visible()
        for other in PAGES:  # the router's navigation
            expect(page.get_by_role("link", name=other.title, exact=True).first).to_be_visible()
        path = "" if info is PAGES[0] else info.stem
        expect(page).to_have_url(f"{address}/{path}?{NAMED[info.stem]}")
        if info is PAGES[0]:  # the model is loaded for it
            expect(page.get_by_text("Target · German")).to_be_visible()
            expect(page.get_by_text("ILP projects 3 of 3 entities")).to_be_visible()
        page.close()  # before its server goes
