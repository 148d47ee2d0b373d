"""The first visit to a server goes straight to a page, past app.py."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.xdist_group("browser")


def test_every_page_is_reached_through_the_router(cold_address: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{cold_address}/dashboard?corpus=demo:de")
    expect(page.get_by_role("heading", name="Dashboard")).to_be_visible()
    expect(page.get_by_role("link", name="Inspect")).to_be_visible()  # the router's navigation
    expect(page).to_have_url(f"{cold_address}/dashboard?corpus=demo%3Ade")


def test_inspect_by_its_own_name(cold_address: str, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{cold_address}/inspect?lang=de&sid=de-river")
    expect(page.get_by_text("Target · German")).to_be_visible()
    expect(page.get_by_role("link", name="Dashboard")).to_be_visible()
    expect(page.get_by_text("ILP projects 3 of 3 entities")).to_be_visible()
