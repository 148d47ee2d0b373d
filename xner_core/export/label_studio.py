"""Label Studio: a task per sentence pair, and the labelling config that shows it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, Literal
from xml.sax.saxutils import quoteattr

from pydantic import Field

from xner_core.config import ComponentConfig
from xner_core.export.characters import text_loss
from xner_core.export.format import Format
from xner_core.export.label_studio_reading import HINT, SHORT, Task, TaskReader, latest
from xner_core.export.links_line import links_line
from xner_core.export.losses import CONTENT, Aspect, Loss, general_losses
from xner_core.export.reading import objects, parse
from xner_core.export.running_text import located, text_of
from xner_core.export.sample import Annotation, ReadSample, Sample
from xner_core.export.text_files import TextWriter, files_in
from xner_core.languages import direction
from xner_core.palette import label_colour
from xner_core.tokenization import is_unspaced
from xner_core.types import SIDES, Side

_RELATION = "projects_to"
_USUAL_LABELS = ("PER", "ORG", "LOC", "MISC")
_ONLY_WRITTEN: frozenset[Aspect] = frozenset({"raw", "edits", "provenance"})
"""What is in the file for people and scripts, but is not read back."""


class LabelStudioConfig(ComponentConfig):
    """Options of the format `label-studio`."""

    side: Literal["source", "target"] = Field(
        "target", description="Reading: which sentence the text of a task with one text is."
    )
    predictions: bool = Field(
        True, description="Reading: whether what was predicted counts where a task has no annotation."
    )


class LabelStudioFormat(Format[LabelStudioConfig]):
    """Tasks with both sentences, their entities as labelled regions, and the labelling config."""

    Config = LabelStudioConfig
    title: ClassVar[str] = "Label Studio"
    read_by: ClassVar[str] = "Label Studio"
    suffixes: ClassVar[tuple[str, ...]] = (".json",)

    @property
    def holds(self) -> frozenset[Aspect]:
        """All that is read back; see `losses` for what the file has besides."""
        return CONTENT

    def losses(self, sample: Sample) -> Iterator[Loss]:
        """What a task has no place for."""
        yield from general_losses(sample, self.holds | _ONLY_WRITTEN)
        yield from text_loss(sample)

    def write(self, samples: Iterable[Sample], folder: Path, name: str) -> list[Path]:
        """Write `NAME.json`, the tasks, and `NAME.xml`, the labelling config."""
        tasks, config = folder / f"{name}.json", folder / f"{name}.xml"
        labels: set[str] = set()
        langs: dict[Side, set[str]] = {"source": set(), "target": set()}
        with TextWriter(tasks) as file:
            file.write("[")
            for number, sample in enumerate(samples, 1):
                for side in SIDES:
                    langs[side].add(sample.pair.side(side).lang)
                    labels |= {entity.label for said in _said(sample) for entity in said.entities(side)}
                task = json.dumps(_task(sample, number), ensure_ascii=False)
                file.write(f"{',' if number > 1 else ''}\n{task}")
            file.write("\n]\n")
        with TextWriter(config) as file:
            file.write(_config(sorted(labels) or _USUAL_LABELS, langs))
        return [tasks, config]

    def read(self, path: Path, notices: list[str] | None = None) -> Iterator[ReadSample]:
        """Read tasks, of Label Studio's exports JSON and JSON-MIN.

        Of several annotations of a task the latest one that was not cancelled counts; a prediction
        counts only where there is none, if at all.
        """
        heard = notices if notices is not None else []
        for file in files_in(path, self.suffixes):
            n_predicted = 0
            for line, task in _tasks(file):
                results, is_predicted = latest(task.annotations), False
                if results is None and self.config.predictions:
                    results = latest(task.predictions)
                    is_predicted = results is not None
                    n_predicted += is_predicted
                read = TaskReader(self.config.side, file, line, heard).sample(task, results)
                yield replace(read, is_predicted=is_predicted)
            if n_predicted:
                n_tasks = "1 task has" if n_predicted == 1 else f"{n_predicted} tasks have"
                heard.append(f"{file.name}: {n_tasks} no annotation; what was predicted was read")


def _tasks(file: Path) -> Iterator[tuple[int, Task]]:
    """The tasks of a file, each with the line it begins in."""
    begun: tuple[int, Task] | None = None
    for line, text in objects(file, HINT):
        task = parse(text, file, line, Task, HINT)
        joined = begun[1].joined(task) if begun is not None else None
        if begun is not None and joined is not None:
            begun = begun[0], joined
            continue
        if begun is not None:
            yield begun
        begun = (line, task) if task.may_go_on else None
        if begun is None:
            yield line, task
    if begun is not None:
        yield begun


def _said(sample: Sample) -> Iterator[Annotation]:
    yield sample.corrected
    if sample.raw is not None:
        yield sample.raw


def _task(sample: Sample, number: int) -> dict[str, Any]:
    pair, raw = sample.pair, sample.raw
    data: dict[str, Any] = {"pair_id": pair.id}
    for side, short in SHORT.items():
        sentence = pair.side(side)
        data[f"{short}_text"] = text_of(sentence).text
        data[f"{short}_lang"] = sentence.lang
        data[f"{short}_tokens"] = sentence.words
    data["alignment"] = links_line(sample.corrected.alignment)
    data["status"] = sample.status
    data["note"] = sample.note
    about: dict[str, Any] = {
        "is_edited": sample.is_edited,
        "authors": sample.authors,
        "updated": sample.updated,
    }
    if sample.provenance:
        about["provenance"] = dict(sample.provenance)
    task: dict[str, Any] = {"id": number, "data": data, "meta": about, "annotations": [], "predictions": []}
    if raw is not None:
        about["raw_alignment"] = links_line(raw.alignment)
        version = sample.provenance.get("xner_inspector", "")
        model = f"xner-inspector {version}".strip()
        task["predictions"] = [{"model_version": model, "result": _results(sample, raw, "prediction", "p-")}]
    if not _is_untouched(sample):
        times = {"created_at": sample.updated, "updated_at": sample.updated} if sample.updated else {}
        task["annotations"] = [
            {
                "was_cancelled": False,
                "ground_truth": False,
                **times,
                "result": _results(sample, sample.corrected, "manual", ""),
            }
        ]
    return task


def _is_untouched(sample: Sample) -> bool:
    """Whether nobody has said anything: a task with an annotation is done in Label Studio's eyes."""
    said, raw = sample.corrected, sample.raw
    return (
        raw is not None
        and not sample.is_edited
        and sample.status == "created"
        and (raw.source_entities, raw.target_entities, raw.matches)
        == (said.source_entities, said.target_entities, said.matches)
    )


