"""Planning an import in a process of its own; who asked for it sees the plan and takes it over, or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xner_core.review.importing import ImportPlan
from xner_core.review.rows_for_jobs import item_json, lines_of
from xner_core.runs.identity import software_id
from xner_core.runs.jobs import Job
from xner_core.types import Corpus, SentencePair

MOST_SHOWN = 200
"""Of so many sentences a plan says in words what changes."""


def plan_json(plan: ImportPlan, given: Mapping[str, SentencePair], source: str) -> dict[str, Any]:
    """A plan as plain JSON, with all that is needed to take it over.

    Args:
        plan: The plan.
        given: The pairs of the corpus by id.
        source: What the file is called.

    Returns:
        `ImportPlan.as_data`, `reason`, `items` (see `rows_for_jobs`), and `lines` of the first of them.
    """
    planned = plan.planned
    return {
        **plan.as_data(),
        "reason": plan.reason(source),
        "items": [item_json(each.pair, each.changes, given[each.pair.id]) for each in planned],
        "lines": [
            lines_of(each.pair, each.before, each.after, each.changes) for each in planned[:MOST_SHOWN]
        ],
    }


class ImportJob(Job):
    """What a file would change.

    Args:
        corpus: The loaded corpus.
        file: The file, named by its content.
        arguments: Those of `xner import` besides the file and the corpus: format, options, pipeline.
        version: Of the store of corrections.
        store: Which store it is, where there are several.
    """

    def __init__(
        self, corpus: Corpus, file: Path, arguments: Sequence[str], version: int, store: str = ""
    ) -> None:
        identity = [corpus.fingerprint, str(file), list(arguments), version, store, software_id()]
        told = [f"--corpus={corpus.spec}", "--dry-run", *arguments]
        super().__init__("imports", identity, ["import", *told, str(file.absolute())])
