"""Matching scores: how well a target candidate suits a source entity; higher is better."""