def _results(sample: Sample, said: Annotation, origin: str, prefix: str) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = []
    names: dict[Side, list[str]] = {"source": [], "target": []}
    for side, short in SHORT.items():
        sentence = sample.pair.side(side)
        running = text_of(sentence)
        for number, entity in enumerate(said.entities(side)):
            start, end, surface = located(running, sentence.words, entity.span)
            names[side].append(f"{prefix}{short}-{number}")
            found = sample.raw.entities(side) if sample.raw is not None else ()
            results.append(
                {
                    "id": names[side][-1],
                    "from_name": f"{short}_label",
                    "to_name": short,
                    "type": "labels",
                    "origin": "prediction" if entity in found else origin,
                    "value": {"start": start, "end": end, "text": surface, "labels": [entity.label]},
                }
            )
    for source, target in said.matches:
        results.append(
            {
                "type": "relation",
                "from_id": names["source"][source],
                "to_id": names["target"][target],
                "direction": "right",
                "labels": [_RELATION],
            }
        )
    return results


def _config(labels: Sequence[str], langs: Mapping[Side, set[str]]) -> str:
    """What Label Studio shows: both texts, the labels of each, and the relation between entities."""
    lines = ["<View>"]
    for side, short in SHORT.items():
        # Words that no space parts can only be marked character by character.
        unit = "symbol" if any(map(is_unspaced, langs[side])) else "word"
        is_rtl = bool(langs[side]) and all(direction(lang) == "rtl" for lang in langs[side])
        lines.append(f'  <View style="direction: {"rtl" if is_rtl else "ltr"}">')
        lines.append(f'    <Header value="{side.capitalize()} sentence"/>')
        lines.append(f'    <Labels name="{short}_label" toName="{short}">')
        for label in labels:
            colour = label_colour(label)
            lines.append(f'      <Label value={quoteattr(label)} background="{colour}"/>')
        lines.append("    </Labels>")
        lines.append(f'    <Text name="{short}" value="${short}_text" granularity="{unit}"/>')
        lines.append("  </View>")
    lines += ["  <Relations>", f'    <Relation value="{_RELATION}"/>', "  </Relations>", "</View>", ""]
    return "\n".join(lines)
