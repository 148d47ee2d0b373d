"""Files of other tools: written from corrected sentence pairs, and read back."""
