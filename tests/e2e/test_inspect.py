"""Inspect in a real browser, on the demonstration corpus."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import GRID

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Page]
Keep = Callable[[Page, str], None]


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).click()


def entities(page: Page, lane: str) -> list[str]:
    """Labels of a lane's entities, as their tooltips name them."""
    boxes = page.locator(f'.segment.first[title*="· {lane}"]')
    return [str(title).split(" · ")[0] for title in boxes.evaluate_all("all => all.map(each => each.title)")]


def test_language_sentence_and_projector_are_switched(address: str, open_page: Open, keep: Keep) -> None:
    page = open_page(address)
    expect(page.locator(GRID)).to_be_visible()
    choose(page, "Target language", "German (de)")
    expect(page.get_by_text("Target · German")).to_be_visible()
    expect(page.locator("bdi.text", has_text="lebt")).to_be_visible()
    expect(page.get_by_text("ILP projects 2 of 2 entities")).to_be_visible()
    assert entities(page, "ILP") == ["PER", "LOC"]
    assert entities(page, "gold") == ["PER", "LOC"]
    keep(page, "inspect-german")

    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("ILP projects 3 of 3 entities")).to_be_visible()
    assert sorted(entities(page, "ILP")) == ["DATE", "LOC", "LOC"]

    page.get_by_role("radio", name="Heuristic").click()
    expect(page.get_by_text("Heuristic projects 3 of 3 entities")).to_be_visible()
    assert sorted(entities(page, "Heuristic")) == ["DATE", "LOC", "LOC"]
    assert entities(page, "ILP") == []
    expect(page).to_have_url(f"{address}/?lang=de&sid=de-late-train&projector=heuristic")


def test_a_permalink_shows_the_same_again(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/?lang=fi&sid=fi-title&projector=greedy&extraction=argmax")
    expect(page.get_by_text("Target · Finnish")).to_be_visible()
    expect(page.get_by_text("Greedy projects 3 of 3 entities")).to_be_visible()
    expect(page.get_by_role("combobox", name="Links by")).to_have_value("argmax")
    expect(page).to_have_url(f"{address}/?lang=fi&sid=fi-title&projector=greedy&extraction=argmax")


def test_the_browsers_back_button_undoes_a_choice(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/?lang=es")
    expect(page.locator(GRID)).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page).to_have_url(f"{address}/?lang=es&sid=es-late-train")
    page.go_back()
    expect(page.get_by_text("ILP projects 2 of 2 entities")).to_be_visible()
    expect(page).to_have_url(f"{address}/?lang=es")


def test_a_bad_parameter_falls_back(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/?lang=xx&sid=nothing&projector=oracle")
    expect(page.get_by_text("Target · Arabic")).to_be_visible()
    expect(page.get_by_text("ILP projects 2 of 2 entities")).to_be_visible()


def test_arabic_runs_from_the_right(address: str, open_page: Open, keep: Keep) -> None:
    page = open_page(f"{address}/?lang=ar&sid=ar-old-friends")
    expect(page.locator(GRID)).to_have_attribute("dir", "rtl")
    words = page.locator(".sentence .flow[lang=ar] .word")
    first, second = words.nth(0).bounding_box(), words.nth(1).bounding_box()
    assert first is not None
    assert second is not None
    assert first["x"] > second["x"]
    source = page.locator(".sentence .flow[lang=en]")
    expect(source).to_have_attribute("dir", "ltr")
    keep(page, "inspect-arabic")


def test_chinese_in_the_dark_on_a_narrow_screen(address: str, open_page: Open, keep: Keep) -> None:
    page = open_page(f"{address}/?lang=zh&sid=zh-long", width=420, height=1800, dark=True)
    expect(page.get_by_text("Target · Chinese")).to_be_visible()
    expect(page.locator(GRID)).to_be_visible()
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    keep(page, "inspect-chinese-narrow-dark")


def test_a_sentence_without_entities_says_so(address: str, open_page: Open, keep: Keep) -> None:
    page = open_page(f"{address}/?lang=tr&sid=tr-none-soup")
    expect(page.get_by_text("has no entities, so there is nothing to project")).to_be_visible()
    expect(page.get_by_text("There is nothing to list")).to_be_visible()
    keep(page, "inspect-no-entities")


def test_searching_narrows_the_list(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/?lang=it")
    search = page.get_by_role("textbox", name="Search")
    search.fill("danub")
    search.press("Enter")
    expect(page.get_by_text("Sentence (1)")).to_be_visible()
    expect(page.get_by_text("ILP projects 3 of 3 entities")).to_be_visible()
    search.fill("no such word")
    search.press("Enter")
    expect(page.get_by_text("No sentence has that text")).to_be_visible()


def test_greedy_and_ilp_are_compared_in_words(address: str, open_page: Open, keep: Keep) -> None:
    page = open_page(f"{address}/?lang=tr&sid=tr-river&extraction=itermax", width=1400, height=1750)
    expect(page.get_by_text("Greedy and ILP differ: ILP's total is 0.83 higher")).to_be_visible()
    difference = "“Budapest” (LOC): greedy chooses nothing, ILP “Budapeşte” (+1.00)."
    expect(page.get_by_text(difference)).to_be_visible()
    expect(page.get_by_text("Greedy: 2.50 in total; at most 3.50 is possible.")).to_be_visible()
    expect(page.get_by_text("ILP: 3.33 in total; no matching has a larger total.")).to_be_visible()
    expect(page.get_by_text("the next best matching has").or_(page.get_by_text("A tie:"))).to_be_visible()
    keep(page, "inspect-greedy-ilp")


def test_score_and_constraint_are_changed(address: str, open_page: Open, keep: Keep) -> None:
    page = open_page(f"{address}/?lang=tr&sid=tr-river&extraction=itermax", height=1500)
    page.get_by_role("radio", name="fused").click()
    expect(page.get_by_text("ILP projects 3 of 3 entities; total score 2.")).to_be_visible()
    page.get_by_role("button", name="Options").click()
    expect(page.get_by_role("radio", name="ngrams")).to_be_checked()
    relation = page.get_by_role("combobox", name="relation")
    relation.scroll_into_view_if_needed()  # first: an open list closes when what lies behind it scrolls
    page.wait_for_timeout(300)
    relation.click()
    page.get_by_role("option", name="==").click()
    expect(page).to_have_url(
        f"{address}/?lang=tr&sid=tr-river&extraction=itermax&scorer=fused&projector.ilp.relation=%3D%3D"
    )
    number = page.get_by_role("spinbutton", name="n proj")
    number.fill("3")
    number.press("Enter")
    expect(page.get_by_text("lacks").first).to_be_visible()
    keep(page, "inspect-options")


def test_a_long_sentence_with_scores_for_every_n_gram(address: str, open_page: Open, keep: Keep) -> None:
    page = open_page(f"{address}/?lang=de&sid=de-long&scorer=soft-alignment", width=1600, height=2000)
    expect(page.get_by_text("ILP projects 8 of 8 entities")).to_be_visible()
    expect(page.get_by_text("The best 12 of each entity")).to_be_visible()
    keep(page, "inspect-soft-alignment")


def test_a_sentence_that_was_found_stays_when_the_search_is_cleared(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/?lang=it&q=danub")
    expect(page.get_by_text("Sentence (1)")).to_be_visible()
    search = page.get_by_role("textbox", name="Search")
    search.fill("")
    search.press("Enter")
    expect(page.get_by_text("Sentence (24)")).to_be_visible()
    expect(page).to_have_url(f"{address}/?lang=it&sid=it-river")
