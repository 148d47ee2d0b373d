"""Annotation projection for cross-lingual named entity recognition.

The stages are sub-packages (corpora, ner, alignment, candidates, scoring,
projection, evaluation); `xner_core.pipeline` puts them in order.
"""

__version__ = "0.1.0"
