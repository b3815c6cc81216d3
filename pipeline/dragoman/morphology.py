"""Nominal endings: which strings may follow a stem, and what a word is without them."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dragoman.pack import load_pack
from dragoman.suffixes import (
    LONGEST_WORD,
    NO_ENDING,
    NOMINATIVE,
    NUKTA,
    OWNED,
    START,
    Ending,
    Morphology,
    load_morphology,
    read_ending,
)

__all__ = [
    "LONGEST_WORD",
    "NOMINATIVE",
    "NO_ENDING",
    "NUKTA",
    "OWNED",
    "START",
    "Ending",
    "Morphology",
    "Peeled",
    "ending",
    "endings",
    "lemmas",
    "load_morphology",
    "peel",
    "read_ending",
    "tails_of",
]


@dataclass(frozen=True, slots=True)
class Peeled:
    """A word taken apart: lemma + suffix is the word, but for a softened last letter of the lemma."""

    lemma: str
    suffix: str
    case: str
    possessive: str | None = None
    plural: bool = False


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
