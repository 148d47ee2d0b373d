"""Windows cover a sentence, batches hold every window, and joining gives back what was cut."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import tiny, tiny_seq2seq
from xner_core.pretrained.subwords import Subwords, batches, cut, join, padded, special_tokens, windows


def _sentence(length: int) -> Subwords:
    return Subwords(list(range(length)), np.arange(length))


@given(lengths=st.lists(st.integers(0, 60), max_size=8), room=st.integers(1, 20))
def test_windows_joined_are_the_sentence(lengths: list[int], room: int) -> None:
    found = windows([_sentence(length) for length in lengths], room)
    assert all(1 <= len(window.ids) <= room for window in found)
    for index, length in enumerate(lengths):
        parts = [(w.start, np.array(w.ids)) for w in found if w.sentence == index]
        assert len(parts) > 0 or length == 0
        if length:
            assert join(parts).tolist() == list(range(length))
            assert join(parts[::-1]).tolist() == list(range(length))


@given(length=st.integers(1, 80), room=st.integers(2, 20))
def test_a_subword_comes_from_the_window_that_cuts_its_context_least(length: int, room: int) -> None:
    found = windows([_sentence(length)], room)
    origin = join([(w.start, np.full(len(w.ids), number)) for number, w in enumerate(found)])

    def context(place: int, number: int) -> float:
        window = found[number]
        end = window.start + len(window.ids)
        if not window.start <= place < end:
            return -1
        left = np.inf if window.start == 0 else place - window.start
        right = np.inf if end == length else end - 1 - place
        return min(left, right)

    for place in range(length):
        most = max(context(place, number) for number in range(len(found)))
        assert context(place, int(origin[place])) == most


def test_a_short_sentence_is_one_window() -> None:
    (window,) = windows([_sentence(10)], 10)
    assert (window.sentence, window.start, window.ids) == (0, 0, list(range(10)))
    assert [w.start for w in windows([_sentence(11)], 10)] == [0, 5]


@given(lengths=st.lists(st.integers(1, 60), max_size=30), room=st.integers(1, 200))
def test_every_window_is_in_one_batch_and_batches_keep_their_size(lengths: list[int], room: int) -> None:
    found = windows([_sentence(length) for length in lengths], 60)
    in_batches = list(batches(found, 2, room))
    key = lambda w: (w.sentence, w.start)  # noqa: E731
    assert sorted((w for batch in in_batches for w in batch), key=key) == sorted(found, key=key)
    for batch in in_batches:
        assert len(batch) == 1 or len(batch) * (max(len(w.ids) for w in batch) + 2) <= room


def test_padding_stands_behind() -> None:
    ids, mask = padded([[5, 6, 7], [8]], 1)
    assert ids.tolist() == [[5, 6, 7], [8, 1, 1]]
    assert mask.tolist() == [[1, 1, 1], [1, 0, 0]]


def test_special_tokens_are_found_before_and_behind(tmp_path: Path) -> None:
    from transformers import AutoTokenizer

    assert special_tokens(tiny.save_tokenizer(tmp_path / "bert")) == ([2], [3])
    t5 = AutoTokenizer.from_pretrained(tiny_seq2seq.t5(tmp_path / "t5"))
    assert special_tokens(t5) == ([], [t5.eos_token_id])
    nllb = AutoTokenizer.from_pretrained(tiny_seq2seq.nllb(tmp_path / "nllb"))
    nllb.src_lang = "deu_Latn"
    assert special_tokens(nllb) == ([nllb.convert_tokens_to_ids("deu_Latn")], [nllb.eos_token_id])


@pytest.mark.parametrize("words", [[["ab", "\u200b", "c"], []], [[]], [["\u200b"]]])
def test_words_of_which_nothing_is_left(tmp_path: Path, words: list[list[str]]) -> None:
    tokenizer = tiny.save_tokenizer(tmp_path)
    for sentence, found in zip(words, cut(tokenizer, words), strict=True):
        assert len(found.ids) == len(found.words)
        assert found.words.tolist() == [i for i, word in enumerate(sentence) for _ in word.strip("\u200b")]


def test_a_tokenizer_that_does_not_tell_the_words_cuts_them_one_by_one(tmp_path: Path) -> None:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(tiny_seq2seq.m2m100(tmp_path))
    assert not tokenizer.is_fast
    (found,) = cut(tokenizer, [["ab", "c", "ab"]])
    assert tokenizer.convert_ids_to_tokens(found.ids) == ["▁", "a", "b", "▁", "c", "▁", "a", "b"]
    assert found.words.tolist() == [0, 0, 0, 1, 1, 2, 2, 2]
