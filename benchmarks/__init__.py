"""Measured comparisons; each is a command that prints JSON."""
