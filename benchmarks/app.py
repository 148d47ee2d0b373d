"""The app in Chromium: how long it takes from a click to the frame that shows what it changed.

    python -m benchmarks.app --json [--only switch,toggle] [--data ../shared/data] [--n 40]

It starts servers of its own, with folders of their own. Each figure has its bars and says whether they are
met; `calibration_ms` and `load` tell how much of it may be the machine. It is no test: it always exits
with 0.

*switch*: another projector, another sentence, on the demonstration corpus and on Europarl-NER, with cached
embeddings. *toggle*: a link on and off, and bursts of ten. *uncached*: a sentence nobody has looked at.
*cold*: the first visit to a server. *large*: a corpus of 100,000 pairs.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from benchmarks.app_figures import calibration, counted, figure, skipped
from benchmarks.app_large import LARGE, write_large
from benchmarks.app_probe import time_click, time_visit
from benchmarks.app_server import chromium, served
from benchmarks.corpora import europarl

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SWITCH = {"median": 150, "p95": 350}
SENTENCE = ".sentence"
"""The words of both sentences with their entities, the projector's name among them."""
_SAID = '[data-testid="stText"]'
_GRID = 'table[aria-label^="Word alignment"]'
_GAP_MS = 20
_BURSTS = 5
_CLICKS = 10
# Clicks cells of the diagonal and beside it, each another one.
_BURST = """async ([n, gap]) => {
  for (let k = 0; k < n; k++) {
    stopwatch.every(`td[data-i="${k % 5}"][data-j="${(k % 5) + (k < 5 ? 0 : 1)}"]`)[0].click();
    await new Promise((resolve) => setTimeout(resolve, gap));
  }
}"""
Results = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Setting:
    """Where and how much is measured.

    Attributes:
        browser: The browser.
        cache: The servers' cache folder.
        data: Their data folder.
        corpora: The folder of real corpora.
        n: Measurements of what is quick.
    """

    browser: Browser
    cache: Path
    data: Path
    corpora: Path
    n: int


def main() -> None:
    """Read the arguments, measure and print."""
    parser = argparse.ArgumentParser(description="Time from a click to what it changes, in a real browser.")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--only", help=f"parts, with commas between them: {', '.join(PARTS)}")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of real corpora")
    parser.add_argument("--n", type=int, default=40, help="measurements of what is quick (40)")
    parser.add_argument("--cache", type=Path, help="cache folder of the servers (an empty one)")
    arguments = parser.parse_args()
    parts = arguments.only.split(",") if arguments.only else list(PARTS)
    if unknown := [part for part in parts if part not in PARTS]:
        parser.error(f"no such part: {', '.join(unknown)}")
    report = measure(parts, arguments.data.resolve(), arguments.n, arguments.cache)
    if arguments.json:
        print(json.dumps(report, indent=2))
        return
    for name, found in report["results"].items():
        print(f"{name}: {found}")


def measure(parts: list[str], corpora: Path, n: int, cache: Path | None = None) -> dict[str, Any]:
    """Measure some parts.

    Args:
        parts: Their names.
        corpora: The folder of real corpora; what is missing there is skipped.
        n: Measurements of what is quick.
        cache: The servers' cache folder; an empty one where None.

    Returns:
        `results`: each quantity's name and figure (see `figure`), or why it was `skipped`;
        `calibration_ms` and `load` before and after.
    """
    from playwright.sync_api import Error as PlaywrightError

    before = {"calibration_ms": calibration(), "load": os.getloadavg()[0]}
    results: Results = {}
    with tempfile.TemporaryDirectory(prefix="xner-benchmark-") as folder, chromium() as browser:
        own = Path(folder)
        setting = Setting(browser, cache or own / "cache", own / "data", corpora, n)
        _warm_up(setting)
        for part in parts:
            try:
                found = PARTS[part](setting)
                print(f"{part}: {json.dumps(found)}", file=sys.stderr, flush=True)  # it takes minutes
                results.update(found)
            except PlaywrightError as error:  # the other parts are worth having all the same
                results[part] = skipped(f"it could not be driven: {error.message.splitlines()[0]}")
    after = {"calibration_ms": calibration(), "load": os.getloadavg()[0]}
    return {"n": n, "before": before, "after": after, "results": results}


