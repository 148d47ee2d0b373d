"""Writing the files in the background, and the way to download them."""

from __future__ import annotations

import shlex
from functools import partial

import streamlit as st

from ui.components.as_of import as_of, tell_news
from ui.components.export_format import PickedFormat
from ui.components.export_result import show_files, show_losses, size_of
from ui.components.export_scope import PickedScope
from ui.components.found_by import FoundBy
from ui.components.job_panel import JobWords, news, result_of
from ui.components.run_picker import SMALL_CORPUS
from xner_core.review.exporting import ExportJob, file_name
from xner_core.types import Corpus

_WORDS = JobWords("The export", "Prepare", "Writing")


def prepare(corpus: Corpus, picked: PickedFormat, scope: PickedScope, found_by: FoundBy) -> None:
    """Write what was chosen, at once where it is little; show what it lacks, and let it be downloaded."""
    place = corpus.spec.partition(":")[2].partition("?")[0].rpartition("/")[2] or corpus.spec
    name = file_name(place, scope.lang or "")
    arguments = (*picked.arguments, *scope.arguments, *found_by.arguments, f"--name={name}")
    is_small = scope.n <= SMALL_CORPUS
    what = f"export:{corpus.fingerprint}:{arguments}"
    moment = as_of(corpus, what, lasting=not is_small)
    job = ExportJob(corpus, arguments, moment.n_events, moment.store)
    folder = job.folder / "files"
    result = result_of(job, _WORDS, by_itself=is_small)
    if result is None:
        if job.state().status == "new":
            st.text(
                f"{scope.n:,} sentences are to be written; you may leave the page meanwhile. What the files "
                "lack is listed before you download them."
            )
    elif not job.archive.exists() or not all((folder / name).exists() for name in result["files"]):
        st.warning("The files were deleted.")
        st.button("Write them again", key="again", on_click=partial(job.start, again=True))
    else:
        tell_news(corpus, what, "Prepare again", lasting=not is_small)
        for notice in news(result["notices"], corpus):
            st.text(notice)
        show_losses(result["losses"], folder, f"{name}-{picked.name}")
        n, size = result["n_samples"], size_of(job.archive.stat().st_size)
        st.download_button(
            f"Download {n:,} {'sentence' if n == 1 else 'sentences'} (ZIP, {size})",
            data=job.archive.read_bytes,
            file_name=f"{name}-{picked.name}.zip",
            mime="application/zip",
            icon=":material/download:",
            on_click="ignore",
        )
        show_files(result["files"], folder)
    _command(corpus, arguments)


def _command(corpus: Corpus, arguments: tuple[str, ...]) -> None:
    with st.expander("The same from the command line", icon=":material/terminal:"):
        told = ["xner", "export", f"--corpus={corpus.spec}", *arguments, "--zip=export.zip"]
        st.code(shlex.join(told), language="bash", wrap_lines=True)
