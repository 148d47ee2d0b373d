"""Every page by axe-core, light and dark: no serious fault, and no target that is too small to hit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.demo import write_demo
from tests.e2e.conftest import GRID
from ui.frame import PAGES

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Page]
ALL_IN_SIGHT = 4000
"""Height of the window in pixels: axe leaves out the contrast of what is scrolled out of it."""
BAD = {"serious", "critical"}
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}  # off by default
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
    ("alignment", "corpus={small}", "button"),
    ("compare", "corpus={small}", TABLE),
    ("dashboard", "corpus={small}", FIGURES),
    ("errors", "corpus={small}", FIGURES),
    ("corpora", "do=upload", '[data-testid="stFileUploaderDropzone"]'),
    ("corpora", "do=paste", "textarea"),
    ("runs", "", TABLE),
    ("runs", "show=new", "button"),
]
"""Page, parameters, and what is there once it is drawn. The runs are those that other pages started."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A corpus so small that whatever is computed over it takes seconds."""
    return write_demo(tmp_path_factory.mktemp("small") / "small.jsonl", each=4)


def faults(page: Page) -> list[str]:
    """The serious violations: the rule, how to find the element, and what is wrong with it."""
    found: dict[str, Any] = Axe().run(page, options=OPTIONS).response
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
    ("stem", "query", "drawn"), SHOWN, ids=[f"{stem}-{n}" for n, (stem, *_) in enumerate(SHOWN)]
)
def test_no_serious_fault(
    address: str, open_page: Open, small: str, stem: str, query: str, drawn: str
) -> None:
    path = "" if stem == PAGES[0].stem else stem
    page = open_page(f"{address}/{path}?{query.format(small=small)}", height=ALL_IN_SIGHT)
    expect(page.locator(drawn).first).to_be_visible(timeout=120_000)
    page.wait_for_timeout(700)  # Streamlit fades in what it has drawn
    light = faults(page)
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".stApp")).to_have_css("color-scheme", "dark")
    page.wait_for_timeout(300)
    assert {"light": light, "dark": faults(page)} == {"light": [], "dark": []}


def test_a_fault_within_a_component_is_found(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/try_it", height=ALL_IN_SIGHT)
    page.locator(".label").first.wait_for()
    assert faults(page) == []
    page.locator(".says").evaluate("each => { each.style.color = '#bbb'; }")
    page.locator(".label").first.evaluate(
        "each => { each.disabled = false; each.textContent = ''; each.title = ''; }"
    )
    assert {fault.split(" ")[0] for fault in faults(page)} == {"color-contrast", "button-name"}


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