def _warm_up(setting: Setting) -> None:
    """Unpack the model into the cache folder, so that every part finds it there."""
    with served(setting.cache, setting.data) as address:
        _open(setting.browser, address, lang="de").close()


def _open(browser: Browser, address: str, **parameters: str) -> Page:
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(60_000)
    page.goto(f"{address}/?{urlencode(parameters)}")
    page.locator(_GRID).first.wait_for()
    page.wait_for_timeout(1000)
    return page


def switch(setting: Setting) -> Results:
    """Another projector and another sentence, with cached embeddings."""
    results: Results = {}
    for name, spec in (("demo", "demo"), ("europarl", europarl(setting.corpora, "de"))):
        if not spec:
            results[f"switch/{name}"] = skipped(f"there is no Europarl-NER in {setting.corpora}")
            continue
        with served(setting.cache, setting.data) as address:
            page = _open(setting.browser, address, corpus=spec, lang="de")
            _projectors(page, 6)
            painted, done = _projectors(page, setting.n)
            results[f"switch/{name}/projector"] = figure(painted, "ms", SWITCH)
            results[f"switch/{name}/projector, all done"] = figure(done, "ms", {})
            _there_and_back(page, setting.n)
            painted, done = _there_and_back(page, setting.n)
            results[f"switch/{name}/sentence"] = figure(painted, "ms", SWITCH)
            results[f"switch/{name}/sentence, all done"] = figure(done, "ms", {})
            page.close()
    return results


def _projectors(page: Page, n: int) -> tuple[list[float], list[float]]:
    def choose(name: str) -> Callable[[], Any]:
        return page.get_by_role("radio", name=name, exact=True).first.click

    names = ("Heuristic", "Greedy", "ILP")
    return _timed(page, [choose(names[k % 3]) for k in range(n)])


def _there_and_back(page: Page, n: int) -> tuple[list[float], list[float]]:
    """Step through sentences and back, so that the second time all are cached."""
    there = n // 2
    steps = [page.get_by_role("button", name=name).click for name in ("Next", "Previous")]
    return _timed(page, [steps[0]] * there + [steps[1]] * there)


def _timed(page: Page, acts: Sequence[Callable[[], Any]]) -> tuple[list[float], list[float]]:
    times = [time_click(page, SENTENCE, act) for act in acts]
    return [painted for painted, _ in times], [done for _, done in times]


def toggle(setting: Setting) -> Results:
    """A link on and off; and whether quick clicks get lost."""
    with served(setting.cache, setting.data) as address:
        page = _open(setting.browser, address, lang="de", sid="de-intro")
        cells = [f'td[data-i="{k % 5}"][data-j="{k // 5 % 6}"]' for k in range(setting.n)]
        time_click(page, _SAID, page.locator(cells[0]).first.click)
        seen = [
            time_click(page, cell, page.locator(cell).first.click, attribute="aria-label") for cell in cells
        ]
        page.wait_for_timeout(1500)  # nothing of these is under way any more
        answers = [time_click(page, _SAID, page.locator(cell).first.click) for cell in cells]
        arrived = 0
        for _ in range(_BURSTS):
            reset = page.get_by_role("button", name="Reset to the aligner")
            if reset.is_enabled():
                reset.click()
                page.get_by_text("changed by hand.").wait_for(state="hidden")
            time_click(page, _SAID, lambda: page.evaluate(_BURST, [_CLICKS, _GAP_MS]), "click")
            page.wait_for_timeout(1500)  # a busy machine may answer in several parts
            arrived += int(page.get_by_text("changed by hand.").inner_text().split()[0])
        page.close()
    return {
        "toggle/visible": figure([painted for painted, _ in seen], "ms", {"median": 20}),
        "toggle/new projection": figure([painted for painted, _ in answers], "ms", {"median": 200}),
        f"toggle/clicks that arrived, {_GAP_MS} ms apart": counted(arrived, _BURSTS * _CLICKS),
    }


