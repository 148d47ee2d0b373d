"""Which format a file looks like, told from its name and its beginning."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from xner_core.errors import ExportError

_BEGINNING = 4096
_LINKS = re.compile(r"(\S+\t)?(\d+[-p]\d+(-[\d.]+)?( \d+[-p]\d+(-[\d.]+)?)*)?")
_NUMBERED_LINKS = re.compile(r"\d+ \d+ \d+( [SP])?")
_TAGGED = re.compile(r"\S.*[\t ](O|[BI]-\S+)\s*")
_MOST = 0.8
"""So many of the lines decide: the reader then names the line that is wrong."""
_TASK_KEYS = ("data", "annotations", "annotator", "src_text")
"""Of Label Studio's exports JSON and JSON-MIN; what was labelled may stand before the data."""
_BY_SUFFIX = {".spacy": "spacy", ".parquet": "hf", ".ann": "brat"}


def looks_like(path: Path) -> str | None:
    """The name of the format that a file, or the folder of an export, looks like, if it does.

    Args:
        path: The file or folder; it need not exist.
    """
    if path.is_dir():
        inside = sorted(each for each in path.rglob("*") if each.is_file() and each.parent.name != "about")
        suffixes = {each.suffix for each in inside}
        by_suffix = [name for suffix, name in _BY_SUFFIX.items() if suffix in suffixes]
        if by_suffix:
            return by_suffix[0]
        if any(each.name.endswith(".labels.txt") for each in inside):
            return "translate-train"
        found = list(dict.fromkeys(name for each in inside if (name := looks_like(each)) is not None))
        return found[0] if found else None
    if path.suffix in _BY_SUFFIX:
        return _BY_SUFFIX[path.suffix]
    try:
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
    except OSError:
        return None
    text = beginning.decode("utf-8-sig", "ignore")
    return _by_beginning(text, is_cut=len(beginning) == _BEGINNING)


def unlike_any(path: Path) -> ExportError:
    """Why a file looks like no format.

    Args:
        path: The file or folder; it need not exist.
    """
    what, hint = "it does not look like any format", "Name its format with --format (xner formats)"
    if not path.exists():
        what, hint = "there is no such file", "Check the path"
    elif path.is_dir():
        if not any(each.is_file() for each in path.rglob("*")):
            what, hint = "there is no file in it", "Name a file, or the folder of an export"
    else:
        try:
            with path.open("rb") as file:
                beginning = file.read(_BEGINNING)
        except OSError as error:
            what, hint = f"the file cannot be read ({error.strerror})", "Name a file that you may read"
        else:
            if beginning.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
                what, hint = "it is not UTF-8 but UTF-16", "Save the file as UTF-8"
            elif not beginning.strip():
                what, hint = "the file is empty", "Name another file"
    return ExportError(what, path=path, hint=hint)


def _by_beginning(text: str, *, is_cut: bool) -> str | None:
    lines = re.split(r"\r\n|\r|\n", text)
    first = next((line for line in lines if line.strip()), "")
    if first.startswith("#FORMAT=WebAnno TSV"):
        return "webanno"
    if first.startswith("-DOCSTART-"):
        return "conll2003"
    if first.lstrip().startswith("["):
        return "label-studio" if any(f'"{key}"' in text for key in _TASK_KEYS) else None
    if first.lstrip().startswith("{"):
        return _json_lines(text)
    whole = lines[: -1 if is_cut else None]
    said = [line for line in whole if line.strip() and not line.startswith("#")]
    for name, form in (("conll2002", _TAGGED), ("naacl", _NUMBERED_LINKS), ("pharaoh", _LINKS)):
        if said and sum(form.fullmatch(line) is not None for line in said) >= _MOST * len(said):
            return name
    return None


def _json_lines(text: str) -> str | None:
    keys = set(re.findall(r'"(\w+)"\s*:', text.partition("\n")[0] or text))
    if {"source_tokens", "target_tokens"} <= keys:
        return "jsonl"
    if "text" in keys and keys & {"label", "labels", "entities"}:
        return "doccano"
    return None
