"""The program eflomal, run as a process of its own with text files in between.

It is under the GPL-3 and so no part of this project: a user installs it, and none of its
code is imported. The formats below are those of its command line.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from tempfile import TemporaryDirectory

from xner_core.errors import ModelUnavailableError, XnerError
from xner_core.pharaoh import parse_links
from xner_core.types import Link, WordAlignment

MOST_WORDS = 1023
"""eflomal takes a longer sentence for an empty one."""

NumberedPair = tuple[Sequence[int], Sequence[int]]
"""The words of a source and of a target sentence; equal numbers are the same word."""


def program_version() -> str:
    """The version that is installed.

    Raises:
        ModelUnavailableError: If none is.
    """
    return _distribution().version


def check_program() -> None:
    """Look whether its commands are there.

    Raises:
        ModelUnavailableError: If one is not.
    """
    for name in ("eflomal-align", "eflomal-makepriors"):
        _command(name)


def directed_links(
    pairs: Sequence[NumberedPair],
    *,
    model: int,
    length: float,
    prior_links: Sequence[WordAlignment] | None = None,
) -> list[tuple[WordAlignment, WordAlignment]]:
    """Learn from sentence pairs how words translate, and link them in both directions.

    Words are written as numbers: whatever stands in a word, it survives the text files.

    Args:
        pairs: At least one pair; no sentence is empty or has more than `MOST_WORDS` words.
        model: eflomal's model, 1 to 3.
        length: How long it samples, relative to what it would choose.
        prior_links: Links of each pair that are counted as seen before.

    Returns:
        Two alignments of each pair. In the first, eflomal's *reverse*, each source word has at
        most one link; in the second, its *forward*, each target word has.

    Raises:
        ModelUnavailableError: If it is not installed.
        XnerError: If it fails.
    """
    with TemporaryDirectory(prefix="xner-eflomal-") as name:
        folder = Path(name)
        sides = zip(*pairs, strict=True)
        for file, sentences in zip(("source", "target"), sides, strict=True):
            _write(folder / file, (" ".join(map(str, words)) for words in sentences))
        texts = ["--source", "source", "--target", "target"]
        options = ["--model", str(model), "--length", str(length)]
        if prior_links is not None:
            _write(folder / "prior-links", (_pharaoh(found.links) for found in prior_links))
            both = ["--forward-alignments", "prior-links", "--reverse-alignments", "prior-links"]
            _run("eflomal-makepriors", [*texts, *both, "--priors", "priors"], folder)
            options += ["--priors", "priors"]
        files = ["--reverse-links", "reverse", "--forward-links", "forward"]
        _run("eflomal-align", [*texts, *options, *files], folder)
        return list(zip(_read(folder / "reverse", pairs), _read(folder / "forward", pairs), strict=True))


def _distribution() -> Distribution:
    try:
        return distribution("eflomal")
    except PackageNotFoundError:
        raise _not_installed() from None


def _command(name: str) -> Path:
    # By the list of what pip installed: PATH need not have the folder of the scripts.
    for file in _distribution().files or ():
        path = Path(file.locate())
        if file.name == name and path.is_file():
            return path
    raise _not_installed()


def _not_installed() -> ModelUnavailableError:
    return ModelUnavailableError(
        "the program eflomal is not installed", hint="Run pip install eflomal; it needs a C compiler"
    )


def _run(name: str, arguments: Sequence[str], folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(_command(name)), *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
    )
    if done.returncode:
        said = done.stderr.strip() or f"exit status {done.returncode}"
        raise XnerError(
            f"the program {name} failed ({said.splitlines()[-1]})",
            hint="Install it again: pip install --force-reinstall --no-cache-dir eflomal",
        )


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")


def _pharaoh(links: Iterable[Link]) -> str:
    return " ".join(f"{source}-{target}" for source, target in links)


def _read(path: Path, pairs: Sequence[NumberedPair]) -> list[WordAlignment]:
    try:
        lines = path.read_text(encoding="ascii").splitlines()
        return [
            parse_links(line, len(source), len(target))
            for line, (source, target) in zip(lines, pairs, strict=True)
        ]
    except (OSError, ValueError) as error:
        raise XnerError(
            f"the program eflomal wrote links that cannot be read ({error})",
            hint="Install the version that this was made for: pip install eflomal==2.0.0",
        ) from None
