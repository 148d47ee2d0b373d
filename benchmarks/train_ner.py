"""What a tagger that anyone can train finds, in the language of its training and in others.

    python -m benchmarks.train_ner --data ../shared/data --out FOLDER [--set OPTION=VALUE]
    python -m benchmarks.train_ner --data ../shared/data --trained FOLDER

Trains the embedded encoder on 3,000 English sentences of WikiNEuRal and prints entity F1 as JSON:
on English test sentences, on other languages without any training in them (zero-shot), on
Europarl-NER as the baseline of model transfer, and on MasakhaNER2.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.corpora import corpora
from xner_core.config import Choice
from xner_core.ner.training import TaggerTrainingConfig
from xner_core.runs.evaluate_ner import evaluate_ner
from xner_core.runs.train_ner import train_ner


def wikineural(data: Path, part: str) -> str:
    """The spec of a part of WikiNEuRal, such as `en.test`; its translation, which is missing, is not read."""
    lang = part.partition(".")[0]
    other = "de" if lang == "en" else "en"
    return f"tagged:{data / 'wikineural' / part}.conll02?lang={lang}&other_lang={other}"


def tests(data: Path) -> Iterator[tuple[str, str, list[str] | None]]:
    """Name, corpus spec and labels that count, of each corpus to measure on."""
    for lang in ("en", "de", "es", "it"):
        yield f"WikiNEuRal {lang}", wikineural(data, f"{lang}.test"), None
    yield from (each for each in corpora(data) if not each[0].startswith("demo"))


def figures(folder: Path, data: Path) -> dict[str, dict[str, Any]]:
    """Entity F1 of a trained tagger by corpus."""
    found = {}
    for name, spec, labels in tests(data):
        report = evaluate_ner(spec, Choice(name=f"transformers:{folder}"), labels=labels)
        found[name] = {
            **{figure: round(report[figure], 4) for figure in ("f1", "precision", "recall")},
            "per_label": {label: round(row["f1"], 4) for label, row in report["per_label"].items()},
            "n_sentences": report["n_sentences"],
            "seconds": report["seconds"],
        }
    return found


def main() -> None:
    """Train unless told which model is to be measured, measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, help="where the trained model is written to")
    parser.add_argument("--trained", type=Path, help="measure this trained model, train none")
    parser.add_argument("--set", action="append", default=[], help="an option of the training: epochs=1")
    arguments = parser.parse_args()
    if (arguments.out is None) == (arguments.trained is None):
        parser.error("give --out or --trained")
    report: dict[str, Any] = {}
    if arguments.out is not None:
        config = TaggerTrainingConfig(**dict(option.split("=", 1) for option in arguments.set))
        report["training"] = train_ner([wikineural(arguments.data, "en.train")], arguments.out, config=config)
    report["f1"] = figures(arguments.trained or arguments.out, arguments.data)
    print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
