"""Inspect in a real browser, on the demonstration corpus."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import GRID, drawn

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


def test_a_bad_parameter_falls_back(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/?lang=xx&sid=nothing&projector=oracle")
    expect(page.get_by_text("Target · Arabic")).to_be_visible()
    expect(page.get_by_text("ILP projects 2 of 2 entities")).to_be_visible()


def test_arabic_and_the_arrow_keys_run_from_the_right(address: str, open_page: Open, keep: Keep) -> None:
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
    page.locator(f"{GRID} td").first.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(f"{GRID} td:focus")).to_have_attribute("data-j", "1")


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


def test_searching_narrows_the_list_and_what_was_found_stays(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/?lang=it&q=danub")
    search = page.get_by_role("textbox", name="Search")
    expect(page.get_by_text("Sentence (1)")).to_be_visible()
    expect(page.get_by_text("ILP projects 3 of 3 entities")).to_be_visible()
    search.fill("")
    search.press("Enter")
    expect(page.get_by_text("Sentence (24)")).to_be_visible()
    expect(page).to_have_url(f"{address}/?lang=it&sid=it-river")
    search.fill("no such word")
    search.press("Enter")
    expect(page.get_by_text("No sentence has that text")).to_be_visible()


def test_greedy_and_ilp_are_compared_and_options_changed(address: str, open_page: Open, keep: Keep) -> None:
    page = open_page(f"{address}/?lang=tr&sid=tr-river&extraction=itermax", width=1400, height=1750)
    expect(page.get_by_text("Greedy and ILP differ: ILP's total is 0.83 higher")).to_be_visible()
    difference = "“Budapest” (LOC): greedy chooses nothing, ILP “Budapeşte” (+1.00)."
    expect(page.get_by_text(difference)).to_be_visible()
    expect(page.get_by_text("Greedy: 2.50 in total; at most 3.50 is possible.")).to_be_visible()
    expect(page.get_by_text("ILP: 3.33 in total; no matching has a larger total.")).to_be_visible()
    expect(page.get_by_text("the next best matching has").or_(page.get_by_text("A tie:"))).to_be_visible()
    keep(page, "inspect-greedy-ilp")

    page.get_by_role("radio", name="fused").click()
    expect(page.get_by_text("ILP projects 3 of 3 entities; total score 2.")).to_be_visible()
    page.get_by_role("button", name="Options").click()
    expect(page.get_by_role("radio", name="ngrams")).to_be_checked()
    page.keyboard.press("Escape")
    page.get_by_text("What if …").click()
    page.get_by_role("radio", name="==").click()
    expect(page).to_have_url(
        f"{address}/?lang=tr&sid=tr-river&extraction=itermax&scorer=fused&projector.ilp.relation=%3D%3D"
    )
    number = page.get_by_role("slider", name="Projections (n_proj)")
    number.focus()
    number.press("ArrowRight")
    number.press("ArrowRight")
    expect(page.get_by_text("lacks").first).to_be_visible()
    keep(page, "inspect-options")


def test_a_long_sentence_with_scores_for_every_n_gram(address: str, open_page: Open, keep: Keep) -> None:
    page = open_page(f"{address}/?lang=de&sid=de-long&scorer=soft-alignment", width=1600, height=2000)
    expect(page.get_by_text("ILP projects 8 of 8 entities")).to_be_visible()
    expect(page.get_by_role("button", name="more have a score").first).to_be_visible()
    page.get_by_role("button", name="more have a score").first.click()
    expect(page.get_by_role("button", name="Show the best only")).to_be_visible()
    keep(page, "inspect-soft-alignment")


def test_one_entity_is_followed_through_all_panels(address: str, open_page: Open, keep: Keep) -> None:
    page = open_page(f"{address}/?lang=tr&sid=tr-river&extraction=itermax", height=1700)
    entity = page.get_by_role("button", name="“Budapest” · LOC · entities")
    hot, pinned = page.locator(".chain-hot"), page.locator(".chain-pinned")
    entity.hover()
    expect(page.locator(".sentence .chain-hot")).to_have_count(4)  # two words, two entities
    expect(page.locator("tbody.chain-hot")).to_contain_text("Budapest")
    lines = page.locator(".line.chain-hot")
    expect(lines).to_have_text([re.compile("^“Budapest”")] * 3)  # of greedy, of ILP, and what separates them
    page.mouse.move(2, 2)
    expect(hot).to_have_count(0)
    page.locator(".line", has_text="“Budapest” → “Budapeşte”").hover()
    expect(page.locator(".sentence .chain-hot")).to_have_count(4)
    expect(page.locator("tbody.chain-hot")).to_contain_text("Budapest")
    page.mouse.move(2, 2)
    expect(hot).to_have_count(0)

    entity.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/?lang=tr&sid=tr-river&extraction=itermax&entity=1")
    expect(entity).to_have_attribute("aria-pressed", "true")
    expect(page.locator("tbody.chain-pinned")).to_contain_text("Budapest")
    keep(page, "inspect-chain")

    row = page.locator("tbody", has_text="Danube").locator("tr.candidate").first
    row.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/?lang=tr&sid=tr-river&extraction=itermax&entity=0")
    again = open_page(page.url, own=True)
    expect(again.locator("tbody.chain-pinned")).to_contain_text("Danube")
    line = page.locator(".line", has_text="“Danube” → “Tuna Nehri” LOC")
    expect(line).to_have_attribute("aria-pressed", "true")
    line.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("tbody.chain-pinned")).to_contain_text("Budapest")
    expect(page.locator(".line:focus")).to_have_text("“Budapest” → “Budapeşte” LOC, score 1.00.")
    page.keyboard.press("Escape")
    expect(pinned).to_have_count(0)
    expect(page).to_have_url(f"{address}/?lang=tr&sid=tr-river&extraction=itermax")


def test_back_brings_a_sentence_with_its_pinned_entity(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/?lang=tr&sid=tr-river&entity=1")
    expect(page.locator("tbody.chain-pinned")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page).to_have_url(f"{address}/?lang=tr&sid=tr-retirement")
    expect(page.locator(".chain-pinned")).to_have_count(0)
    page.wait_for_timeout(400)  # quicker than a person the older address counts as under way
    page.go_back()
    expect(page).to_have_url(f"{address}/?lang=tr&sid=tr-river&entity=1")
    expect(page.locator("tbody.chain-pinned")).to_be_visible()
    expect(page.get_by_text("ILP projects 3 of 3 entities")).to_be_visible()


def test_keys_of_the_page(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/?lang=tr&sid=tr-river&extraction=itermax")
    expect(page.locator("tr.candidate").first).to_be_visible()
    for key in "2gm1g2":  # faster than the server answers
        page.keyboard.press(key)
    expect(page.get_by_text("Greedy projects 2 of 3 entities")).to_be_visible()
    expect(page.get_by_role("radio", name="Links")).to_be_checked()
    expect(page.get_by_text("Against gold:")).to_be_visible()
    expect(page).to_have_url(
        f"{address}/?lang=tr&sid=tr-river&extraction=itermax&projector=greedy&view=links"
    )
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("m1")
    for key in ("ControlOrMeta+a", "Delete"):
        page.keyboard.press(key)
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_text("matrix or links")).to_be_visible()
    expect(page.get_by_role("radio", name="Links")).to_be_checked()


def test_keys_lead_to_the_sentences_that_two_projectors_project_differently(
    address: str, open_page: Open
) -> None:
    page = open_page(f"{address}/?lang=tr&sid=tr-same-word-two-types&extraction=itermax")
    differ = page.locator(".line", has_text="Greedy and ILP differ")
    expect(differ).to_be_visible()
    page.keyboard.press("Shift+ArrowDown")
    expect(page).to_have_url(f"{address}/?lang=tr&sid=tr-river&extraction=itermax")
    expect(differ).to_have_text(re.compile("ILP's total is 0.83 higher"))
    drawn(page)
    page.keyboard.press("Shift+ArrowDown")
    expect(page.get_by_text("do not differ in the 4 later sentences; there are no more.")).to_be_visible()
    page.locator("tr.candidate").first.focus()
    page.keyboard.press("Shift+ArrowUp")
    expect(page).to_have_url(f"{address}/?lang=tr&sid=tr-same-word-two-types&extraction=itermax")
    page.wait_for_timeout(400)  # quicker than a person the older address counts as under way
    page.go_back()
    expect(page).to_have_url(f"{address}/?lang=tr&sid=tr-river&extraction=itermax")
    expect(differ).to_have_text(re.compile("ILP's total is 0.83 higher"))


def test_what_a_popover_holds_is_reached_with_keys(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/?lang=de&sid=de-river", height=600)
    expect(page.locator("tr.candidate").first).to_be_visible()
    options, keys = page.get_by_role("button", name="Options"), page.get_by_role("button", name="Keys")
    options.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".root:focus", has_text="Options of each stage")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="auto")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="gold")).to_be_checked()
    drawn(page)
    page.keyboard.press("Escape")
    expect(options).to_be_focused()

    keys.focus()
    page.keyboard.press("Enter")
    listed = page.get_by_role("region", name="Keys of this page")
    expect(listed).to_be_focused()
    last = page.get_by_text("Keys without Shift or Ctrl")
    for _ in range(30):
        page.keyboard.press("ArrowDown")
    expect(last).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(keys).to_be_focused()
