"""How fast exact matching is, as ratios to greedy matching and to general solvers on the same problems.

    python -m benchmarks.solver --json [--data ../shared/data] [--repeats 10] [--quick]

Problems: (a) Europarl-NER with real alignments, all n-grams as candidates (as published) and
aligned ranges only; (b) dense random scores; (c) random scores
that depend on the label alone, as a tagger's do. Contestants: our greedy and exact
projectors; scipy's MILP solver (HiGHS) on one row a word, after our reduction; the same on
one row for each two overlapping candidates, as published; CVXPY on the latter, where it is
installed. A contestant passes over problems that are too large for it. Each of ours runs
twice on a problem and the faster run counts, the others run once.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import europarl
from xner_core.config import Choice, PipelineConfig
from xner_core.corpora import load
from xner_core.pipeline import Pipeline
from xner_core.projection.exact.instance import Component
from xner_core.projection.exact.programme import solve_programme
from xner_core.projection.exact.reductions import undominated
from xner_core.projection.greedy import GreedyProjector
from xner_core.projection.grid import on_grid
from xner_core.projection.ilp import IlpConfig, IlpProjector
from xner_core.projection.preference import bounds_of
from xner_core.types import Entity, ProjectionProblem, ScoreMatrix, Span, WordAlignment

TIME_LIMIT = 2.0
OTHERS_LIMIT = 10.0
"""Seconds; what runs into it counts with that time."""
MOST_OVERLAPS = 25_000
"""A programme with more rows for overlapping candidates takes minutes to state."""
CVXPY_PROBLEMS = 10
SIZES = [(entities, words) for entities in (1, 3, 8, 15, 30) for words in (20, 60, 200)]
Problems = list[ProjectionProblem]


def main() -> None:
    """Read the arguments, measure and print."""
    parser = argparse.ArgumentParser(description="Speed of exact matching.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--repeats", type=int, default=10, help="random problems of each size (10)")
    parser.add_argument("--quick", action="store_true", help="leave out the published programmes")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    rows = []
    for group, problems in groups(arguments.data, arguments.repeats):
        rows.append(measure(group, problems, arguments.quick))
        if not arguments.json:
            print(_line(rows[-1]), flush=True)
    if arguments.json:
        print(json.dumps({"time_limit": TIME_LIMIT, "groups": rows}, indent=1))


def groups(data: Path, repeats: int) -> Iterator[tuple[str, Problems]]:
    """Name and problems of each group."""
    pipeline = Pipeline()
    by_ngrams = Pipeline(PipelineConfig(candidates=Choice(name="ngrams")))
    few: Problems = []
    every: Problems = []
    for spec in filter(None, (europarl(data, lang) for lang in ("de", "es", "it"))):
        for result in pipeline.run(load(spec).pairs):
            few.append(result.problem)
            every.append(by_ngrams.problem(result.pair, result.source_entities, result.alignment))
    pipeline.release()
    if few:
        yield "europarl, n-grams", every
        yield "europarl, ranges", few
    rng = np.random.default_rng(0)
    for n_entities, n_words in SIZES:
        yield f"dense {n_entities} x {n_words}", [_dense(rng, n_entities, n_words) for _ in range(repeats)]
    for n_entities, n_words in SIZES:
        if n_entities >= 8:
            yield (
                f"labels {n_entities} x {n_words}",
                [_labels(rng, n_entities, n_words) for _ in range(repeats)],
            )


def measure(group: str, problems: Problems, quick: bool) -> dict[str, Any]:
    """Time every contestant on the problems of a group.

    Returns:
        `milliseconds`: contestant → `median`, `p99`, `total` and how many problems it solved;
        `times_slower_than_exact`: contestant → ratio of totals on the problems it solved;
        how far our exact matching got; and how often a contestant found a larger total than it.
    """
    exact, greedy = IlpProjector(IlpConfig(time_limit=TIME_LIMIT)), GreedyProjector()
    contestants: dict[str, Callable[[ProjectionProblem], float | None]] = {
        "exact": lambda problem: exact.project(problem).objective,
        "greedy": lambda problem: greedy.project(problem).objective,
        "milp, rows of words": by_words,
    }
    if not quick:
        contestants["milp, rows of overlaps"] = by_overlaps
        if find_spec("cvxpy"):
            contestants["cvxpy"] = by_cvxpy
    for contestant in contestants.values():
        contestant(problems[0])  # imports are not measured
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    same_problems = dict.fromkeys(contestants, 0.0)
    beaten = 0
    for index, problem in enumerate(problems):
        best: float | None = None
        for name, contestant in contestants.items():
            if name == "cvxpy" and index >= CVXPY_PROBLEMS:
                continue
            objective, took = _timed(contestant, problem, repeats=2 if name in ("exact", "greedy") else 1)
            if objective is None:
                continue
            best = objective if best is None else best
            seconds[name].append(took)
            same_problems[name] += seconds["exact"][-1]
            beaten += objective > best + 1e-6 * max(1.0, best)
    found = [exact.project(problem) for problem in problems]
    return {
        "group": group,
        "n_problems": len(problems),
        "milliseconds": {name: _summary(values) for name, values in seconds.items() if values},
        "times_slower_than_exact": {
            name: round(sum(values) / same_problems[name], 2)
            for name, values in seconds.items()
            if name != "exact" and values
        },
        "proven": sum(projection.status == "optimal" for projection in found),
        "largest_gap": max(round((p.upper_bound or 0.0) - p.objective, 9) for p in found),
        "beaten": beaten,
    }


def by_words(problem: ProjectionProblem) -> float | None:
    """One row a word, on the pairs that our reduction leaves."""
    weights = on_grid(problem.scores.values)
    if not weights.any():
        return 0.0
    targets = bounds_of(problem.candidates)
    entity, candidate = np.nonzero(undominated(weights, np.zeros_like(weights), targets))
    component = Component(
        entity=entity,
        start=targets[candidate, 0],
        end=targets[candidate, 1],
        weight=weights[entity, candidate],
        columns=np.zeros((0, len(entity)), dtype=np.int64),
        fewest=[0] * len(weights),
        most=[1] * len(weights),
        n_words=problem.n_target,
    )
    chosen, _ = solve_programme(component, OTHERS_LIMIT)
    return None if chosen is None else _total(problem, entity[chosen], candidate[chosen])


def by_overlaps(problem: ProjectionProblem) -> float | None:
    """One row for each two overlapping candidates, as published."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    problem = _scored(problem)
    scores = problem.scores.values
    first, second = _overlaps(problem)
    if len(first) > MOST_OVERLAPS:
        return None
    n_entities, n_candidates = scores.shape
    size = n_entities * n_candidates
    if not size:
        return 0.0
    # x[s, t] stands at s · candidates + t. Rows: entities, candidates, overlapping candidates.
    rows, columns = [np.repeat(np.arange(n_entities), n_candidates)], [np.arange(size)]
    own = np.concatenate([np.arange(n_candidates), first, second])
    row = np.concatenate([np.arange(n_candidates), *[np.arange(len(first)) + n_candidates] * 2])
    for s in range(n_entities):
        rows.append(row + n_entities)
        columns.append(own + s * n_candidates)
    row_index, column_index = np.concatenate(rows), np.concatenate(columns)
    shape = (n_entities + n_candidates + len(first), size)
    found = milp(
        -scores.ravel(),
        integrality=np.ones(size, dtype=int),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(
            csr_array((np.ones(len(row_index)), (row_index, column_index)), shape=shape), ub=1
        ),
        options={"mip_rel_gap": 0, "time_limit": OTHERS_LIMIT},
    )
    return None if found.x is None else float(-found.fun)


