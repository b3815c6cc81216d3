"""Persons: after a title, by initials, leaders, and the surnames of those already named in full."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ahocorasick

from dragoman.morphology import peel
from dragoman.names.lexicon import BEGINNINGS, SHORTEST_SURNAME, Office
from dragoman.names.owners import PLACES, Neighbours
from dragoman.names.ranges import Ranges
from dragoman.names.runs import Run, RunReader
from dragoman.names.scan import Hit, Scanner, longest
from dragoman.records import Entity

NUMBERED = re.compile(r"[ \u00a0][IVX]{1,5}(?![^\W_])")
INITIALS = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]\.[ \u00a0]?){1,3}(?=[^\W\d_]{3})")

BEFORE_HEAD = 30
"""So near before its head, in characters, stands the name of an organisation, with his title between."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person found in full: where, of which state, and the name without its ending."""

    run: Run
    lemma: str
    case: str
    country: str | None


class PersonFinder:
    """Finds the persons of one text."""

    def __init__(
        self,
        scanner: Scanner,
        text: str,
        view: str,
        hits: Sequence[Hit],
        neighbours: Neighbours,
        published: str | None,
    ) -> None:
        self.scanner = scanner
        self.text = text
        self.view = view
        self.hits = hits
        self.neighbours = neighbours
        self.published = published
        self.reader = RunReader(scanner, text, hits)
        self._named = {hit.name.country for hit in hits if hit.kind in PLACES and hit.name.country}
        self._bare: frozenset[str] | None = None

    def find(self) -> list[Entity]:
        """Find all persons: the full names first, then the surnames that repeat them."""
        leaders = [self._leader(hit) for hit in self.hits if hit.kind == "person"]
        whole = Ranges((person.run.start, person.run.end) for person in leaders if len(person.run.words) > 1)
        known = {(person.run.start, person.run.end) for person in leaders}
        patterns = (*self._titled(), *self._initialled(), *self._begun())
        others = [
            person
            for person in patterns
            if (person.run.start, person.run.end) not in known and not whole.touch(person.run.start, person.run.end)
        ]
        people = [*leaders, *others]
        covered = [(hit.start, hit.end) for hit in self.hits if hit.name.label]
        covered += [(person.run.start, person.run.end) for person in people]
        again = self._again(people, covered)
        covered += [(person.run.start, person.run.end) for person in again]
        called = self._called(Ranges(covered))
        return [self._entity(person) for person in (*people, *again, *called)]

    def _titled(self) -> Iterable[Person]:
        """Read a name behind every title, and one before a title in apposition."""
        for hit in longest(self.reader.titles):
            country = self.neighbours.owner_of(hit)
            if hit.case == "nominative" and not hit.ending.plural:
                behind = self.neighbours.behind(hit.end)
                run = self.reader.forwards(self._skip(behind.end))
                vague = not self.reader.cased and hit.kind == "other_titles"
                if run is not None and (run.full > 1 or (behind.end == hit.end and not vague)):
                    named = self.text[hit.start].isupper() or not self.reader.cased
                    yield self._person(run, country or behind.country, office=hit.kind if named else "")
            before = self.neighbours.apposition(hit)
            run = self.reader.backwards(before) if before else None
            if run is not None:
                yield self._person(run, country)

    def _skip(self, position: int) -> int:
        """Step over the blank behind a title, or the comma and blank."""
        text = self.text
        if self.reader.cased and text[position : position + 2] == ", ":
            return position + 2
        return position + 1 if text[position : position + 1] in (" ", "\u00a0") else len(text)

    def _initialled(self) -> Iterable[Person]:
        """Read names that begin with initials."""
        if not self.reader.cased:
            return
        taken = self.reader.taken
        for match in INITIALS.finditer(self.text):
            if not match.group()[0].isupper() or taken.cover(match.start()):
                continue
            run = self.reader.forwards(match.start())
            if run is not None:
                yield self._person(self.reader.with_first_name(run), None)

    def _begun(self) -> Iterable[Person]:
        """Read names that begin with a well-known first name."""
        for hit in self.hits:
            if hit.kind not in BEGINNINGS or hit.end != hit.stem_end or self.reader.taken.cover(hit.start):
                continue
            if self.reader.cased and not self.text[hit.start].isupper():
                continue
            run = self.reader.forwards(hit.start)
            if run is not None and (run.full > 1 or (run.words[0].endswith(".") and len(run.words) > 1)):
                yield self._person(run, None)

    def _leader(self, hit: Hit) -> Person:
        run = Run(hit.start, hit.end, tuple(self.text[hit.start : hit.end].split()), 2)
        terms = self.scanner.lexicon.offices.get(hit.name.code or "", ())
        country = hit.name.country or country_of(terms, self.published)
        heads = self.scanner.lexicon.heads.get(hit.name.code or "", ())
        if serves_none(terms, heads, self.published) or (heads and self._heads_here(hit)):
            country = None
        if NUMBERED.match(self.text, hit.end):
            country = None  # a monarch of the same name
        return Person(run, self.text[hit.start : hit.stem_end], hit.case, country)

    def _heads_here(self, leader: Hit) -> bool:
        """Tell whether an organisation stands right before a leader: "the secretary general of NATO, N. N."."""
        return any(hit.kind == "organisation" and 0 < leader.start - hit.end <= BEFORE_HEAD for hit in self.hits)

    def _person(self, run: Run, country: str | None, *, office: str = "") -> Person:
        piece = self.text[run.start : run.end]
        head, last = piece[: len(piece) - len(run.words[-1])], run.words[-1]
        peeled = peel(last, language=self.scanner.pack.language, known=self.scanner.person_words, seen=self.seen())
        if country is None and run.full == 1:
            states = self.scanner.surnames.get(self.scanner.fold(peeled.lemma), set()) & self._named
            country = next(iter(states)) if len(states) == 1 else None
            if country is None and not states and not self.text[run.end + 1 : run.end + 2].isupper():
                called = (self.scanner.fold(peeled.lemma), office)
                country = country_of(self.scanner.terms.get(called, ()), self.published)
        return Person(run, head + peeled.lemma, peeled.case, country)

    def seen(self) -> frozenset[str]:
        """Return the words of the text, the evidence for where an ending begins."""
        if self._bare is None:
            self._bare = frozenset(self.view.split())
        return self._bare

    def _again(self, people: Sequence[Person], covered: Sequence[tuple[int, int]]) -> list[Person]:
        """Find the surnames of persons named in full wherever they stand alone."""
        surnames: dict[str, Person] = {}
        for person in people:
            for word in (person.lemma, *self.reader.surnames(person.lemma)):
                folded = self.scanner.fold(word)
                if len(folded) >= SHORTEST_SURNAME:
                    surnames.setdefault(folded, person)
        if not surnames:
            return []
        automaton = ahocorasick.Automaton()
        for surname, person in surnames.items():
            automaton.add_word(f" {surname.translate(self.scanner.blank)}", (len(surname), person))
        automaton.make_automaton()
        ranges = Ranges(covered)
        found: list[Person] = []
        for end, (length, person) in automaton.iter(f" {self.view}"):
            again = self._surname_at(end - length, end, person)
            if again is None or ranges.touch(again.run.start, again.run.end):
                continue
            if found and found[-1].run.end > again.run.start:  # the whole name ends with its surname
                continue
            found.append(again)
        return found

    def _called(self, covered: Ranges) -> list[Person]:
        """Find the bare surnames of leaders whose state the text names."""
        chosen: dict[int, list[Hit]] = {}
        for hit in self.hits:
            if hit.kind == "surname" and hit.name.country in self._named and not covered.touch(hit.start, hit.end):
                chosen.setdefault(hit.start, []).append(hit)
        found = []
        for start, hits in chosen.items():
            run = Run(start, hits[0].end, (self.text[start : hits[0].end],), 1)
            if not self.reader.alone(run):
                continue
            whole = self.reader.with_first_name(run)
            states = {hit.name.country for hit in hits}
            country = states.pop() if len(states) == 1 and whole.start == start else None
            found.append(Person(whole, self.text[whole.start : hits[0].stem_end], hits[0].case, country))
        return found

    def _surname_at(self, start: int, stem_end: int, person: Person) -> Person | None:
        if self.reader.cased and not self.text[start].isupper():
            return None
        end, ending = self.scanner.word_end(self.text, self.view, start, stem_end)
        if ending is None:
            return None
        run = self.reader.with_first_name(Run(start, end, (self.text[start:end],), 1))
        return Person(run, self.text[run.start : stem_end], ending.case, person.country)

    def _entity(self, person: Person) -> Entity:
        start, end = person.run.start, person.run.end
        lemma = " ".join(person.lemma.split())
        return Entity(start, end, self.text[start:end], "PER", lemma, person.country, "person", case=person.case)


def serves_none(terms: Sequence[Office], heads: Sequence[Office], published: str | None) -> bool:
    """Tell whether a leader heads an organisation, and no state, in the year of the text."""
    if not heads or not published:
        return False
    year = published[:4]
    at_head, in_office = (
        any((term.first or "0")[:4] <= year <= (term.last or "9999")[:4] for term in held) for held in (heads, terms)
    )
    return at_head and not in_office


def country_of(terms: Sequence[Office], published: str | None) -> str | None:
    """Return the one state that a leader held office in, in the year of the text when several are known."""
    states = {term.iso3 for term in terms}
    if len(states) > 1 and published:
        year = published[:4]
        states = {term.iso3 for term in terms if (term.first or "0")[:4] <= year and (term.last or "9999")[:4] >= year}
    return states.pop() if len(states) == 1 else None
