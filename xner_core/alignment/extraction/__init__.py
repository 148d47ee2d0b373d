"""From a similarity matrix to links: one file for each way to choose them."""

from __future__ import annotations

from xner_core.alignment.extraction.base import Extraction, Links, SimilarityConfig, SimilarityExtraction
from xner_core.alignment.extraction.directed import Argmax, Forward, Reverse, Union
from xner_core.alignment.extraction.grow_diag import GrowDiagFinalAnd, grow_diag_final_and
from xner_core.alignment.extraction.itermax import Itermax, ItermaxConfig
from xner_core.alignment.extraction.match import MaximumWeightMatch
from xner_core.alignment.extraction.softmax import MutualSoftmax, SoftmaxConfig
from xner_core.alignment.extraction.transport import OptimalTransport, TransportConfig
from xner_core.alignment.extraction.unbalanced import UnbalancedConfig, UnbalancedTransport

__all__ = [
    "Argmax",
    "Extraction",
    "Forward",
    "GrowDiagFinalAnd",
    "Itermax",
    "ItermaxConfig",
    "Links",
    "MaximumWeightMatch",
    "MutualSoftmax",
    "OptimalTransport",
    "Reverse",
    "SimilarityConfig",
    "SimilarityExtraction",
    "SoftmaxConfig",
    "TransportConfig",
    "UnbalancedConfig",
    "UnbalancedTransport",
    "Union",
    "grow_diag_final_and",
]
