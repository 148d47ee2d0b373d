"""Whatever stands in a CoNLL file is read as it is written."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from tests.properties.strategies import tagged_sentences
from xner_core.corpora import load
from xner_core.tags import encode
from xner_core.types import Entity

Tagged = tuple[tuple[Entity, ...], int]

# Not the separators of CoNLL itself; U+FEFF at the start of a file is its byte order mark.
words = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\t\n\r \ufeff"), min_size=1, max_size=4
)


@given(
    st.lists(tagged_sentences().filter(lambda tagged: tagged[1] > 0), min_size=1, max_size=3),
    st.sampled_from(["\t", " ", "\tX\t"]),
    st.sampled_from(["\n", "\r\n"]),
    st.data(),
)
@example([((), 1)], "\t", "\n", None)
def test_words_and_entities_survive(
    sentences: list[Tagged], separator: str, line_end: str, data: st.DataObject | None
) -> None:
    rows, expected = [], []
    for entities, n_words in sentences:
        tokens = [data.draw(words) if data else "\u2028" for _ in range(n_words)]
        tags = encode(entities, n_words)
        rows += [f"{token}{separator}{tag}" for token, tag in zip(tokens, tags, strict=True)] + [""]
        expected.append((tuple(tokens), entities))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "de.conll"
        path.write_bytes(line_end.join(rows).encode())
        corpus = load(f"conll:{path},{path}")
    assert [(pair.target.words, pair.target.entities) for pair in corpus.pairs] == expected
    assert len({pair.id for pair in corpus.pairs}) == len(sentences)
