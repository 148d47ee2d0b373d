"""Word alignment by the simalign package, unchanged: the reference that ours is compared with."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field

from xner_core.alignment.embedded import MODEL_ID, embedded_model
from xner_core.config import Component, ComponentConfig
from xner_core.errors import ConfigError, CorpusError, ModelUnavailableError
from xner_core.pretrained import device_for, quiet
from xner_core.types import SentencePair, WordAlignment

_LETTERS = {"inter": "a", "itermax": "i", "mwmf": "m"}
"""How the package abbreviates its methods."""


class SimalignConfig(ComponentConfig):
    """Options of the simalign package."""

    model: str | None = Field(
        default=None,
        description="Name or folder of a Hugging Face encoder; the embedded one where none is given.",
    )
    method: Literal["inter", "itermax", "mwmf"] = Field(
        default="itermax", description="How links are chosen: inter is our argmax, mwmf our match."
    )
    layer: int = Field(default=7, ge=0, description="The encoder layer whose vectors are compared.")
    token_type: Literal["bpe", "word"] = Field(
        default="bpe", description="Whether subwords are linked, or words by the mean of their subwords?"
    )


class SimalignAligner(Component[SimalignConfig]):
    """The simalign package as it is, simalign:MODEL; it makes its own links, one pair at a time.

    Slow, and in float32. It is there to compare with: on the same model, layer and method
    e5-small finds the same links. As in the package, only the subwords of a sentence that fit
    into the model's window get links.
    """

    Config = SimalignConfig
    argument = "model"
    requires = "the package simalign"
    gives_links: ClassVar[bool] = True
    learns_from_corpus: ClassVar[bool] = False

    def __init__(self, config: SimalignConfig | None = None) -> None:
        super().__init__(config)
        self._aligner: Any = None

    @property
    def model_id(self) -> str:
        """See `Aligner`."""
        return self.config.model or MODEL_ID

    def compare(self, pairs: Sequence[SentencePair]) -> Iterator[WordAlignment]:
        """See `Aligner`.

        Raises:
            ConfigError: If the model has fewer layers.
            CorpusError: If a sentence does not fit into the model's window and `token_type` is `word`.
            ModelUnavailableError: If the package or the model is not there.
        """
        if not pairs:
            return
        aligner = self._loaded()
        for pair in pairs:
            yield self._align(aligner, pair)

    def load(self) -> None:
        """See `Aligner`."""
        self._loaded()

    def release(self) -> None:
        """See `Aligner`."""
        self._aligner = None

    def _align(self, aligner: Any, pair: SentencePair) -> WordAlignment:
        # The package fails where there is nothing to compare, and on the mean of no subwords.
        tokenize = aligner.embed_loader.tokenizer.tokenize
        source = [(i, word) for i, word in enumerate(pair.source.words) if tokenize(word)]
        target = [(j, word) for j, word in enumerate(pair.target.words) if tokenize(word)]
        if not source or not target:
            return WordAlignment(())
        try:
            found = aligner.get_word_aligns([word for _, word in source], [word for _, word in target])
        except IndexError:
            raise CorpusError(
                "the sentence is too long for simalign's token_type word",
                where=f"sentence {pair.id!r}",
                hint="Choose the token_type bpe, or the aligner e5-small",
            ) from None
        return WordAlignment.of((source[i][0], target[j][0]) for i, j in found[self.config.method])

    def _loaded(self) -> Any:
        if self._aligner is None:
            aligner = _load(self.config)
            n_layers = aligner.embed_loader.emb_model.config.num_hidden_layers
            if self.config.layer > n_layers:
                raise ConfigError(
                    f"the model has {n_layers} layers, not {self.config.layer}",
                    hint=f"Choose 0 to {n_layers}",
                )
            self._aligner = aligner
        return self._aligner


def _load(config: SimalignConfig) -> Any:
    try:
        import simalign
    except ImportError:
        raise ModelUnavailableError(
            "the package simalign is not installed", hint="Run pip install simalign"
        ) from None

    logging.getLogger("simalign.simalign").setLevel(logging.WARNING)  # it reports that it has loaded
    model = config.model or str(embedded_model())
    try:
        with quiet():
            return simalign.SentenceAligner(
                model=model,
                token_type=config.token_type,
                matching_methods=_LETTERS[config.method],
                device=device_for("auto"),
                layer=config.layer,
            )
    except (OSError, ValueError, KeyError, ImportError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelUnavailableError(
            f"simalign cannot load the model {model!r} ({reason})",
            hint=f"Run hf download {model} where the hub is reached, or name a folder",
        ) from None
