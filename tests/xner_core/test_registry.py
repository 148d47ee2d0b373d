"""Names lead to classes, and unknown ones to a message that lists the known."""

from __future__ import annotations

import pytest

from xner_core.errors import ConfigError
from xner_core.registry import COMPONENTS, component_class


def test_a_name_leads_to_its_class() -> None:
    assert component_class("extraction", "match").__name__ == "MaximumWeightMatch"


def test_unknown_kind_lists_the_kinds() -> None:
    with pytest.raises(ConfigError) as raised:
        component_class("colour", "red")
    assert "'colour'" in str(raised.value)
    assert all(kind in str(raised.value) for kind in COMPONENTS)


@pytest.mark.parametrize("kind", COMPONENTS)
def test_unknown_name_lists_the_names(kind: str) -> None:
    with pytest.raises(ConfigError) as raised:
        component_class(kind, "no-such")
    assert "'no-such'" in str(raised.value)
    assert all(name in str(raised.value) for name in COMPONENTS[kind])