def by_cvxpy(problem: ProjectionProblem) -> float | None:
    """The same programme stated with CVXPY and solved by HiGHS."""
    import cvxpy

    problem = _scored(problem)
    scores = problem.scores.values
    first, second = _overlaps(problem)
    if not scores.size or len(first) > MOST_OVERLAPS // 20:
        return None if scores.size else 0.0
    x = cvxpy.Variable(scores.shape, boolean=True)
    used = cvxpy.sum(x, axis=0)
    rows = [cvxpy.sum(x, axis=1) <= 1, used <= 1]
    rows += [used[a] + used[b] <= 1 for a, b in zip(first.tolist(), second.tolist(), strict=True)]
    objective = cvxpy.Maximize(cvxpy.sum(cvxpy.multiply(scores, x)))
    return float(cvxpy.Problem(objective, rows).solve(solver="HIGHS"))


def _scored(problem: ProjectionProblem) -> ProjectionProblem:
    """Without the candidates that no entity scores, as published."""
    used = np.flatnonzero((problem.scores.values > 0).any(axis=0))
    return replace(
        problem,
        candidates=tuple(problem.candidates[i] for i in used.tolist()),
        scores=ScoreMatrix(problem.scores.values[:, used], {}),
    )


def _overlaps(problem: ProjectionProblem) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    targets = bounds_of(problem.candidates)
    shared = (targets[:, None, 0] < targets[None, :, 1]) & (targets[None, :, 0] < targets[:, None, 1])
    first, second = np.nonzero(np.triu(shared, k=1))
    return first, second


