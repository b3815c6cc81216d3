"""Names: who and which state, from the gazetteer, title patterns and, where there is one, a trained model."""

from dragoman.names.finding import NO_NAMES, Names, find, mentions, read_names
from dragoman.names.merging import merge

__all__ = ["NO_NAMES", "Names", "find", "mentions", "merge", "read_names"]
