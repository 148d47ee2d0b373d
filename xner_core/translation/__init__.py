"""Sentences into sentences of another language: engines, markers around entities, back-translation."""
