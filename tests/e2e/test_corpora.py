"""Corpora that a user types in: good ones, bad ones, and ones that mean harm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import GRID

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Page]
Keep = Callable[[Page, str], None]
Write = Callable[..., str]


def type_corpus(page: Page, spec: str) -> None:
    box = page.get_by_role("combobox", name="Corpus")
    box.click()
    box.fill(spec)
    box.press("Enter")


def test_a_path_that_does_not_exist_gets_a_message(address: str, open_page: Open) -> None:
    page = open_page(address)
    expect(page.locator(GRID)).to_be_visible()
    type_corpus(page, "jsonl:/nowhere/nothing.jsonl")
    expect(page.get_by_text("/nowhere/nothing.jsonl: there is no such file")).to_be_visible()
    assert page.get_by_text("Traceback").count() == 0
    type_corpus(page, "demo:uk")
    expect(page.get_by_text("Target · Ukrainian")).to_be_visible()


def test_two_conll_files_are_read(address: str, open_page: Open, tmp_path: Path) -> None:
    source, target = tmp_path / "en.conll", tmp_path / "es.conll"
    source.write_text("Ada\tB-PER\nsings\tO\n\nIn\tO\nLima\tB-LOC\n", encoding="utf-8")
    target.write_text("Ada\tB-PER\ncanta\tO\n\nEn\tO\nLima\tB-LOC\n", encoding="utf-8")
    page = open_page(address)
    expect(page.locator(GRID)).to_be_visible()
    type_corpus(page, f"conll:{source},{target}")
    expect(page.get_by_text("Target · Spanish")).to_be_visible()
    expect(page.get_by_text("Sentence (2)")).to_be_visible()
    expect(page.get_by_text("Against gold: 1 correct.")).to_be_visible()


def test_a_hostile_corpus_stays_text(address: str, open_page: Open, corpus_file: Write, keep: Keep) -> None:
    image = f"![x]({address}/stolen.png)"
    words = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        image,
        "**bold**",
        "$x^2$",
        ":smile:",
    ]
    spec = corpus_file(
        {
            "id": f"<b>id</b>{image}",
            "source_lang": "en",
            "target_lang": "de",
            "source_tokens": [*words, "Rome"],
            "source_tags": ["B-PER", "B-ORG", "B-<i>x</i>", "O", "O", "O", "B-LOC"],
            "target_tokens": [*words, "\u200b"],
            "target_tags": ["B-PER", "B-ORG", "B-<i>x</i>", "O", "O", "O", "O"],
            "note": f"<script>alert(2)</script> {image}",
        }
    )
    page = open_page(f"{address}/?corpus={spec}")
    expect(page.locator(".sentence bdi", has_text="<script>alert(1)</script>").first).to_be_visible()
    expect(page.locator(".sentence bdi", has_text="∅")).to_be_visible()
    expect(page.get_by_text("What is hard here: <script>alert(2)</script>")).to_be_visible()
    assert page.locator("script", has_text="alert(").count() == 0
    keep(page, "inspect-hostile")
    type_corpus(page, f"jsonl:/nowhere/{image}")
    expect(page.get_by_text("there is no such file")).to_be_visible()


def test_a_sentence_of_150_words(address: str, open_page: Open, corpus_file: Write, keep: Keep) -> None:
    numbers = [str(n) for n in range(150)]
    tags = ["B-LOC" if n % 25 == 3 else "O" for n in range(150)]
    spec = corpus_file(
        {
            "id": "long",
            "source_lang": "en",
            "target_lang": "de",
            "source_tokens": numbers,
            "source_tags": tags,
            "target_tokens": numbers,
            "target_tags": tags,
        }
    )
    page = open_page(f"{address}/?corpus={spec}", height=1600)
    expect(page.locator(f"{GRID} tbody tr")).to_have_count(6)  # only the words of entities
    page.get_by_role("radio", name="all").click()
    expect(page.locator(f"{GRID} tbody tr")).to_have_count(150)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    keep(page, "inspect-150-words")
