"""The only place that touches st.session_state."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import streamlit as st

from ui.sentence_document import SentenceDocument

_ROUTED = "xner:routed"
_SPECS = "xner:specs"
_DOCUMENTS = "xner:documents"
_TOKEN = "xner:token"
_FOLLOWED = "xner:followed"
_PAGE = "xner:page"
_NEWS = "xner:news"
_ABOUT = "xner:about"
_NEWEST = "xner:newest"
_AUTHOR = "xner:author"
_VISITS = "xner:visits"
_NOTHING = object()
_MAX_SPECS = 20
_MOST_DOCUMENTS = 300
UNDER_WAY_SECONDS = 0.3
"""How long a new URL may be under way to the browser."""
SET_UNDER_WAY_SECONDS = 1.0
"""How long a value that a button gave a widget may be under way to the browser."""
_MOST_GIVEN = 20
"""How many values that a widget held before are remembered."""
LONGEST_IN_URL = 300
"""Characters of a typed text that a permalink still carries."""


@dataclass(slots=True)
class _Followed:
    """What is remembered of the widgets that follow the URL, by their keys.

    In one entry: each selectbox looks at all entries of the session, and each look at one takes a while.
    """

    published: dict[str, str] = field(default_factory=dict)
    """What was written into the URL, or left out of it as the default."""
    replaced: dict[str, tuple[str, float]] = field(default_factory=dict)
    """What the URL said before, and when it was replaced."""
    given: dict[str, tuple[Any, list[tuple[Any, float]]]] = field(default_factory=dict)
    """The value that something else than a hand gave, and what the widget held before, with the time."""
    offered: dict[str, tuple[str, ...] | None] = field(default_factory=dict)
    """The options that were drawn."""
    seen: set[str] = field(default_factory=set)
    """Those that the page shows."""


def mark_routed() -> None:
    """Remember that app.py ran in this session."""
    st.session_state[_ROUTED] = True


def is_routed() -> bool:
    """Whether app.py ran in this session."""
    return bool(st.session_state.get(_ROUTED))


def enter_page(stem: str) -> None:
    """Remember which page is shown; its widgets start from the URL when it is another one."""
    if st.session_state.get(_PAGE) != stem:
        st.session_state[_PAGE] = stem
        _followed().seen.clear()
        st.session_state[_VISITS] = visits() + 1


def visits() -> int:
    """How often a page was entered in this session: what somebody sees stays as it is during a visit."""
    return int(st.session_state.get(_VISITS, 0))


def author() -> str:
    """The name that somebody gave in this session; empty where they gave none."""
    return str(st.session_state.get(_AUTHOR, ""))


def set_author(name: str) -> None:
    """Keep the name that somebody gave."""
    st.session_state[_AUTHOR] = name


def remembered_specs() -> list[str]:
    """Corpus specs typed in during this session, the first one first."""
    return list(st.session_state.get(_SPECS, []))


def remember_spec(spec: str) -> None:
    """Keep a corpus spec that was typed in, so that it can be picked again."""
    specs = remembered_specs()
    if spec not in specs:
        st.session_state[_SPECS] = [*specs, spec][-_MAX_SPECS:]


def widget_value(key: str) -> Any:
    """The value of a widget by its key, None before it was drawn."""
    return st.session_state.get(key)


def set_widget_value(key: str, value: Any) -> None:
    """Set a widget's value; only from a callback or before the widget is drawn."""
    _note_set(key, value)
    st.session_state[key] = value


def is_news(key: str, value: object) -> bool:
    """Whether a value differs from the one asked about before under this key."""
    remembered = f"{_NEWS}:{key}"
    if st.session_state.get(remembered) == value:
        return False
    st.session_state[remembered] = value
    return True


def is_newer(key: str, number: object) -> bool:
    """Whether a message of the browser has a larger number than all before it under this key."""
    if type(number) is not int or number <= newest(key):
        return False
    st.session_state[f"{_NEWEST}:{key}"] = number
    return True


def newest(key: str) -> int:
    """The largest number of a message under this key; 0 before there was one."""
    return cast(int, st.session_state.get(f"{_NEWEST}:{key}", 0))


