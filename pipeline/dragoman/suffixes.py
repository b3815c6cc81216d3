"""The chain of endings of a language, unrolled into tables of whole endings.

What a language's endings are stands in `models/<language>/suffixes.toml` as a small chain of states; here the
chain is unrolled once per kind of stem (its harmony and its last letter).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from types import MappingProxyType
from typing import Any

from dragoman.folding import NUKTA_PAIRS, spellings
from dragoman.pack import Pack, load_pack

START, OWNED = "stem", "owned"
NOMINATIVE = "nominative"
NUKTA = frozenset("".join((*NUKTA_PAIRS, *NUKTA_PAIRS.values())))
LONGEST_WORD = 60  # letters


@dataclass(frozen=True, slots=True)
class Ending:
    """What an ending says; `case` is nominative, genitive, dative, accusative, locative, ablative ...

    `derived` is "people" where the ending makes an inhabitant of a place, `relative` where it makes an
    adjective of what is there; `steps` counts the links of the chain, `rank` orders readings of one string.
    """

    case: str = NOMINATIVE
    possessive: str | None = None
    plural: bool = False
    relative: bool = False
    derived: str | None = None
    steps: int = 0
    rank: tuple[int, ...] = ()


NO_ENDING = Ending()


@dataclass(frozen=True, slots=True)
class _Form:
    """One link of the chain, with the state it leads to."""

    form: str
    target: str
    after: str | None
    after_letter: str
    marks: Mapping[str, Any]
    number: int


class Morphology:
    """The endings of one language, unrolled on demand."""

    def __init__(self, pack: Pack) -> None:
        raw = pack.read("suffixes.toml")
        self._pack = pack
        self.join: str = raw.get("join", "")
        self.owned_ends: frozenset[str] = frozenset(raw.get("owned_ends", ""))
        self.signs = frozenset(self.join + "'")
        self.vowels: frozenset[str] = frozenset(raw["vowels"])
        self.detached: Mapping[str, str] = raw.get("detached", {})
        self.soften: Mapping[str, str] = raw.get("soften", {})
        self.settings: Mapping[str, Any] = raw["peel"]
        self._harmony = {name: _letters(table) for name, table in raw.get("harmony", {}).items()}
        self._full: Mapping[str, str] = raw.get("full", {})
        self._free_after_join: bool = raw.get("free_after_join", False)
        self._foreign_end = frozenset(raw.get("foreign_end", ""))
        self._links = _links(raw.get("step", ()))
        self._letters_heard = {
            letter for forms in self._links.values() for form in forms for letter in form.after_letter
        }
        self._sounds: dict[str, str] = {}
        self._tables: dict[tuple[str, bool, str], Mapping[str, Ending]] = {}
        self._joined: dict[str, Mapping[str, Ending]] = {}

    def endings(self, stem: str, *, state: str = START) -> Mapping[str, Ending]:
        """Return every legal ending written directly onto a folded stem."""
        if stem[-1:] in self._foreign_end:
            return self.joined(stem, state=state)
        return self._table(self._last_vowel(stem), self._open(stem), stem[-1:], state)

    def sounded(self, stem: str) -> bool:
        """Tell whether a stem has the vowel that a language with harmony needs."""
        return not self._harmony or any(char in self.vowels for char in stem)

    def joined(self, stem: str, *, state: str = START) -> Mapping[str, Ending]:
        """Return every ending that may follow a join sign, where the sound counts and not the letter."""
        if not self._free_after_join:
            return self.endings(stem, state=state) if stem[-1:] not in self._foreign_end else {}
        if state not in self._joined:
            union: dict[str, Ending] = {}
            for vowel, is_open in product(self._classes(), (False, True)):
                for text, ending in self._table(vowel, is_open, "", state).items():
                    for spelling in (text, self._full.get(text[:1], text[:1]) + text[1:]):
                        if spelling not in union or ending.rank < union[spelling].rank:
                            union[spelling] = ending
            self._joined[state] = MappingProxyType(union)
        return self._joined[state]

    def _table(self, vowel: str, is_open: bool, letter: str, state: str) -> Mapping[str, Ending]:
        letter = letter if letter in self._letters_heard else ""
        key = (f"{self._sound(vowel)}{letter}", is_open, state)
        if key not in self._tables:
            table: dict[str, Ending] = {}
            for text, ending in self._unroll(vowel, is_open, letter, state, "", NO_ENDING):
                for spelling in (text,) if NUKTA.isdisjoint(text) else spellings(text):
                    if spelling not in table or ending.rank < table[spelling].rank:
                        table[spelling] = ending
            self._tables[key] = MappingProxyType(table)
        return self._tables[key]

    def _unroll(
        self, vowel: str, is_open: bool, letter: str, state: str, text: str, so_far: Ending
    ) -> Iterator[tuple[str, Ending]]:
        for form in self._links.get(state, ()):
            if form.after and (form.after == "vowel") != is_open:
                continue
            if form.after_letter and letter not in form.after_letter:
                continue
            written = self._write(form.form, vowel, is_open)
            longer = text + written
            ending = _add(so_far, form)
            yield longer, ending
            heard = next((char for char in reversed(written) if char in self.vowels), vowel)
            yield from self._unroll(heard, self._open(written), "", form.target, longer, ending)

    def _write(self, form: str, vowel: str, is_open: bool) -> str:
        """Fill in the harmony letters of a form, and its buffer letter where one is needed."""
        if form.startswith("("):
            buffer, form = form[1], form[3:]
            is_vowel = buffer in self._harmony or buffer in self.vowels
            if is_vowel != is_open:
                form = buffer + form
        out = []
        for char in form:
            char = self._harmony[char].get(vowel, char) if char in self._harmony else char
            vowel = char if char in self.vowels else vowel
            out.append(char)
        return "".join(out)

    def _classes(self) -> list[str]:
        """List one vowel of every harmony class; a language without harmony has one class."""
        found: dict[str, str] = {}
        for char in sorted(self.vowels):
            found.setdefault(self._sound(char), char)
        return list(found.values())

    def _sound(self, vowel: str) -> str:
        """Name the harmony class of a vowel."""
        if vowel not in self._sounds:
            self._sounds[vowel] = "".join(table.get(vowel, "-") for table in self._harmony.values())
        return self._sounds[vowel]

    def _last_vowel(self, stem: str) -> str:
        return next((char for char in reversed(stem) if char in self.vowels), "")

    def _open(self, stem: str) -> bool:
        return stem[-1:] in self.vowels


def _letters(table: Mapping[str, str]) -> dict[str, str]:
    return {letter: result for letters, result in table.items() for letter in letters}


def _links(steps: Any) -> dict[str, list[_Form]]:
    """Index the forms by the state they start from, numbered in the order of the file."""
    links: dict[str, list[_Form]] = {}
    number = 0
    for step in steps:
        for raw in step["forms"]:
            number += 1
            marks = {key: value for key, value in raw.items() if key not in ("form", "after", "after_letter")}
            form = _Form(raw["form"], step["to"], raw.get("after"), raw.get("after_letter", ""), marks, number)
            for state in step["from"]:
                links.setdefault(state, []).append(form)
    return links


def _add(so_far: Ending, form: _Form) -> Ending:
    marks = form.marks
    rank = (so_far.steps + 1, *so_far.rank[1:], form.number)
    return Ending(
        case=marks.get("case", so_far.case),
        possessive=marks.get("possessive", so_far.possessive),
        plural=marks.get("plural", so_far.plural),
        relative=marks.get("relative", so_far.relative),
        derived=marks.get("derived", so_far.derived),
        steps=so_far.steps + 1,
        rank=rank,
    )


@lru_cache(maxsize=32)
def load_morphology(language: str) -> Morphology:
    """Load the endings of a language."""
    return Morphology(load_pack(language))


def read_ending(morphology: Morphology, stem: str, tail: str, *, compound: bool = False) -> Ending | None:
    """Do the work of `ending` on folded strings."""
    if not tail:
        return NO_ENDING
    states = (OWNED, START) if compound else (START,)
    for state in states:
        found = morphology.endings(stem, state=state).get(tail)
        if found is None and tail[0] in morphology.join:
            found = morphology.joined(stem, state=state).get(tail[1:].lstrip())
        if found is not None:
            return found
    return None
