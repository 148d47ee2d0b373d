"""What looks on while transformers' Trainer trains: the keeper of the best weights, the progress."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any


def keep_best(model: Any, metric: str, *, higher_is_better: bool) -> Any:
    """Make a callback that keeps the weights with the best figure, in memory.

    Most weights of a multilingual encoder are its word embeddings, which are not trained as a
    rule; a checkpoint on disk would write them again after every epoch.

    Args:
        model: The module that is trained.
        metric: The figure's name among those of an evaluation, such as `eval_loss`.
        higher_is_better: Whether a higher figure is the better one.

    Returns:
        A `TrainerCallback` with `restore()`, which puts the best weights back; `epoch`, after
        which they were reached (0: before training); and `figures`, one an evaluation.
    """
    from transformers import TrainerCallback

    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    sign = 1 if higher_is_better else -1

    class KeepBest(TrainerCallback):  # type: ignore[misc]
        """Copies the trained weights whenever the figure is better than before."""

        def __init__(self) -> None:
            self.figures: list[float] = []
            self._keep(-inf, 0)

        def restore(self) -> None:
            """Put the best weights back."""
            for parameter, kept in zip(trained, self._kept, strict=True):
                parameter.data.copy_(kept)

        def on_evaluate(
            self, args: Any, state: Any, control: Any, metrics: dict[str, float], **rest: Any
        ) -> None:
            """See `TrainerCallback`."""
            self.figures.append(metrics[metric])
            if sign * metrics[metric] > self._best:  # never so where it is NaN
                self._keep(sign * metrics[metric], round(state.epoch))

        def _keep(self, figure: float, epoch: int) -> None:
            self._best, self.epoch = figure, epoch
            self._kept = [parameter.detach().clone() for parameter in trained]

    return KeepBest()


def report_steps(progress: Callable[[str, int, int], None]) -> Any:
    """Make a callback that tells how many steps are done."""
    from transformers import TrainerCallback

    class ReportSteps(TrainerCallback):  # type: ignore[misc]
        """Passes the number of steps on."""

        def on_step_end(self, args: Any, state: Any, control: Any, **rest: Any) -> None:
            """See `TrainerCallback`."""
            progress("training", state.global_step, state.max_steps)

    return ReportSteps()
