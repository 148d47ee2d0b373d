"""Every page by axe-core, light and dark: no serious fault, and no target that is too small to hit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import GRID, drawn
from ui.frame import PAGES

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Page]
Keep = Callable[[Page, str], None]
ALL_IN_SIGHT = 4000
"""Height of the window in pixels: axe leaves out the contrast of what is scrolled out of it."""
BAD = {"serious", "critical"}
ALL_RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}  # off by default
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
"""What can differ between the themes: the elements are the same."""
EXCEPT = {
    # Streamlit writes the chips of a list in white on the primary colour. In the dark theme no one colour is
    # 4.5:1 both under white and, in other widgets, as text on the page.
    "color-contrast": '[data-testid="stMultiSelect"] [data-tag]',
}
"""By rule, what Streamlit itself does and no setting of ours can mend."""

FIGURES = ".js-plotly-plot"
TABLE = '[data-testid="stDataFrame"] canvas'
SHOWN = [
    ("inspect", "lang=de&sid=de-river&scorer=fused", GRID),
    ("inspect", "lang=ar&sid=ar-old-friends&view=links&other=greedy", ".curves"),
    ("try_it", "example=tr", ".label"),
    ("try_it", "example=zh&step=4", ".candidate.chosen"),
    ("try_it", "example=own", "textarea"),
    ("alignment", "corpus=demo:fr", "button"),
    ("compare", "corpus=demo:fr&b=heuristic", TABLE),
    ("dashboard", "corpus=demo:fr", FIGURES),
    ("errors", "corpus=demo:fr", FIGURES),
    ("corpora", "do=upload", '[data-testid="stFileUploaderDropzone"]'),
    ("corpora", "do=paste", "textarea"),
    ("runs", "", TABLE),
    ("runs", "show=new", "button"),
    ("corrections", "cview=queue&lang=fr", TABLE),
    ("corrections", "cview=store", TABLE),
    ("export", "corpus=demo:fr&format=conll2002", TABLE),
    ("export", "way=import", '[data-testid="stFileUploaderDropzone"]'),
]
"""Page, parameters, and what is there once it is drawn. The runs are those that other pages started."""


def faults(page: Page, options: dict[str, Any] = ALL_RULES, within: str | None = None) -> list[str]:
    """The serious violations: the rule, how to find the element, and what is wrong with it."""
    found: dict[str, Any] = Axe().run(page, context=within, options=options).response
    return [
        f"{violation['id']} {node['target']}: {_message(node)}"
        for violation in found["violations"]
        if violation["impact"] in BAD
        for node in violation["nodes"]
        if not _is_excepted(page, violation["id"], node["target"][0])
    ]


def _message(node: dict[str, Any]) -> str:
    return "; ".join(check["message"] for check in (*node["any"], *node["all"], *node["none"]))


def _is_excepted(page: Page, rule: str, target: str | list[str]) -> bool:
    if rule not in EXCEPT or isinstance(target, list):  # a list leads into a component of our own
        return False
    inside = "([target, around]) => document.querySelector(target).closest(around) !== null"
    return bool(page.evaluate(inside, [target, EXCEPT[rule]]))


def test_no_page_is_forgotten() -> None:
    assert {stem for stem, *_ in SHOWN} == {info.stem for info in PAGES}


@pytest.mark.parametrize(
    ("stem", "query", "shown"), SHOWN, ids=[f"{stem}-{n}" for n, (stem, *_) in enumerate(SHOWN)]
)
def test_no_serious_fault(address: str, open_page: Open, stem: str, query: str, shown: str) -> None:
    path = "" if stem == PAGES[0].stem else stem
    page = open_page(f"{address}/{path}?{query}", height=ALL_IN_SIGHT)
    expect(page.locator(shown).first).to_be_visible(timeout=120_000)
    drawn(page)
    light = faults(page)
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".stApp")).to_have_css("color-scheme", "dark")
    drawn(page)
    assert {"light": light, "dark": faults(page, COLOURS)} == {"light": [], "dark": []}


def open_options(page: Page) -> None:
    page.get_by_role("button", name="Options").click()
    page.get_by_role("radio", name="ngrams").wait_for()


def open_keys(page: Page) -> None:
    page.get_by_role("button", name="Keys").click()
    page.get_by_text("matrix or links").wait_for()


def open_forms(page: Page) -> None:
    """All that can be open at the same time."""
    page.get_by_text("What if …").click()
    page.get_by_role("slider", name="Projections (n_proj)").wait_for()
    word = page.locator('.text[data-side="source"]').nth(1)
    word.click()
    page.get_by_role("button", name="MISC").wait_for()
    page.get_by_role("button", name="History").click()
    page.locator(".past .says").wait_for()
    page.locator(".line.chain-pinned").first.wait_for()  # by the click on the word


def open_list(page: Page) -> None:
    page.get_by_role("combobox", name="Links by").click()
    page.get_by_role("option").first.wait_for()


def open_tip(page: Page) -> None:
    page.locator(f"{GRID} td").nth(3).hover()
    page.locator(".tip:popover-open").wait_for()


def open_help(page: Page) -> None:
    page.get_by_role("button", name="Help for Projection").hover()
    page.get_by_role("tooltip").wait_for()


POPOVER = '[data-testid="stPopoverBody"]'
OPENED: tuple[tuple[Callable[[Page], None], int, bool, str | None], ...] = (
    (open_keys, 800, True, POPOVER),  # higher than the window: it scrolls
    (open_options, 1000, False, POPOVER),
    (open_list, 1000, False, '[data-testid="stSelectboxVirtualDropdown"]'),
    (open_tip, 1000, True, None),
    (open_help, 1000, False, '[role="tooltip"]'),
    (open_forms, ALL_IN_SIGHT, True, None),
)
"""What opens, the height of the window (what is scrolled out of a form must be reached too), whether its
colours are our own, and where it stands in the page, if it is in one place."""


@pytest.mark.usefixtures("uncorrected")
def test_what_opens_on_inspect_has_no_serious_fault(address: str, open_page: Open, keep: Keep) -> None:
    page = open_page(f"{address}/?lang=de&sid=de-river")
    page.locator(GRID).wait_for()
    found = {}
    for prepare, height, is_ours, within in OPENED:
        page.set_viewport_size({"width": 1280, "height": height})
        prepare(page)
        drawn(page)
        found[f"{prepare.__name__}, light"] = faults(page, within=within)
        if is_ours:
            page.emulate_media(color_scheme="dark")
            expect(page.locator(".stApp")).to_have_css("color-scheme", "dark")
            drawn(page)
            found[f"{prepare.__name__}, dark"] = faults(page, COLOURS, within)
            keep(page, f"inspect-{prepare.__name__.replace('_', '-')}-dark")
            page.emulate_media(color_scheme="light")
        page.keyboard.press("Escape")
        page.mouse.move(2, 2)
        drawn(page)
    assert {what: said for what, said in found.items() if said} == {}


def test_a_fault_within_a_component_is_found(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/try_it", height=ALL_IN_SIGHT)
    page.locator(".label").first.wait_for()
    assert faults(page) == []
    page.locator(".says").evaluate("each => { each.style.color = '#bbb'; }")
    page.locator(".label").first.evaluate(
        "each => { each.disabled = false; each.textContent = ''; each.title = ''; }"
    )
    assert {fault.split(" ")[0] for fault in faults(page)} == {"color-contrast", "button-name"}
    assert {fault.split(" ")[0] for fault in faults(page, COLOURS)} == {"color-contrast"}


def test_what_has_the_focus_is_seen(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/try_it?example=de")
    word = page.locator(".source .word").first
    word.focus()
    page.keyboard.press("ArrowRight")
    seen = "each => getComputedStyle(each).outlineStyle"
    assert page.locator(".word:focus").evaluate(seen) == "dashed"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(".label:focus").evaluate(seen) == "dashed"


@pytest.mark.parametrize(
    ("stem", "query", "button", "start"),
    [
        ("dashboard", "corpus=demo:fr", "Languages: 1", "Show only"),
        ("runs", "show=new", "Options", "Source entities"),
    ],
)
def test_what_a_popover_holds_is_next(
    address: str, open_page: Open, stem: str, query: str, button: str, start: str
) -> None:
    page = open_page(f"{address}/{stem}?{query}")
    opener = page.get_by_role("button", name=button, disabled=False).first
    opener.focus(timeout=120_000)
    drawn(page)
    page.keyboard.press("Enter")
    expect(page.locator(".root:focus", has_text=start)).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("(inside) => document.activeElement.closest(inside) !== null", POPOVER)
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
