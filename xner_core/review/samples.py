"""What holds of sentence pairs: a person's word where there is one, the components' elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from xner_core.alignment.edits import LinkEdits, edited
from xner_core.config import PipelineConfig
from xner_core.corrections.events import Event, SentenceKey, SentenceState
from xner_core.export.sample import Annotation, Sample
from xner_core.pipeline import Pipeline, SentenceResult
from xner_core.review.found import Found, bare, matches_of, of_result
from xner_core.review.run_rows import Run, RunRows, run_of
from xner_core.runs.config import RunConfig
from xner_core.runs.provenance import provenance
from xner_core.runs.stages import RememberingPipeline
from xner_core.types import Corpus, Entity, Progress, SentencePair, Span, WordAlignment

_BATCH = RunConfig.model_fields["batch_size"].default
"""As in a run, so that what the stages made of a batch there is known here."""


class Corrections(Protocol):
    """What is read of a store of corrections."""

    def states(self, keys: Iterable[SentenceKey] | None = None) -> dict[SentenceKey, SentenceState]:
        """What people say of sentences, all where None; only of those that they say anything of."""
        ...

    def histories(self, keys: Iterable[SentenceKey]) -> dict[SentenceKey, tuple[Event, ...]]:
        """All events of those sentences that have some, in order."""
        ...


def samples(
    corpus: Corpus,
    pairs: Sequence[SentencePair],
    config: PipelineConfig | None,
    store: Corrections,
    *,
    progress: Progress | None = None,
) -> Iterator[Sample]:
    """What holds of pairs of a corpus; see `Review.samples`."""
    yield from Review(corpus, config).samples(pairs, store, progress)


def corrected(pipeline: Pipeline, found: Found | SentenceResult, state: SentenceState) -> Annotation:
    """What holds of a pair.

    A person's source entities and target entities replace those that were found, their links are laid over
    the aligner's. Where the source entities or the links thereby differ from what was found, the entities
    are projected anew. Entities of the target that a person corrected hold whatever is projected; they
    belong to the source entity of which the projection has the same words.

    Args:
        pipeline: What projects.
        found: What it, or a run with the same settings, found of the pair.
        state: What people say of the pair.
    """
    if isinstance(found, SentenceResult):
        found = of_result(found)
    raw = found.raw
    sources = raw.source_entities if state.source_entities is None else state.source_entities
    pair = found.pair
    alignment = edited(
        found.alignment, _said_links(found, state), (len(pair.source.words), len(pair.target.words))
    )
    targets, matches = raw.target_entities, raw.matches
    if is_projected_anew(found, state):
        targets, matches = _projected(pipeline, found, sources, alignment)
    elif sources != raw.source_entities:
        matches = _with_sources(matches, raw.source_entities, sources)
    if state.target_entities is not None:
        matches = _with_targets(matches, targets, state.target_entities)
        targets = state.target_entities
    return Annotation(sources, targets, bare(alignment), matches)


def is_projected_anew(found: Found, state: SentenceState) -> bool:
    """Whether a person changed something that the projection depends on."""
    if not (found.is_projected and found.pair.is_complete):
        return False
    other_sources = state.source_entities not in (None, found.raw.source_entities)
    return other_sources or (not found.is_translated_back and len(_said_links(found, state)) > 0)


class Review:
    """A corpus, what a pipeline finds of it, and what people say of that.

    Args:
        corpus: The corpus.
        config: The pipeline; the default one where None.
        run: A run to take what was found from. Where None, one that did the same is looked for, and
            where there is none the pipeline works now; stages that did the same work before remember it.

    Raises:
        ConfigError: If a component or an option does not exist, or the run is of another corpus.
    """

    def __init__(
        self, corpus: Corpus, config: PipelineConfig | None = None, *, run: Run | None = None
    ) -> None:
        self._corpus = corpus
        if run is not None:
            config = run[1].config.pipeline
        self.pipeline = RememberingPipeline(config or PipelineConfig())
        self._run = run
        self._rows = None if run is None else RunRows(run, corpus)
        self._was_named = self._has_looked = run is not None
        self._provenance: dict[str, Any] | None = None

    def found(self, pairs: Sequence[SentencePair], progress: Progress | None = None) -> Iterator[Found]:
        """What the components find of each pair, in order.

        Raises:
            XnerError: If a stage cannot do its work.
        """
        for batch in self._batches(pairs, progress):
            yield from batch

    def samples(
        self, pairs: Sequence[SentencePair], store: Corrections, progress: Progress | None = None
    ) -> Iterator[Sample]:
        """What holds of each pair, in order.

        A sentence that the corpus lacks and no translator was chosen for stays missing.

        Args:
            pairs: Pairs of the corpus.
            store: What people said.
            progress: Told of the pairs that are done.

        Raises:
            XnerError: If a stage cannot do its work.
        """
        for batch in self._batches(pairs, progress):
            keys = [SentenceKey.of(found.pair) for found in batch]
            histories = store.histories(keys)
            said = [SentenceState.of(histories.get(key, ())) for key in keys]
            ready = self.ready(batch, said)
            made_with = self.provenance
            for key, found, state in zip(keys, ready, said, strict=True):
                holds = corrected(self.pipeline, found, state)
                yield _sample(found, holds, state, histories.get(key, ()), made_with)

    def ready(self, batch: Sequence[Found], states: Sequence[SentenceState]) -> list[Found]:
        """What was found, with all that is needed to project anew what has to be.

        A run keeps links, but neither the similarities nor the tags that some scores look at.

        Args:
            batch: What was found.
            states: What people say of each, or would say.
        """
        if self._rows is None:
            return list(batch)
        anew = [
            at
            for at, (found, state) in enumerate(zip(batch, states, strict=True))
            if found.alignment.similarity is None and is_projected_anew(found, state)
        ]
        pairs = [batch[at].pair for at in anew]
        tags = list(self.pipeline.tag_targets(pairs))
        alignments = [batch[at].alignment for at in anew]
        if not self.pipeline.aligner.gives_links:
            alignments = [
                replace(known, similarity=now.similarity)
                for known, now in zip(alignments, self.pipeline.align(pairs), strict=True)
            ]
        complete = list(batch)
        for at, alignment, seen in zip(anew, alignments, tags, strict=True):
            complete[at] = replace(batch[at], alignment=alignment, target_tags=seen)
        return complete

    def pairs(
        self, given: Sequence[SentencePair], progress: Progress | None = None
    ) -> Sequence[SentencePair]:
        """Pairs of the corpus, with the sentences that it lacks translated where something can."""
        if all(pair.is_complete for pair in given):
            return given
        rows = self._rows_for(given)
        if rows is not None:
            return [found.pair for found in rows.found(given)]
        if self.pipeline.config.translator.name == "none":
            return given
        return self.pipeline.translate(given, progress)

    @property
    def provenance(self) -> dict[str, Any]:
        """What the samples were made with; once something was found, the same for all."""
        if self._provenance is None:
            if self._run is not None:
                manifest = self._run[1]
                self._provenance = {**manifest.provenance, "models": manifest.models, "run": manifest.id}
            else:
                used = {stage: sorted(models) for stage, models in self.pipeline.used_models().items()}
                self._provenance = {**provenance(self.pipeline, self._corpus), "models": used}
        return self._provenance

    @property
    def notices(self) -> list[str]:
        """What a reader should know, one sentence each."""
        own = [] if self._run is None else self._run[1].notices
        return list(dict.fromkeys([*self._corpus.notices, *own, *self.pipeline.notices]))

    @property
    def run(self) -> str | None:
        """Id of the run that what was found is read from, None where the pipeline works now."""
        return None if self._run is None else self._run[1].id

    def release(self) -> None:
        """Let go of the models' memory."""
        self.pipeline.release()

    def _batches(self, pairs: Sequence[SentencePair], progress: Progress | None) -> Iterator[list[Found]]:
        rows = self._rows_for(pairs)
        total = len(pairs)
        if rows is None and self.pipeline.aligner.learns_from_corpus:
            yield self._learned(pairs, progress)
            return
        for start in range(0, total, _BATCH):
            batch = pairs[start : start + _BATCH]
            if rows is not None:
                found = rows.found(batch)
            else:
                found = self._computed(batch, _shifted(progress, start, total))
            yield found
            if progress is not None:
                progress("projection", start + len(batch), total)

    def _rows_for(self, pairs: Sequence[SentencePair]) -> RunRows | None:
        """The rows of the run that was named; or of one that was found and has these pairs."""
        if not self._has_looked:
            self._has_looked = True
            self._run = run_of(self._corpus, self.pipeline.config, pairs)
            self._rows = None if self._run is None else RunRows(self._run, self._corpus)
        rows = self._rows
        if rows is None or self._was_named or all(pair.id in rows for pair in pairs):
            return rows
        return None

    def _learned(self, pairs: Sequence[SentencePair], progress: Progress | None) -> list[Found]:
        """What an aligner finds that learns from the corpus: from all of it in the languages of the pairs."""
        langs = {pair.target.lang for pair in pairs}
        every = [pair for pair in self._corpus.pairs if pair.target.lang in langs]
        by_id = {found.pair.id: found for found in self._computed(every, progress)}
        return [by_id[pair.id] for pair in pairs]

    def _computed(self, batch: Sequence[SentencePair], progress: Progress | None) -> list[Found]:
        """What the pipeline finds; a pair that stays incomplete for want of a translator is only tagged."""
        translates = self.pipeline.config.translator.name != "none"
        whole = [pair for pair in batch if pair.is_complete or translates]
        by_id = {result.pair.id: of_result(result) for result in self.pipeline.run(whole, progress)}
        lacking = [pair for pair in batch if pair.id not in by_id]
        tagged = [pair for pair in lacking if not pair.source.is_missing]
        entities = dict(zip([pair.id for pair in tagged], self.pipeline.tag(tagged), strict=True))
        for pair in lacking:
            by_id[pair.id] = Found(pair, Annotation(entities.get(pair.id, ())), is_projected=False)
        return [by_id[pair.id] for pair in batch]


