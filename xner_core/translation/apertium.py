"""Translation by rules, with Apertium and the language pairs that are installed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pydantic import Field

from xner_core.config import ComponentConfig
from xner_core.errors import ConfigError, ModelUnavailableError
from xner_core.languages import UNKNOWN, is_language
from xner_core.translation.apertium_program import data_version, modes, program_version, translate_batch
from xner_core.translation.cached import CachedTranslator, Made

_CODE = re.compile(r"[a-z]{2,3}(_[A-Za-z]+)?")
_OWN_CODES = {
    "hbs": "sh",
    "hbs_BS": "bs",
    "hbs_HR": "hr",
    "hbs_SR": "sr",
    "oci_aran": "oc-aranes",
    "oc_aran": "oc-aranes",
}
"""Codes of Apertium that BCP 47 reads otherwise or not at all."""
_BROADER = {"bs": "sh", "hr": "sh", "sr": "sh", "nb": "no", "nn": "no"}
"""Macrolanguages that langcodes does not count as such."""
_SHOWN = 12


class ApertiumConfig(ComponentConfig):
    """Options of Apertium."""

    mode: str = Field(
        default="",
        description="An installed mode such as spa-eng_US, where it is not to be chosen by the languages.",
    )
    batch_size: int = Field(
        default=200, ge=1, le=10_000, description="Texts that one process translates; each is kept at once."
    )
    timeout_s: float = Field(
        default=120, gt=0, le=86_400, description="Seconds that the translation of a batch may take."
    )


class Mode(NamedTuple):
    """What Apertium translates with: its name, and the BCP 47 codes of the languages."""

    name: str
    source: str
    target: str


class ApertiumTranslator(CachedTranslator[ApertiumConfig]):
    """Apertium, which translates by rules: no model, quick, for pairs of related languages above all."""

    Config = ApertiumConfig
    requires = "apertium with a language pair"

    @staticmethod
    def installed_pairs() -> list[tuple[str, str]]:
        """See the function."""
        return installed_pairs()

    def supports(self, source_lang: str, target_lang: str) -> bool:
        """See `Translator`."""
        try:
            self._mode(source_lang, target_lang)
        except (ConfigError, ModelUnavailableError):
            return False
        return True

    @property
    def model_id(self) -> str:
        """See `Translator`: Apertium and the language pairs that are installed."""
        packages = sorted({data_version(path) for path in modes().values()})
        return f"apertium {program_version()}" + (f" ({', '.join(packages)})" if packages else "")

    def release(self) -> None:
        """See `Translator`: nothing is held."""

    def _basis(self, source_lang: str, target_lang: str) -> tuple[object, ...]:
        mode = self._mode(source_lang, target_lang)
        return ("apertium", program_version(), mode, data_version(modes()[mode]))

    def _batches(self, texts: Sequence[str], source_lang: str, target_lang: str) -> Iterator[list[Made]]:
        mode, size = self._mode(source_lang, target_lang), self.config.batch_size
        for start in range(0, len(texts), size):
            batch = texts[start : start + size]
            found = translate_batch(batch, mode, self.config.timeout_s)
            yield [Made(text, one) for text, one in zip(batch, found, strict=True)]

    def _mode(self, source_lang: str, target_lang: str) -> str:
        if self.config.mode:
            if self.config.mode not in modes():
                raise ConfigError(
                    f"apertium has no mode {self.config.mode!r}", hint=f"Installed: {_names(modes())}"
                )
            return self.config.mode
        mode = closest_mode(source_lang, target_lang, read_modes(modes()))
        if mode is None:
            raise ConfigError(
                f"apertium has no language pair from {source_lang!r} to {target_lang!r}",
                hint=f"Installed: {_names(modes())}. apt search apertium- lists more",
            )
        return mode.name


def installed_pairs() -> list[tuple[str, str]]:
    """The BCP 47 codes of source and target that Apertium translates between here, sorted.

    Nothing where it is not installed.
    """
    try:
        return sorted({(mode.source, mode.target) for mode in read_modes(modes())})
    except ModelUnavailableError:
        return []


def read_modes(names: Iterable[str]) -> list[Mode]:
    """The modes among these names that say two languages."""
    found = []
    for name in names:
        codes = [_language(code) for code in name.split("-")]
        if len(codes) == 2 and codes[0] is not None and codes[1] is not None:
            found.append(Mode(name, codes[0], codes[1]))
    return found


def closest_mode(source_lang: str, target_lang: str, known: Sequence[Mode]) -> Mode | None:
    """The mode of a language pair, or None where there is none.

    The same languages are needed, or the macrolanguages that they belong to; of several modes the
    one is taken that names the same country or form, or else the one with the shortest name.
    """
    ranked = []
    for mode in known:
        unlike = _unlikeness(source_lang, mode.source), _unlikeness(target_lang, mode.target)
        if unlike[0] is not None and unlike[1] is not None:
            ranked.append((unlike[0] + unlike[1], len(mode.name), mode))
    return min(ranked)[-1] if ranked else None


def _language(code: str) -> str | None:
    """The BCP 47 code that a code of Apertium stands for, if it is one."""
    import langcodes

    if not _CODE.fullmatch(code):
        return None
    if code in _OWN_CODES:
        return _OWN_CODES[code]
    tag = code.replace("_", "-")
    return str(langcodes.standardize_tag(tag)) if is_language(tag) else None


def _unlikeness(lang: str, code: str) -> int | None:
    """0 where two codes are the same, 1 where the countries or forms differ, None for others."""
    import langcodes

    if lang == UNKNOWN or not is_language(lang):
        return None
    wanted, found = (each if each == "sh" else langcodes.standardize_tag(each) for each in (lang, code))
    if wanted == found:
        return 0
    one, other = wanted.partition("-")[0], found.partition("-")[0]
    if one != other and _broader(one) != other and one != _broader(other):
        return None
    return 1


def _broader(language: str) -> str:
    """The macrolanguage that a language belongs to, or itself."""
    import langcodes

    return _BROADER.get(language) or str(langcodes.standardize_tag(language, macro=True)).partition("-")[0]


def _names(names: Iterable[str]) -> str:
    first, *rest = [", ".join(list(names)[:_SHOWN]), *list(names)[_SHOWN:]]
    return (first or "none") + (f" and {len(rest)} more" if rest else "")
