"""Names of persons and places made comparable across languages, as far as `models/` knows them.

`models/<language>/words/leaders.toml` and `places.toml` give each name in each language one English key. A
name that stands in neither is comparable inside its own language only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dragoman.folding import composed
from dragoman.pack import Pack, load_pack

LONGEST_ENDING = 6
SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Name:
    """A name: `key` in English where `models/` knows it, else `words` as written."""

    words: tuple[str, ...]
    language: str
    key: str | None = None


@lru_cache(maxsize=65536)
def person(text: str, *, language: str) -> Name:
    """Read the name of a person, with or without a case ending."""
    return _name(text, language=language, file="leaders.toml")


@lru_cache(maxsize=65536)
def place(text: str, *, language: str) -> Name:
    """Read the name of a place, with or without a case ending."""
    return _name(text, language=language, file="places.toml")


def same(one: Name, other: Name) -> bool | None:
    """Tell whether two names are one person's or place's; None if it cannot be told."""
    if one.key and other.key:
        return one.key == other.key
    if one.language != other.language:
        return None
    if one.words == other.words:
        return True
    if not one.words or not other.words:
        return None
    return _stem_alike(one.words[-1], other.words[-1]) and _first_names_alike(one.words[:-1], other.words[:-1])


def _first_names_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Compare first names: a missing one may be any, an initial stands for any name it begins."""
    if not one or not other:
        return True
    short, long = sorted((one[0].rstrip("."), other[0].rstrip(".")), key=len)
    return long == short or (len(short) == 1 and long.startswith(short))


def _stem_alike(one: str, other: str) -> bool:
    """Compare last words, either of which may carry a case ending."""
    short, long = sorted((one, other), key=len)
    return len(short) >= SHORTEST_NAME and long.startswith(short) and len(long) - len(short) <= LONGEST_ENDING


def _name(text: str, *, language: str, file: str) -> Name:
    folded = composed(load_pack(language).fold(text))
    known = _known(language, file)
    words = tuple(folded.replace(".", ". ").split())
    for length in range(len(folded), max(len(folded) - LONGEST_ENDING, SHORTEST_NAME) - 1, -1):
        key = known.get(folded[:length].rstrip("-'"))
        if key is not None:
            return Name(words, language, key)
    return Name(words, language)


@lru_cache(maxsize=64)
def _known(language: str, file: str) -> Mapping[str, str]:
    pack: Pack = load_pack(language)
    if not (pack.folder / "words" / file).is_file():
        return {}
    entries = pack.read("words", file)
    return {
        composed(pack.fold(name)): key for key, names in entries.items() if isinstance(names, list) for name in names
    }
