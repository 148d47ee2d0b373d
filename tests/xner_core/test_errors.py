"""Every message says what, where and what to do."""

from __future__ import annotations

import pytest

from xner_core.errors import ConfigError, CorpusError, ModelUnavailableError, ProjectionError, XnerError


@pytest.mark.parametrize(
    ("where", "hint", "message"),
    [
        (None, None, "it broke"),
        ("here", None, "here: it broke"),
        (None, "Mend it", "it broke. Mend it"),
        ("here", "Mend it", "here: it broke. Mend it"),
    ],
)
def test_message_holds_what_is_known(where: str | None, hint: str | None, message: str) -> None:
    error = XnerError("it broke", where=where, hint=hint)
    assert str(error) == message
    assert (error.what, error.where, error.hint) == ("it broke", where, hint)


def test_corpus_error_names_file_and_line() -> None:
    assert (
        str(CorpusError("bad tag", path="a.conll", line=7, hint="Use O")) == "a.conll, line 7: bad tag. Use O"
    )
    assert str(CorpusError("bad file", path="a.conll")) == "a.conll: bad file"
    assert str(CorpusError("bad spec", where="demo:xx")) == "demo:xx: bad spec"


@pytest.mark.parametrize("kind", [ConfigError, CorpusError, ModelUnavailableError, ProjectionError])
def test_one_tree(kind: type[XnerError]) -> None:
    assert issubclass(kind, XnerError)
