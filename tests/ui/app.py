"""The app without a browser, and what its components were given to show."""

from __future__ import annotations

import json
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT

TIMEOUT_SECONDS = 60
WITH_CORPUS = ("inspect", "alignment", "compare", "dashboard", "errors", "corrections", "export")
"""The pages that show the corpus which the URL names."""
PROMPT = (
    "Select two words to read about them. A click changes their link too; the arrows and Enter only select."
)


def open_app(page: str = "", **parameters: str) -> AppTest:
    """Visit a fresh server: app.py itself, or a file of pages/ that it serves without app.py."""
    at = AppTest.from_file(ROOT / "app.py", default_timeout=TIMEOUT_SECONDS)
    if page:
        at.switch_page(f"pages/{page}.py")
    at.query_params.update(parameters)
    return rerun(at)


def rerun(at: AppTest) -> AppTest:
    """Run the app; nothing may have escaped as an exception."""
    at.run()
    assert not at.exception, at.exception
    return at


def go_to(at: AppTest, page: str) -> AppTest:
    """Follow a link of the navigation, which leaves the parameters behind."""
    at.switch_page(f"pages/{page}.py")
    at.query_params.clear()
    return rerun(at)


def choose(at: AppTest, key: str, value: str) -> AppTest:
    """Choose an option of a list or of a row of buttons."""
    at.get_by_key(key).set_value(value)
    return rerun(at)


def open_panel(at: AppTest, key: str) -> AppTest:
    """Open a popover or an expander, whose form is drawn only then."""
    at.session_state[key] = True
    return rerun(at)


def texts(at: AppTest) -> list[str]:
    return [text.value for text in at.text]


def compared(at: AppTest) -> list[str]:
    """What is said of two projectors."""
    view = component(at, "chain_lines")
    return [line["says"] for lines in (*view["boxes"], view["differ"]) for line in lines]


def component(at: AppTest, name: str) -> dict[str, Any]:
    """The data of the only component of that name."""
    [data] = [c.proto.json for c in at.get("bidi_component") if c.proto.component_name == f"xner_{name}"]
    view: dict[str, Any] = json.loads(data)
    return view


def grid(at: AppTest) -> dict[str, Any]:
    return component(at, "alignment_grid")


def words(side: dict[str, Any]) -> list[str]:
    """The words of one side of the grid."""
    return [word["text"] for word in side["words"]]


def lane(at: AppTest, side: str, name: str) -> list[tuple[int, int, str]]:
    """The entities in a lane of the sentence component."""
    view = component(at, "sentence_pair")[side]
    [found] = [each for each in (*view["above"], *view["below"]) if each["name"] == name]
    return [(span["start"], span["end"], span["label"]) for span in found["spans"]]


def send_changes(at: AppTest, changes: object) -> AppTest:
    """Let the grid in the browser report what was done with the sentences touched lately."""
    at.session_state["grid"] = {"changes": changes}
    return rerun(at)


def correction(at: AppTest) -> dict[str, Any]:
    """What the sentence component is told of corrections."""
    told: dict[str, Any] = component(at, "sentence_pair")["correct"]
    return told


def act(at: AppTest, do: str, *, name: str = "", **what: Any) -> AppTest:
    """Let the sentence component report something that a person did."""
    view = component(at, "sentence_pair")
    told = view["correct"]
    one = {"n": told["ack"] + 1, "doc": view["doc"], "session": told["session"], "do": do, **what}
    at.session_state["sentences"] = {"acts": {"acts": [one], "name": name, "named": told["named"] + 1}}
    return rerun(at)


def set_field(at: AppTest, field: str, value: Any, **what: Any) -> AppTest:
    """Let it report that a field was set, over the version that it was told."""
    return act(at, "set", field=field, value=value, version=correction(at)["versions"][field], **what)


def link_view(at: AppTest) -> dict[str, Any]:
    return component(at, "link_view")


def pairs(view: dict[str, Any]) -> list[list[int]]:
    """The links of the grid without who has them."""
    return [link[:2] for link in view["links"]]


def components(at: AppTest) -> list[str]:
    return [each.proto.component_name for each in at.get("bidi_component")]
