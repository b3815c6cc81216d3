"""Whose office or institution: the states and seats written right before a word, or linked behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.names.scan import Hit, Scanner

PLACES = frozenset({"state", "nationality", "capital", "city", "region"})
OWNERS = 3  # states and seats at most before a word
BLANKS = " \u00a0"


@dataclass(frozen=True, slots=True)
class Behind:
    """What is linked behind a word: where it ends and whose state it names."""

    end: int
    hits: tuple[Hit, ...]

    @property
    def country(self) -> str | None:
        return self.hits[0].name.country if self.hits else None


class Neighbours:
    """The places of one text, looked up by where they start and end."""

    def __init__(self, scanner: Scanner, text: str, view: str, hits: Sequence[Hit]) -> None:
        self._text = text
        self._view = view
        self._gaps = scanner.words("title_gap")
        self._articles = scanner.words("articles")
        self._of = scanner.phrases("head_of")
        self._in = scanner.phrases("head_in")
        self._ending: dict[int, Hit] = {}
        self._starting: dict[int, Hit] = {}
        for hit in hits:
            if hit.kind in PLACES:
                if hit.end not in self._ending or hit.start < self._ending[hit.end].start:
                    self._ending[hit.end] = hit
                if hit.start not in self._starting or hit.end > self._starting[hit.start].end:
                    self._starting[hit.start] = hit

    def before(self, start: int, *, gaps: bool = False) -> list[Hit]:
        """Collect the places written directly before an offset, the leftmost first.

        With `gaps` a word such as "former" may stand between.
        """
        chain: list[Hit] = []
        skipped = not gaps
        while len(chain) < OWNERS:
            edge = self._back(start)
            hit = self._ending.get(edge)
            if hit is None and not skipped and edge < start:
                word = self._word_before(edge)
                skipped = True
                if word in self._gaps:
                    start = edge - len(word)
                    continue
            if hit is None or edge == start or hit.ending.derived:
                break
            if hit.case not in ("nominative", "genitive", "locative"):
                break
            chain.insert(0, hit)
            start = hit.start
        return chain

    def behind(self, end: int, *, seat: bool = True) -> Behind:
        """Collect the places linked behind an offset: of X and, unless `seat` is false, in Y."""
        links = self._of + self._in if seat else self._of
        chain: list[Hit] = []
        while len(chain) < 2:
            hit = next((found for link in links if (found := self._linked(end, link))), None)
            if hit is None:
                break
            chain.append(hit)
            end = hit.end
        return Behind(end, tuple(chain))

    def owner_of(self, hit: Hit) -> str | None:
        """Name the state that an office or institution belongs to, not the one where it sits."""
        owner = choose_owner(self.before(hit.start, gaps=True))
        if owner is not None:
            return owner.name.country
        if hit.end != hit.stem_end:
            return None
        linked = next((found for link in self._of if (found := self._linked(hit.end, link))), None)
        return linked.name.country if linked else None

    def apposition(self, hit: Hit) -> int | None:
        """Return where a name ends that the office explains: Name, president of X."""
        chain = self.before(hit.start, gaps=True)
        start = chain[0].start if chain else hit.start
        if not chain and not self.behind(hit.end).hits:
            return None
        edge = self._back(start)
        word = self._word_before(edge)
        if word in self._articles:
            edge = self._back(edge - len(word))
        return edge - 1 if edge > 1 and self._text[edge - 1] == "," else None

    def word_before(self, start: int) -> str:
        """Return the folded word directly before an offset."""
        return self._word_before(self._back(start))

    def _linked(self, end: int, link: str) -> Hit | None:
        start = end + len(link) + 2
        if self._view[end:start] != f" {link} " or "\n" in self._text[end:start]:
            return None
        return self._starting.get(start) if self._text[end] in BLANKS else None

    def _back(self, position: int) -> int:
        """Step back over one or two blanks."""
        for _ in range(2):
            if position > 0 and self._text[position - 1] in BLANKS:
                position -= 1
        return position

    def _word_before(self, end: int) -> str:
        start = end
        while start > 0 and end - start < 20 and self._view[start - 1] != " ":
            start -= 1
        return self._view[start:end]


def choose_owner(places: Sequence[Hit]) -> Hit | None:
    """Choose the owner among places in a row: a state that is not marked as the place where something is."""
    states = [hit for hit in places if hit.case != "locative" and hit.kind in ("state", "nationality")]
    rest = [hit for hit in places if hit.case != "locative"]
    chosen = states or rest
    return chosen[0] if chosen else None