def _followed() -> _Followed:
    found: _Followed | None = st.session_state.get(_FOLLOWED)
    if found is None:
        found = st.session_state[_FOLLOWED] = _Followed()
    return found


def keep_only_about(key: str, about: str) -> None:
    """Forget a choice that was made about something else, before the URL is followed.

    What the URL says stays where it says something new, or the page was just entered.
    """
    if st.session_state.setdefault(f"{_ABOUT}:{key}", about) == about:
        return
    st.session_state[f"{_ABOUT}:{key}"] = about
    followed = _followed()
    published = followed.published.pop(key, "")
    st.session_state.pop(key, None)
    if key in followed.seen and st.query_params.get(key, "") == published:
        st.query_params.pop(key, None)


def follow_url(
    key: str,
    default: str,
    options: Collection[str] | None = None,
    parse: Callable[[str], Any] = str,
    write: Callable[[Any], str] = str,
    *,
    drawn: bool = True,
) -> None:
    """Give a widget the value that the URL names; call it before the widget is drawn.

    Streamlit's own binding writes the words that the reader sees into the URL, where
    ids belong. What the URL does not say is what was chosen last, so that a choice
    survives a visit to another page.

    Args:
        key: Of the widget, and the name of the parameter.
        default: The value where neither the URL nor an earlier choice names one.
        options: The values allowed; any where None.
        parse: Makes the widget's value of the URL's text; the default is taken where it
            raises a ValueError.
        write: Makes the URL's text of the widget's value.
        drawn: Whether there is a widget now; if not, the value is only kept.
    """
    followed = _followed()
    published = followed.published.get(key)
    named = st.query_params.get(key)
    in_url = default if named is None else named
    held = st.session_state.get(key, _NOTHING) if key in followed.seen else _NOTHING
    if held is _NOTHING:  # the page was just entered
        followed.given.pop(key, None)
        value = published or default if named is None else named
    elif (given := followed.given.get(key)) is not None and _is_behind(given, held, in_url, write):
        value = write(given[0])
    elif write(held) != published or in_url == published or _is_overtaken(followed.replaced.get(key), in_url):
        value = write(held)
        if given is not None and held != given[0]:  # by hand
            del followed.given[key]
    else:  # the browser went back or forward
        value = in_url
    followed.seen.add(key)
    try:
        found = parse(value if options is None or value in options else default)
    except ValueError:
        found = parse(default)
    # A widget that is set is drawn anew in the browser, even to what it shows already. It may only be left
    # alone where it is certainly the one of the run before.
    before = followed.offered.get(key)
    offered = followed.offered[key] = None if options is None or not drawn else tuple(options)
    if offered is None or offered != before or held != found:
        _note_set(key, found)
        st.session_state[key] = found


def _is_overtaken(replaced: tuple[str, float] | None, in_url: str) -> bool:
    """Whether a click was made before the browser had the URL that the click before it led to.

    Its message brings the older URL along, which must not be taken for the back button.
    """
    return (
        replaced is not None and in_url == replaced[0] and time.monotonic() - replaced[1] < UNDER_WAY_SECONDS
    )


def _note_set(key: str, value: Any) -> None:
    """Remember what a widget held before it was set by something else than a hand in the browser."""
    followed = _followed()
    held = st.session_state.get(key, _NOTHING) if key in followed.seen else _NOTHING
    if held is not _NOTHING and held != value:
        _, before = followed.given.get(key, (None, []))
        followed.given[key] = (value, [*before[-_MOST_GIVEN:], (held, time.monotonic())])


def _is_behind(
    given: tuple[Any, list[tuple[Any, float]]], held: Any, in_url: str, write: Callable[[Any], str]
) -> bool:
    """Whether the browser sent a widget's value before it had the one that a button or the URL gave it.

    The address tells it: it is the old one too. But a browser that has the new address draws the widget a
    moment later.
    """
    if held == given[0]:
        return False
    now = time.monotonic()
    return any(
        old == held and (in_url == write(held) or now - when < SET_UNDER_WAY_SECONDS)
        for old, when in given[1]
    )