def uncached(setting: Setting) -> Results:
    """Sentences nobody has looked at yet."""
    spec = europarl(setting.corpora, "es")
    if not spec:
        return {"uncached": skipped(f"there is no Europarl-NER in {setting.corpora}")}
    with served(setting.cache, setting.data) as address:
        page = _open(setting.browser, address, corpus=spec, lang="es")
        painted, _ = _timed(page, [page.get_by_role("button", name="Next").click] * setting.n)
        page.close()
    return {"uncached/sentence": figure(painted, "ms", {"median": 600})}


def cold(setting: Setting) -> Results:
    """The first visit to a server, from the request on."""
    titles, contents = [], []
    for _ in range(max(3, setting.n // 8)):
        with served(setting.cache, setting.data) as address:
            found = time_visit(setting.browser, f"{address}/?lang=de", SENTENCE)
            titles.append(found["title"])
            contents.append(found["content"])
    return {
        "cold/title": figure(titles, "ms", {"median": 1500}),
        "cold/content": figure(contents, "ms", {"median": 4000}),
    }


def large(setting: Setting) -> Results:
    """A corpus of very many pairs: opening, stepping, searching, uploading."""
    results: Results = {}
    file = setting.data / "large.jsonl"
    write_large(file, note=setting.data.parent.name)  # so that no copy of it is in the cache folder
    query = urlencode({"corpus": f"jsonl:{file}", "lang": "de"})
    for name in ("never seen", "seen by another server"):
        with served(setting.cache, setting.data) as address:
            _open(setting.browser, address, lang="de").close()
            found = time_visit(setting.browser, f"{address}/?{query}", SENTENCE)
            results[f"large/open, {name}"] = figure([found["content"]], "ms", {"median": 3000})
            if name == "never seen":
                continue
            page = _open(setting.browser, address, corpus=f"jsonl:{file}", lang="de")
            _there_and_back(page, setting.n)
            painted, _ = _there_and_back(page, setting.n)
            results["large/step"] = figure(painted, "ms", SWITCH)
            results["large/search"] = figure(_searches(page, setting.n // 4), "ms", {"median": 600})
            page.close()
    with served(setting.cache, setting.data) as address:
        shorter = setting.data / "upload.jsonl"
        write_large(shorter, without=("alignment", "source_tags"))  # what one upload may hold
        results["large/upload, preview"] = _upload(setting, address, shorter)
    return {f"{name} ({LARGE:,} pairs)": found for name, found in results.items()}


def _searches(page: Page, n: int) -> list[float]:
    """Search for one pair after the other; each is another sentence."""
    times = []
    box = page.get_by_role("textbox", name="Search")
    for k in range(n):
        box.fill(f"n{(k + 1) * 1010 % LARGE}x")  # a multiple of ten, so a German one
        times.append(time_click(page, SENTENCE, lambda: box.press("Enter"), "keydown")[0])
    return times


def _upload(setting: Setting, address: str, file: Path) -> dict[str, Any]:
    page = setting.browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(60_000)
    page.goto(f"{address}/corpora?do=upload")
    choose = page.locator('input[type="file"]')
    choose.wait_for(state="attached")
    painted, _ = time_click(page, _SAID, lambda: choose.set_input_files(file), "change")
    page.get_by_text("good pairs").first.wait_for()
    page.close()
    return figure([painted], "ms", {"median": 5000})


PARTS: dict[str, Callable[[Setting], Results]] = {
    "switch": switch,
    "toggle": toggle,
    "uncached": uncached,
    "cold": cold,
    "large": large,
}


if __name__ == "__main__":
    main()
