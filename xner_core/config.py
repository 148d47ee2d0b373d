"""Typed configs of components, and how a component is built from its name and options."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from xner_core.errors import ConfigError
from xner_core.registry import component_class


class ComponentConfig(BaseModel):
    """Base of every component's options: frozen, and no unknown option is accepted.

    The app draws a form from the fields: their types, bounds and descriptions.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")


ConfigT = TypeVar("ConfigT", bound=ComponentConfig)


class Component(Generic[ConfigT]):
    """Base of every component: it is made from a config and nothing else.

    Attributes:
        Config: The class of its options.
        argument: The option that `name:argument` sets, as in `spacy:en_core_web_sm`;
            empty where the name takes no argument.
        requires: What it needs besides a sentence pair and the default models, in words;
            empty where it works at once.
    """

    Config: type[ConfigT]
    argument: ClassVar[str] = ""
    requires: ClassVar[str] = ""

    def __init__(self, config: ConfigT | None = None) -> None:
        self.config: ConfigT = config if config is not None else self.Config()

    @property
    def files(self) -> tuple[Path, ...]:
        """The files and folders of this machine that its results depend on: those that its options name."""
        named = [value for value in self.config.model_dump().values() if isinstance(value, (str, Path))]
        # An option may name a component with an argument, as in file:PATH.
        paths = [Path(part).expanduser() for text in named for part in (text, str(text).partition(":")[2])]
        return tuple(path for path in paths if path != Path() and path.exists())


class Choice(BaseModel):
    """A component by name, with the options that differ from its defaults."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    options: dict[str, Any] = {}

    def build(self, kind: str) -> Any:
        """Make the component.

        Raises:
            ConfigError: If the kind, the name, an option or its value does not exist.
        """
        base, _, argument = self.name.partition(":")
        component = component_class(kind, base)
        options = dict(self.options)
        if argument:
            if not component.argument:
                raise ConfigError(f"the {kind} {base!r} takes no argument", hint=f"Write {base!r}")
            options[component.argument] = argument
        try:
            return component(component.Config(**options))
        except ValidationError as error:
            problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
            known = ", ".join(component.Config.model_fields) or "none"
            raise ConfigError(
                f"bad options for the {kind} {base!r}: {problems}", hint=f"Its options: {known}"
            ) from None


class PipelineConfig(BaseModel):
    """Which component does each stage's work.

    The defaults are those measured best over Europarl-NER and MasakhaNER2
    together (docs/methods.md).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    translator: Choice = Choice(name="none")
    ner: Choice = Choice(name="auto")
    refinement: Choice = Choice(name="none")
    aligner: Choice = Choice(name="e5-small")
    extraction: Choice = Choice(name="unbalanced")
    target_ner: Choice = Choice(name="none")
    candidates: Choice = Choice(name="aligned")
    scorer: Choice = Choice(name="alignment")
    projector: Choice = Choice(name="ilp")

    @property
    def cautions(self) -> list[str]:
        """What a reader of the results should know about this combination, one sentence each."""
        if self.candidates.name != "aligned":
            return []
        unsafe = []
        if self.scorer.name != "alignment":
            unsafe.append(f"the score {self.scorer.name}")
        relation = self.projector.options.get("relation", "<=")
        if relation != "<=":
            unsafe.append(f"the relation {relation}")
        if {"punctuation", "stop_words"} & self.candidates.options.keys():
            unsafe.append("rules on punctuation or stop words")
        return [
            f"Only ranges between linked words are candidates; with {each} the best matching may be among "
            "those left out (candidates ngrams has them all)."
            for each in unsafe
        ]
