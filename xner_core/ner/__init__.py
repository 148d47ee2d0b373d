"""Source entities: sentences in, entity spans out."""
