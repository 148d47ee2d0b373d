"""What looks on while transformers' Trainer trains: the keeper of the best weights, the progress."""

from __future__ import annotations

from math import inf
from typing import Any

from xner_core.types import Progress


def keep_best(model: Any) -> Any:
    """Make a callback that keeps the weights with the smallest held loss, in memory.

    Most weights of a multilingual encoder are its word embeddings, which are not trained as a
    rule; a checkpoint on disk would write them again after every epoch.

    Args:
        model: The module that is trained.

    Returns:
        A `TrainerCallback` with `restore()`, which puts the best weights back, and `epoch`, after
        which they were reached (0: before training).
    """
    from transformers import TrainerCallback

    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]

    class KeepBest(TrainerCallback):  # type: ignore[misc]
        """Copies the trained weights whenever the held loss is smaller than before."""

        def __init__(self) -> None:
            self._keep(inf, 0)

        def restore(self) -> None:
            """Put the best weights back."""
            for parameter, kept in zip(trained, self._kept, strict=True):
                parameter.data.copy_(kept)

        def on_evaluate(
            self, args: Any, state: Any, control: Any, metrics: dict[str, float], **rest: Any
        ) -> None:
            """See `TrainerCallback`."""
            if metrics["eval_loss"] < self._loss:  # never so where it is NaN
                self._keep(metrics["eval_loss"], round(state.epoch))

        def _keep(self, loss: float, epoch: int) -> None:
            self._loss, self.epoch = loss, epoch
            self._kept = [parameter.detach().clone() for parameter in trained]

    return KeepBest()


def report_steps(progress: Progress) -> Any:
    """Make a callback that tells how many steps are done."""
    from transformers import TrainerCallback

    class ReportSteps(TrainerCallback):  # type: ignore[misc]
        """Passes the number of steps on."""

        def on_step_end(self, args: Any, state: Any, control: Any, **rest: Any) -> None:
            """See `TrainerCallback`."""
            progress("training", state.global_step, state.max_steps)

    return ReportSteps()
