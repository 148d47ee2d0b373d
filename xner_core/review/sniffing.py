"""Which format a file looks like, told from its name and its beginning."""

from __future__ import annotations

import re
from pathlib import Path

_BEGINNING = 4096
_LINKS = re.compile(r"(\S+\t)?(\d+[-p]\d+(-[\d.]+)?( \d+[-p]\d+(-[\d.]+)?)*)?")
_NUMBERED_LINKS = re.compile(r"\d+ \d+ \d+( [SP])?")
_TAGGED = re.compile(r"\S+[\t ](O|[BI]-\S+)")
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
            text = file.read(_BEGINNING).decode("utf-8-sig", "ignore")
    except OSError:
        return None
    return _by_beginning(text)


def _by_beginning(text: str) -> str | None:
    lines = [line.rstrip("\r") for line in text.split("\n")][: -1 if len(text) >= _BEGINNING else None]
    first = next((line for line in lines if line.strip()), "")
    if first.startswith("#FORMAT=WebAnno TSV"):
        return "webanno"
    if first.startswith("-DOCSTART-"):
        return "conll2003"
    if first.lstrip().startswith("["):
        return "label-studio" if '"data"' in text else None
    if first.lstrip().startswith("{"):
        return _json_lines(text)
    said = [line for line in lines if line.strip() and not line.startswith("#")]
    if said and all(_TAGGED.fullmatch(line) for line in said):
        return "conll2002"
    if said and all(_NUMBERED_LINKS.fullmatch(line) for line in said):
        return "naacl"
    if said and all(_LINKS.fullmatch(line) for line in said):
        return "pharaoh"
    return None


def _json_lines(text: str) -> str | None:
    keys = set(re.findall(r'"(\w+)"\s*:', text.partition("\n")[0] or text))
    if {"source_tokens", "target_tokens"} <= keys:
        return "jsonl"
    if "text" in keys and keys & {"label", "labels", "entities"}:
        return "doccano"
    return None
