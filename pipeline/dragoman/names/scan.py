"""One pass over a text for every name of the gazetteer, checked on both sides and for its capitals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import ahocorasick

from dragoman.folding import spellings
from dragoman.morphology import (
    LONGEST_WORD,
    NO_ENDING,
    NOMINATIVE,
    OWNED,
    START,
    Ending,
    Morphology,
    load_morphology,
)
from dragoman.names.lexicon import Lexicon, Name, Office, load_lexicon

GAPS = frozenset(" -\n")  # one may stand for another between the words of a name
DASHES = frozenset("\u2014\u2015")  # between words, never before an ending
LAST_FOLDED = 0x2100  # punctuation is blanked out up to here, and the signs of CJK
# Of two names at one place the more certain kind wins.
ORDER = ("state", "nationality", "capital", "organisation", "person", "city", "region")
RANK = {kind: number for number, kind in enumerate(ORDER)}
PERSONAL = frozenset({"first_names", "given_names", "surname"})  # parts of names, no names yet
LONGEST_ENDING = 24  # letters
SHOUT = 30  # characters looked at on either side to tell whether a line is all in capitals


class Hit(NamedTuple):
    """A name in a text: text[start:stem_end] is the spelling, text[start:end] has its ending too."""

    start: int
    stem_end: int
    end: int
    name: Name
    ending: Ending
    kind: str

    @property
    def case(self) -> str:
        return self.ending.case


class Spelt(NamedTuple):
    """A name under one of its spellings, with what is checked where a text has it."""

    name: Name
    capital: bool
    acronym: bool
    plain: bool


class Scanner:
    """The automaton of one language."""

    def __init__(self, lexicon: Lexicon, morphology: Morphology) -> None:
        self.lexicon = lexicon
        self.pack = lexicon.pack
        self.morphology = morphology
        self.blank = _blank_table(lexicon.pack.fold_table)
        blanked = "".join(map(chr, (code for code, char in self.blank.items() if char == " " and code != ord(" "))))
        self._signs_of_text = re.compile(f"[{re.escape(blanked)}]")
        self._fold = lru_cache(maxsize=1 << 15)(lexicon.pack.fold)
        self._lists: dict[str, frozenset[str]] = {}
        self._shouted = self.words("shouted")
        self._detached = {
            form: Ending(case=case) for word, case in morphology.detached.items() for form in spellings(word)
        }
        signs = map(chr, range(LAST_FOLDED))
        self._signs = frozenset(char for char in signs if self.pack.fold(char) in " -'") - DASHES
        self._tables: dict[str, tuple[Mapping[str, Ending], ...]] = {}
        self._plain: set[str] = set()  # spellings without signs: the automaton has compared them whole
        self._automaton = self._build(lexicon.names)
        # Whose leaders a surname may be.
        self.surnames: dict[str, set[str]] = {}
        for name in lexicon.names:
            if name.kind == "surname" and name.country:
                self.surnames.setdefault(name.folded, set()).add(name.country)
        # The terms of the leaders called by a surname, by the office they held.
        self.terms: dict[tuple[str, str], list[Office]] = {}
        for name in lexicon.names:
            for term in lexicon.offices.get(name.code or "", ()) if name.kind == "surname" else ():
                self.terms.setdefault((name.folded, term.office), []).append(term)
        # The words of leaders' names: evidence for where an ending begins.
        self.person_words = frozenset(
            word for name in lexicon.names if name.kind == "person" for word in name.folded.split()
        )

    def fold(self, word: str) -> str:
        """Return the folded view of a word, remembered because words come again."""
        return self._fold(word) if len(word) <= LONGEST_WORD else self.pack.fold(word)

    def words(self, key: str) -> frozenset[str]:
        """Return a folded word list of `contexts.toml`, empty when the language has none."""
        if key not in self._lists:
            listed = self.lexicon.contexts.get(key, ()) if key != "ordinary" else self.lexicon.ordinary
            self._lists[key] = frozenset(self.pack.fold(form) for word in listed for form in spellings(word))
        return self._lists[key]

    def phrases(self, key: str) -> tuple[str, ...]:
        """Return a folded list of phrases of `contexts.toml`, the longest first."""
        return tuple(sorted(self.words(key), key=lambda phrase: (-len(phrase), phrase)))

    @property
    def cased(self) -> bool:
        """Whether the language writes capitals."""
        letters: str = self.pack.settings["letters"]["word"]
        return letters.upper() != letters

    def view(self, text: str) -> str:
        """Fold a text and blank out all but letters, marks and digits, keeping the length."""
        return self._signs_of_text.sub(" ", self.pack.fold(text))

    def scan(self, text: str, view: str) -> list[Hit]:
        """Find every name, overlapping ones too, by start and then the longest first."""
        hits: list[Hit] = []
        if not len(self._automaton):
            return hits
        view += " "
        # A blank stands before the text, so the index of a spelling's last letter there is its end here.
        for end, (length, names) in self._automaton.iter(f" {view}", 0, len(view)):
            if view[end].isdigit():
                continue
            start, first = end - length, names[0].name
            tail_end, ending = self._right(text, view, start, end, first)
            if ending is None or (first.soft and tail_end == end):
                continue
            for spelt in names:
                if self._believable(text, start, end, spelt):
                    hits.append(Hit(start, end, tail_end, spelt.name, ending, spelt.name.kind))
        hits.sort(key=_by_place)
        return hits

    def word_end(self, text: str, view: str, start: int, end: int) -> tuple[int, Ending | None]:
        """Read the ending behind any stem text[start:end] that is no name of the gazetteer."""
        written = text[start:end]
        return self._right(text, view, start, end, Name(written, self.pack.fold(written), "PER", "person", written))

    def _right(self, text: str, view: str, start: int, end: int, name: Name) -> tuple[int, Ending | None]:
        """Read what follows a spelling: the end of the word, and its ending if it is a legal one."""
        if view[end : end + 1] not in ("", " "):
            tail_end = _word_end(view, end)
            return tail_end, self._ending(name, view[end:tail_end])
        if text[end : end + 1] == " " and text[end + 1 : end + 2].isalnum():
            return end, self._apart(view, end) if self._detached else NO_ENDING
        return self._joined(text, view, start, end, name)

    def _joined(self, text: str, view: str, start: int, end: int, name: Name) -> tuple[int, Ending]:
        """Read an ending written after a hyphen or an apostrophe; without one the word ends here."""
        first = text[end : end + 1]
        if first not in self._signs:
            return end, NO_ENDING
        sign = self.fold(text[end : end + 3])
        gap = 3 if sign == " - " else 1
        if sign[0] == " " and not (gap == 3 and name.acronym):
            return end, self._apart(view, end) if self._detached else NO_ENDING
        tail_end = _word_end(view, end + gap)
        found = self._ending(name, sign.strip()[0] + view[end + gap : tail_end])
        if found is None or (tail_end == end + 1 and "'" in self.pack.fold(text[max(0, start - 2) : start])):
            return end, NO_ENDING
        return tail_end, found

    def _apart(self, view: str, end: int) -> Ending:
        """Read the case from a postposition written apart, which stays outside the name."""
        ending = self._detached.get(view[end + 1 : _word_end(view, end + 1)])
        return ending or NO_ENDING

    def _ending(self, name: Name, tail: str) -> Ending | None:
        """Look an ending up; the last noun of a compound may carry a possessive already."""
        tables = self._tables.get(name.folded)
        if tables is None:
            tables = self._tables[name.folded] = self._legal(name.folded)
        if name.soft and tail[0] not in self.morphology.vowels:
            return None
        half = len(tables) // 2
        if tail[0] in self.morphology.join:
            tail, tables = tail[1:], tables[half:]
        else:
            tables = tables[:half]
        found = next((table[tail] for table in tables if tail in table), None)
        if found is not None and not name.label and found.case == "accusative" and found.steps == 1:
            # A common noun after its owner bears a possessive that looks like the accusative.
            return replace(found, case=NOMINATIVE, possessive="3")
        return found

    def _legal(self, name: str) -> tuple[Mapping[str, Ending], ...]:
        """List the tables of endings of a name: first those written onto it, then those after a join sign."""
        states = (OWNED, START) if " " in name else (START,)
        plain = [self.morphology.endings(name, state=state) for state in states]
        return (*plain, *(self.morphology.joined(name, state=state) for state in states))

    def _believable(self, text: str, start: int, end: int, spelt: Spelt) -> bool:
        """Check the capitals and the signs between the words against the data's own spelling."""
        name = spelt.name
        if spelt.acronym:
            if not text[start:end].replace(".", "").isupper() or self._shouting(text, start, end, name):
                return False
        elif spelt.capital and not text[start].isupper():
            return False
        if spelt.plain:
            return True
        folded, written = self.fold(text[start:end]), name.folded
        return folded == written or all(
            mine == theirs or (mine in GAPS and theirs in GAPS) for mine, theirs in zip(written, folded, strict=False)
        )

    def _shouting(self, text: str, start: int, end: int, name: Name) -> bool:
        """Tell whether an acronym that is also a word stands in a line all in capitals."""
        if name.folded not in self._shouted and not name.ambiguous:
            return False
        around = text[max(0, start - SHOUT) : start] + text[end : end + SHOUT]
        return around.upper() == around and any(char.isalpha() for char in around)

    def _softened(self, names: Iterable[Name]) -> Iterator[Name]:
        """Yield the form that a name has before a vowel, where its last letter softens."""
        for name in names:
            soft = self.morphology.soften.get(name.folded[-1])
            if soft and not name.acronym:
                yield replace(name, folded=name.folded[:-1] + soft, soft=True)

    def _build(self, names: Iterable[Name]) -> ahocorasick.Automaton:
        gathered: dict[str, list[Name]] = {}
        for name in (*names, *self._softened(names)):
            for spelling in {name.folded, name.folded.rstrip(".")}:
                if spelling:
                    gathered.setdefault(" " + spelling.translate(self.blank), []).append(name)
                    if spelling == spelling.translate(self.blank) and " " not in spelling:
                        self._plain.add(spelling)
        automaton = ahocorasick.Automaton()
        for key, group in gathered.items():
            automaton.add_word(key, (len(key) - 1, tuple(map(self._spelt, group))))
        if gathered:
            automaton.make_automaton()
        return automaton


    def _spelt(self, name: Name) -> Spelt:
        """Say what is to be checked of a name; a spelling without signs was compared whole by the automaton."""
        capital = name.capital and bool(name.label or name.acronym or name.kind in PERSONAL)
        return Spelt(name, capital, capital and name.acronym, name.folded in self._plain)


