"""Correcting on Inspect in a real browser: by keyboard alone, and two people at one sentence."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ROOT
from tests.e2e.conftest import GRID, drawn

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.usefixtures("uncorrected")]
Open = Callable[..., Page]
Keep = Callable[[Page, str], None]
RIVER = "?lang=de&sid=de-river"


def entity(page: Page, name: str) -> None:
    """Wait for an entity of the source sentence by its words and label."""
    expect(page.get_by_role("button", name=re.compile(f"^{name} · entities"))).to_be_visible()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def saved(page: Page, steps: int) -> None:
    """Wait until the history has so many steps."""
    expect(page.get_by_role("button", name=f"History ({steps})", exact=True)).to_be_visible()


def test_an_entity_is_corrected_with_keys_alone_and_stays(address: str, open_page: Open, keep: Keep) -> None:
    page = open_page(f"{address}/{RIVER}")
    expect(page.locator(GRID)).to_be_visible()
    page.get_by_role("button", name="Keys").focus()
    press(page, "Tab", "Tab")  # what if, then the first word
    expect(page.locator(".text:focus")).to_have_text("The")
    press(page, "ArrowRight", "Shift+ArrowRight")
    expect(page.locator(".text.chosen")).to_have_text(["Danube", "flows"])
    press(page, "2")  # a label now, no projector
    entity(page, "“Danube flows” · ORG")
    expect(page.get_by_text("“Danube” (LOC), now “Danube flows” (ORG)")).to_be_visible()
    saved(page, 1)
    press(page, " ", "Alt+ArrowLeft")  # all of it; its end one word earlier
    entity(page, "“Danube” · ORG")
    saved(page, 2)
    boxes = page.locator('.segment.first[title*="· entities ·"]')
    expect(boxes).to_have_count(3)
    press(page, "Delete")
    saved(page, 3)
    expect(boxes).to_have_count(2)
    press(page, "Control+z")
    expect(boxes).to_have_count(3)
    press(page, "Escape")
    expect(page.locator(".text.chosen")).to_have_count(0)
    press(page, "2")  # the projector again
    expect(page).to_have_url(f"{address}/{RIVER}&projector=greedy")
    press(page, "f")
    expect(page.get_by_role("button", name="needs review")).to_have_attribute("aria-pressed", "true")
    keep(page, "inspect-corrected")

    page.reload()
    entity(page, "“Danube” · ORG")
    saved(page, 5)
    expect(boxes).to_have_count(3)
    again = open_page(f"{address}/{RIVER}", own=True)
    entity(again, "“Danube” · ORG")
    press(again, "Shift+ArrowRight")
    expect(again).not_to_have_url(f"{address}/{RIVER}")
    drawn(again)
    press(again, "Shift+ArrowLeft")
    entity(again, "“Danube” · ORG")
    drawn(again)
    press(again, "Control+z", "Control+z")
    entity(again, "“Danube flows” · ORG")
    press(again, "Control+Shift+z")
    entity(again, "“Danube” · ORG")


def test_two_people_at_one_sentence(address: str, open_page: Open, keep: Keep, tmp_path: Path) -> None:
    ana, ben = (open_page(f"{address}/{RIVER}", own=True, width=1400) for _ in range(2))
    for page, name in ((ana, "Ana"), (ben, "Ben")):
        expect(page.locator(GRID)).to_be_visible()
        page.get_by_label("Your name").fill(name)
        page.get_by_label("Your name").press("Enter")
        drawn(page)
    ben.locator(f'{GRID} td[data-i="1"][data-j="2"]').click()
    saved(ben, 1)
    ana.locator(f'{GRID} td[data-i="4"][data-j="5"]').click()
    conflict = ana.get_by_role("alert")
    expect(conflict).to_contain_text("Your change of the links is not saved: Ben changed the links")
    expect(conflict).to_contain_text("“Danube” (1) and “fließt” (2): linked")
    expect(conflict).to_contain_text("“Budapest” (4) and “und” (5): linked")
    expect(conflict.get_by_role("button", name="Both")).to_be_visible()
    ana.evaluate("() => (onbeforeunload = null)")  # or the browser asks whether she means it
    ana.reload()
    expect(conflict).to_contain_text("“Budapest” (4) and “und” (5): linked")
    conflict.scroll_into_view_if_needed()
    keep(ana, "inspect-conflict")
    # It waits for her, whatever she looks at in the meantime.
    ana.get_by_role("button", name=re.compile("^Next Shortcut")).click()
    expect(ana.get_by_text("not saved yet; choose on: de-river")).to_be_visible()
    ana.get_by_role("button", name=re.compile("^Previous Shortcut")).click()
    conflict.get_by_role("button", name="Use mine").click()
    expect(conflict).to_have_count(0)
    saved(ana, 2)
    ana.get_by_role("button", name="History (2)", exact=True).click()
    past = ana.locator(".past li")
    expect(past.nth(0)).to_contain_text("Ana")
    expect(past.nth(1)).to_contain_text("Ben linked source word 2 with target word 3 (sure)")

    ben.get_by_role("radio", name="Greedy").click()  # whatever he does next, he sees what she did
    expect(ben.get_by_text(re.compile("^Ana .*just now"))).to_be_visible()
    expect(ben.locator(f'{GRID} td[data-i="4"][data-j="5"].changed')).to_be_visible()

    command = [sys.executable, "-m", "xner_core", "export", "--corpus", "demo:de", "--format", "jsonl"]
    command += ["--scope", "edited", "--out", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [file] = tmp_path.glob("*.jsonl")
    [line] = file.read_text(encoding="utf-8").splitlines()
    links = json.loads(line)["alignment"].split()
    assert "4-5" in links
    assert "1-2" not in links
