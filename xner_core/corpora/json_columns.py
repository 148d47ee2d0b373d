"""Arrow columns as JSON, written as `build.content` writes a pair, for very many pairs at once.

Each function takes a column of something and gives a column of strings, a row a pair. What the
columns hold was checked before: nothing here looks for mistakes but where it says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from xner_core.pharaoh import read_link
from xner_core.tags import is_tag

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

_LARGEST = 1 << 20
"""Words of the longest sentence and links' numbers are smaller, so that keys made of them fit 64 bits."""


class UnusualError(ValueError):
    """A column holds what only the reader of single lines understands."""


def joined(*parts: Any) -> Any:
    """Columns and constants, written one behind the other; shape (rows,)."""
    import pyarrow as pa
    import pyarrow.compute as pc

    parts = tuple(pa.scalar(part, pa.string()) if isinstance(part, str) else part for part in parts)
    return pc.binary_join_element_wise(*parts, pa.scalar("", pa.string()))


def strings(column: Any) -> Any:
    """Strings, `null` where there is none."""
    import pyarrow.compute as pc

    return pc.fill_null(joined('"', _escaped(column), '"'), "null")


def words(column: Any) -> Any:
    """Lists of strings, none of which is empty or missing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    begins, values = _flat(column)
    escaped = pa.ListArray.from_arrays(begins.astype("int32"), _escaped(values))
    return joined('["', pc.binary_join(escaped, '", "'), '"]')


def spans(column: Any) -> Any:
    """Entities as `[start, end, label]`, from lists of IOB2 tags; `null` where there is no list.

    Raises:
        UnusualError: If a tag is none, is of another scheme or does not stand where IOB2 allows it.
    """
    import numpy as np

    begins, values = _flat(column)
    names, codes = _codes(values)
    if not all(is_tag(name) and name[0] in "OBI" for name in names):
        raise UnusualError("a tag is not IOB2")
    labels = {name[2:]: code for code, name in enumerate(names)}
    label = np.array([labels[name[2:]] for name in names], dtype=np.int64)[codes]
    opens = np.array([name[0] == "B" for name in names], dtype=bool)[codes]
    continues = np.array([name[0] == "I" for name in names], dtype=bool)[codes]
    # Tags that open a sentence continue nothing; behind the last tag, one more sentence begins.
    first = np.zeros(len(codes) + 1, dtype=bool)
    first[begins] = True
    before = np.roll(label, 1)
    outside = np.roll(~(opens | continues), 1)
    if (continues & (first[:-1] | outside | (before != label))).any():
        raise UnusualError("an entity does not open with B")
    goes_on = np.append(continues[1:], False)
    starts = np.flatnonzero(opens)
    ends = np.flatnonzero((opens | continues) & ~goes_on) + 1
    rows = np.searchsorted(begins, starts, "right") - 1
    label_names = [json.dumps(name[2:], ensure_ascii=False) for name in names]
    if max(lengths(column).max(initial=0), len(names)) >= _LARGEST:
        raise UnusualError("a sentence is very long")
    keys = ((starts - begins[rows]) * _LARGEST + ends - begins[rows]) * _LARGEST + label[starts]
    written = _written(keys, lambda start, end, code: f"[{start}, {end}, {label_names[code]}]", 3)
    return _lists(written, rows, len(column), column.is_valid())


def links(column: Any, n_source: Numbers, n_target: Numbers) -> Any:
    """Sure and possible links, from lines in Pharaoh format; `null` where there is no line.

    Args:
        column: The lines.
        n_source: Number of source words, shape (rows,).
        n_target: Number of target words, shape (rows,).

    Raises:
        UnusualError: If a link is malformed or outside the sentences.
    """
    import numpy as np
    import pyarrow.compute as pc

    begins, parts = _flat(pc.split_pattern(column, " "))
    names, codes = _codes(parts)
    found = [read_link(name) if name else (0, 0, True) for name in names]
    if None in found or any(max(link[:2]) >= _LARGEST for link in found if link):
        raise UnusualError("a link is malformed")
    there = np.flatnonzero(np.array([bool(name) for name in names], dtype=bool)[codes])
    rows = np.searchsorted(begins, there, "right") - 1
    table = np.array(found, dtype=np.int64).reshape(-1, 3)
    source, target, sure = table[codes[there]].T
    if (source >= n_source[rows]).any() or (target >= n_target[rows]).any():
        raise UnusualError("a link points outside the sentences")
    if len(column) >= _LARGEST:
        raise UnusualError("there are very many rows")
    # Of a link that stands there twice the first is taken: a sure one, if any is.
    keys = np.sort(((rows * _LARGEST + source) * _LARGEST + target) * 2 + 1 - sure)
    keys = keys[np.append(True, np.diff(keys >> 1) > 0)[: len(keys)]]
    written = _written(keys >> 1 & _LARGEST**2 - 1, lambda i, j: f"[{i}, {j}]", 2)
    rows, sure = keys // (2 * _LARGEST**2), keys % 2 == 0
    lists = [_lists(written.filter(side), rows[side], len(column), None) for side in (sure, ~sure)]
    return pc.if_else(column.is_valid(), joined("[", lists[0], ", ", lists[1], "]"), "null")


def lengths(column: Any) -> Numbers:
    """Number of items in each list; shape (rows,)."""
    import pyarrow.compute as pc

    found: Numbers = pc.fill_null(pc.list_value_length(column), 0).to_numpy().astype("int64")
    return found


def _flat(column: Any) -> tuple[Numbers, Any]:
    """Where each list begins, shape (rows + 1,), and the items of all lists."""
    import numpy as np

    return np.append(0, np.cumsum(lengths(column))), column.flatten()


def _codes(values: Any) -> tuple[list[str], Numbers]:
    """The different strings of a column, and which of them stands at each place."""
    coded = values.dictionary_encode()
    return coded.dictionary.to_pylist(), coded.indices.to_numpy().astype("int64")


def _escaped(column: Any) -> Any:
    """Strings as they stand between quotation marks."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    offsets, data = column.buffers()[1:]
    ends = np.frombuffer(offsets, dtype=np.int32)[column.offset : column.offset + len(column) + 1]
    if data is None or not len(column):
        return column
    text = np.frombuffer(data, dtype=np.uint8)[: ends[-1]]
    special = np.flatnonzero((text < 0x20) | (text == ord('"')) | (text == ord("\\")))
    places = np.unique(np.searchsorted(ends, special, "right") - 1)
    places = places[places >= 0]
    if not len(places):
        return column
    mask = np.zeros(len(column), dtype=bool)
    mask[places] = True
    changed = [json.dumps(each, ensure_ascii=False)[1:-1] for each in column.filter(mask).to_pylist()]
    return pc.replace_with_mask(column, mask, pa.array(changed, pa.string()))


def _written(keys: Numbers, write: Callable[..., str], n: int) -> Any:
    """What is written for each `n` numbers below `_LARGEST` that make a key; each kind is written once."""
    import pyarrow as pa

    coded = pa.array(keys).dictionary_encode()
    kinds = coded.dictionary.to_numpy()
    numbers = [(kinds // _LARGEST**place % _LARGEST).tolist() for place in reversed(range(n))]
    return pa.array(map(write, *numbers), pa.string()).take(coded.indices)


def _lists(items: Any, rows: Numbers, n_rows: int, valid: Any) -> Any:
    """JSON lists of what is written in each row; `null` where a row is not valid.

    Args:
        items: What is in the lists, row by row.
        rows: The row of each, ascending.
        n_rows: Number of rows.
        valid: Whether each row has a list; all have one where None.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    offsets = np.searchsorted(rows, np.arange(n_rows + 1)).astype(np.int32)
    lists = joined("[", pc.binary_join(pa.ListArray.from_arrays(offsets, items), ", "), "]")
    return lists if valid is None else pc.if_else(valid, lists, "null")
