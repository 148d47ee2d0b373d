"""What every tagger promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import entity
from tests.tiny import save_tokenizer
from xner_core.config import Choice
from xner_core.ner.tagger import Tagger
from xner_core.ner.trained import TAGGERS
from xner_core.registry import COMPONENTS
from xner_core.tags import encode
from xner_core.types import Sentence

# Every tagger can tag these: they have gold entities and a language with an installed pipeline.
SENTENCES = [
    Sentence(("Angela", "Merkel", "visited", "Paris", "."), "en", (entity(0, 2), entity(3, 4, "LOC"))),
    Sentence(("Il", "pleut", "."), "fr", ()),
    Sentence(("Emmanuel", "Macron", "habite", "Lyon", "."), "fr", (entity(0, 2), entity(3, 4, "LOC"))),
    Sentence(("x",), "en", ()),
]
each_tagger = pytest.mark.parametrize("tagger", COMPONENTS["ner"], indirect=True)


def _file(folder: Path) -> str:
    path = folder / "tags.conll"
    blocks = []
    for each in SENTENCES:
        tags = encode(each.entities or (), len(each.words))
        blocks.append("".join(f"{word} {tag}\n" for word, tag in zip(each.words, tags, strict=True)))
    path.write_text("\n".join(blocks), encoding="utf-8")
    return f"imported:{path}"


def _model(folder: Path) -> str:
    """A model that goes by the first letter of a word, and knows these names."""
    import torch
    from transformers import BertConfig, BertForTokenClassification

    tokenizer = save_tokenizer(folder)
    tags = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=len(tokenizer),
        num_hidden_layers=0,
        num_attention_heads=1,
        intermediate_size=1,
        max_position_embeddings=40,
        id2label=dict(enumerate(tags)),
        label2id={tag: column for column, tag in enumerate(tags)},
    )
    model = BertForTokenClassification(config)
    embeddings = model.bert.embeddings
    for parameter in (embeddings.position_embeddings, embeddings.token_type_embeddings, model.classifier):
        torch.nn.init.zeros_(parameter.weight)
    torch.nn.init.eye_(embeddings.word_embeddings.weight)
    with torch.no_grad():
        model.classifier.bias.copy_(torch.tensor([1.0, 0, 0, 0, 0]))
        # Angela, Emmanuel; Merkel, Macron; Paris, Lyon.
        for letters, column in (("ae", 1), ("m", 2), ("pl", 3)):
            for letter in letters:
                model.classifier.weight[column, tokenizer.convert_tokens_to_ids(letter)] = 5
    model.save_pretrained(folder)
    return str(folder)


def _trained(folder: Path) -> str:
    TAGGERS.write_record(Path(_model(folder)), {})
    return f"trained:{TAGGERS.note(folder)}"


@pytest.fixture(scope="module")
def tagger(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tagger:
    folder = tmp_path_factory.mktemp("tagger")
    # What a component is named with, where its name alone says too little.
    names = {
        "imported": lambda: _file(folder),
        "transformers": lambda: f"transformers:{_model(folder)}",
        "trained": lambda: _trained(folder),
    }
    built: Tagger = Choice(name=names.get(request.param, lambda: request.param)()).build("ner")
    return built


@each_tagger
def test_obvious_names_are_found_in_their_sentences(tagger: Tagger) -> None:
    assert tagger.tag(SENTENCES)[0] == SENTENCES[0].entities
    assert entity(0, 2) in tagger.tag(SENTENCES)[2]


@each_tagger
def test_entities_lie_in_order_without_overlap(tagger: Tagger) -> None:
    found = tagger.tag(SENTENCES)
    assert len(found) == len(SENTENCES)
    for sentence, entities in zip(SENTENCES, found, strict=True):
        ends = [0]
        for one in entities:
            assert ends[-1] <= one.span.start
            assert one.span.end <= len(sentence.words)
            assert one.label
            ends.append(one.span.end)


@each_tagger
def test_sentences_do_not_depend_on_their_neighbours(tagger: Tagger) -> None:
    assert tagger.tag(SENTENCES[::-1]) == tagger.tag(SENTENCES)[::-1]
    assert [tagger.tag([sentence])[0] for sentence in SENTENCES] == tagger.tag(SENTENCES)


@each_tagger
def test_no_sentences(tagger: Tagger) -> None:
    assert tagger.tag([]) == []


@each_tagger
def test_it_can_be_used_again_after_release(tagger: Tagger) -> None:
    before = tagger.tag(SENTENCES)
    tagger.release()
    tagger.release()
    assert tagger.tag(SENTENCES) == before


@each_tagger
def test_labels_are_left_out(tagger: Tagger) -> None:
    config = tagger.config  # type: ignore[attr-defined]
    without = type(tagger)(config.model_copy(update={"leave_out": ("LOC", "NONE")}))  # type: ignore[call-arg]
    expected = [tuple(e for e in entities if e.label != "LOC") for entities in tagger.tag(SENTENCES)]
    assert without.tag(SENTENCES) == expected


@each_tagger
def test_models_and_notices_are_sentences(tagger: Tagger) -> None:
    tagger.tag(SENTENCES)
    for texts in (tagger.model_ids, tagger.notices):
        assert isinstance(texts, tuple)
        assert all(isinstance(text, str) and text for text in texts)
