"""Projection: which candidate each source entity gets."""
