"""A person's work on what the pipeline found: samples, what is worth a look, what changes, and files."""
