"""Names: who and which state, from the gazetteer, title patterns and, where there is one, a trained model."""

from dragoman.names.finding import Names, find, mentions, read_names

__all__ = ["Names", "find", "mentions", "read_names"]
