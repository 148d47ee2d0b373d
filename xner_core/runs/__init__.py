"""Whole corpora through the pipeline, with figures and where they came from."""
