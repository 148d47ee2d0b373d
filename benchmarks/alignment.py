"""How fast the aligner is, as a ratio to the simalign package.

Both align the same sentence pairs with the same model (multilingual-e5-small, as
unpacked by the project), layer 7 and itermax: the package one pair at a time, which
is the only way it offers, ours all at once in float32 and in automatic precision.
Models are loaded, and each contestant has run once on a few pairs, before anything
is measured. The rounds take turns and the fastest of each counts, since other work
on the machine can only slow a run down. What counts is the ratio: pairs per second
depend on the machine and on what else it does.

    python -m benchmarks.alignment --json
    python -m benchmarks.alignment --pairs 400 --corpus conll:en.conll,de.conll
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from typing import Any

from xner_core.alignment import embedding_cache
from xner_core.alignment.e5_small import E5SmallAligner, E5SmallConfig
from xner_core.alignment.embedded import MODEL_ID, embedded_model
from xner_core.alignment.encoder import Precision
from xner_core.alignment.extraction import Itermax
from xner_core.corpora import load
from xner_core.types import Link, SentencePair

LAYER = 7
_WARM_UP_PAIRS = 4
Align = Callable[[Sequence[SentencePair]], list[set[Link]]]


def main() -> None:
    """Read the arguments, measure and print."""
    parser = argparse.ArgumentParser(description="Speed of alignment, compared with the simalign package.")
    parser.add_argument("--corpus", default="demo", help="corpus spec (demo)")
    parser.add_argument("--pairs", type=int, default=100, help="how many sentence pairs (100)")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each, the fastest counts (3)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    report = measure(arguments.corpus, arguments.pairs, arguments.rounds)
    if arguments.json:
        print(json.dumps(report, indent=2))
        return
    for name, speed in report["pairs_per_second"].items():
        ratio = report["ratio_to_simalign"].get(name, 1.0)
        print(f"{name:>10}  {speed:8.1f} pairs/s  {ratio:6.2f} x simalign")


def measure(spec: str, n_pairs: int, rounds: int) -> dict[str, Any]:
    """Measure all contestants on the same pairs.

    Args:
        spec: The corpus spec.
        n_pairs: How many pairs, spread evenly over the corpus.
        rounds: How often each contestant aligns all of them.

    Returns:
        `pairs_per_second` and `ratio_to_simalign` by contestant; `same_links`, the share of
        pairs for which a contestant finds exactly simalign's links; what was measured on what.
    """
    import torch

    corpus = load(spec)
    pairs = corpus.pairs[:: max(1, len(corpus.pairs) // n_pairs)][:n_pairs]
    contestants: dict[str, Align] = {
        "simalign": _simalign(),
        "float32": _ours("float32"),
        "auto": _ours("auto"),
    }
    links: dict[str, list[set[Link]]] = {}
    seconds = dict.fromkeys(contestants, float("inf"))
    for align in contestants.values():
        align(pairs[:_WARM_UP_PAIRS])
    for _ in range(rounds):
        for name, align in contestants.items():
            started = time.perf_counter()
            links[name] = align(pairs)
            seconds[name] = min(seconds[name], time.perf_counter() - started)
    ours = [name for name in contestants if name != "simalign"]
    return {
        "ratio_to_simalign": {name: round(seconds["simalign"] / seconds[name], 2) for name in ours},
        "pairs_per_second": {name: round(len(pairs) / seconds[name], 1) for name in contestants},
        "same_links": {name: round(_agreement(links[name], links["simalign"]), 3) for name in ours},
        "n_pairs": len(pairs),
        "rounds": rounds,
        "corpus": {"spec": corpus.spec, "fingerprint": corpus.fingerprint},
        "model": MODEL_ID,
        "layer": LAYER,
        "extraction": "itermax",
        "device": _device(),
        "threads": torch.get_num_threads(),
    }


def _ours(precision: Precision) -> Align:
    aligner = E5SmallAligner(E5SmallConfig(layer=(LAYER,), precision=precision))
    extraction = Itermax()

    def align(pairs: Sequence[SentencePair]) -> list[set[Link]]:
        embedding_cache.EMBEDDINGS.clear()  # what is measured is the encoder, not the memory of it
        return [set(extraction.align(similarity).sure) for similarity in aligner.compare(pairs)]

    return align


def _simalign() -> Align:
    from simalign import SentenceAligner

    aligner = SentenceAligner(
        model=str(embedded_model()), token_type="bpe", matching_methods="i", device=_device(), layer=LAYER
    )

    def align(pairs: Sequence[SentencePair]) -> list[set[Link]]:
        return [
            set(aligner.get_word_aligns(list(pair.source.words), list(pair.target.words))["itermax"])
            for pair in pairs
        ]

    return align


def _device() -> str:
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def _agreement(found: Sequence[set[Link]], wanted: Sequence[set[Link]]) -> float:
    return sum(a == b for a, b in zip(found, wanted, strict=True)) / len(wanted)


if __name__ == "__main__":
    main()
