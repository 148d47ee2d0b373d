"""What can be chosen at each stage: kind → name → where its class is.

A new component is one file and one line here. Nothing is imported before it is
asked for, so that the core starts without torch, transformers or spaCy.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from xner_core.errors import ConfigError

COMPONENTS: dict[str, dict[str, str]] = {
    "corpus": {
        "demo": "xner_core.corpora.demo:DemoLoader",
        "conll": "xner_core.corpora.conll:ConllLoader",
        "jsonl": "xner_core.corpora.jsonl:JsonlLoader",
        "parallel": "xner_core.corpora.parallel:ParallelLoader",
        "tagged": "xner_core.corpora.tagged:TaggedLoader",
        "hub": "xner_core.corpora.hub:HubLoader",
        "joined": "xner_core.corpora.joined:JoinedLoader",
        "added": "xner_core.corpora.added:AddedLoader",
    },
    "translator": {
        "none": "xner_core.translation.none:NoTranslator",
        "apertium": "xner_core.translation.apertium:ApertiumTranslator",
        "transformers": "xner_core.translation.seq2seq:Seq2SeqTranslator",
        "file": "xner_core.translation.file:FileTranslator",
    },
    "ner": {
        "auto": "xner_core.ner.auto:AutoTagger",
        "gold": "xner_core.ner.gold:GoldTagger",
        "spacy": "xner_core.ner.spacy_tagger:SpacyTagger",
        "transformers": "xner_core.ner.transformers_tagger:TransformersTagger",
        "trained": "xner_core.ner.trained_tagger:TrainedTagger",
        "imported": "xner_core.ner.imported:ImportedTagger",
    },
    "refinement": {
        "none": "xner_core.translation.no_refinement:NoRefinement",
        "back-translation": "xner_core.translation.back_translation:BackTranslator",
    },
    "aligner": {
        "e5-small": "xner_core.alignment.e5_small:E5SmallAligner",
        "encoder": "xner_core.alignment.pretrained_encoder:PretrainedEncoderAligner",
        "trained": "xner_core.alignment.trained_encoder:TrainedEncoderAligner",
        "links": "xner_core.alignment.links:LinksAligner",
        "simalign": "xner_core.alignment.simalign_package:SimalignAligner",
        "eflomal": "xner_core.alignment.eflomal:EflomalAligner",
    },
    "extraction": {
        "unbalanced": "xner_core.alignment.extraction.unbalanced:UnbalancedTransport",
        "itermax": "xner_core.alignment.extraction.itermax:Itermax",
        "argmax": "xner_core.alignment.extraction.directed:Argmax",
        "match": "xner_core.alignment.extraction.match:MaximumWeightMatch",
        "forward": "xner_core.alignment.extraction.directed:Forward",
        "reverse": "xner_core.alignment.extraction.directed:Reverse",
        "union": "xner_core.alignment.extraction.directed:Union",
        "grow-diag-final-and": "xner_core.alignment.extraction.grow_diag:GrowDiagFinalAnd",
        "softmax": "xner_core.alignment.extraction.softmax:MutualSoftmax",
        "transport": "xner_core.alignment.extraction.transport:OptimalTransport",
    },
    "target_ner": {
        "none": "xner_core.ner.target_none:NoTargetTagger",
        "file": "xner_core.ner.target_file:FileTargetTagger",
        "transformers": "xner_core.ner.target_transformers:TransformersTargetTagger",
        "trained": "xner_core.ner.trained_tagger:TrainedTargetTagger",
    },
    "candidates": {
        "aligned": "xner_core.candidates.aligned:AlignedRanges",
        "ngrams": "xner_core.candidates.ngrams:Ngrams",
        "ner": "xner_core.candidates.ner_spans:NerSpans",
        "imported": "xner_core.candidates.imported:ImportedSpans",
    },
    "scorer": {
        "alignment": "xner_core.scoring.alignment:AlignmentScore",
        "soft-alignment": "xner_core.scoring.soft_alignment:SoftAlignmentScore",
        "ner": "xner_core.scoring.ner:NerScore",
        "translation": "xner_core.scoring.translation:TranslationScore",
        "name": "xner_core.scoring.name:NameScore",
        "fused": "xner_core.scoring.fused:FusedScore",
    },
    "projector": {
        "heuristic": "xner_core.projection.heuristic:HeuristicProjector",
        "greedy": "xner_core.projection.greedy:GreedyProjector",
        "ilp": "xner_core.projection.ilp:IlpProjector",
    },
    "format": {
        "conll2002": "xner_core.export.conll2002:Conll2002Format",
        "conll2003": "xner_core.export.conll2003:Conll2003Format",
        "jsonl": "xner_core.export.native_jsonl:NativeFormat",
        "label-studio": "xner_core.export.label_studio:LabelStudioFormat",
        "doccano": "xner_core.export.doccano:DoccanoFormat",
        "brat": "xner_core.export.brat:BratFormat",
        "spacy": "xner_core.export.spacy_docbin:SpacyFormat",
        "hf": "xner_core.export.hf_dataset:HfFormat",
        "pharaoh": "xner_core.export.pharaoh_links:PharaohFormat",
        "naacl": "xner_core.export.naacl:NaaclFormat",
        "webanno": "xner_core.export.webanno:WebAnnoFormat",
        "translate-train": "xner_core.export.translate_train:TranslateTrainFormat",
    },
}


def component_class(kind: str, name: str) -> type[Any]:
    """Import and return the class of a component.

    Raises:
        ConfigError: If there is no such kind or name.
    """
    if kind not in COMPONENTS:
        raise ConfigError(
            f"there is no kind of component called {kind!r}", hint=f"Kinds: {', '.join(COMPONENTS)}"
        )
    if name not in COMPONENTS[kind]:
        raise ConfigError(
            f"there is no {kind} called {name!r}", hint=f"Choose from {', '.join(COMPONENTS[kind])}"
        )
    module, _, attribute = COMPONENTS[kind][name].partition(":")
    component: type[Any] = getattr(import_module(module), attribute)
    return component
