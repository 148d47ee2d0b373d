"""Every method differs in colour and in mark; test_palette looks at the contrast of the colours."""

from __future__ import annotations

from xner_core.viz.method_style import COLOURS, PATTERNS, PUBLISHED_SYMBOLS, SYMBOLS, styled


def test_many_methods_are_all_different() -> None:
    columns = styled([(str(n), str(n)) for n in range(20)], [("p", "P"), ("q", "Q")])
    assert len({(column.colour, column.symbol) for column in columns}) == 22
    first = columns[: len(COLOURS)]
    assert (
        len({column.colour for column in first}) == len({column.symbol for column in first}) == len(COLOURS)
    )
    assert len({column.pattern for column in first}) == len(COLOURS)
    assert set(SYMBOLS).isdisjoint(PUBLISHED_SYMBOLS)
    assert PATTERNS[0] == ""


def test_adding_a_published_method_changes_nobodys_look() -> None:
    own = [("a", "A"), ("b", "B")]
    assert styled(own, [("p", "P")])[:2] == styled(own)
    assert [column.is_published for column in styled(own, [("p", "P")])] == [False, False, True]
