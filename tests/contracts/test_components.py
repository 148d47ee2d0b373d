"""Every registered component can be listed, described, configured and built."""

from __future__ import annotations

import pytest

from xner_core.config import Choice, Component, ComponentConfig
from xner_core.registry import COMPONENTS, component_class

each_component = pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in COMPONENTS.items() for name in names]
)


@each_component
def test_it_is_a_component(kind: str, name: str) -> None:
    component = component_class(kind, name)
    assert issubclass(component, Component)
    assert issubclass(component.Config, ComponentConfig)
    assert ":" not in name


@each_component
def test_its_description_is_one_sentence(kind: str, name: str) -> None:
    first = (component_class(kind, name).__doc__ or "").partition("\n")[0]
    assert first.endswith(".")
    assert 20 <= len(first) <= 110


@each_component
def test_its_options_are_described(kind: str, name: str) -> None:
    for option, field in component_class(kind, name).Config.model_fields.items():
        assert field.description, option
        assert field.description.endswith((".", "?")), option


@each_component
def test_its_defaults_build(kind: str, name: str) -> None:
    component = component_class(kind, name)
    built = Choice(name=name).build(kind)
    assert type(built) is component
    assert built.config == component.Config() == component().config


@each_component
def test_its_config_survives_json(kind: str, name: str) -> None:
    config = component_class(kind, name).Config()
    assert type(config).model_validate_json(config.model_dump_json()) == config


@each_component
def test_its_argument_is_one_of_its_options(kind: str, name: str) -> None:
    component = component_class(kind, name)
    assert component.argument == "" or component.argument in component.Config.model_fields
