"""A corpus of a few made-up sentences with links in a file: what is projected is told by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load
from xner_core.corrections.events import KINDS, Change, Origin, SentenceKey, SentenceState
from xner_core.corrections.store import CorrectionStore
from xner_core.types import Corpus, Entity, SentencePair, Span

ORIGIN = Origin("made up", "0")
SENTENCES = {
    "ada": ("Ada met Bo .", "Ada traf Bo .", ("B-PER", "O", "O", "O"), "0-0 1-1 2-2 3-3"),
    "rome": ("Old Rome sleeps", "das alte Rom schläft", ("O", "B-LOC", "O"), "0-1 1-2 2-3"),
    "twin-1": ("Eva sings", "Eva singt", ("B-PER", "O"), "0-0 1-1"),
    "twin-2": ("Eva sings", "Eva singt", ("B-PER", "O"), "0-0 1-1"),
    "none": ("it rains", "es regnet", ("O", "O"), "0-0 1-1"),
}


def entities(*marked: tuple[int, int, str]) -> tuple[Entity, ...]:
    return tuple(sorted(Entity(Span(start, end), label) for start, end, label in marked))


def small_corpus(folder: Path, names: Iterable[str] = tuple(SENTENCES)) -> Corpus:
    """Some of the sentences, with source entities."""
    rows = []
    for name in names:
        source, target, tags, _ = SENTENCES[name]
        tokens = {"source_tokens": source.split(), "target_tokens": target.split()}
        rows.append({"id": name, "source_lang": "en", "target_lang": "de", **tokens, "source_tags": tags})
    path = folder / "small.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return load(f"jsonl:{path}")


def small_config(folder: Path) -> PipelineConfig:
    """Links from a file, entities from the corpus."""
    path = folder / "links.txt"
    path.write_text("".join(f"{name}\t{said[3]}\n" for name, said in SENTENCES.items()), encoding="utf-8")
    return PipelineConfig(aligner=Choice(name=f"links:{path}"), ner=Choice(name="gold"))


def pair_of(corpus: Corpus, name: str) -> SentencePair:
    return next(pair for pair in corpus.pairs if pair.id == name)


def say(store: CorrectionStore, pair: SentencePair, author: str = "Ana", **values: object) -> None:
    """Record fields of a sentence."""
    state = store.state(SentenceKey.of(pair))
    changes = [Change(kind, value, state.versions[kind]) for kind, value in values.items()]  # type: ignore
    store.record(pair, changes, author=author, origin=ORIGIN)


def values(states: dict[SentenceKey, SentenceState]) -> dict[str, dict[str, object]]:
    """What holds by id and field, without versions, authors and times."""
    return {key.id: {kind: state.value(kind) for kind in KINDS} for key, state in states.items()}
