"""Translation by any Hugging Face seq2seq model: NLLB-200, M2M100, Marian, MADLAD-400, T5."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import version
from math import ceil
from typing import Any, Literal, NamedTuple

from pydantic import Field

from xner_core.config import ComponentConfig
from xner_core.errors import ConfigError, ModelUnavailableError
from xner_core.pretrained import Device, device_for
from xner_core.pretrained.identity import identity_of
from xner_core.pretrained.language_codes import codes_of, token_id
from xner_core.pretrained.loading import load_config, load_tokenizer, quiet
from xner_core.pretrained.translation_models import TRANSLATOR, Telling, telling
from xner_core.translation.cached import CachedTranslator, Made
from xner_core.translation.ctranslate2_engine import (
    CONVERTIBLE,
    Ctranslate2Engine,
    Precision,
    converted_model,
    is_installed,
)
from xner_core.translation.generation import Engine
from xner_core.translation.torch_engine import TorchEngine

EngineName = Literal["auto", "transformers", "ctranslate2"]
_POSITIONS_WHERE_UNKNOWN = 512
_SPARE_TOKENS = 16
"""Added to a translation's limit: short texts may grow more than long ones."""
_STEP = 32
"""Limits are multiples of it; texts with the same one are computed together."""
_PADDED_TOKENS = 8192
"""How many tokens the texts of a batch may have, padding included."""
_SPECIAL_TOKENS = 3
"""What takes up positions besides a translation: its begin, its language, its end."""


class Seq2SeqConfig(ComponentConfig):
    """Options of translation models; what matters most first."""

    model: str = Field(
        default="facebook/nllb-200-distilled-600M",
        description="A seq2seq translation model on the hub or a local folder.",
    )
    num_beams: int = Field(
        default=4, ge=1, le=64, description="Beams of the search; 1 takes the likeliest token each time."
    )
    max_length: int = Field(
        default=256, ge=1, le=4096, description="Tokens that a translation may have at most."
    )
    max_ratio: float = Field(
        default=4.0, ge=0.1, le=100, description="Tokens of a translation for each of the text, at most."
    )
    prefix: str = Field(
        default="",
        description="Put before each text for models as T5: translate {source} to {target}: with the "
        "languages' names, {source_code} and {target_code} with their codes.",
    )
    engine: EngineName = Field(
        default="auto", description="What computes; auto is CTranslate2 where it can read the model."
    )
    precision: Precision = Field(
        default="int8", description="Numbers that CTranslate2 computes in; transformers takes float32."
    )
    batch_size: int = Field(default=16, ge=1, le=4096, description="Texts that are computed at once.")
    device: Device = Field(
        default="auto", description="Where the model computes; auto is CUDA where there is one."
    )


class _Input(NamedTuple):
    """A text as the model reads it.

    Attributes:
        text: The text.
        ids: Its tokens, special ones included.
        limit: How many tokens its translation may have.
        remarks: See `Made`.
    """

    text: str
    ids: list[int]
    limit: int
    remarks: tuple[str, ...]


