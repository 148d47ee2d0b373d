"""The integer linear programme, for what the cheaper means leave open.

Maximise Σ weight · x over binary x, with one row for each entity's demand and one for
each word: at most one chosen pair covers it. The rows of words say the same as one row
for each two overlapping candidates (Politov et al. 2025), and the relaxation is tighter.
"""

from __future__ import annotations

import numpy as np

from xner_core.projection.exact.instance import UNLIMITED, Component

_LARGEST = 1e4
"""What the largest weight is scaled to: HiGHS stops within an absolute 1e-6 of the optimum."""


def solve_programme(component: Component, seconds: float) -> tuple[list[int] | None, float]:
    """Solve with scipy's HiGHS.

    Args:
        component: The component.
        seconds: Time limit.

    Returns:
        The best matching found, None where there was none, and a bound on the worth of any,
        infinite where HiGHS had no time to find one.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, hstack

    scale = _LARGEST / float(component.weight.max())
    n_entities, n_pairs = len(component.fewest), len(component.weight)
    columns = np.arange(n_pairs)
    demands = csr_array((np.ones(n_pairs), (component.entity, columns)), shape=(n_entities, n_pairs))
    lengths = component.end - component.start
    firsts = np.repeat(component.start - np.cumsum(lengths) + lengths, lengths)
    words = firsts + np.arange(lengths.sum())
    covers = csr_array(
        (np.ones(len(words)), (words, np.repeat(columns, lengths))), shape=(component.n_words, n_pairs)
    )
    # One more variable an entity: the matches it lacks.
    lack = csr_array(np.eye(n_entities))
    none = csr_array((component.n_words, n_entities))
    fewest = np.array(component.fewest, dtype=float)
    most = np.array([m if m < UNLIMITED else np.inf for m in component.most], dtype=float)
    rows = [
        LinearConstraint(hstack([demands, lack]), lb=fewest),
        LinearConstraint(hstack([demands, csr_array(lack.shape)]), ub=most),
        LinearConstraint(hstack([covers, none]), ub=1),
    ]
    cost = np.concatenate([-component.weight * scale, np.full(n_entities, component.shortage * scale)])
    found = milp(
        cost,
        integrality=np.ones(len(cost), dtype=int),
        bounds=Bounds(0, np.concatenate([np.ones(n_pairs), fewest])),
        constraints=rows,
        options={"mip_rel_gap": 0, "time_limit": max(seconds, 0.01)},
    )
    bound = np.inf if found.mip_dual_bound is None else -float(found.mip_dual_bound) / scale
    if found.x is None:
        return None, bound
    chosen = np.flatnonzero(found.x[:n_pairs] > 0.5).tolist()
    return chosen, float(component.value(chosen)) if found.status == 0 else bound