def follow_list(key: str, default: Sequence[str], options: Collection[str]) -> None:
    """Give a widget that holds several values those that the URL names, joined by commas.

    Args:
        key: Of the widget, and the name of the parameter.
        default: The values where neither the URL nor an earlier choice names any.
        options: The values allowed; others are left out.
    """

    def parse(text: str) -> list[str]:
        return [value for value in dict.fromkeys(text.split(",")) if value in options]

    follow_url(key, ",".join(default), parse=parse, write=",".join)


def publish_list(key: str, values: Sequence[str], default: Sequence[str]) -> None:
    """Write the values of such a widget into the URL; the default is left out."""
    publish(key, ",".join(values), ",".join(default))


def publish(key: str, value: str, default: str, drops: str = "") -> None:
    """Write a widget's value into the URL; a default is left out, unless a link named it.

    Each change of the URL is a step of the browser's history: were a default that a link named taken
    out, going back to that link would lead forward again at once.

    Args:
        key: Of the widget, and the name of the parameter.
        value: Of the widget.
        default: Left out.
        drops: Another parameter that means nothing any more once this one changes; both change in
            one step of the browser's history.
    """
    followed = _followed()
    followed.published[key] = value
    named = st.query_params.get(key)
    in_url = default if named is None else named
    if in_url != value:
        followed.replaced[key] = (in_url, time.monotonic())
    if in_url != value and drops in st.query_params:
        parameters = {**st.query_params.to_dict(), key: value}
        del parameters[drops]
        if value == default:
            del parameters[key]
        st.query_params.from_dict(parameters)
        return
    if value == default:
        if in_url != default:
            st.query_params.pop(key)
    elif named != value:
        st.query_params[key] = value


def follow_text(key: str, longest: int) -> None:
    """Give a field the text that the URL names, or else what was typed last; see `follow_url`.

    Args:
        key: Of the field, and the name of the parameter.
        longest: Characters that the field takes; the rest is cut off.
    """
    typed = _followed().published.get(key, "")
    follow_url(key, typed if len(typed) > LONGEST_IN_URL else "", parse=lambda text: text[:longest])


def publish_text(key: str, text: str) -> None:
    """Write a field's text into the URL, unless it is long: then it stays in the session."""
    publish(key, text, text if len(text) > LONGEST_IN_URL else "")


def start_again(keys: Sequence[str]) -> None:
    """Draw the page anew with the defaults of some widgets, whatever was chosen before."""
    for key in keys:
        _followed().published.pop(key, None)
        st.session_state.pop(key, None)
        st.query_params.pop(key, None)
    st.rerun()


def look_at(**parameters: str | None) -> None:
    """Draw the page anew with other values in its URL, which its widgets follow.

    Args:
        parameters: Value by the key of its widget; the default where None.
    """
    for key, value in parameters.items():
        if value is None:
            st.query_params.pop(key, None)
        else:
            st.query_params[key] = value
    st.rerun()


def document(doc_id: str) -> SentenceDocument | None:
    """The document of a sentence that this session showed."""
    return _documents().get(doc_id)


def keep_document(doc_id: str, document: SentenceDocument) -> None:
    """Keep the document of a sentence; the oldest ones without unsaved work are forgotten."""
    kept = _documents()
    kept.pop(doc_id, None)
    kept[doc_id] = document
    for old in [each for each, known in kept.items() if not known.unsaved][:-_MOST_DOCUMENTS]:
        del kept[old]


def unsaved_elsewhere(doc_id: str) -> list[SentenceDocument]:
    """Documents of other sentences in which something could not be written."""
    return [each for name, each in _documents().items() if each.unsaved and name != doc_id]


def _documents() -> dict[str, SentenceDocument]:
    return cast(dict[str, SentenceDocument], st.session_state.setdefault(_DOCUMENTS, {}))


def token() -> str:
    """Names this session, so that the browser's messages to an earlier one are known."""
    return cast(str, st.session_state.setdefault(_TOKEN, uuid.uuid4().hex))
