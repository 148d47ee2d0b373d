"""Choosing what was made of a corpus: runs that are done, and settings with a name.

A setting that was never run over the corpus is run in the background and watched; who comes
later finds it done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ui import state
from ui.components.run_watch import watch_run
from xner_core.errors import XnerError
from xner_core.runs import background
from xner_core.runs.config import RunConfig
from xner_core.runs.folder import Manifest, RunFolder, all_runs
from xner_core.runs.identity import software_id
from xner_core.runs.run import key_of, place_of
from xner_core.runs.settings import SETTINGS, config_of
from xner_core.types import Corpus

SMALL_CORPUS = 1000
"""Up to here a run takes seconds, so it starts by itself."""


@dataclass(frozen=True, slots=True)
class Result:
    """A run over a corpus that is done.

    Attributes:
        place: Its folder.
        manifest: What it is.
        name: What the reader calls it.
    """

    place: RunFolder
    manifest: Manifest
    name: str

    @property
    def id(self) -> str:
        """The run's id."""
        return self.manifest.id

    @property
    def config(self) -> RunConfig:
        """What it was asked to do."""
        return self.manifest.config


def results_over(corpus: Corpus) -> list[Result]:
    """The runs over the very sentences of a corpus that are done, the newest first."""
    done = [
        (place, manifest)
        for place, manifest in all_runs()
        if manifest.status == "done" and _corpus_of(manifest) == corpus.fingerprint
    ]
    names = [manifest.config.name or manifest.id for _, manifest in done]
    return [
        Result(place, manifest, name if names.count(name) == 1 else f"{name} ({manifest.id})")
        for (place, manifest), name in zip(done, names, strict=True)
    ]


def pick_result(corpus: Corpus, key: str, label: str, default: str = "ilp") -> Result | None:
    """Let one be chosen; the choice lives in the URL.

    Args:
        corpus: The corpus.
        key: Of the list, and the parameter of the URL.
        label: Over the list.
        default: A named setting.

    Returns:
        What was chosen, or None while it is not done; the page then says how far it is.

    Raises:
        XnerError: If it cannot be run.
    """
    found = ready(corpus, [pick_name(corpus, key, label, default)])
    return None if found is None else found[0]


def pick_name(corpus: Corpus, key: str, label: str, default: str = "ilp") -> str:
    """Let the name of a setting or the id of a run be chosen; see `pick_result`."""
    titles = titles_of(corpus)
    state.follow_url(key, default, titles)
    chosen = st.selectbox(
        label,
        list(titles),
        key=key,
        format_func=lambda each: titles.get(each, each),
        help="A setting with a name, or a run that is done. Describe others on the page Runs.",
    )
    state.publish(key, str(chosen), default)
    return str(chosen)


def titles_of(corpus: Corpus, done: Sequence[Result] | None = None) -> dict[str, str]:
    """What can be chosen for a corpus: name of a setting or id of a run → what the reader calls it.

    Args:
        corpus: The corpus.
        done: The runs over it, where they are known.
    """
    settings = {name: setting.title for name, setting in SETTINGS.items()}
    keys = {_setting_key(corpus, name) for name in SETTINGS}
    runs = results_over(corpus) if done is None else done
    return {**settings, **{one.id: one.name for one in runs if one.manifest.key not in keys}}


def ready(corpus: Corpus, names: Sequence[str]) -> list[Result] | None:
    """What settings or runs made of a corpus; what is missing is run, all in one process.

    Args:
        corpus: The corpus.
        names: Names of settings and ids of runs over this corpus.

    Returns:
        One result for each name, or None while one is not done; the page then says how far it is.

    Raises:
        XnerError: If one of them cannot be run.
    """
    done = results_over(corpus)
    by_id = {one.id: one for one in done}
    by_key = {one.manifest.key: one for one in done}
    found: dict[str, Result | None] = {}
    for name in dict.fromkeys(names):
        found[name] = by_id.get(name)
        if found[name] is None and name in SETTINGS:
            same = by_key.get(_setting_key(corpus, name))
            found[name] = None if same is None else Result(same.place, same.manifest, SETTINGS[name].title)
    missing = [name for name, one in found.items() if one is None]
    if not missing:
        return [one for name in names if (one := found[name]) is not None]
    _make(corpus, missing)
    return None


def _make(corpus: Corpus, names: Sequence[str]) -> None:
    """Start what is missing where that takes seconds, or offer to; watch what works."""
    wanted = [
        (config, place_of(config, corpus)) for config in (config_of(name, corpus.spec) for name in names)
    ]
    working = [place for _, place in wanted if _works(place)]
    failed = [place for _, place in wanted if _has_failed(place)]
    for place in failed:
        manifest = place.manifest()
        st.error("A run failed:", icon=":material/error:")
        st.text((manifest.error if manifest else "") or background.last_words(place))
    if not working:
        n = len(corpus.pairs)
        if failed or n > SMALL_CORPUS:
            what = "this run" if len(names) == 1 else f"these {len(names)} runs"
            st.text(f"{', '.join(SETTINGS[name].title for name in names)}: not yet run over {n:,} sentences.")
            st.button(
                "Run it" if len(names) == 1 else "Run them",
                icon=":material/play_arrow:",
                key=f"make-{'-'.join(names)}",
                help=f"Do {what} in the background; you may leave the page meanwhile.",
                on_click=_begin,
                args=(wanted,),
            )
            return
        background.start_all(wanted)
        working = [wanted[0][1]]
    place = working[0]
    if len(names) > 1:
        st.text(f"{len(names)} runs are to be done, one after the other.")
    watch_run(place.path.name, begun=place.manifest() is not None)


def _works(place: RunFolder) -> bool:
    manifest = place.manifest()
    if manifest is None:
        return background.is_starting(place)
    return place.status(manifest) == "running"


def _has_failed(place: RunFolder) -> bool:
    manifest = place.manifest()
    if manifest is not None and place.status(manifest) == "failed":
        return True
    return background.has_ended(place)


def _begin(wanted: Sequence[tuple[RunConfig, RunFolder]]) -> None:
    """Start runs; what another version of the program began cannot be gone on with."""
    for _, place in wanted:
        manifest = place.manifest()
        if manifest is not None and manifest.software != software_id():
            place.clear()
    background.start_all(wanted)


def _setting_key(corpus: Corpus, name: str) -> str:
    """The key of a named setting's run; empty where it cannot be run."""
    try:
        return _key(corpus.fingerprint, corpus.spec, name, corpus)
    except XnerError:
        return ""


@st.cache_data(max_entries=512, show_spinner=False)
def _key(fingerprint: str, spec: str, name: str, _corpus: Corpus) -> str:
    return key_of(config_of(name, spec), _corpus)


def _corpus_of(manifest: Manifest) -> str | None:
    corpus = manifest.provenance.get("corpus") or {}
    found: str | None = corpus.get("fingerprint")
    return found
