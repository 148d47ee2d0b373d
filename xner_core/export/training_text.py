"""What stands beside a data set for training: what its files are and how to train on them."""

from __future__ import annotations

from collections.abc import Sequence

from xner_core.languages import UNKNOWN, language_name

_FILES = """# {name}: training data

{n_train} sentences to train on and {n_dev} to choose among models by{of_language}, with projected
entities: {labels}. Sentences were divided by a hash of their ids.

| file | what it is |
|---|---|
| `{name}.train.conll`, `{name}.dev.conll` | a word and its tag (IOB2) a line, separated by a tab |
| `{name}.train.json`, `{name}.dev.json` | the same, a JSON object a line: `id`, `tokens`, `ner_tags` |
| `{name}.labels.txt` | the tags |

A split without sentences has no files. White space within a word stands as an underscore.
"""
_COMMANDS = """
With XNER Inspector:

```
xner train-ner "tagged:{name}.train.conll?lang={lang}" --out MODEL{test}
```

With the example script of Hugging Face's transformers:

```
python run_ner.py --model_name_or_path xlm-roberta-base --train_file {name}.train.json \\
    --output_dir MODEL --do_train{validation}
```
"""


def how_to_train(name: str, lang: str, n_train: int, n_dev: int, tags: Sequence[str]) -> str:
    """The text of README.md.

    Args:
        name: What the files begin with.
        lang: The language of all sentences, `und` where there are several.
        n_train: How many sentences there are to train on.
        n_dev: How many there are to choose by.
        tags: All tags, `O` first.
    """
    labels = list(dict.fromkeys(tag[2:] for tag in tags if tag != "O"))
    text = _FILES.format(
        name=name,
        n_train=n_train,
        n_dev=n_dev,
        of_language="" if lang == UNKNOWN else f" in {language_name(lang)}",
        labels=", ".join(labels) or "none at all",
    )
    if not n_train:
        return text
    return text + _COMMANDS.format(
        name=name,
        lang=lang,
        test=f' --test "tagged:{name}.dev.conll?lang={lang}"' if n_dev else "",
        validation=f" --do_eval --validation_file {name}.dev.json" if n_dev else "",
    )
