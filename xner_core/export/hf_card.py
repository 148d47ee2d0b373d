"""The card of a Hugging Face data set: what its columns are, for `datasets` and for the reader."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from xner_core.languages import UNKNOWN, language_name, short_code

COLUMNS = {
    "id": "text",
    "tokens": "words",
    "ner_tags": "tags",
    "tokens_src": "words",
    "ner_tags_src": "tags",
    "alignment": "text",
    "langs": "words",
    "status": "text",
    "note": "text",
    "meta": "text",
}
"""What each column holds: a text, or a list of words or of tags."""
_TEXT = """
# {name}

{n_rows} sentence pairs from {sources} to {targets}, with entities that were projected from the source to
the target and corrected by hand where somebody did so. Made with XNER Inspector.

```python
>>> from datasets import load_dataset
>>> data = load_dataset("FOLDER", split="{split}")
```

| column | what it is |
|---|---|
| `tokens`, `ner_tags` | the words of the target sentence, and a tag (IOB2) for each |
| `tokens_src`, `ner_tags_src` | those of the source sentence |
| `alignment` | links between words as `i-j` (sure) and `ipj` (possible): source word, target word, from 0 |
| `langs` | the language codes of source and target |
| `status` | what the last reviewer thinks: created, approved, rejected or needsReview |
| `note` | the reviewer's remark |
| `meta` | JSON: running texts (`text_src`, `text`), and what was projected to what (`matches`) |

A sentence that is missing has no words. The licence is that of the corpus.
"""


def features_json(names: Sequence[str]) -> dict[str, Any]:
    """The columns as the metadata of a Parquet file have them.

    Args:
        names: The tags, in the order of their numbers.
    """
    text = {"dtype": "string", "_type": "Value"}
    # Older releases of datasets do not know the newer name of this type, List.
    kinds = {
        "text": text,
        "words": {"feature": text, "_type": "Sequence"},
        "tags": {"feature": {"names": list(names), "_type": "ClassLabel"}, "_type": "Sequence"},
    }
    return {column: kinds[kind] for column, kind in COLUMNS.items()}


def card(
    name: str,
    split: str,
    names: Sequence[str],
    langs: Mapping[str, set[str]],
    n_rows: int,
    provenance: Mapping[str, Any],
) -> str:
    """The text of README.md.

    Args:
        name: Of the data set.
        split: Of its only split.
        names: The tags, in the order of their numbers.
        langs: The language codes of each side.
        n_rows: How many sentence pairs there are.
        provenance: Where they come from, as plain JSON.
    """
    import yaml

    head = {
        "language": sorted({short_code(lang) for each in langs.values() for lang in each} - {UNKNOWN}),
        "pretty_name": name,
        "task_categories": ["token-classification"],
        "task_ids": ["named-entity-recognition"],
        "configs": [{"config_name": "default", "data_files": [{"split": split, "path": f"data/{split}-*"}]}],
        "dataset_info": {"features": [_feature(column, names) for column in COLUMNS]},
    }
    sources, targets = (_named(langs[side]) for side in ("source", "target"))
    text = _TEXT.format(name=name, n_rows=n_rows, sources=sources, targets=targets, split=split)
    if provenance:
        said = json.dumps(provenance, ensure_ascii=False, indent=2)
        text += f"\n## Where it comes from\n\n```json\n{said}\n```\n"
    return f"---\n{yaml.safe_dump(head, allow_unicode=True, sort_keys=False)}---\n{text}"


def _feature(column: str, names: Sequence[str]) -> dict[str, Any]:
    labels = {"names": {str(number): name for number, name in enumerate(names)}}
    kinds: dict[str, dict[str, Any]] = {
        "text": {"dtype": "string"},
        "words": {"sequence": "string"},
        "tags": {"sequence": {"class_label": labels}},
    }
    return {"name": column, **kinds[COLUMNS[column]]}


def _named(langs: set[str]) -> str:
    return ", ".join(sorted(map(language_name, langs))) or "nothing"
