"""How a dataset of the Hugging Face hub is named in a corpus spec, and what is known of some."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xner_core.errors import CorpusError
from xner_core.languages import is_language

_PART = re.compile(r"\w[\w.-]*")
_LOOKS_LIKE_A_PATH = re.compile(r"[.~/]|.*\\|[A-Za-z]:")
_NO_LANGUAGES = frozenset({"all", "bio", "dev", "iob", "ner", "pos", "raw", "tag"})
"""Codes of languages that in a configuration's name mean something else."""


@dataclass(frozen=True)
class KnownDataset:
    """A dataset with a short name.

    Attributes:
        name: Its name on the hub.
        offered: The configurations to offer, one a language or pair of languages, with spaces between.
        codes: The BCP 47 codes of configurations whose names are other codes.
        parallel: The configuration whose sentences the others translate.
        has_script: Whether its data are made by a script, so that only the hub's conversion can be read.
    """

    name: str
    offered: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    parallel: str | None = None
    has_script: bool = False

    @property
    def configs(self) -> tuple[str, ...]:
        """The configurations to offer."""
        return tuple(self.offered.split())


KNOWN_DATASETS: dict[str, KnownDataset] = {
    # Adelani et al. 2022a.
    "masakhaner2": KnownDataset(
        "masakhane/masakhaner2",
        "bam bbj ewe fon hau ibo kin lug luo mos nya pcm sna swa tsn twi wol xho yor zul",
        has_script=True,
    ),
    # Pan et al. 2017 in the splits of Rahimi et al. 2019; the 40 languages of XTREME (Hu et al. 2020).
    "wikiann": KnownDataset(
        "unimelb-nlp/wikiann",
        "af ar bg bn de el en es et eu fa fi fr he hi hu id it ja jv ka kk ko ml mr ms my nl pt ru "
        "sw ta te th tl tr ur vi yo zh",
        codes={
            "als": "gsw",
            "bat-smg": "sgs",
            "be-x-old": "be-tarask",
            "bh": "bho",
            "cbk-zam": "cbk",
            "eml": "egl",
            "fiu-vro": "vro",
            "map-bms": "jv",
            "simple": "en",
            "zh-classical": "lzh",
            "zh-min-nan": "nan",
            "zh-yue": "yue",
        },
    ),
    # Agerri et al. 2018.
    "europarl-ner": KnownDataset("ShkalikovOleh/europarl-ner", "de es it", parallel="en"),
    # Adelani et al. 2022b: sentences and their translations, without entities.
    "mafand": KnownDataset(
        "masakhane/mafand",
        "en-amh en-hau en-ibo en-kin en-lug en-nya en-pcm en-sna en-swa en-tsn en-twi en-xho en-yor en-zul "
        "fr-bam fr-bbj fr-ewe fr-fon fr-mos fr-wol",
        has_script=True,
    ),
}


@dataclass(frozen=True)
class HubName:
    """A dataset and one of its configurations.

    Attributes:
        path: Its name on the hub, or a folder of this machine in the hub's layout.
        config: The configuration, if one is named.
        is_folder: Whether `path` is a folder.
    """

    path: str
    config: str | None
    is_folder: bool = False

    @property
    def known(self) -> KnownDataset:
        """What is known of the dataset; nothing of most."""
        found = (known for known in KNOWN_DATASETS.values() if known.name == self.path)
        return next(found, KnownDataset(self.path))

    def __str__(self) -> str:
        return f"{self.path}/{self.config}" if self.config else self.path


def parse_name(where: str, config: str | None, spec: str) -> HubName:
    """Tell the dataset from its configuration.

    Args:
        where: `SHORT/CONFIG`, `OWNER/NAME/CONFIG`, `OWNER/NAME`, or a folder.
        config: The configuration, where it is an option.
        spec: The corpus spec, for errors.

    Raises:
        CorpusError: If it is none of these, or the configuration is named twice.
    """
    short, _, rest = where.partition("/")
    if short in KNOWN_DATASETS and "/" not in rest:
        return _named(KNOWN_DATASETS[short].name, rest or None, config, spec)
    if where and Path(where).expanduser().is_dir():
        return HubName(where, config, is_folder=True)
    if _LOOKS_LIKE_A_PATH.match(where):
        raise CorpusError("there is no such folder", where=spec, hint="Check the path")
    parts = where.split("/")
    if len(parts) > 3 or not all(map(_PART.fullmatch, parts)):
        raise CorpusError(
            f"{where!r} is neither a folder nor a dataset's name",
            where=spec,
            hint=f"Write hub:OWNER/NAME/CONFIG, hub:FOLDER?config=CONFIG or one of {_short_names()}",
        )
    return _named("/".join(parts[:2]), parts[2] if len(parts) == 3 else None, config, spec)


def language_of(name: HubName) -> str | None:
    """The BCP 47 code that a configuration's name tells, or None where it is no language."""
    config = name.config or ""
    if config in name.known.codes:
        return name.known.codes[config]
    return config if config not in _NO_LANGUAGES and is_language(config) else None


def _named(path: str, inside: str | None, option: str | None, spec: str) -> HubName:
    if inside and option:
        raise CorpusError(
            f"the configuration is named twice, {inside!r} and {option!r}", where=spec, hint="Drop config="
        )
    return HubName(path, inside or option)


def _short_names() -> str:
    return ", ".join(f"hub:{short}/{known.configs[0]}" for short, known in KNOWN_DATASETS.items())
