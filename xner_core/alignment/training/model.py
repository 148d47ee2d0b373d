"""The module that transformers' Trainer trains: the encoder, and what the objectives put on top of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xner_core.alignment.encoder import fast_precision
from xner_core.alignment.torch_encoder import can_be_cut_short
from xner_core.alignment.training import objectives
from xner_core.alignment.training.config import TrainingConfig
from xner_core.alignment.training.data import NO_WORD, NOT_LEFT_OUT


def training_model(encoder: Any, layer: int, config: TrainingConfig, vocabulary: Sequence[int]) -> Any:
    """Put the objectives on an encoder; the encoder itself is trained, no copy of it.

    Args:
        encoder: The encoder. Where its layers are a list, those above `layer` must be off it
            already: they would be computed for nothing.
        layer: The layer whose vectors the objectives look at.
        config: Which objectives, and how.
        vocabulary: The subwords of the corpus, among which translation-lm guesses. It is
            some thousands where the model's is 250,000, and no other can be right.

    Returns:
        A `torch.nn.Module` whose `forward(**batch)` returns `loss` and each objective's part of
        it by name, as `transformers.Trainer` expects it.
    """
    import torch
    from torch import nn

    words = encoder.get_input_embeddings()
    words.requires_grad_(not config.freeze_embeddings)
    if hasattr(encoder, "layerdrop"):
        encoder.layerdrop = 0.0  # layers left out at random would be missing among the hidden states
    is_cut = can_be_cut_short(encoder)
    in_bfloat16 = fast_precision() == "bfloat16"
    width = int(encoder.config.hidden_size)

    class TrainingModel(nn.Module):  # type: ignore[misc]
        """An encoder with a head for each objective that needs one."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder
            if "translation-lm" in config.objectives:
                n_word = words.weight.shape[1]
                self.guess = nn.Sequential(nn.Linear(width, n_word), nn.GELU(), nn.LayerNorm(n_word))
                self.frequency = nn.Parameter(torch.zeros(len(vocabulary)))
                columns = torch.full((words.weight.shape[0],), NOT_LEFT_OUT)
                columns[torch.tensor(vocabulary)] = torch.arange(len(vocabulary))
                self.register_buffer("vocabulary", torch.tensor(vocabulary))
                self.register_buffer("columns", columns)
            if "parallel" in config.objectives:
                self.judge = nn.Sequential(nn.Linear(width, width), nn.Tanh(), nn.Linear(width, 1))

        def forward(self, **batch: Any) -> dict[str, Any]:
            """Compute the losses of a batch (`Batches`)."""
            parts = {}
            if "self-training" in config.objectives:
                parts["self-training"] = self._self_training(batch)
            if "translation-lm" in config.objectives:
                parts["translation-lm"] = self._translation_lm(batch)
            if "parallel" in config.objectives:
                parts["parallel"] = self._parallel(batch)
            return {"loss": sum(parts.values()), **parts}

        def _self_training(self, batch: dict[str, Any]) -> Any:
            words = batch["source_words"], batch["target_words"]
            masks = words[0] != NO_WORD, words[1] != NO_WORD
            source, target = (
                self._states(batch[f"{side}_ids"], batch[f"{side}_mask"]) for side in ("source", "target")
            )
            values = objectives.similarity(source, target)
            forward, reverse = objectives.log_probabilities(values, *masks, config.temperature)
            links = objectives.mutual_links(values, *masks)
            if config.unit == "words":
                links, forward, reverse = objectives.of_words(links, forward, reverse, *words)
            loss = objectives.self_training_loss(forward, reverse, links, *masks)
            if config.agreement:
                loss = loss + config.agreement * objectives.agreement_loss(forward, reverse, *masks)
            return loss

        def _translation_lm(self, batch: dict[str, Any]) -> Any:
            states = self._states(batch["left_out_ids"], batch["both_mask"])
            wanted = batch["left_out_wanted"]
            where = wanted != NOT_LEFT_OUT
            # Only at the subwords left out: elsewhere there is nothing to guess.
            logits = self.guess(states[where]) @ words.weight[self.vocabulary].T + self.frequency
            return objectives.translation_lm_loss(logits, self.columns[wanted[where]])

        def _parallel(self, batch: dict[str, Any]) -> Any:
            names = [name for name in ("both", "other") if f"{name}_ids" in batch]
            logits = [self._judged(batch[f"{name}_ids"], batch[f"{name}_mask"]) for name in names]
            right = [torch.full_like(each, name == "both") for name, each in zip(names, logits, strict=True)]
            return objectives.parallel_loss(torch.cat(logits), torch.cat(right))

        def _judged(self, ids: Any, mask: Any) -> Any:
            # The mean of all subwords: the first token means something only to encoders of BERT's kind.
            weights = mask[:, :, None].float()
            states = self._states(ids, mask)
            return self.judge((states * weights).sum(dim=1) / weights.sum(dim=1)).squeeze(-1)

        def _states(self, ids: Any, mask: Any) -> Any:
            # The encoder alone: similarities lie too close together for bfloat16.
            with torch.autocast(ids.device.type, torch.bfloat16, enabled=in_bfloat16):
                if is_cut:
                    return self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
                found = self.encoder(input_ids=ids, attention_mask=mask, output_hidden_states=True)
            return found.hidden_states[layer].float()

    return TrainingModel()
