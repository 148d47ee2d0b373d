"""The pictures of the user guide, taken of the app as it is: `make screenshots`.

It starts a server of its own with an empty data folder, so that nothing of yours is shown, waits
until each page has what it is to show, and writes docs/images/NAME.png.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Page, expect

from benchmarks.app_server import chromium, served
from xner_core.paths import cache_folder

IMAGES = Path(__file__).parent / "images"
_PATIENCE_MS = 120_000
_FADING_MS = 1_500
"""Streamlit fades in what it has drawn."""
_COLOURS = 256


@dataclass(frozen=True)
class Shot:
    """A picture.

    Attributes:
        name: Of the file, without its ending.
        path: Of the page, with its parameters.
        shows: A text that is there once the page is done.
        size: Width and height in pixels.
        dark: Whether the dark theme is used.
        prepare: What is done on the page before.
    """

    name: str
    path: str
    shows: str
    size: tuple[int, int] = (1360, 1000)
    dark: bool = False
    prepare: Callable[[Page], None] | None = None


SHOTS = (
    Shot(
        "inspect", "?lang=tr&sid=tr-river&extraction=itermax&other=greedy", "Target · Turkish", (1360, 2000)
    ),
    Shot("inspect-arabic-dark", "?lang=ar&sid=ar-old-friends", "Target · Arabic", (1360, 1100), dark=True),
    Shot("try-it", "try_it?example=ar&step=4", "Total score", (1360, 760)),
    Shot("compare", "compare?b=heuristic", "ILP is better than Heuristic", (1360, 1300)),
    Shot("dashboard", "dashboard", "Click a mark", (1360, 1250)),
    Shot("dashboard-published", "dashboard?show=published", "Politov", (1360, 1000)),
    Shot("errors", "errors", "Kinds of error", (1360, 1500)),
    Shot("alignment", "alignment?view=links&lang=de", "least certain of", (1360, 900)),
    Shot("corpora", "corpora?do=paste", "Paste", (1360, 800)),
    Shot("runs", "runs?show=new", "Start", (1360, 900)),
    Shot("corrections", "corrections?cview=queue&lang=de", "Reviewed: ", (1360, 900)),
    Shot("export", "export?corpus=demo:de&format=label-studio", "The beginning of", (1360, 1300)),
)


def main() -> None:
    """Take all pictures, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only these pictures")
    wanted = parser.parse_args().names
    shots = [shot for shot in SHOTS if not wanted or shot.name in wanted]
    with (
        tempfile.TemporaryDirectory() as data,
        served(cache_folder(), Path(data)) as address,
        chromium() as browser,
    ):
        for shot in shots:
            page = browser.new_page(
                viewport={"width": shot.size[0], "height": shot.size[1]},
                color_scheme="dark" if shot.dark else "light",
            )
            _take(page, address, shot)
            page.close()


def _take(page: Page, address: str, shot: Shot) -> None:
    page.goto(f"{address}/{shot.path}")
    expect(page.get_by_text(shot.shows).first).to_be_visible(timeout=_PATIENCE_MS)
    expect(page.locator('[data-testid="stStatusWidget"]')).to_have_count(0, timeout=_PATIENCE_MS)
    if shot.prepare is not None:
        shot.prepare(page)
    page.wait_for_timeout(_FADING_MS)
    path = IMAGES / f"{shot.name}.png"
    path.write_bytes(_small(page.screenshot()))
    print(path)


def _small(png: bytes) -> bytes:
    """The same picture with fewer colours, in a third of the bytes."""
    from PIL import Image

    picture = Image.open(BytesIO(png)).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
