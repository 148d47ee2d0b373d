"""spaCy pipelines take a second to load; one tagger serves all tests of a worker."""

from __future__ import annotations

import pytest

from xner_core.ner.spacy_tagger import SpacyTagger


@pytest.fixture(scope="session")
def spacy_tagger() -> SpacyTagger:
    return SpacyTagger()
