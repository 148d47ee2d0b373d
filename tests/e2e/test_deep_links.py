"""Links to a page and the browser's back button, on a server that runs already."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import drawn

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Page]
RIVER = "lang=de&sid=de-river"


def go(page: Page, title: str) -> None:
    """Follow the navigation."""
    page.get_by_role("link", name=title, exact=True).first.click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()


def back(page: Page) -> None:
    """Go back once the page is done: Streamlit may miss the back button while it still draws."""
    drawn(page)
    page.wait_for_timeout(400)  # quicker than a person the older address counts as under way
    page.go_back()


def test_the_first_page_is_found_by_its_own_name(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/?{RIVER}")  # from now on the router is known
    expect(page.get_by_text("Target · German")).to_be_visible()
    again = open_page(f"{address}/inspect?{RIVER}")
    expect(again.get_by_text("ILP projects 3 of 3 entities")).to_be_visible()
    expect(again.get_by_text("Page not found")).to_have_count(0)
    expect(again).to_have_url(f"{address}/?{RIVER}")


def test_back_leads_through_the_pages_in_turn(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/try_it?example=ar&step=4")
    page.get_by_role("link", name="Open in Inspect").click()
    expect(page.get_by_text("Target · Arabic")).to_be_visible()
    back(page)  # one step, though the link named defaults
    expect(page.get_by_role("heading", name="Try it", exact=True)).to_be_visible()
    expect(page.get_by_role("radio", name="4 Choose")).to_be_checked()
    expect(page.get_by_role("radio", name="Arabic")).to_be_checked()


def test_back_undoes_a_step_after_a_visit_to_another_page(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/try_it?example=de")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="2 · Which words mean the same?")).to_be_visible()
    go(page, "Corpora")
    back(page)
    expect(page.get_by_role("heading", name="2 · Which words mean the same?")).to_be_visible()
    back(page)
    expect(page.get_by_role("heading", name="1 · Which names are in the source")).to_be_visible()
