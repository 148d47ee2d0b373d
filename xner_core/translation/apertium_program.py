r"""The program apertium, run as a process of its own.

It is under the GPL and so no part of this project: a user installs it, and none of its code is
imported. What follows is its stream format (https://wiki.apertium.org/wiki/Apertium_stream_format):
a backslash escapes what has a meaning, what stands in brackets is kept but not translated, and a
NUL ends a text, at which every program of the chain starts anew.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from xner_core.errors import ModelUnavailableError, XnerError

_INSTALL = "Install it with a language pair: apt install apertium apertium-eng-spa"
_ESCAPED = re.compile(r"[\\\[\]{}^$/@<>]")
_FULL_STOP = ".[]"
"""What apertium itself puts behind a text, to know it for the end of a sentence, and takes out again."""
_READ = re.compile(
    r"\\(?P<escaped>.)|(?P<stop>\.\[\])|\[(?P<kept>(?:\\.|[^\]\\])*)\]|(?P<plain>.)", re.DOTALL
)


def program() -> str:
    """The path of the program.

    Raises:
        ModelUnavailableError: If it is not installed.
    """
    found = shutil.which("apertium")
    if found is None:
        raise ModelUnavailableError("apertium is not installed", hint=_INSTALL)
    return found


def program_version() -> str:
    """The version that is installed.

    Raises:
        ModelUnavailableError: If none is.
    """
    return _version(program())


def modes() -> dict[str, Path]:
    """What is installed to translate with: the file of each mode by its name, such as `eng-spa`.

    `APERTIUM_DATADIR` says where, as for apertium itself.

    Raises:
        ModelUnavailableError: If apertium is not installed.
    """
    return {path.stem: path for path in sorted((_data_folder() / "modes").glob("*.mode"))}


def data_version(mode: Path) -> str:
    """The Debian package that a mode came in and its version, or the start of a checksum of its data."""
    return _data_version(mode, mode.stat().st_mtime_ns)


def translate_batch(texts: Sequence[str], mode: str, timeout_s: float) -> list[str]:
    """Translate texts by one process; each comes out as it would alone.

    Args:
        texts: None of them empty. White space and control characters count as one space.
        mode: The name of an installed mode.
        timeout_s: How long the process may take, in seconds.

    Raises:
        ModelUnavailableError: If apertium is not installed.
        XnerError: If it fails or takes too long.
    """
    found = read_stream(_run(write_stream(texts), mode, timeout_s), len(texts))
    if found is not None:
        return found
    # It should not happen; but a translation must never go to another text.
    alone = [read_stream(_run(write_stream([text]), mode, timeout_s), 1) for text in texts]
    for text, one in zip(texts, alone, strict=True):
        if one is None:
            raise XnerError(
                f"apertium {mode} gives no translation that can be read of {shortened(text)!r}",
                hint="Leave the sentence out or choose another translator",
            )
    return [one[0] for one in alone if one is not None]


def write_stream(texts: Sequence[str]) -> bytes:
    """Texts in apertium's stream format, each with its number behind it and a NUL at its end."""
    return "".join(f"{_escape(text)}{_FULL_STOP}[{number}]\0" for number, text in enumerate(texts)).encode()


def read_stream(stream: bytes, n_texts: int) -> list[str] | None:
    """The texts of a stream; None where they cannot be told apart for certain."""
    parts = stream.decode(errors="replace").split("\0")
    if len(parts) <= n_texts or any(part.strip() for part in parts[n_texts:]):
        return None
    found = [_unescape(part, str(number)) for number, part in enumerate(parts[:n_texts])]
    texts = [text for text in found if text is not None]
    return texts if len(texts) == n_texts else None


def shortened(text: str, longest: int = 60) -> str:
    """A text as an error names it."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _escape(text: str) -> str:
    plain = "".join(" " if unicodedata.category(character) == "Cc" else character for character in text)
    escaped = _ESCAPED.sub(r"\\\g<0>", " ".join(plain.split()))
    return escaped.replace("~", "[~]")  # it would wake the rules on contractions


def _unescape(part: str, number: str) -> str | None:
    """A translated text; None where it ends with the number of another one."""
    kept = []
    for match in _READ.finditer(part):
        blank = match["kept"]
        if blank is not None and blank.isdigit():
            if blank != number:
                return None
        elif match["stop"] is None:
            kept.append(match["escaped"] or match["plain"] or blank or "")
    return "".join(kept).strip()


def _run(stream: bytes, mode: str, timeout_s: float) -> bytes:
    environment = {key: value for key, value in os.environ.items() if key not in ("LC_ALL", "AP_SETVAR")}
    process = subprocess.Popen(
        [program(), "-d", str(_data_folder()), "-f", "none", "-u", "-z", mode],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,  # so that the whole chain of programs can be ended
    )
    try:
        written, complaint = process.communicate(stream, timeout=timeout_s)
    except BaseException as error:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        if isinstance(error, subprocess.TimeoutExpired):
            raise XnerError(
                f"apertium {mode} gave no answer within {timeout_s:g} seconds",
                hint="Set a longer timeout_s or a smaller batch_size",
            ) from None
        raise
    if process.returncode:
        lines = (complaint or written).decode(errors="replace").strip().splitlines()
        reason = lines[0] if lines else f"exit status {process.returncode}"
        raise XnerError(
            f"apertium {mode} failed ({reason})",
            hint="Install the language pair again, or see what apertium says in a terminal",
        )
    return written


def _data_folder() -> Path:
    chosen = os.environ.get("APERTIUM_DATADIR")
    return Path(chosen) if chosen else Path(program()).parent.parent / "share" / "apertium"


@lru_cache(maxsize=8)
def _version(path: str) -> str:
    said = subprocess.run([path, "-V"], capture_output=True, text=True, check=False).stdout
    return said.strip().rpartition(" ")[-1] or "of unknown version"


@lru_cache(maxsize=64)
def _data_version(mode: Path, changed: int) -> str:
    del changed  # a part of the cache's key alone
    if shutil.which("dpkg-query"):
        owner = _output("dpkg-query", "-S", str(mode)).partition(":")[0]
        version = _output("dpkg-query", "-W", "-f", "${Version}", owner) if owner else ""
        if version:
            return f"{owner} {version}"
    text = mode.read_bytes()
    digest = hashlib.sha256(text)
    for name in sorted(set(re.findall(rb"/[^'\"\s|]+", text))):
        path = Path(os.fsdecode(name))
        if path.is_file():
            digest.update(path.read_bytes())
    return f"{mode.stem} sha256:{digest.hexdigest()[:16]}"


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
