"""Nominal endings: which strings may follow a stem, and what a word is without them.

What a language's endings are stands in `models/<language>/suffixes.toml` as a small chain of states; here the
chain is unrolled once per kind of stem (its harmony and its last letter) into a table of whole endings.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
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


@dataclass(frozen=True, slots=True)
class Peeled:
    """A word taken apart: lemma + suffix is the word, but for a softened last letter of the lemma."""

    lemma: str
    suffix: str
    case: str
    possessive: str | None = None
    plural: bool = False


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


def endings(stem: str, *, language: str) -> Mapping[str, Ending]:
    """Map every legal ending of a stem (any case of letters) to what it says."""
    return load_morphology(language).endings(load_pack(language).fold(stem))


def ending(stem: str, tail: str, *, language: str, compound: bool = False) -> Ending | None:
    """Read the string after a stem as an ending, or return None when it is none.

    `tail` may start with a join sign (a hyphen, an apostrophe). `compound` says that the name is made of
    several words, the last of which may already carry a possessive.
    """
    pack, morphology = load_pack(language), load_morphology(language)
    return read_ending(morphology, pack.fold(stem), pack.fold(tail), compound=compound)


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


def peel(
    word: str,
    *,
    language: str,
    known: Container[str] = (),
    seen: Container[str] = (),
    compound: bool = False,
) -> Peeled:
    """Take the endings off a word.

    `known` holds folded words that are certainly lemmas (names of a gazetteer), `seen` the folded words of
    the same text: a cut that leaves one of them wins. Without such evidence only endings that are hardly ever
    part of a name are taken off, and a word that ends as whole names do is left alone. `compound` says that
    the word is the last of several, whose possessive belongs to the name.
    """
    pack, morphology = load_pack(language), load_morphology(language)
    folded = pack.fold(word)
    cut = _compound_cut(morphology, folded) if compound else None
    cut = cut or _best_cut(morphology, folded, known, seen)
    if cut is None:
        return Peeled(word, "", NOMINATIVE)
    lemma = word[: cut.at - 1] + cut.hard if cut.hard else word[: cut.at]
    found = cut.ending
    return Peeled(lemma, word[cut.at :], found.case, found.possessive, found.plural)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A legal place to cut a word; `hard` is the letter that the stem has when it is not softened."""

    at: int
    ending: Ending
    hard: str
    lemma: str
    tail: str


def _compound_cut(morphology: Morphology, word: str) -> _Cut | None:
    """Cut the case off a noun in the possessive, the last of a name: Fondu+nun."""
    if len(word) > LONGEST_WORD:
        return None
    for at in range(len(word) - 1, morphology.settings["shortest"], -1):
        stem, tail = word[:at], word[at:]
        if stem[-1] in morphology.owned_ends and (found := morphology.endings(stem, state=OWNED).get(tail)):
            return _Cut(at, found, "", stem, tail)
    return None


def _best_cut(morphology: Morphology, word: str, known: Container[str], seen: Container[str]) -> _Cut | None:
    """Choose where to cut a folded word: by evidence, a join sign, the ends of names, the shortest chain."""
    if word in known:
        return None
    cuts = _cuts(morphology, word)
    for evidence in (known, seen):
        for cut in cuts:
            if cut.lemma in evidence and (evidence is known or not cut.hard):
                return cut
    for cut in cuts:
        if cut.tail[0] in morphology.signs:
            return cut
    settings = morphology.settings
    whole = tuple(settings["whole"])
    if word in settings.get("words", ()) or word.endswith(whole):
        return None
    cuts = tuple(cut for cut in cuts if not cut.hard and _sure(morphology, cut))
    for cut in cuts:
        if cut.lemma.endswith(whole) or cut.lemma in settings.get("words", ()):
            return cut
    return min(cuts, key=lambda cut: (cut.ending.rank, _order(morphology, cut)), default=None)


@lru_cache(maxsize=1 << 15)
def _cuts(morphology: Morphology, word: str) -> tuple[_Cut, ...]:
    """List every legal cut of a folded word, the longest lemma first; none of a word longer than any name."""
    return tuple(_legal_cuts(morphology, word)) if len(word) <= LONGEST_WORD else ()


def _legal_cuts(morphology: Morphology, word: str) -> Iterator[_Cut]:
    shortest = morphology.settings["shortest"]
    for at in range(len(word) - 1, 0, -1):
        stem, tail = word[:at], word[at:]
        if stem[-1] in morphology.signs:
            continue
        if tail[0] in morphology.signs:
            found = read_ending(morphology, stem, tail)
            if found is not None and at > 1:
                yield _Cut(at, found, "", stem, tail)
            continue
        if len(stem) < shortest or not morphology.sounded(stem):
            continue
        found = morphology.endings(stem).get(tail)
        if found is not None:
            yield _Cut(at, found, "", stem, tail)
        hard = next((hard for hard, soft in morphology.soften.items() if soft == stem[-1]), None)
        if hard and tail[0] in morphology.vowels:
            softened = morphology.endings(stem[:-1] + hard).get(tail)
            if softened is not None:
                yield _Cut(at, softened, hard, stem[:-1] + hard, tail)


def _sure(morphology: Morphology, cut: _Cut) -> bool:
    """Tell whether an ending may be taken off a word that no list knows."""
    return cut.tail not in morphology.settings.get("unsure", ()) and cut.ending.possessive in (None, "3")


def _order(morphology: Morphology, cut: _Cut) -> int:
    """Break a tie between two cuts of one reading: after some vowels an n belongs to the stem."""
    return -cut.at if cut.lemma[-2:-1] in morphology.settings.get("stem_n_after", "") else cut.at


def lemmas(word: str, *, language: str) -> Iterator[str]:
    """Yield every folded lemma that a word may be a form of, the longest first."""
    for cut in _cuts(load_morphology(language), load_pack(language).fold(word)):
        yield cut.lemma


def tails_of(word: str, *, language: str) -> Iterator[str]:
    """Yield every folded ending that a word may bear, the shortest first."""
    for cut in _cuts(load_morphology(language), load_pack(language).fold(word)):
        yield cut.tail
