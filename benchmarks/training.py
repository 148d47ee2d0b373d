"""What training an aligner changes: AER and F1 before and after, with every extraction.

    python -m benchmarks.training --data ../shared/data --out FOLDER
    python -m benchmarks.training --data ../shared/data --out FOLDER --corpora demo:de,demo:fi --set epochs=1
    python -m benchmarks.training --data ../shared/data --trained FOLDER

Trained on the pairs of Europarl-NER (`europarl`), or on the pairs of the two sets with gold
links (`test`), whose links are not looked at; corpora are named by comma, and may be specs. AER
is on English–French Hansards, Romanian–English and the demonstration; F1 is with ILP, source
entities gold where the corpus has them, else spaCy's.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpora import corpora, europarl
from xner_core.alignment.encoder_aligner import EncoderAligner
from xner_core.alignment.training import TrainingConfig
from xner_core.config import Choice
from xner_core.corpora import load
from xner_core.evaluation import score_alignment, score_entities
from xner_core.pipeline import Pipeline
from xner_core.runs.align_score import gold_corpus
from xner_core.runs.train_aligner import train_aligner
from xner_core.types import SentencePair, WordAlignment

EXTRACTIONS = ("argmax", "itermax", "softmax", "transport", "unbalanced")
GOLD = {"en–fr": ("enfr", "en", "fr"), "ro–en": ("roen", "ro", "en")}


def specs(names: str, data: Path) -> list[str]:
    """The specs of corpora to train on."""
    gold = data / "word-alignment-gold"
    known = {
        "europarl": [europarl(data, lang) for lang in ("de", "es", "it")],
        "test": [
            f"parallel:{gold / name}.src-tgt?source_lang={source}&target_lang={target}"
            for name, source, target in GOLD.values()
        ],
    }
    return [spec for name in names.split(",") for spec in known.get(name, [europarl(data, name) or name])]


def aligned(aligner: Choice, pairs: Sequence[SentencePair]) -> dict[str, list[WordAlignment]]:
    """The links by each extraction; the encoder runs once."""
    built: EncoderAligner[Any] = aligner.build("aligner")
    similarities = list(built.compare(pairs))
    built.release()
    return {
        name: [extraction.align(similarity) for similarity in similarities]
        for name, extraction in ((name, Choice(name=name).build("extraction")) for name in EXTRACTIONS)
    }


def aer(aligner: Choice, data: Path) -> dict[str, dict[str, float]]:
    """AER by set and extraction."""
    sets = {"demo": load("demo").pairs}
    for title, (name, source, target) in GOLD.items():
        files = (data / "word-alignment-gold" / f"{name}.{ending}" for ending in ("src-tgt", "gold"))
        sets[title] = gold_corpus(*files, index_base=1, source_lang=source, target_lang=target).pairs
    return {
        title: {
            name: round(score_alignment([p.gold_alignment or WordAlignment(()) for p in pairs], links).aer, 4)
            for name, links in aligned(aligner, pairs).items()
        }
        for title, pairs in sets.items()
    }


def f1(aligner: Choice, data: Path) -> dict[str, dict[str, float]]:
    """F1 by corpus and extraction."""
    pipeline = Pipeline()
    projector = pipeline.projector
    found: dict[str, dict[str, float]] = {}
    for title, spec, labels in corpora(data):
        pairs = load(spec).pairs
        entities = pipeline.tag(pairs)
        found[title] = {}
        for name, links in aligned(aligner, pairs).items():
            problems = (pipeline.problem(*row) for row in zip(pairs, entities, links, strict=True))
            score = score_entities(
                [pair.target.entities or () for pair in pairs],
                [projector.project(problem).target_entities for problem in problems],
                [len(pair.target.words) for pair in pairs],
                labels,
            )
            found[title][name] = round(score.f1, 4)
    return found


def measure(aligner: Choice, data: Path, *, with_f1: bool) -> dict[str, Any]:
    """All figures of an aligner."""
    return {"aer": aer(aligner, data), **({"f1": f1(aligner, data)} if with_f1 else {})}


def main() -> None:
    """Train unless told which model is to be measured, measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--corpora", default="europarl", help="europarl, test, de, es, it or specs")
    parser.add_argument("--out", type=Path, help="where the trained model is written to")
    parser.add_argument("--trained", type=Path, help="measure this trained model, train none")
    parser.add_argument("--set", action="append", default=[], help="an option of the training: epochs=1")
    parser.add_argument("--pooling", default="none", help="the aligner's pooling while it is measured")
    parser.add_argument("--precision", default="auto", help="the encoder's precision while it is measured")
    parser.add_argument("--no-f1", action="store_true", help="measure AER alone")
    parser.add_argument("--no-before", action="store_true", help="do not measure the untrained encoder")
    arguments = parser.parse_args()
    if (arguments.out is None) == (arguments.trained is None):
        parser.error("give --out or --trained")
    report: dict[str, Any] = {}
    if arguments.out is not None:
        config = TrainingConfig(**dict(option.split("=", 1) for option in arguments.set))
        report["training"] = train_aligner(
            specs(arguments.corpora, arguments.data), arguments.out, config=config
        )
    options = {"pooling": arguments.pooling, "precision": arguments.precision}
    choices = {} if arguments.no_before else {"before": Choice(name="e5-small", options=options)}
    choices["after"] = Choice(name=f"encoder:{arguments.trained or arguments.out}", options=options)
    for when, choice in choices.items():
        report[when] = measure(choice, arguments.data, with_f1=not arguments.no_f1)
    print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
