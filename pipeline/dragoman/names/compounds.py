"""Names that a last word makes: an academy, a strait, a treaty, with the words before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.names.owners import PLACES
from dragoman.names.ranges import Ranges
from dragoman.names.scan import Hit, Scanner

LABELS: Mapping[str, tuple[str, str]] = {
    "organisation_heads": ("ORG", "organisation"),
    "ministries": ("ORG", "ministry"),
    "place_heads": ("LOC", "place"),
    "event_heads": ("MISC", "event"),
}
NAMED = PLACES | {"organisation"}
WORDS = {"ORG": 7, "LOC": 3, "MISC": 4}  # before the head, at most


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

    def __init__(self, scanner: Scanner, text: str, view: str, hits: Sequence[Hit], persons: Ranges) -> None:
        self._text = text
        self._view = view
        self._cased = scanner.cased
        self._connectors = scanner.words("connectors")
        self._adjectives = scanner.words("event_adjectives")
        self._fold = scanner.pack.fold
        self._persons = persons
        named = [hit for hit in reversed(hits) if hit.kind in NAMED and not hit.ending.derived]
        self._places = {hit.end: hit for hit in named}
        self._bound = scanner.words("bound_heads")
        self._not_names = scanner.words("not_names")
        self._titles = Ranges(
            (hit.start, hit.end) for hit in hits if hit.name.label == "" and hit.kind not in LABELS
        )
        self._hits = hits

    def find(self) -> list[Compound]:
        """Find every head with enough before it to make a name."""
        found = []
        for head in self._hits:
            label, kind = LABELS.get(head.kind, ("", ""))
            if not label or not self._is_head(head, label):
                continue
            if self._cased:
                start = self._capitals(head, label)
            else:
                start = self._bound_words(head) if head.name.folded in self._bound else self._place(head)
            if start is not None:
                found.append(Compound(start, head.stem_end, head.end, label, kind, head))
        return found

    def _is_head(self, head: Hit, label: str) -> bool:
        """An English head needs its capital where the data has one."""
        return not head.name.capital or self._text[head.start].isupper() or label == "ORG"

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
        if not word or not self._plain(start, word):
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

    def _capitals(self, head: Hit, label: str) -> int | None:
        """Walk back over capitalised words, and small words between them."""
        start = best = head.start
        capitals = 0
        for _ in range(WORDS[label]):
            edge = start - 1
            if edge < 1 or self._text[edge] not in " \u00a0" or self._text[edge - 1] in ",;:.":
                break
            word = self._word_before(edge)
            start = edge - len(word)
            if not word or self._persons.touch(start, edge) or self._titles.cover(start):
                break
            place = self._places.get(edge)
            if place and label != "ORG" and (place.case != "nominative" or (label == "LOC" and capitals)):
                break
            folded = self._fold(word)
            if word[0].isupper() and not self._opens(start, word):
                best, capitals = start, capitals + 1
            elif folded not in self._connectors and folded not in self._adjectives:
                break
        needed = 1 if self._text[head.start].isupper() or head.kind != "organisation_heads" else 2
        return best if capitals >= needed else None

    def _opens(self, start: int, word: str) -> bool:
        """Tell whether a short word has its capital only from the beginning of a sentence."""
        before = self._text[max(0, start - 3) : start].rstrip()[-1:]
        return len(word) < 4 and not word.isupper() and before in ("", ".", "!", "?")

    def _word_before(self, end: int) -> str:
        start = end
        while (
            start > 0
            and end - start < 40
            and (self._view[start - 1] != " " or self._text[start - 1] in "-'’")
        ):
            start -= 1
        return self._text[start:end]
