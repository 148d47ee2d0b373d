"""How far correctors agree, counted in a process of its own."""

from __future__ import annotations

from xner_core.config import PipelineConfig
from xner_core.runs.identity import software_id
from xner_core.runs.jobs import Job
from xner_core.types import Corpus, Side


class AgreementJob(Job):
    """How far each two correctors of a corpus agree; see `agreement_report.corpus_agreement`.

    Args:
        corpus: The loaded corpus.
        config: The pipeline that they looked at.
        side: Whose entities.
        lang: Only pairs with this target language; all where None.
        version: Of the store of corrections.
        store: Which store it is, where there are several.
    """

    def __init__(
        self,
        corpus: Corpus,
        config: PipelineConfig,
        side: Side,
        lang: str | None,
        version: int,
        store: str = "",
    ) -> None:
        told = [f"--side={side}", f"--config={config.model_dump_json(exclude_defaults=True)}"]
        told += [] if lang is None else [f"--lang={lang}"]
        identity = [corpus.fingerprint, told, version, store, software_id()]
        super().__init__("agreements", identity, ["agreement", f"--corpus={corpus.spec}", *told])
