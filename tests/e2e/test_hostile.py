"""A corpus that means harm, on every page that shows sentences: all of it stays text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.builders import entity
from tests.e2e.conftest import GRID, drawn
from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load
from xner_core.corpora.added import add_corpus, remove_corpus
from xner_core.corrections.events import MOST_CHARACTERS, Change, Origin
from xner_core.corrections.store import CorrectionStore
from xner_core.runs.config import RunConfig
from xner_core.runs.folder import find_run
from xner_core.runs.run import run
from xner_core.types import Sentence, SentencePair

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Page]
Keep = Callable[[Page, str], None]

WORDS = (
    "<script>alert(1)</script>",
    "<img/src=/stolen.png/onerror=alert(2)>",
    "![x](/stolen.png)",
    "[x](javascript:alert(3))",
    "$\\frac{1}{2}$",
    ":red[x]",
    ":material/bug_report:",
    "**bold**",
)
EVIL = " ".join(WORDS)
ALIVE = "script:text-is('alert(1)'), img[src*=stolen], a[href^=javascript], .katex, strong:text-is('bold')"
"""What there would be if any of the words were read as anything but text."""


@pytest.fixture(scope="module")
def evil() -> Iterator[str]:
    """Such a corpus, added under such a name."""
    tags = (entity(0, 1), entity(2, 3, "LOC"), entity(5, 6, "ORG"))
    pairs = [
        SentencePair(
            f"{number}{EVIL}",
            Sentence(WORDS, "en", tags),
            Sentence(WORDS, "de", (entity(1, 2), entity(2, 3, "ORG"))),
            note=EVIL,
        )
        for number in range(2)
    ]
    corpus = add_corpus(EVIL, pairs, EVIL)
    yield corpus.spec
    remove_corpus(corpus.name)


@pytest.fixture(scope="module")
def runs(evil: str, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Ids of two runs over it that load no model, under its name."""
    links = tmp_path_factory.mktemp("links") / "links.txt"
    links.write_text("".join(f"{number}{EVIL}\t0-0 2-2 5-5\n" for number in range(2)), encoding="utf-8")
    made = []
    for projector in ("greedy", "heuristic"):
        pipeline = PipelineConfig(
            aligner=Choice(name=f"links:{links}"),
            candidates=Choice(name="ngrams"),
            projector=Choice(name=projector),
        )
        manifest = run(RunConfig(corpus=evil, name=f"{EVIL} {projector}", pipeline=pipeline)).manifest()
        assert manifest is not None
        made.append(manifest.id)
    return made


@pytest.fixture(scope="module")
def corrected(evil: str, runs: list[str]) -> None:
    """Its first sentence as somebody of such a name corrected it, and one that is no more."""
    corpus = load(evil)
    first = corpus.pairs[0]
    config = find_run(runs[0])[1].config.pipeline.model_dump(mode="json")
    origin = Origin(corpus.spec, corpus.fingerprint, None, config)
    gone = replace(first, id=f"gone {EVIL}")
    for pair in (first, gone):
        changes = [
            Change("source_entities", (entity(0, 1, "![x](/stolen.png)"),), 0),
            Change("note", EVIL, 0),
        ]
        CorrectionStore.open().record(
            pair, changes, author=EVIL[:MOST_CHARACTERS].strip(), origin=origin, reason=EVIL
        )


def check(page: Page) -> None:
    """Nothing lives, and the page is no wider than the window."""
    assert page.locator(ALIVE).count() == 0
    assert page.locator("span[style*='color: rgb']", has_text="x").count() == 0  # :red[x]
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) <= 0


