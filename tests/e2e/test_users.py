"""Two people at once, each on sentences and settings of their own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Page]
AT_MOST = 10.0
"""Seconds for an answer on a machine that is busy with other tests; by itself it takes a fifth of one."""


@contextmanager
def soon() -> Iterator[None]:
    """What is done within, with its answer, must not take long."""
    start = time.monotonic()
    yield
    assert time.monotonic() - start < AT_MOST


def test_neither_sees_what_the_other_chose(address: str, open_page: Open) -> None:
    one = open_page(f"{address}/?lang=de&sid=de-river&projector=greedy")
    other = open_page(f"{address}/?lang=ar&sid=ar-old-friends&projector=heuristic", own=True)
    expect(one.get_by_text("Greedy projects 3 of 3 entities")).to_be_visible()
    expect(other.get_by_text("Heuristic projects 4 of 4 entities")).to_be_visible()
    for projector in ("ILP", "Greedy", "Heuristic"):
        with soon():
            before = one.url
            one.get_by_role("button", name="Next").click()
            expect(one).not_to_have_url(before)
        with soon():
            other.get_by_role("radio", name=projector, exact=True).click()
            expect(other.get_by_text(f"{projector} projects")).to_be_visible()
    expect(one.get_by_role("radio", name="Greedy", exact=True)).to_be_checked()
    expect(one.get_by_text("Target · German")).to_be_visible()
    assert "projector=greedy" in one.url
    expect(other.get_by_text("Target · Arabic")).to_be_visible()
    assert "sid=ar-old-friends" in other.url


def test_what_one_marks_the_other_does_not_see(address: str, open_page: Open) -> None:
    one, other = (open_page(f"{address}/try_it?example=zh", own=own) for own in (False, True))
    for page in (one, other):
        expect(page.locator(".entity")).to_have_count(4)
    one.locator(".source .word", has_text="met").click()
    one.get_by_role("button", name="MISC", exact=True).click()
    expect(one.get_by_text("5 entities, marked by you.")).to_be_visible()
    expect(one.locator(".entity")).to_have_count(5)
    other.get_by_role("button", name="Next").click()
    expect(other.get_by_role("heading", name="2 · Which words mean the same?")).to_be_visible()
    expect(other.locator(".entity")).to_have_count(4)
    assert "marks" not in other.url
