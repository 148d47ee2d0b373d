"""Handing out the candidates of a merged entity to its members."""

from __future__ import annotations

from xner_core.projection.exact.instance import UNLIMITED, Demand, Ints

Pair = tuple[int, int]


def share_out(members: list[int], candidates: list[int], columns: Ints, demand: Demand) -> list[Pair]:
    """Give each candidate to one member, as the tie rule likes it best, in order from left to right.

    The members' scores are equal, so any way of sharing has the same total.

    Args:
        members: The entities, in order of the source sentence.
        candidates: What was chosen for them all, in order of the target sentence.
        columns: What the tie rule looks at, shape (criteria, entities, candidates).
        demand: How often each entity is to be matched.
    """
    if len(members) == 1:
        return [(members[0], candidate) for candidate in candidates]
    slots = _slots(members, len(candidates), demand)
    # best[k]: taste and pairs of the first k candidates, given to the slots so far.
    best: list[tuple[list[int], list[Pair]] | None] = [([0] * len(columns), [])]
    best += [None] * len(candidates)
    for member in slots:
        for k in range(len(candidates), 0, -1):
            before = best[k - 1]
            if before is None:
                continue
            candidate = candidates[k - 1]
            taste = [
                sum_ + int(own) for sum_, own in zip(before[0], columns[:, member, candidate], strict=True)
            ]
            now = best[k]
            if now is None or taste > now[0]:
                best[k] = (taste, [*before[1], (member, candidate)])
    shared = best[-1]
    assert shared is not None  # there are as many slots as candidates at least
    return shared[1]


def _slots(members: list[int], n_candidates: int, demand: Demand) -> list[int]:
    """Each member as often as it may be matched, in order."""
    fewest, most = int(demand.fewest[members[0]]), int(demand.most[members[0]])
    if most < UNLIMITED:
        return [member for member in members for _ in range(most)]
    # Nobody gets more than needed while another lacks; what is left over goes to the last.
    spare = max(0, n_candidates - fewest * len(members))
    return [member for member in members for _ in range(fewest + (spare if member == members[-1] else 0))]
