"""Word alignment: sentence pairs in, links and the similarities they came from out."""
