"""Uploading a corpus: what it would become is shown before anything is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePath

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from ui import cache, state
from ui.components.corpora_languages import pick_language_code
from ui.components.corpora_preview import show_preview
from ui.components.inspect_link import inspect_link
from ui.frame import errors_shown
from xner_core.corpora.added import add_corpus
from xner_core.corpora.uploads.documents import MOST_SENTENCES
from xner_core.corpora.uploads.formats import FORMATS, sniff
from xner_core.corpora.uploads.preview import Preview, Upload, preview
from xner_core.languages import UNKNOWN

_LONGEST_NAME = 80


def upload() -> None:
    """Let files be uploaded, looked at and kept."""
    megabytes = st.get_option("server.maxUploadSize")
    files = st.file_uploader(
        "Files",
        accept_multiple_files=True,
        key="corpora-files",
        help="CoNLL takes two files that are translations of each other; all else is one file.",
    )
    st.caption(
        f"Up to {megabytes} MB a file and {MOST_SENTENCES:,} sentences. Nothing is kept before you say so."
    )
    if not files:
        return
    about, shown = st.columns([2, 3], gap="large")
    with about:
        format, files = _pick_format(files), _in_order(files)
        langs = UNKNOWN, UNKNOWN
        if not FORMATS[format].names_languages:
            langs = _pick_languages()
    with shown, errors_shown():
        found = _previewed(tuple(file.file_id for file in files), format, langs, files)
        show_preview(found)
    if found.refusal is None:
        key = "/".join((*(file.file_id for file in files), format, *langs))
        _keep(found, files, FORMATS[format].title, hashlib.sha256(key.encode()).hexdigest()[:12])


def _pick_format(files: Sequence[UploadedFile]) -> str:
    names = [file.name for file in files]
    guess = sniff(names, files[0].getvalue())
    format = st.radio(
        "Format",
        list(FORMATS),
        index=list(FORMATS).index(guess),
        key=f"format-{files[0].file_id}-{len(files)}",  # another upload gets a guess of its own
        format_func=lambda name: FORMATS[name].title + (" (as it seems)" if name == guess else ""),
        captions=[each.explanation for each in FORMATS.values()],
    )
    return str(format)


def _in_order(files: list[UploadedFile]) -> list[UploadedFile]:
    """The files, the one with the source sentences first."""
    if len(files) != 2:
        return files
    names = [f"{i}: {file.name}" for i, file in enumerate(files, 1)]
    first = st.selectbox("The source sentences are in", names, key=f"first-{files[0].file_id}")
    return files if first == names[0] else files[::-1]


def _pick_languages() -> tuple[str, str]:
    help = "Counts where the file does not name it."
    with st.container(horizontal=True):
        with st.container(width=220):
            source = pick_language_code("Source language", "upload-source", help=help)
        with st.container(width=220):
            target = pick_language_code("Target language", "upload-target", help=help)
    return source or UNKNOWN, target or UNKNOWN


@st.cache_resource(max_entries=2, show_spinner="Reading the upload …", show_time=True)
def _previewed(
    ids: tuple[str, ...], format: str, langs: tuple[str, str], _files: Sequence[UploadedFile]
) -> Preview:
    return preview([Upload(file.name, file.getvalue()) for file in _files], format, langs)


def _keep(found: Preview, files: Sequence[UploadedFile], format: str, key: str) -> None:
    """Let what was read be kept, once."""
    with st.container(horizontal=True, vertical_alignment="bottom", border=True):
        name = st.text_input(
            "Name",
            value=PurePath(files[-1].name).stem[:_LONGEST_NAME],
            max_chars=_LONGEST_NAME,
            key=f"name-{files[0].file_id}",
            width=300,
            help="What the corpus is called on every page.",
        )
        agreed = True
        if found.n_problems:
            label = "Leave out what has a problem" + (
                f" ({found.n_problems:,})" if found.n_problems > 1 else ""
            )
            agreed = st.checkbox(label, key=f"leave-{key}")
        kept = state.widget_value(f"kept-{key}")
        if kept is None:
            n = len(found.pairs)
            wanted = st.button(
                f"Keep {n:,} {'sentence' if n == 1 else 'sentences'}",
                icon=":material/save:",
                key=f"keep-{key}",
                disabled=not (n and agreed and name.strip()),
            )
            if wanted:
                state.set_widget_value(f"kept-{key}", _add(found, files, name, format))
                st.rerun()
        else:
            st.success("Kept. Every page lists it now.", icon=":material/check:", width=300)
            inspect_link("Open in Inspect", {"corpus": str(kept)})


def _add(found: Preview, files: Sequence[UploadedFile], name: str, format: str) -> str:
    """Keep what was read; the spec of the new corpus."""
    origin = f"{format}: {', '.join(file.name for file in files)}"
    if found.n_problems:
        origin += f"; {found.n_problems} {'problem' if found.n_problems == 1 else 'problems'} left out"
    with errors_shown():
        spec = add_corpus(name, found.pairs, origin).spec
        cache.corpus(spec)  # a large one is read now, so that it opens at once
        return spec
