"""Data sets ready for training a tagger of the target language on projected entities."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from pydantic import Field

from xner_core.config import ComponentConfig
from xner_core.export.conll_rows import OVERLAPS_HELP, rows_text, tags_of
from xner_core.export.format import Format
from xner_core.export.losses import (
    Aspect,
    Loss,
    Overlaps,
    entity_name,
    general_losses,
    overlap_losses,
    sentence_loss,
    unwritten_sentences,
)
from xner_core.export.plain_words import plain_losses, plain_word
from xner_core.export.sample import ReadSample, Sample
from xner_core.export.tag_names import tag_names
from xner_core.export.text_files import TextWriter
from xner_core.export.training_rows import read_training_files
from xner_core.export.training_text import how_to_train
from xner_core.languages import UNKNOWN

Split = Literal["train", "dev"]
SPLITS: tuple[Split, Split] = ("train", "dev")
_DIGITS = 8


class TranslateTrainConfig(ComponentConfig):
    """Options of data sets for training."""

    dev_share: float = Field(
        default=0.1,
        ge=0.0,
        lt=1.0,
        description="The share of sentences that are kept apart for choosing among models. A sentence's id "
        "decides where it goes, so it is the same in every export.",
    )
    sentences: Literal["not rejected", "approved", "all"] = Field(
        default="not rejected", description="The sentences that are taken, by what the last reviewer thinks."
    )
    labels: str = Field(
        default="", description="The labels to train on, as in PER, LOC; all where it is empty."
    )
    overlaps: Overlaps = Field(default="outermost", description=OVERLAPS_HELP)


class TranslateTrainFormat(Format[TranslateTrainConfig]):
    """Target sentences ready for training: train and dev files for xner train-ner and run_ner.py."""

    Config = TranslateTrainConfig
    title = "Training data (translate-train)"
    read_by = "xner train-ner, and run_ner.py of Hugging Face's transformers"
    suffixes = (".json", ".jsonl", ".conll")

    @property
    def holds(self) -> frozenset[Aspect]:
        """Target words and entities, and ids."""
        return frozenset({"sentence", "id", "words", "target entities"})

    def losses(self, sample: Sample) -> Iterator[Loss]:
        """Besides what it does not hold: sentences and labels that are not taken, odd words."""
        why = self._left_out(sample)
        if why:
            yield sentence_loss(sample, why=why)
            return
        yield from general_losses(sample, self.holds)
        yield from unwritten_sentences(sample, ("source",))
        taken = self._taken(sample)
        for entity in sample.corrected.target_entities:
            if entity not in taken.corrected.target_entities:
                what = entity_name(sample, "target", entity)
                yield Loss(sample.pair.id, "target entities", what, "target", entity)
        yield from overlap_losses(taken, ("target",), self.config.overlaps)
        yield from plain_losses(sample, "target")

    def write(self, samples: Iterable[Sample], folder: Path, name: str) -> list[Path]:
        """CoNLL-2002 and JSON lines of both splits, the list of tags, and how to train."""
        found = _Found()
        conll = {split: folder / f"{name}.{split}.conll" for split in SPLITS}
        rows = {split: folder / f"{name}.{split}.json" for split in SPLITS}
        with ExitStack() as stack:
            files = {
                split: [stack.enter_context(TextWriter(each[split])) for each in (conll, rows)]
                for split in SPLITS
            }
            for sample in samples:
                if not self._left_out(sample):
                    split = self.split(sample.pair.id)
                    taken = self._taken(sample)
                    words = [plain_word(word) for word in sample.pair.target.words]
                    tags = tags_of(taken, "target", self.config.overlaps)
                    row = {"id": sample.pair.id, "tokens": words, "ner_tags": tags}
                    files[split][0].write(rows_text(words, tags, "\t"))
                    files[split][1].write(json.dumps(row, ensure_ascii=False) + "\n")
                    found.add(sample, split, tags)
        return self._finish(folder, name, found, [conll, rows])

    def read(self, path: Path, notices: list[str] | None = None) -> Iterator[ReadSample]:
        """A file of either kind; of a folder the JSON lines, which have ids, where there are some."""
        yield from read_training_files(path, notices if notices is not None else [])

    def split(self, sid: str) -> Split:
        """Where the sentence pair of an id goes."""
        digest = hashlib.sha256(sid.encode("utf-8", "surrogatepass")).hexdigest()
        share = int(digest[:_DIGITS], 16) / 16**_DIGITS
        return "dev" if share < self.config.dev_share else "train"

    def _labels(self) -> list[str]:
        return [label for label in self.config.labels.replace(",", " ").split() if label]

    def _left_out(self, sample: Sample) -> str:
        """Why a sentence is not taken; empty where it is."""
        if sample.pair.target.is_missing:
            return "the target sentence is missing"
        if self.config.sentences == "approved" and sample.status != "approved":
            return f"its status is {sample.status}"
        if self.config.sentences == "not rejected" and sample.status == "rejected":
            return "it was rejected"
        return ""

    def _taken(self, sample: Sample) -> Sample:
        """The sample with only those target entities whose labels are taken."""
        labels = self._labels()
        if not labels:
            return sample
        kept = tuple(each for each in sample.corrected.target_entities if each.label in labels)
        return replace(sample, corrected=replace(sample.corrected, target_entities=kept))

    def _finish(self, folder: Path, name: str, found: _Found, kinds: list[dict[Split, Path]]) -> list[Path]:
        """Write what is known at the end, and remove the files of a split that has no sentence."""
        tags, readme = folder / f"{name}.labels.txt", folder / "README.md"
        names = tag_names(self._labels() or found.labels)
        with TextWriter(tags) as file:
            file.write("".join(f"{tag}\n" for tag in names))
        with TextWriter(readme) as file:
            lang = found.langs.pop() if len(found.langs) == 1 else UNKNOWN
            file.write(how_to_train(name, lang, found.counts["train"], found.counts["dev"], names))
        files = []
        for kind in kinds:
            for split, path in kind.items():
                if found.counts[split]:
                    files.append(path)
                else:
                    path.unlink()
        return [readme, *files, tags]


@dataclass(slots=True)
class _Found:
    """What was written."""

    counts: dict[Split, int] = field(default_factory=lambda: dict.fromkeys(SPLITS, 0))
    labels: set[str] = field(default_factory=set)
    langs: set[str] = field(default_factory=set)

    def add(self, sample: Sample, split: Split, tags: Iterable[str]) -> None:
        self.counts[split] += 1
        self.labels.update(tag[2:] for tag in tags if tag != "O")
        self.langs.add(sample.pair.target.lang)
