"""Which known name a word is a spelling of: few letters differ, endings taken off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from dragoman.morphology import lemmas
from dragoman.names.lexicon import LEARNED, Name
from dragoman.pack import load_pack

SHORTEST, LONG = 5, 8  # letters: shorter names are no evidence, long ones may differ in two
KINDS = frozenset({"state", "nationality", "capital", "city", "region", "organisation"})


@dataclass(frozen=True, slots=True)
class Near:
    """A known name, and the word without its ending that is a spelling of it."""

    name: Name
    word: str
    distance: int


class Spellings:
    """The names that other spellings may be known by."""

    def __init__(self, names: Iterable[Name], *, language: str) -> None:
        self.language = language
        self.names = [
            name
            for name in names
            if name.label in LEARNED
            and name.kind in KINDS
            and len(name.folded) >= SHORTEST
            and not (name.ambiguous or name.acronym)
        ]

    @cached_property
    def _index(self) -> dict[str, list[Name]]:
        index: dict[str, list[Name]] = {}
        for name in self.names:
            for part in _shortened(name.folded, _limit(name.folded)):
                index.setdefault(part, []).append(name)
        return index

    def nearest(self, word: str, *, label: str, country: str | None = None) -> Near | None:
        """Return the nearest name of this label, and of this country where one is told; of equals, the first.

        None also for a form of a known name, which is no other spelling.
        """
        found = [near for near in self._near(word) if near.name.label == label]
        if any(near.distance == 0 for near in found):
            return None
        found = [near for near in found if country in (None, near.name.country)]
        return min(found, key=lambda near: (near.distance, -len(near.word), near.name.written), default=None)

    def _near(self, word: str) -> Iterator[Near]:
        folded = load_pack(self.language).fold(word)
        stems = dict.fromkeys([folded, *(stem for stem in lemmas(folded, language=self.language))])
        for stem in stems:
            if len(stem) < SHORTEST or not folded.startswith(stem):
                continue
            near = {name.folded: name for part in _shortened(stem, _limit(stem)) for name in self._index.get(part, ())}
            for name in near.values():
                apart = distance(stem, name.folded)
                if apart <= min(_limit(stem), _limit(name.folded)):
                    yield Near(name, word[: len(stem)], apart)


def _limit(word: str) -> int:
    return 2 if len(word) >= LONG else 1


def _shortened(word: str, most: int) -> set[str]:
    """Leave out up to so many letters: words within that distance have one of these in common."""
    return {
        "".join(letter for place, letter in enumerate(word) if place not in left)
        for number in range(most + 1)
        for left in combinations(range(len(word)), number)
    }


def distance(one: str, other: str) -> int:
    """Count the letters to put in, take out or replace."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        before, row[0] = row[0], place
        for column, second in enumerate(other, 1):
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, before + (letter != second))
    return row[-1]
