"""The keeper of the best weights, without a training around it."""

from __future__ import annotations

from math import nan
from types import SimpleNamespace

import pytest
import torch

from xner_core.pretrained.watching import keep_best, report_steps


@pytest.mark.parametrize(
    ("higher_is_better", "figures", "epoch"),
    [
        (True, [0.2, 0.5, 0.5, 0.4], 2),
        (False, [0.5, 0.2, 0.2, 0.3], 2),
        (True, [0.0, 0.0], 1),
        (True, [nan, nan], 0),
        (False, [nan, 0.3, nan], 2),
    ],
)
def test_the_first_of_the_best_is_kept(higher_is_better: bool, figures: list[float], epoch: int) -> None:
    model = torch.nn.Linear(1, 1)
    model.bias.requires_grad_(False)
    torch.nn.init.constant_(model.weight, 0)
    best = keep_best(model, "eval_x", higher_is_better=higher_is_better)
    for number, figure in enumerate(figures, 1):
        torch.nn.init.constant_(model.weight, number)
        best.on_evaluate(None, SimpleNamespace(epoch=float(number)), None, {"eval_x": figure})
    model.bias.data.fill_(7)
    best.restore()
    assert best.epoch == epoch
    assert model.weight.item() == epoch
    assert model.bias.item() == 7  # what is not trained is not touched
    assert len(best.figures) == len(figures)


def test_steps_are_reported() -> None:
    told: list[tuple[str, int, int]] = []
    callback = report_steps(lambda *each: told.append(each))
    callback.on_step_end(None, SimpleNamespace(global_step=3, max_steps=9), None)
    assert told == [("training", 3, 9)]
