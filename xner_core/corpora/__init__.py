"""Sources of sentence pairs, each written as a corpus spec such as `demo:de`."""

from xner_core.corpora.spec import CorpusSpec, load, parse_spec

__all__ = ["CorpusSpec", "load", "parse_spec"]
