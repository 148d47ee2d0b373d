"""Which columns of a dataset hold words and tags, or texts and their translations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xner_core.errors import CorpusError
from xner_core.languages import is_language
from xner_core.tags import is_tag

if TYPE_CHECKING:
    from datasets import Dataset

_USUAL_TOKENS = ("tokens", "words")
_USUAL_TAGS = ("ner_tags", "ner", "tags")
_ROWS_LOOKED_AT = 100


@dataclass(frozen=True)
class TaggedColumns:
    """A column of words and one of their tags.

    Attributes:
        tokens: The column of words.
        tags: The column of tags.
        names: The tag that each number stands for; empty where the tags are written out.
    """

    tokens: str
    tags: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class TextColumn:
    """A column of texts in two languages.

    Attributes:
        name: The column.
        languages: Its keys, in the dataset's order.
    """

    name: str
    languages: tuple[str, str]


def find_columns(
    dataset: Dataset, tokens: str | None, tags: str | None, labels: str | None, spec: str
) -> TaggedColumns | TextColumn:
    """Find the columns by what they hold; usual names decide where several would do.

    Args:
        dataset: The rows.
        tokens: The column of words, where it is given.
        tags: The column of tags, where it is given.
        labels: The tags that numbers stand for, in order, separated by commas.
        spec: The corpus spec, for errors.

    Raises:
        CorpusError: If there are none or several, a given one does not exist, or nothing tells what the
            numbers stand for.
    """
    for given, fits in ((tokens, _is_text), (tags, _is_text_or_number)):
        if given is not None and not fits(_item(dataset.features.get(given))):
            what = f"there is no column {given!r}"
            if given in dataset.features:
                what = f"the column {given!r} does not hold a list of what it should"
            raise CorpusError(what, where=spec, hint=f"Columns: {', '.join(dataset.features)}")
    if tokens is None and tags is None and (texts := _texts(dataset)):
        return texts
    if tags is None:
        found = [name for name in dataset.features if _may_be_tags(dataset, name, labels)]
        tags = _only("tags", _USUAL_TAGS, found, dataset, spec)
    if tokens is None:
        found = [name for name in dataset.features if name != tags and _is_words(dataset, name)]
        tokens = _only("tokens", _USUAL_TOKENS, found, dataset, spec)
    return TaggedColumns(tokens, tags, _names(dataset, tags, labels, spec))


def _texts(dataset: Dataset) -> TextColumn | None:
    from datasets import Translation

    for name, feature in dataset.features.items():
        keys = tuple(feature.languages) if isinstance(feature, Translation) else ()
        if isinstance(feature, dict) and name == "translation" and all(map(is_language, feature)):
            keys = tuple(feature)
        if len(keys) == 2:
            return TextColumn(name, (keys[0], keys[1]))
    return None


def _only(role: str, usual: tuple[str, ...], found: list[str], dataset: Dataset, spec: str) -> str:
    if len(found) > 1:
        found = [name for name in usual if name in found][:1] or found
    if len(found) == 1:
        return found[0]
    what = f"several columns may be the {role}: {', '.join(found)}" if found else f"no column holds {role}"
    raise CorpusError(what, where=spec, hint=f"Name it with {role}=; columns: {', '.join(dataset.features)}")


def _may_be_tags(dataset: Dataset, name: str, labels: str | None) -> bool:
    item = _item(dataset.features[name])
    if classes := _class_names(item):
        return labels is not None or all(map(is_tag, classes))
    if not _is_text(item) and _is_text_or_number(item):
        return labels is not None or name in _USUAL_TAGS
    return _is_text(item) and _has_only_tags(dataset, name)


def _is_words(dataset: Dataset, name: str) -> bool:
    return _is_text(_item(dataset.features[name])) and not _has_only_tags(dataset, name)


def _has_only_tags(dataset: Dataset, name: str) -> bool:
    rows: Iterable[Any] = dataset.select_columns(name).take(_ROWS_LOOKED_AT)
    values = [value for row in rows for value in row[name] or ()]
    return bool(values) and all(isinstance(value, str) and is_tag(value) for value in values)


def _item(feature: Any) -> Any:
    """The feature of a list's items, or None where it is no list."""
    from datasets import LargeList, List

    return feature.feature if isinstance(feature, (List, LargeList)) else None


def _class_names(item: Any) -> tuple[str, ...]:
    from datasets import ClassLabel

    return tuple(item.names or ()) if isinstance(item, ClassLabel) else ()


def _is_text(item: Any) -> bool:
    return getattr(item, "dtype", "") in {"string", "large_string"}


def _is_text_or_number(item: Any) -> bool:
    return _is_text(item) or str(getattr(item, "dtype", "")).startswith(("int", "uint"))


def _names(dataset: Dataset, tags: str, labels: str | None, spec: str) -> tuple[str, ...]:
    item = _item(dataset.features[tags])
    if _is_text(item):
        return ()
    names = tuple(re.split(r"\s*,\s*", labels.strip())) if labels else _class_names(item)
    if not names:
        raise CorpusError(
            f"nothing tells what the numbers in the column {tags!r} stand for",
            where=spec,
            hint="List the tags in order with labels=, as in labels=O,B-PER,I-PER",
        )
    for name in names:
        if not is_tag(name):
            raise CorpusError(
                f"{name!r}, a label of the column {tags!r}, is not an IOB tag",
                where=spec,
                hint="List the tags in order with labels=, as in labels=O,B-PER,I-PER",
            )
    return names