def _dense(rng: np.random.Generator, n_entities: int, n_words: int) -> ProjectionProblem:
    spans = _ngrams(n_words)
    return _stated(n_entities, n_words, spans, rng.random((n_entities, len(spans))))


def _labels(rng: np.random.Generator, n_entities: int, n_words: int) -> ProjectionProblem:
    """Three labels; a candidate's score is its words' mean, favouring longer ones as taggers' scores do."""
    spans = _ngrams(n_words)
    sums = np.concatenate([np.zeros((3, 1)), rng.random((3, n_words)).cumsum(axis=1)], axis=1)
    starts, ends = (np.array(x) for x in zip(*((span.start, span.end) for span in spans), strict=True))
    values = (sums[:, ends] - sums[:, starts]) / (ends - starts) * 1.15 ** (ends - starts - 1)
    return _stated(n_entities, n_words, spans, values[rng.integers(0, 3, size=n_entities)])


def _ngrams(n_words: int) -> tuple[Span, ...]:
    return tuple(Span(a, b) for a in range(n_words) for b in range(a + 1, min(n_words, a + 10) + 1))


def _stated(
    n_entities: int, n_words: int, spans: tuple[Span, ...], values: NDArray[np.float64]
) -> ProjectionProblem:
    entities = tuple(Entity(Span(2 * i, 2 * i + 1), "PER") for i in range(n_entities))
    return ProjectionProblem(
        entities, spans, ScoreMatrix(values, {}), WordAlignment.of([]), 2 * n_entities, n_words
    )


def _total(problem: ProjectionProblem, entity: NDArray[np.int64], candidate: NDArray[np.int64]) -> float:
    return float(problem.scores.values[entity, candidate].sum())


def _timed(
    contestant: Callable[[ProjectionProblem], float | None], problem: ProjectionProblem, repeats: int
) -> tuple[float | None, float]:
    fastest = float("inf")
    for _ in range(repeats):
        started = time.perf_counter()
        objective = contestant(problem)
        fastest = min(fastest, time.perf_counter() - started)
    return objective, fastest


def _summary(seconds: list[float]) -> dict[str, float]:
    milliseconds = sorted(1000 * value for value in seconds)
    return {
        "median": round(median(milliseconds), 3),
        "p99": round(milliseconds[min(len(milliseconds) - 1, int(0.99 * len(milliseconds)))], 3),
        "total": round(sum(milliseconds), 1),
        "n": len(milliseconds),
    }


def _line(row: dict[str, Any]) -> str:
    medians = ", ".join(
        f"{name} {ms['median']:.2f}/{ms['p99']:.1f}" for name, ms in row["milliseconds"].items()
    )
    ratios = ", ".join(f"{name} {ratio:.1f}" for name, ratio in row["times_slower_than_exact"].items())
    return (
        f"{row['group']:<16} ms median/p99: {medians} | times slower than exact: {ratios} | "
        f"proven {row['proven']}/{row['n_problems']}, gap {row['largest_gap']:.2g}, "
        f"beaten {row['beaten']}"
    )


if __name__ == "__main__":
    main()
