"""The published experiments as configs of runs, and the same methods with what needs no hub.

A preset is named `DATASET/LANG/METHOD`, as in `europarl/de/candidates-simalign-ngrams`. With
`@embedded` behind it the models are those that come with the packages here; then the aligner's
name says nothing and may be left out: `europarl/de/candidates-ngrams@embedded`.

What was published, and where it says so:

* Job scripts of the program that was published with Politov et al. 2025 (arXiv 2501.18750):
  English is the source; NLLB-200-3.3B translates into it; XLM-RoBERTa large fine-tuned on English
  CoNLL-2003 tags source sentences, finds target candidates and is what is transferred; SimAlign
  with mBERT, subwords and iterations, and AWESOME with mBERT align; EasyProject's NLLB-200-3.3B
  translates back with brackets, found again at a similarity of 0.5; the test splits are scored;
  the n-grams of Japanese, Thai and Chinese PAN-X are at most 30 words long, since each
  character is a word there. On Europarl-NER source entities are gold.
* Shkalikov 2025 (master thesis, TU Dresden), chapter 4: AWESOME's softmax with the threshold
  0.001 at layer 8; the heuristic merges ranges one word apart, drops those of a length ratio of
  at most 0.8 and keeps all others; at most one projection an entity is the best constraint; DATE
  is not scored on MasakhaNER2, as the tagger does not know it. Its job scripts for Europarl-NER
  take n-grams of at most 10 words.
* The model card's config: XLM-RoBERTa's tags have no B-PER, so I- opens an entity (IOB1).

What was not found, and what is taken instead: the longest n-gram outside of the above (10
words); whether the matching that the scripts call argmax was greedy or exact (exact; both are within
.003 of each other on Europarl-NER, docs/methods.md); SimAlign's layer (its default, 8); AWESOME's
temperature for vectors of length 1 (our default, see `softmax`); the beams of the
translations (our default). On Europarl-NER the scripts name AWESOME models of their own for each
language pair, of which nothing more was found: mBERT takes their place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from xner_core.config import Choice, PipelineConfig
from xner_core.errors import ConfigError
from xner_core.runs.config import RunConfig, read_config
from xner_core.runs.methods import METHODS, UNALIGNED, Method, parse_method
from xner_core.runs.published import published

Models = Literal["published", "embedded"]
PREFIX = "preset:"
TRANSLATOR = "facebook/nllb-200-3.3B"
BACK_TRANSLATOR = "ychenNLP/nllb-200-3.3B-easyproject"
TAGGER = "FacebookAI/xlm-roberta-large-finetuned-conll03-english"
ENCODER = "google-bert/bert-base-multilingual-cased"
_CONLL = ("LOC", "MISC", "ORG", "PER")
_WITHOUT_SPACES = frozenset({"ja", "th", "zh"})


@dataclass(frozen=True, slots=True)
class Dataset:
    """A corpus of the published experiments.

    Attributes:
        corpus: Its spec, with `{lang}` where the language stands.
        labels: What is scored.
        is_parallel: Whether it has source sentences with gold entities.
        lacks_spaces: Languages of which each character is a word.
    """

    corpus: str
    labels: tuple[str, ...]
    is_parallel: bool = False
    lacks_spaces: frozenset[str] = frozenset()


DATASETS = {
    "masakhaner2": Dataset("hub:masakhaner2/{lang}", ("LOC", "ORG", "PER")),
    "xtreme": Dataset("hub:wikiann/{lang}", ("LOC", "ORG", "PER"), lacks_spaces=_WITHOUT_SPACES),
    "europarl": Dataset("hub:europarl-ner/{lang}", _CONLL, is_parallel=True),
}


@dataclass(frozen=True, slots=True)
class PresetName:
    """What a preset's name says.

    Attributes:
        dataset: One of `DATASETS`.
        lang: One of its languages, by its code there.
        method: The method; with published models it names its aligner.
        models: Whose models.
    """

    dataset: str
    lang: str
    method: Method
    models: Models = "published"

    def __str__(self) -> str:
        """The name."""
        name = f"{self.dataset}/{self.lang}/{self.method}"
        return name if self.models == "published" else f"{name}@{self.models}"


@lru_cache(maxsize=8)
def languages(dataset: str) -> tuple[str, ...]:
    """The languages of a data set that figures are published of, sorted."""
    return tuple(sorted({figure.lang for figure in published(dataset)}))


def presets(models: Models = "published") -> Iterator[PresetName]:
    """Yield the name of every preset, by data set, language and method."""
    for dataset in DATASETS:
        for lang in languages(dataset):
            for method in METHODS if models == "published" else UNALIGNED:
                yield PresetName(dataset, lang, method, models)


def parse_name(text: str, models: Models | None = None) -> PresetName:
    """Read a preset's name.

    Args:
        text: `DATASET/LANG/METHOD`, with `@embedded` or `@published` behind it or not.
        models: Whose models, where the name does not say; the published where None.

    Raises:
        ConfigError: If it names something that does not exist.
    """
    name, _, said = text.strip().partition("@")
    parts = name.split("/")
    hint = "Write DATASET/LANG/METHOD; xner presets lists them"
    if len(parts) != 3:
        raise ConfigError(f"{text!r} is not a preset's name", hint=hint)
    dataset, lang, method_name = parts
    if dataset not in DATASETS:
        raise ConfigError(
            f"there is no data set {dataset!r}", where=text, hint=f"Data sets: {_all(DATASETS)}"
        )
    if lang not in languages(dataset):
        raise ConfigError(
            f"{dataset} has no language {lang!r}", where=text, hint=f"Languages: {_all(languages(dataset))}"
        )
    chosen = checked_models(said or models or "published")
    method = parse_method(method_name)
    if chosen == "embedded":
        method = method.whoever_aligns
    elif method not in METHODS:
        raise ConfigError(
            f"{method} does not say who aligns",
            where=text,
            hint=f"Choose from {_all(m for m in METHODS if m.whoever_aligns == method)}, or add @embedded",
        )
    return PresetName(dataset, lang, method, chosen)


def checked_models(text: str) -> Models:
    """See that a text says whose models.

    Raises:
        ConfigError: If it does not.
    """
    for known in get_args(Models):
        if text == known:
            models: Models = known
            return models
    raise ConfigError(f"there are no {text!r} models", hint=f"Choose from {_all(get_args(Models))}")


def preset(
    name: str | PresetName, models: Models | None = None, corpus: str | None = None, ner: str | None = None
) -> RunConfig:
    """Make the config of a preset; nothing is loaded.

    Args:
        name: The preset.
        models: Whose models, where the name is a text that does not say.
        corpus: A corpus spec in place of the hub's; `{lang}` in it becomes the language.
        ner: The tagger of target sentences, in place of the published one: `transformers:FOLDER`
            or `trained:NAME`. Where the source entities are no gold it tags them too, but with
            embedded models spaCy does.

    Raises:
        ConfigError: If there is no such preset, or it needs a tagger and none is known.
    """
    named = parse_name(name, models) if isinstance(name, str) else name
    dataset, method = DATASETS[named.dataset], named.method
    stages = _embedded(named, ner) if named.models == "embedded" else _published(named, ner)
    return RunConfig(
        corpus=(corpus or dataset.corpus).replace("{lang}", named.lang),
        name=str(named),
        method="transfer" if method.is_transfer else "projection",
        pipeline=PipelineConfig(**stages),
        labels=dataset.labels,
    )


def named_config(name: str) -> RunConfig:
    """The config that `preset:NAME` or else a YAML file holds.

    Raises:
        ConfigError: If there is no such preset or file, or the file holds something else.
    """
    return preset(name.removeprefix(PREFIX)) if name.startswith(PREFIX) else read_config(Path(name))


def _published(named: PresetName, ner: str | None) -> dict[str, Choice]:
    dataset, method = DATASETS[named.dataset], named.method
    tagger = Choice(name=ner) if ner else _choice(f"transformers:{TAGGER}", scheme="IOB1")
    stages = {"ner": tagger}
    if method.is_transfer:
        return stages
    stages |= _projecting(named)
    if dataset.is_parallel:
        stages["ner"] = Choice(name="gold")
    else:
        stages["translator"] = Choice(name=f"transformers:{TRANSLATOR}")
    if method.candidates == "ner":
        stages["target_ner"] = tagger
    if method.is_back_translated:
        back = f"back-translation:transformers:{BACK_TRANSLATOR}"
        stages["refinement"] = _choice(back, markers="brackets", threshold=0.5)
    stages["aligner"] = _choice(f"encoder:{ENCODER}", layer=8)
    stages["extraction"] = (
        Choice(name="itermax") if method.aligner == "simalign" else _choice("softmax", threshold=0.001)
    )
    return stages


def _embedded(named: PresetName, ner: str | None) -> dict[str, Choice]:
    dataset, method = DATASETS[named.dataset], named.method
    if method.has_tagged_targets and not ner:
        raise ConfigError(
            "the method tags target sentences, and no tagger comes with the packages",
            hint="Give one with --ner transformers:FOLDER or trained:NAME (xner train-ner makes one)",
        )
    tagger = Choice(name=ner or "none")
    if method.is_transfer:
        return {"ner": tagger}
    stages = _projecting(named)
    if not dataset.is_parallel:
        stages["translator"] = Choice(name="apertium")
    if method.candidates == "ner":
        stages["target_ner"] = tagger
    if method.is_back_translated:
        stages["refinement"] = Choice(name="back-translation:apertium")
    return stages


def _projecting(named: PresetName) -> dict[str, Choice]:
    """How target candidates are made, scored and chosen."""
    method = named.method
    if method.candidates == "":
        return {"projector": _choice("heuristic", merge_distance=1, only_i=False, length_ratio=0.8, keep=10)}
    stages = {"scorer": Choice(name="alignment"), "projector": _choice("ilp", relation="<=", n_proj=1)}
    if method.candidates == "ner":
        return stages | {"candidates": Choice(name="ner")}
    longest = 30 if named.lang in DATASETS[named.dataset].lacks_spaces else 10
    return stages | {"candidates": _choice("ngrams", max_words=longest)}


def _choice(name: str, **options: Any) -> Choice:
    return Choice(name=name, options=options)


def _all(names: Any) -> str:
    return ", ".join(map(str, names))
