"""A corpus of very many pairs, made from the demonstration corpus."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from xner_core.corpora import load
from xner_core.corpora.jsonl import row_of

LARGE = 100_000


def write_large(path: Path, n: int = LARGE, without: Collection[str] = (), note: str = "") -> None:
    """Write pairs with words, tags and links; each has an id and a word of its own, such as `n12x`.

    Args:
        path: The file.
        n: Number of pairs.
        without: Fields that are left out.
        note: The remark of every pair: another one makes another file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [row_of(pair) for pair in load("demo").pairs]
    german = [row for row in rows if row["target_lang"] == "de"]
    with path.open("w", encoding="utf-8") as file:
        for number in range(n):
            # Nine in ten are German, so that stepping through a language steps through most of the corpus.
            among = rows if number % 10 == 9 else german
            row = dict(among[number % len(among)])
            row.pop("source_text", None)
            row.pop("target_text", None)
            row["id"] = f"{row['id']}-n{number}x"
            row["note"] = note
            row["source_tokens"] = [*row["source_tokens"], f"n{number}x"]
            row["source_tags"] = [*row["source_tags"], "O"]
            row = {key: value for key, value in row.items() if key not in without}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