class Seq2SeqTranslator(CachedTranslator[Seq2SeqConfig]):
    """A translation model of Hugging Face's form: transformers:MODEL.

    Nothing is sampled: the same text gets the same translation. Only texts with the same limit are
    computed together, in float32 or in integers that are scaled text by text; what a text's batch
    changes is the order of some sums, which matters where two translations are equally probable.
    """

    Config = Seq2SeqConfig
    argument = "model"
    requires = "a translation model"

    def __init__(self, config: Seq2SeqConfig | None = None) -> None:
        super().__init__(config)
        self._identity: str | None = None
        self._model_type = ""
        self._positions = _POSITIONS_WHERE_UNKNOWN
        self._tokenizer: Any = None
        self._loaded: Engine | None = None
        self._tellings: dict[tuple[str, str], Telling] = {}

    def supports(self, source_lang: str, target_lang: str) -> bool:
        """See `Translator`; True as long as no model is loaded."""
        if self._tokenizer is None:
            return True
        try:
            self._telling(source_lang, target_lang)
        except ConfigError:
            return False
        return True

    @property
    def model_id(self) -> str:
        """See `Translator`."""
        identity = self._known()
        name = identity if "@" in identity else f"{self.config.model} {identity[:23]}"
        engine = self._engine_name()
        numbers = f" in {self.config.precision}" if engine == "ctranslate2" else ""
        return f"{name}, {engine} {version(engine)}{numbers}"

    @property
    def notices(self) -> tuple[str, ...]:
        """See `Translator`."""
        own = []
        if self._identity and self.config.engine == "auto" and self._engine_name() == "transformers":
            why = f"does not convert models of the type {self._model_type}"
            own = [
                f"{self.config.model} is computed by transformers, which is slower: CTranslate2 "
                f"{why if is_installed() else 'is not installed'}."
            ]
        return (*own, *super().notices)

    def release(self) -> None:
        """See `Translator`."""
        self._loaded = self._tokenizer = None
        self._tellings.clear()

    def _basis(self, source_lang: str, target_lang: str) -> tuple[object, ...]:
        config, engine = self.config, self._engine_name()
        return (
            "seq2seq",
            self._known(),
            [engine, config.precision] if engine == "ctranslate2" else [engine],
            [config.num_beams, config.max_length, config.max_ratio],
            list(self._telling(source_lang, target_lang)),
        )

    def _batches(self, texts: Sequence[str], source_lang: str, target_lang: str) -> Iterator[list[Made]]:
        told = self._telling(source_lang, target_lang)
        tokenizer = self._read_tokenizer()
        language = None if told.target is None else token_id(tokenizer, told.target)
        # Not all tokenizers count these as special ones.
        languages = {token_id(tokenizer, code) for code in codes_of(tokenizer)}
        for batch in self._grouped(self._inputs(texts, told)):
            found = self._engine().generate([each.ids for each in batch], language, batch[0].limit)
            read = tokenizer.batch_decode(
                [[token for token in each.ids if token not in languages] for each in found],
                skip_special_tokens=True,
            )
            yield [
                Made(
                    one.text,
                    translation.strip(),
                    one.remarks if generated.ended else (*one.remarks, "unfinished"),
                )
                for one, generated, translation in zip(batch, found, read, strict=True)
            ]

    def _inputs(self, texts: Sequence[str], told: Telling) -> list[_Input]:
        tokenizer = self._read_tokenizer()
        if told.source is not None:
            tokenizer.src_lang = told.source
        longest = int(min(tokenizer.model_max_length, self._positions))
        inputs = []
        for text in texts:
            with quiet():  # of texts that are too long
                ids = tokenizer(told.prefix + text)["input_ids"]
            cut = len(ids) > longest
            if cut:
                ids = tokenizer(told.prefix + text, truncation=True, max_length=longest)["input_ids"]
            inputs.append(_Input(text, ids, self._limit(len(ids)), ("cut",) if cut else ()))
        return inputs

    def _limit(self, n_tokens: int) -> int:
        limit = ceil((self.config.max_ratio * n_tokens + _SPARE_TOKENS) / _STEP) * _STEP
        return max(1, min(limit, self.config.max_length, self._positions - _SPECIAL_TOKENS))

    def _grouped(self, inputs: Sequence[_Input]) -> Iterator[list[_Input]]:
        """Batches of texts of about the same length; the limit is the same for all texts of a batch."""
        batch: list[_Input] = []
        for one in sorted(inputs, key=lambda each: (each.limit, len(each.ids))):
            full = len(batch) == self.config.batch_size or (len(batch) + 1) * len(one.ids) > _PADDED_TOKENS
            if batch and (full or batch[0].limit != one.limit):
                yield batch
                batch = []
            batch.append(one)
        if batch:
            yield batch

    def _known(self) -> str:
        """The model's identity; reads what the model says of itself."""
        if self._identity is None:
            self._identity = identity_of(self.config.model, TRANSLATOR)
            config = load_config(self.config.model, TRANSLATOR)
            self._model_type = str(config.model_type)
            self._positions = getattr(config, "max_position_embeddings", None) or _POSITIONS_WHERE_UNKNOWN
        return self._identity

    def _engine_name(self) -> str:
        self._known()
        chosen = self.config.engine
        if chosen == "ctranslate2":
            if not is_installed():
                raise ModelUnavailableError(
                    "CTranslate2 is not installed", hint="Run pip install ctranslate2 or set another engine"
                )
            if self._model_type not in CONVERTIBLE:
                raise ConfigError(
                    f"CTranslate2 does not convert models of the type {self._model_type!r}",
                    hint="Set the engine to transformers",
                )
        if chosen == "auto":
            return "ctranslate2" if is_installed() and self._model_type in CONVERTIBLE else "transformers"
        return chosen

    def _telling(self, source_lang: str, target_lang: str) -> Telling:
        key = (source_lang, target_lang)
        if key not in self._tellings:
            self._tellings[key] = telling(
                self.config.model, self._read_tokenizer(), source_lang, target_lang, self.config.prefix
            )
        return self._tellings[key]

    def _read_tokenizer(self) -> Any:
        if self._tokenizer is None:
            self._tokenizer = load_tokenizer(self.config.model, TRANSLATOR)
        return self._tokenizer

    def _engine(self) -> Engine:
        if self._loaded is None:
            config = self.config
            if self._engine_name() == "transformers":
                self._loaded = TorchEngine(config.model, config.device, config.num_beams)
            else:
                device_for(config.device)  # an error now is better than one after the conversion
                tokenizer = self._read_tokenizer()
                folder = converted_model(config.model, self._known(), tokenizer, config.precision)
                self._loaded = Ctranslate2Engine(
                    folder, tokenizer, config.device, config.precision, config.num_beams, self._settings()
                )
        return self._loaded

    def _settings(self) -> Any:
        """The model's own generation config, which transformers' search follows too."""
        import transformers

        with quiet():
            try:
                return transformers.GenerationConfig.from_pretrained(self.config.model)
            except OSError:  # it has none
                return transformers.GenerationConfig()
