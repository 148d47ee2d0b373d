"""Target candidates: the spans of the target sentence that an entity may be projected to."""
