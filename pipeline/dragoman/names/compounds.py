"""Names that a last word makes: an academy, a strait, a treaty, with the words before it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.morphology import peel
from dragoman.names.lexicon import TITLES
from dragoman.names.owners import PLACES
from dragoman.names.ranges import Ranges
from dragoman.names.scan import Hit, Scanner
from dragoman.records import Entity

LABELS: Mapping[str, tuple[str, str]] = {
    "organisation_heads": ("ORG", "organisation"),
    "ministries": ("ORG", "ministry"),
    "place_heads": ("LOC", "place"),
    "event_heads": ("MISC", "event"),
}
HEADS = frozenset(LABELS) | {"organisation"}
KNOWN = ("ORG", "GPE", "MISC")
NAMED = PLACES | {"organisation"}
SIDES = frozenset({"state", "nationality", "organisation"})
INSIDE = ("nominative", "genitive")  # cases that a word inside a name may bear
NEXT = re.compile(r"[^\W\d_](?:\w|[-'’])*")
WORDS = {"ORG": 9, "LOC": 3, "MISC": 4}  # before the head, at most


@dataclass(frozen=True, slots=True)
class Compound:
    """A name of several words: text[start:end] with its ending, text[start:stem_end] without."""

    start: int
    stem_end: int
    end: int
    label: str
    kind: str
    head: Hit


class CompoundFinder:
    """Finds the compounds of one text."""

    def __init__(self, scanner: Scanner, text: str, view: str, hits: Sequence[Hit], people: Sequence[Entity]) -> None:
        self._text = text
        self._view = view
        self._cased = scanner.cased
        self._connectors = scanner.words("connectors")
        self._adjectives = scanner.words("event_adjectives")
        self._fold = scanner.fold
        self._persons = Ranges((person.start, person.end) for person in people)
        self._bearers = {person.end: person.start for person in people if person.case == "nominative"}
        self._generic = scanner.words("generic")
        self._phrase_ends = tuple(scanner.words("phrase_ends"))
        self._whole_ends = tuple(scanner.morphology.settings["whole"])
        named = [hit for hit in reversed(hits) if hit.kind in NAMED and not hit.ending.derived]
        self._places = {hit.end: hit for hit in named}
        self._named = scanner.words("named_heads")
        self._ordinary = scanner.words("ordinary")
        self._bound = scanner.words("bound_heads")
        known = [hit for hit in hits if hit.name.label in KNOWN]
        known += [hit for hit in hits if scanner.cased and hit.kind == "parliaments" and " " in hit.name.folded]
        self._known = Ranges((hit.start, hit.end) for hit in known)
        self._starts = {hit.start: hit.stem_end for hit in reversed(hits) if hit.kind in NAMED}
        self._events = {hit.start for hit in hits if hit.kind == "event_heads"}
        self._heads = {hit.end: hit.case in INSIDE for hit in hits if hit.kind == "organisation_heads"}
        self._owned_ends = scanner.morphology.owned_ends
        self._links = scanner.phrases("forward_links")
        self._joins = scanner.words("and_links")
        self._no_heads = scanner.words("no_heads")
        self._capital_heads = bool(scanner.words("definite"))
        self._language = scanner.pack.language
        self._not_names = scanner.words("not_names")
        self._openers = scanner.words("openers")
        self._beside = scanner.words("beside")
        self._plurals = tuple(scanner.words("plural_ends"))
        self._described = scanner.words("described_events")
        self._national = scanner.words("national_bodies")
        titles = [hit for hit in hits if hit.kind in TITLES and not (scanner.cased and hit.ending.plural)]
        self._titles = Ranges((hit.start, hit.end) for hit in titles)
        self._title_starts = {hit.start for hit in titles}

    def find(self, heads: Sequence[Hit]) -> list[Compound]:
        """Find which of the heads have enough before them to make a name."""
        found = [compound for hit in heads if (compound := self._of_organisation(hit))]
        for head in heads:
            label, kind = LABELS.get(head.kind, ("", ""))
            if not label or not self._is_head(head, label):
                continue
            if self._cased:
                start = self._capitals(head, label)
            else:
                start = self._bound_words(head) if head.name.folded in self._bound else self._place(head)
            forwards = self._forwards(head) if label != "LOC" else None
            if forwards is not None:
                start = self._capitals(head, label, generic=True) or head.start
                found.append(Compound(start, forwards, forwards, label, kind, head))
            elif start is not None:
                found.append(Compound(start, head.stem_end, head.end, label, kind, head))
        return found

    def _of_organisation(self, hit: Hit) -> Compound | None:
        """Join a body to the organisation or the state it belongs to, when that stands before it."""
        owner = self._places.get(hit.start - 1)
        if hit.kind != "organisation" or owner is None or self._text[hit.start - 1] != " " or self._capital_heads:
            return None
        if owner.kind == "organisation":
            joined = owner.case == "genitive"
        else:
            joined = hit.name.folded in self._national and self._owned(owner, hit)
        return Compound(owner.start, hit.stem_end, hit.end, "ORG", "organisation", hit) if joined else None

    def _owned(self, owner: Hit, body: Hit) -> bool:
        """Tell whether a state owns the body behind it: by its genitive, or bare before an office of the body."""
        if owner.kind != "state":
            return False
        return owner.case == "genitive" or (owner.case == "nominative" and body.end + 1 in self._title_starts)

    def _is_head(self, head: Hit, label: str) -> bool:
        """Leave out a head in a known name, one that makes none, and one without the capital it needs."""
        if head.name.folded in self._no_heads or (label == "ORG" and head.start in self._events):
            return False
        if self._known.touch(head.start, head.end):
            return False
        if self._text[head.start].isupper():
            return True
        if self._is_bare(head):
            return False
        return not (head.name.capital or (self._capital_heads and label == "ORG"))

    def _is_bare(self, head: Hit) -> bool:
        """Tell whether a head lacks the possessive that a noun after its owner bears."""
        ends = self._owned_ends
        return bool(ends) and head.ending.possessive != "3" and head.name.folded[-1] not in ends

    def _place(self, head: Hit) -> int | None:
        """Without capitals: a bare place right before the head, or two of them joined by a hyphen."""
        edge = head.start - 1
        word = self._word_before(edge)
        if self._fold(word) in self._adjectives:
            edge -= len(word) + 1
        place = self._places.get(edge)
        if place is None or place.case != "nominative" or place.end != place.stem_end:
            return None
        start = place.start
        while start > 0 and self._fold(self._text[start - 1]) == "-" and start - 1 in self._places:
            start = self._places[start - 1].start
        return start if start < place.start or place.kind not in ("state", "nationality") else None

    def _bound_words(self, head: Hit) -> int | None:
        """Without capitals: the word before a head that never stands alone, or two joined by a small word."""
        word = self._word_before(head.start - 1)
        start = head.start - 1 - len(word)
        if not word or not self._plain(start, word) or self._fold(word).endswith(self._phrase_ends):
            return None
        if head.name.folded in self._named and self._fold(word) in self._ordinary:
            return None
        small = self._word_before(start - 1)
        if self._fold(small) in self._connectors:
            first = self._word_before(start - len(small) - 2)
            if first and self._plain(start - len(small) - 2 - len(first), first):
                start -= len(small) + len(first) + 2
        place = self._places.get(start - 1)
        return place.start if place and place.case in ("nominative", "genitive") else start

    def _plain(self, start: int, word: str) -> bool:
        return self._fold(word) not in self._not_names and not self._titles.cover(start)

    def _capitals(self, head: Hit, label: str, *, generic: bool = False) -> int | None:
        """Walk back over capitalised words and whole names, and small words between them."""
        start = best = head.start
        capitals, joined, telling, placed = 0, False, False, False
        bare, beside = self._is_bare(head), False
        described = head.name.folded in self._described and self._text[head.start].islower()
        for _ in range(WORDS[label]):
            edge = start - 1
            place = self._places.get(edge)
            if edge < 1 or self._text[edge] not in " \u00a0":
                break
            if place is None and self._text[edge - 1] in ",;:.":
                break
            start, whole = self._piece_before(edge, place)
            word = self._text[start:edge]
            office = beside and word[:1].isupper()  # "at the office of": a title or a body with its possessive
            if not word or (not office and self._titles.cover(start)):
                break
            if edge in self._heads and (joined or not self._heads[edge]):
                break
            whole = whole or office
            if self._persons.touch(start, edge) and not whole:
                break
            if place and (joined or self._closes(place, label, capitals, placed)):
                break
            if (whole and bare and not office) or (placed and not whole and self._is_subject(start, word)):
                break
            placed = placed or place is not None
            if word[0].isupper() and not self._opens(start, word) and (whole or not self._ends_phrase(word)):
                best, capitals, joined, beside = start, capitals + 1, False, False
                sides = described and (edge in self._bearers or (place is not None and place.kind in SIDES))
                telling = telling or not (sides or self._fold(word) in self._generic)
            elif label == "ORG" and self._fold(word) in self._connectors:
                joined, beside = True, self._fold(word) in self._beside
            elif self._fold(word) not in self._adjectives:
                break
            if edge in self._bearers:
                break
        needed = 1 if self._text[head.start].isupper() or head.kind != "organisation_heads" else 2
        return best if capitals >= needed and (telling or generic) else None

    def _closes(self, place: Hit, label: str, capitals: int, placed: bool) -> bool:
        """Tell whether a place cannot stand before what has been read of a name."""
        if place.case not in (INSIDE if label == "ORG" else INSIDE[:1]):
            return True
        return (label == "LOC" and capitals > 0) or (label == "MISC" and placed)

    def _piece_before(self, edge: int, place: Hit | None) -> tuple[int, bool]:
        """Return where the word before an offset begins, or the whole place or person that ends there."""
        if place is not None:
            start = place.start
            while start > 1 and self._fold(self._text[start - 1]) == "-" and start - 1 in self._places:
                start = self._places[start - 1].start
            return start, True
        bearer = self._bearers.get(edge)
        if bearer is not None and not self._titles.cover(max(0, bearer - 2)):
            return bearer, True
        return edge - len(self._word_before(edge)), False

    def _ends_phrase(self, word: str) -> bool:
        """Tell whether a word bears a case that no word inside a name of several has."""
        folded = self._fold(word)
        if folded.endswith(self._phrase_ends) and not folded.endswith(self._whole_ends):
            return True
        peeled = peel(word, language=self._language)
        return peeled.case not in INSIDE and not (peeled.case == "accusative" and peeled.plural)  # or a possessive

    def _forwards(self, head: Hit) -> int | None:
        """Walk on over the capitalised words linked behind a head: Bank of X and Y."""
        if not self._links or head.end != head.stem_end or not self._text[head.start].isupper():
            return None
        end = best = head.end
        linked = placed = False
        for _ in range(WORDS["ORG"]):
            link = next((link for link in self._links if self._view.startswith(f" {link} ", end)), "")
            if link and "\n" not in self._text[end : end + len(link) + 2]:
                start = end + len(link) + 2
                linked = linked or link not in self._joins
            elif end > head.end and self._text[end : end + 1] == " ":
                start = end + 1
            else:
                break
            match = NEXT.match(self._text, start)
            if match is None or not linked or not match.group()[0].isupper() or self._titles.cover(start):
                break
            if self._fold(match.group()) in self._not_names and start not in self._starts:
                break
            if self._persons.cover(start) or (link in self._joins and (start in self._starts or placed)):
                break
            placed = start in self._starts
            end = best = self._starts.get(start, match.end())
        return best if best > head.end else None

    def _opens(self, start: int, word: str) -> bool:
        """Tell whether a small word has its capital only from the beginning of a sentence."""
        if not self._is_first(start):
            return False
        return self._fold(word) in self._openers or (len(word) < 4 and (len(word) == 1 or not word.isupper()))

    def _is_subject(self, start: int, word: str) -> bool:
        """Tell whether a plural word opens the sentence before a name that is not its own."""
        return self._is_first(start) and bool(self._plurals) and self._fold(word).endswith(self._plurals)

    def _is_first(self, start: int) -> bool:
        """Tell whether a word is the first of its sentence."""
        before = self._text[max(0, start - 3) : start]
        return before.rstrip()[-1:] in ("", ".", "!", "?") or before[-1:] == "\n"

    def _word_before(self, end: int) -> str:
        start = end
        while start > 0 and end - start < 40 and (self._view[start - 1] != " " or self._text[start - 1] in "-'’"):
            start -= 1
        return self._text[start:end]