def _by_place(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.stem_end


def _word_end(view: str, start: int) -> int:
    """Return where the letters end that begin at an offset of a view, or as many of them as an ending may have."""
    end = view.find(" ", start, start + LONGEST_ENDING)
    return end if end >= 0 else min(start + LONGEST_ENDING, len(view))


def _blank_table(fold_table: Mapping[str, str]) -> dict[int, str]:
    """Add to the folding: every sign that is no letter, mark or digit becomes a blank."""
    table = {
        code: " "
        for code in (*range(LAST_FOLDED), *range(0x3000, 0x3040))
        if unicodedata.category(chr(code))[0] not in "LMN" and code not in (0x200C, 0x200D)
    }
    for other, char in fold_table.items():
        table[ord(other)] = " " if unicodedata.category(char)[0] not in "LMN" else char
    return table


TRIED: ContextVar[Scanner | None] = ContextVar("tried", default=None)
"""The automaton that stands in for that of its language while names are tried out (finding.py)."""


def load_scanner(language: str) -> Scanner:
    """Load the automaton of a language."""
    tried = TRIED.get()
    return tried if tried is not None and tried.pack.language == language else _loaded(language)


@lru_cache(maxsize=32)
def _loaded(language: str) -> Scanner:
    return Scanner(load_lexicon(language), load_morphology(language))


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Keep the longest of overlapping hits, and of two at one place the more certain kind."""
    best: list[Hit] = []
    end = -1
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.stem_end, _rank(hit))):
        if hit.start >= end:
            best.append(hit)
            end = hit.end
        elif hit.stem_end - hit.start > best[-1].stem_end - best[-1].start and hit.end > end:
            best[-1] = hit
            end = hit.end
    return best


def _rank(hit: Hit) -> int:
    return RANK.get(hit.kind, len(ORDER))
