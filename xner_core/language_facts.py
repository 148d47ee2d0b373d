"""What is known of a language: its family, its script, and how much there is to learn from.

The table holds the languages of the published figures and of the demonstration corpus.

Families are the top ones of Glottolog, as the URIEL database gives them (Littell et al. 2017;
package lang2vec 1.1.2); Twi's is that of Akan, and Basque, which URIEL has in no family, is an
isolate. Scripts are CLDR's likely ones, from langcodes. The resource classes, 0 (nothing to begin
with) to 5 (much of everything), are those of Joshi et al. 2020, "The State and Fate of Linguistic
Diversity and Inclusion in the NLP World", whose list was read as MaLA-LM's LangResourceAtlas
repeats it. That list names languages, not codes: Filipino is its Tagalog, Chinese its Mandarin, Fon
its Fongbe, Nyanja its Chichewa, Mossi its Mooré. Luo was not found under that name, so its
class is unknown here.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from xner_core.languages import UNKNOWN, is_language, short_code

TABLE = "language_facts.csv"
NOT_KNOWN = "unknown"
_HAN = {"Hans", "Hant"}
"""Called `Simplified` and `Traditional` by CLDR, as if that said it all."""
SOURCES = (
    "Families: Glottolog, as in URIEL (Littell et al. 2017). Scripts: CLDR. Resource classes: Joshi et al. "
    "2020, from 0 (hardly any data) to 5 (the most)."
)


@dataclass(frozen=True, slots=True)
class LanguageFacts:
    """What is known of a language; what is not is `unknown`.

    Attributes:
        family: The top family of Glottolog.
        script: The English name of the script it is mostly written in, or the one its code names.
        resources: The resource class, `0` to `5`.
    """

    family: str
    script: str
    resources: str


@lru_cache(maxsize=512)
def language_facts(code: str) -> LanguageFacts:
    """The facts of a language by any of its codes.

    Args:
        code: BCP 47 or ISO 639-3.
    """
    family, resources = _table().get(short_code(code), (NOT_KNOWN, NOT_KNOWN))
    return LanguageFacts(family, _script(code), resources)


def _script(code: str) -> str:
    import langcodes

    if code == UNKNOWN or not is_language(code):
        return NOT_KNOWN
    script = langcodes.Language.get(code).maximize().script
    if not script:
        return NOT_KNOWN
    name = str(langcodes.Language.make(script=script).script_name("en"))
    return f"{name} Han" if script in _HAN else name


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, str]]:
    text = files(__package__).joinpath(TABLE).read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["lang"]: (row["family"] or NOT_KNOWN, row["resources"] or NOT_KNOWN) for row in rows}
