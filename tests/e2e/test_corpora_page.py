"""A file is uploaded, looked at, kept, inspected and removed; a sentence is pasted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Page]
Keep = Callable[[Page, str], None]


def export(address: str) -> str:
    """A doccano export of two pairs, with a line that is broken and one that means harm."""
    rows = []
    for name, source, target in (
        ("one", "Ada sings in Bonn.", "Ada singt in Bonn."),
        ("two", "Hi!", "Hallo!"),
    ):
        for side, lang, text in (("source", "en", source), ("target", "de", target)):
            labels = [[0, 3, "PER"]] if text.startswith("Ada") else []
            rows.append({"pair_id": name, "side": side, "lang": lang, "text": text, "label": labels})
    rows.append({"text": "x", "label": [[0, 9, f"![x]({address}/stolen.png)"]]})
    return "\n".join([*map(json.dumps, rows), '{"text": '])


def test_an_upload_is_kept_inspected_and_removed(
    address: str, open_page: Open, keep: Keep, tmp_path: Path
) -> None:
    title = f"export-{uuid4().hex[:8]}"
    file = tmp_path / f"{title}.jsonl"
    file.write_text(export(address), encoding="utf-8")
    page = open_page(f"{address}/corpora?do=upload", width=1400)
    page.locator('input[type="file"]').set_input_files(file)
    expect(page.get_by_text("2 good pairs (English → German)")).to_be_visible()
    expect(page.get_by_role("radio", name="doccano (as it seems)")).to_be_checked()
    expect(page.get_by_text("2 problems: what has one is left out.")).to_be_visible()
    kept = page.get_by_role("button", name="Keep 2 sentences")
    expect(kept).to_be_disabled()
    keep(page, "corpora-upload")
    page.get_by_text("Leave out what has a problem (2)").click()
    kept.click()
    expect(page.get_by_text("Kept. Every page lists it now.")).to_be_visible()
    page.get_by_role("link", name="Open in Inspect").click()
    expect(page.get_by_role("combobox", name="Corpus")).to_have_value(title)
    expect(page.get_by_text("Sentence (2)")).to_be_visible()
    page.goto(f"{address}/corpora")
    page.get_by_test_id("stDataFrame").wait_for()
    keep(page, "corpora-list")
    page.get_by_test_id("stDataFrame").click(position={"x": 15, "y": 55})  # the newest stands first
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text(f"Remove {title}?")).to_be_visible()
    page.get_by_role("button", name="Yes, remove it").click()
    expect(page.get_by_text("Removed. Its sentences are kept in")).to_be_visible()
    page.goto(f"{address}/?corpus=added:{title}")
    expect(page.get_by_text("there is no added corpus of that name")).to_be_visible()


def test_a_sentence_alone_is_pasted(address: str, open_page: Open) -> None:
    page = open_page(f"{address}/corpora?do=paste", width=420)
    target = page.get_by_role("combobox", name="Target language")
    target.click()
    target.fill("Yoruba")
    target.press("Enter")
    text = page.get_by_label("Target sentence")
    text.fill("Ada ń gbé ní Bonn.")
    text.press("Control+Enter")
    expect(page.get_by_text("Target (6 words): Ada · ń · gbé · ní · Bonn · .")).to_be_visible()
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    page.get_by_role("button", name="Add and inspect").click()
    expect(page.get_by_role("heading", name="Inspect")).to_be_visible()
    expect(page.get_by_text("The source sentence (English) is missing.")).to_be_visible()
    expect(page.get_by_text("Yoruba (yo): Ada ń gbé ní Bonn .")).to_be_visible()