def test_inspect(address: str, open_page: Open, evil: str, keep: Keep) -> None:
    page = open_page(f"{address}/?{urlencode({'corpus': evil})}")
    expect(page.locator(GRID)).to_be_visible()
    for word in WORDS:
        expect(page.locator(".sentence bdi.text").get_by_text(word, exact=True).first).to_be_visible()
    expect(page.get_by_text(f"What is hard here: {EVIL}")).to_be_visible()
    expect(page.get_by_role("combobox", name="Corpus")).to_have_value(EVIL)  # its name
    check(page)
    page.get_by_role("radio", name="Links").click()
    expect(page.locator(".words bdi").get_by_text(WORDS[0], exact=True).first).to_be_visible()
    check(page)
    keep(page, "inspect-hostile-added")


def test_try_it(address: str, open_page: Open) -> None:
    asked = {"example": "own", "src": EVIL, "tgt": EVIL, "step": "4", "marks": "0-2.PER_4-6.LOC"}
    page = open_page(f"{address}/try_it?{urlencode(asked)}")
    expect(page.get_by_text("Total score 2.")).to_be_visible()
    expect(page.locator(".source bdi", has_text="alert(1)").first).to_be_visible()
    page.get_by_text("The candidates again").click()
    check(page)


@pytest.mark.parametrize(
    ("stem", "asked", "shown", "opened"),
    [
        ("alignment", {}, "[data-testid=stMainBlockContainer] button", ""),
        (
            "compare",
            {"a": "{0}", "b": "{1}", "csort": "neither"},
            "[data-testid=stDataFrame] canvas",
            "Inspect under the settings of B",
        ),
        ("dashboard", {"methods": "{0},{1}"}, ".js-plotly-plot", "Inspect this sentence"),
        ("errors", {"erun": "{1}"}, ".js-plotly-plot", "Inspect under the settings of the run"),
        ("runs", {}, "[data-testid=stDataFrame] canvas", ""),
        ("corrections", {}, "[data-testid=stDataFrame] canvas", "Open in Inspect"),
        (
            "corrections",
            {"cview": "queue", "crun": "{0}"},
            "[data-testid=stDataFrame] canvas",
            "Open in Inspect",
        ),
        ("corrections", {"cview": "similar"}, "[data-testid=stDataFrame] canvas", ""),
        ("corrections", {"cview": "orphans"}, "[data-testid=stDataFrame] canvas", "applied to nothing"),
        ("export", {"xrun": "{0}", "format": "conll2002"}, "[data-testid=stDataFrame] canvas", ""),
    ],
    ids=[
        "alignment",
        "compare",
        "dashboard",
        "errors",
        "runs",
        "done",
        "queue",
        "similar",
        "orphans",
        "export",
    ],
)
def test_the_other_pages(
    address: str,
    open_page: Open,
    evil: str,
    runs: list[str],
    corrected: None,
    stem: str,
    asked: dict[str, str],
    shown: str,
    opened: str,
) -> None:
    query = {"corpus": evil, **{key: value.format(*runs) for key, value in asked.items()}}
    page = open_page(f"{address}/{stem}?{urlencode(query)}", height=1600)
    expect(page.locator(shown).first).to_be_visible(timeout=120_000)
    drawn(page)
    check(page)
    tables, seen = page.locator("[data-testid=stDataFrame]:visible"), 0
    while seen < tables.count():
        tables.nth(seen).click(position={"x": 15, "y": 55})  # the first row, which may open more
        page.wait_for_timeout(200)  # until the click has left for the server
        drawn(page)
        seen += 1
    if opened:
        expect(page.get_by_text(opened)).to_be_visible()
        sentences = page.get_by_test_id("stText").filter(has_text=re.compile(f"^{re.escape(EVIL)}$"))
        expect(sentences).to_have_count(2)  # source and target, word for word
    check(page)


def test_corpora_shows_the_name_as_it_is(address: str, open_page: Open, evil: str) -> None:
    page = open_page(f"{address}/corpora")
    table = page.locator("[data-testid=stDataFrame]")
    table.locator("canvas").first.wait_for()
    drawn(page)
    check(page)
    table.click(position={"x": 15, "y": 55})
    page.get_by_role("button", name="Remove").first.click()
    expect(page.get_by_text(f"Remove {EVIL}?")).to_be_visible()
    check(page)
