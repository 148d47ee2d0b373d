"""How well the review queue puts sentences first that need a correction.

    python -m benchmarks.review_queue --data ../shared/data [--fit] > report.json

A sentence needs a correction where the projected entities are not the gold ones. Measured with gold source
entities (where the corpus has them) and with spaCy's, on Europarl-NER (German and Spanish: the weights are
chosen on these; Italian: tested) and MasakhaNER2 × MAFAND (tested). Each doubt is tried alone and
left out, beside the order of the corpus and chance. Of sentences with the same priority the order is drawn
at random, 20 times.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import europarl
from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load
from xner_core.review.doubts import Doubter, Doubts
from xner_core.review.priority import WEIGHTS
from xner_core.runs.stages import RememberingPipeline

Weights = Mapping[str, float]
Floats = NDArray[np.float64]
NAMES = tuple(WEIGHTS)
TUNED_ON = ("de", "de, spaCy", "es", "es, spaCy")
_MASAKHA = ("lug", "twi", "ewe")
_LABELS = frozenset({"PER", "ORG", "LOC"})
"""Those that count on MasakhaNER2, as in the published figures."""
_DRAWS = 20
_SHARES = (0.1, 0.25)
_GRID = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0)
_BATCH = 64


@dataclass(frozen=True)
class Case:
    """One corpus with one way to find source entities.

    Attributes:
        doubts: Shape (sentences, doubts), in the order of `NAMES`.
        errors: Entities of each sentence that only one of projection and gold has; shape (sentences,).
        seconds: How long doubting took.
    """

    doubts: Floats
    errors: NDArray[np.int64]
    seconds: float

    @property
    def wrong(self) -> NDArray[np.bool_]:
        """The sentences that need a correction."""
        return self.errors > 0


def specs(data: Path) -> dict[str, tuple[str, str]]:
    """Name of each case → its corpus spec and its tagger, of the corpora that are there."""
    found = {}
    for lang in ("de", "es", "it"):
        if spec := europarl(data, lang):
            found[lang] = (spec, "gold")
            found[f"{lang}, spaCy"] = (spec, "spacy")
    for lang in _MASAKHA:
        path = data / "masakhaner2-mafand" / f"{lang}.dev.jsonl"
        if path.exists():
            found[f"{lang}, spaCy"] = (f"jsonl:{path}", "auto")
    return found


def measured(spec: str, tagger: str) -> Case:
    """Project a corpus and doubt each sentence."""
    config = PipelineConfig(ner=Choice(name=tagger))
    pairs = load(spec).pairs
    pipeline, doubter = RememberingPipeline(config), Doubter(config)
    labels = _LABELS if "masakhaner2" in spec else None
    rows, errors, seconds = [], [], 0.0
    for start in range(0, len(pairs), _BATCH):
        for result in pipeline.run(pairs[start : start + _BATCH]):
            began = time.perf_counter()
            rows.append(_row(doubter.doubts(result)))
            seconds += time.perf_counter() - began
            both = [set(result.pair.target.entities or ()), set(result.projection.target_entities)]
            counted = [{e for e in some if labels is None or e.label in labels} for some in both]
            errors.append(len(counted[0] ^ counted[1]))
    return Case(np.array(rows), np.array(errors), seconds)


def _row(doubts: Doubts) -> list[float]:
    values = asdict(doubts)
    return [float(values[name]) for name in NAMES]


def priorities(case: Case, weights: Weights) -> Floats:
    """The priority of each sentence."""
    found: Floats = case.doubts @ np.array([weights.get(name, 0.0) for name in NAMES])
    return found


def figures(scores: Floats, errors: NDArray[np.int64]) -> dict[str, float]:
    """How well an order by scores puts wrong sentences first, the mean of the draws.

    Returns:
        `ap` (average precision), `auc` (how often a wrong sentence comes before a right one), and of the
        first 10 and 25 % of the sentences the share of all wrong sentences and of all errors that they hold.
    """
    rng = np.random.default_rng(0)
    every = []
    for _ in range(_DRAWS):
        shuffled = rng.permutation(len(scores))
        order = shuffled[np.argsort(-scores[shuffled], kind="stable")]
        every.append(in_this_order(errors[order]))
    return {key: round(float(np.mean([one[key] for one in every])), 3) for key in every[0]}


def in_this_order(errors: NDArray[np.int64]) -> dict[str, float]:
    """The figures of sentences in the order in which they are reviewed; some are wrong, some right."""
    wrong = errors > 0
    n, n_wrong = len(errors), int(wrong.sum())
    precision = np.cumsum(wrong) / np.arange(1, n + 1)
    behind = np.cumsum(~wrong[::-1])[::-1]
    found = {
        "ap": float(precision[wrong].mean()),
        "auc": float(behind[wrong].sum() / (n_wrong * (n - n_wrong))),
    }
    for share in _SHARES:
        first = int(np.ceil(n * share))
        found[f"sentences_{share:.0%}"] = float(wrong[:first].sum() / n_wrong)
        found[f"errors_{share:.0%}"] = float(errors[:first].sum() / errors.sum())
    return found


def orders(case: Case) -> dict[str, dict[str, float]]:
    """The figures of each way to order the sentences."""
    place = -np.arange(len(case.errors), dtype=np.float64)
    one: dict[str, Weights] = {f"only {name}": {name: 1.0} for name in NAMES}
    rest: dict[str, Weights] = {
        f"without {name}": {k: v for k, v in WEIGHTS.items() if k != name} for name in NAMES
    }
    weighted: dict[str, Weights] = {"queue": WEIGHTS, **one, **rest}
    return {
        **{name: figures(priorities(case, weights), case.errors) for name, weights in weighted.items()},
        "order of the corpus": figures(place, case.errors),
        "chance": figures(np.zeros(len(case.errors)), case.errors),
    }


def fitted(cases: Sequence[Case]) -> dict[str, float]:
    """Weights of which none can be changed to another round number for a larger mean average precision.

    The present ones are gone on from: there are several such, which hardly differ in what they find.
    """

    def value(weights: Weights) -> float:
        return float(np.mean([figures(priorities(case, weights), case.errors)["ap"] for case in cases]))

    weights = dict(WEIGHTS)
    best, before = value(weights), 0.0
    while best > before:
        before = best
        for name in NAMES:
            for weight in _GRID:
                other = {**weights, name: weight}
                if any(other.values()) and (now := value(other)) > best + 0.0005:
                    best, weights = now, other
    return weights


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--fit", action="store_true", help="look for better weights too (a minute)")
    arguments = parser.parse_args()
    cases = {name: measured(*given) for name, given in specs(arguments.data).items()}
    report: dict[str, Any] = {
        "weights": dict(WEIGHTS),
        "tuned_on": TUNED_ON,
        "cases": {
            name: {
                "sentences": len(case.errors),
                "wrong": int(case.wrong.sum()),
                "errors": int(case.errors.sum()),
                "seconds_for_doubts": round(case.seconds, 2),
                "orders": orders(case),
            }
            for name, case in cases.items()
        },
    }
    if arguments.fit:
        report["fitted"] = fitted([cases[name] for name in TUNED_ON if name in cases])
    print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