def _sample(
    found: Found,
    holds: Annotation,
    state: SentenceState,
    history: Sequence[Event],
    made_with: Mapping[str, Any],
) -> Sample:
    from xner_core.corrections.codec import event_json

    return Sample(
        pair=found.pair,
        corrected=holds,
        raw=found.raw,
        is_edited=state.is_edited,
        status=state.status,
        note=state.note,
        authors=state.authors,
        updated="" if state.updated is None else state.updated.isoformat(),
        history=tuple(event_json(event) for event in history),
        provenance=made_with,
    )


def _said_links(found: Found, state: SentenceState) -> LinkEdits:
    return LinkEdits(state.links).against(found.alignment)


def _projected(
    pipeline: Pipeline, found: Found, sources: tuple[Entity, ...], alignment: WordAlignment
) -> tuple[tuple[Entity, ...], tuple[tuple[int, int], ...]]:
    pair, origins, sent = found.pair, None, sources
    if found.is_translated_back:
        [back] = pipeline.refine([pair], [sources])
        if back is not None:
            pair, origins, sent = back.pair, back.origins, back.entities
            [alignment] = pipeline.align([pair])
    problem = pipeline.problem(pair, sent, alignment, found.target_tags)
    projection = pipeline.projector.project(problem)
    return projection.target_entities, matches_of(projection, origins)


