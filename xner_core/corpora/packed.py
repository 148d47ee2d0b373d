"""The pairs of a large corpus as a few columns, from which each pair is made when it is asked for.

A hundred thousand pairs are millions of Python objects: making them takes seconds, and every
collection of garbage looks at each. As columns they lie in one file that is mapped into memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from xner_core.types import Entity, Sentence, SentencePair, Span, WordAlignment

if TYPE_CHECKING:
    import pyarrow as pa

PACKED_FROM = 5_000
"""Pairs from which on a corpus is packed; fewer are made at once in a blink."""
_BATCH = 1_000
"""Rows that are read at once where all are."""


class PackedPairs(Sequence[SentencePair]):
    """Pairs that are made anew each time they are asked for; equal to a tuple of the same pairs.

    Args:
        table: A row a pair, with the columns `id`, `lang` (of the target sentence), `text` (what a
            search looks at), `content` (JSON, see `build.content`) and `note`.
    """

    def __init__(self, table: pa.Table) -> None:
        self.table = table
        self._content = table["content"]
        self._notes = table["note"]

    @classmethod
    def of(cls, pairs: Sequence[SentencePair], contents: Sequence[bytes]) -> PackedPairs:
        """Pack pairs.

        Args:
            pairs: The pairs; their gold links have no similarities.
            contents: What `build.content` says of each.
        """
        import pyarrow as pa

        return cls(
            pa.table(
                {
                    **searched_columns(pairs),
                    "content": pa.array(contents, pa.large_binary()),
                    "note": pa.array([pair.note for pair in pairs], pa.large_string()),
                }
            )
        )

    @classmethod
    def read(cls, path: Path) -> tuple[PackedPairs, dict[str, str]]:
        """Open a file that `write` wrote, without reading it; and what was said about it.

        Raises:
            OSError: If it cannot be read.
            ValueError: If it is no such file.
        """
        import pyarrow as pa

        table = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
        about = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}
        try:
            return cls(table), about
        except KeyError as error:
            raise ValueError(f"{path} has no column {error}") from None

    def write(self, path: Path, about: dict[str, str]) -> None:
        """Write the columns to a file, with what is to be said about them."""
        import pyarrow as pa

        table = self.table.replace_schema_metadata(about)
        with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
            writer.write_table(table)

    @property
    def target_languages(self) -> tuple[str, ...]:
        """Target languages in order of first appearance."""
        return tuple(self.table["lang"].unique().to_pylist())

    def __len__(self) -> int:
        return len(self._content)

    @overload
    def __getitem__(self, index: int) -> SentencePair: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[SentencePair, ...]: ...
    def __getitem__(self, index: int | slice) -> SentencePair | tuple[SentencePair, ...]:
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            if step == 1:
                return tuple(self._made(start, stop))
            return tuple(self[at] for at in range(start, stop, step))
        at = range(len(self))[index]  # counts from the end too, and raises an IndexError
        return _pair(_parser()(self._content[at].as_py()), self._notes[at].as_py())

    def __iter__(self) -> Iterator[SentencePair]:
        return self._made(0, len(self))

    def _made(self, start: int, stop: int) -> Iterator[SentencePair]:
        parse = _parser()
        for first in range(start, stop, _BATCH):
            n = min(_BATCH, stop - first)
            contents = self._content.slice(first, n).to_pylist()
            for content, note in zip(contents, self._notes.slice(first, n).to_pylist(), strict=True):
                yield _pair(parse(content), note)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PackedPairs):
            return bool(self.table.equals(other.table))
        return tuple(self) == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))  # as that of the tuple it is equal to


def searched_columns(pairs: Sequence[SentencePair]) -> dict[str, Any]:
    """What pairs are looked up by: Arrow arrays `id`, `lang` and `text`."""
    import pyarrow as pa

    return {
        "id": pa.array([pair.id for pair in pairs], pa.large_string()),
        "lang": pa.array([pair.target.lang for pair in pairs], pa.string()),
        "text": pa.array([_searched(pair) for pair in pairs], pa.large_string()),
    }


def _searched(pair: SentencePair) -> str:
    return " ".join((pair.id, *pair.source.words, *pair.target.words)).casefold()


def _parser() -> Callable[[bytes], Any]:
    from pydantic_core import from_json

    return from_json


def _pair(content: list[Any], note: str) -> SentencePair:
    name, source, target, links = content
    gold = None
    if links is not None:
        sure, possible = (tuple((i, j) for i, j in each) for each in links)
        gold = WordAlignment(sure, possible)
    return SentencePair(name, _sentence(source), _sentence(target), gold, note)


def _sentence(content: list[Any]) -> Sentence:
    lang, words, spans, text = content
    entities = None
    if spans is not None:
        entities = tuple([Entity(Span(start, end), label) for start, end, label in spans])
    return Sentence(tuple(words), lang, entities, text)
