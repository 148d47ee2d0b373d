"""The command that translates what a corpus lacks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from xner_core.cli.options import CorpusOption, LimitOption
from xner_core.cli.output import print_notices, progress
from xner_core.tags import encode
from xner_core.types import SentencePair


def translate(
    corpus: CorpusOption,
    translator: Annotated[
        str, typer.Option("--translator", help="apertium, transformers:MODEL or file:PATH")
    ],
    back: Annotated[
        bool,
        typer.Option("--back", help="Translate each source sentence into the target's language"),
    ] = False,
    out: Annotated[Path | None, typer.Option(help="Write the corpus to this file, not to the output")] = None,
    translations: Annotated[
        Path | None, typer.Option(help="Write texts and translations to a file that file:PATH reads")
    ] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", help="translator.OPTION=VALUE, as in translator.num_beams=1")
    ] = None,
    limit: LimitOption = None,
) -> None:
    """Translate what a corpus lacks and print it as JSON lines that a `jsonl:` spec reads again.

    A sentence that is there already stays as it is.
    """
    from xner_core.config import Choice
    from xner_core.corpora import load
    from xner_core.files import write_whole
    from xner_core.translation.fill import back_translate, fill_missing, still_missing
    from xner_core.translation.translator import Translator

    options = _options(settings)
    chosen: Translator = Choice(name=translator, options=options).build("translator")
    loaded = load(corpus)
    pairs = loaded.pairs[:limit]
    with progress() as report:
        filled = (back_translate if back else fill_missing)(pairs, chosen, report)
    text = "".join(json.dumps(_row(pair), ensure_ascii=False) + "\n" for pair in filled)
    if out is not None:
        write_whole(out, text)
    else:
        print(text, end="")
    if translations is not None:
        _write_translations(translations, pairs, filled, back)
    print_notices([*loaded.notices, *chosen.notices, *still_missing(filled)])


def _options(settings: Sequence[str] | None) -> dict[str, Any]:
    from xner_core.errors import ConfigError

    options = {}
    for setting in settings or ():
        key, mark, value = setting.partition("=")
        kind, dot, option = key.partition(".")
        if not mark or not dot or kind != "translator":
            raise ConfigError(f"--set {setting} is not translator.OPTION=VALUE")
        options[option] = value
    return options


def _row(pair: SentencePair) -> dict[str, Any]:
    """A pair as a line of a `jsonl:` corpus; what is not there is left out."""
    row: dict[str, Any] = {
        "id": pair.id,
        "source_lang": pair.source.lang,
        "target_lang": pair.target.lang,
    }
    for side, sentence in (("source", pair.source), ("target", pair.target)):
        if sentence.is_missing:
            continue
        row[f"{side}_tokens"] = list(sentence.words)
        if sentence.text is not None:
            row[f"{side}_text"] = sentence.text
        if sentence.entities is not None:
            row[f"{side}_tags"] = encode(sentence.entities, len(sentence.words))
    if pair.gold_alignment is not None:
        gold = pair.gold_alignment
        row["alignment"] = " ".join(
            [*(f"{i}-{j}" for i, j in gold.sure), *(f"{i}p{j}" for i, j in gold.possible)]
        )
    if pair.note:
        row["note"] = pair.note
    return row


def _write_translations(
    path: Path, before: Sequence[SentencePair], after: Sequence[SentencePair], back: bool
) -> None:
    """Write what was translated, each text once."""
    from xner_core.tokenization import running_text
    from xner_core.translation.file import TranslationRow, write_translations

    rows = {}
    for old, new in zip(before, after, strict=True):
        if new is old:
            continue
        read = old.target if old.source.is_missing else old.source
        made = new.source if back or old.source.is_missing else new.target
        if made.text is not None:
            row = TranslationRow(
                source_lang=read.lang,
                target_lang=made.lang,
                source=running_text(read),
                translation=made.text,
            )
            rows[row.source_lang, row.target_lang, row.source] = row
    write_translations(path, rows.values())