def _with_sources(
    matches: Iterable[tuple[int, int]], before: Sequence[Entity], after: Sequence[Entity]
) -> tuple[tuple[int, int], ...]:
    """The matches of those source entities that are still there."""
    place = {entity: at for at, entity in enumerate(after)}
    return tuple(sorted((place[before[s]], t) for s, t in matches if before[s] in place))


def _with_targets(
    matches: Iterable[tuple[int, int]], before: Sequence[Entity], after: Sequence[Entity]
) -> tuple[tuple[int, int], ...]:
    """The matches with those corrected entities that have the words of the projected one.

    Of several over the same words the one with the same label is taken, else the first.
    """
    by_words: dict[Span, int] = {}
    for at, entity in enumerate(after):
        by_words.setdefault(entity.span, at)
    exact = {entity: at for at, entity in enumerate(after)}
    moved = ((s, exact.get(before[t], by_words.get(before[t].span))) for s, t in matches)
    return tuple(sorted((s, t) for s, t in moved if t is not None))


def _shifted(progress: Progress | None, start: int, total: int) -> Progress | None:
    """Progress of a batch as progress of all."""
    if progress is None:
        return None

    def tell(stage: str, done: int, of: int) -> None:
        if stage == "projection":
            progress(stage, start + done, total)
        else:
            progress(stage, done, of)

    return tell
