"""How the events of a run stand now: as the program read them, as people corrected them, and those they added."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from hashlib import sha1

from dragoman.learning.corrections import Correction
from dragoman.learning.edits import KEPT
from dragoman.listing import Row
from dragoman.review.journal import Journal, Place
from dragoman.review.material import AROUND, BLANK, Material
from dragoman.sentences import split


class Standing:
    """The events by id, added ones among them, with the last word on each."""

    def __init__(self, material: Material, journal: Journal) -> None:
        self.material = material
        self.journal = journal
        self.added: dict[str, Row] = {}
        self.rows: Mapping[str, Row] = ChainMap(self.added, material.events, material.bare)
        self._places = {key: self.correction(event, "right", at=None).place for key, event in material.events.items()}
        self._ids = {place: event_id for event_id, place in self._places.items()}
        self._doc_ids = {row["sha256"]: doc_id for doc_id, row in material.articles.items()}
        self._blanks: dict[tuple[str, int, int], Row | None] = {}
        self._gather()

    def refresh(self) -> None:
        """See what others wrote into the folder of corrections."""
        if self.journal.refresh():
            self._gather()

    def write(self, words: list[Correction]) -> None:
        """Put some words on disk."""
        self.journal.write(words)
        self._gather()

    def _gather(self) -> None:
        """Take up the events that people added to the articles of this run."""
        for event_id in list(self.added):
            del self.added[event_id], self._ids[self._places.pop(event_id)]
        for word in self.journal.missing():
            doc_id = self._doc_ids.get(word.sha256)
            row = None if doc_id is None else self.blank(doc_id, word.start, word.end)
            if row is not None:
                event_id = added_id(word.place)
                self.added[event_id] = {**row, **word.values, "event_id": event_id}
                self._places[event_id] = word.place
                self._ids[word.place] = event_id

    def word(self, event_id: str) -> Correction | None:
        """Return the last word on an event."""
        place = self._places.get(event_id)
        return None if place is None else self.journal.said(place)

    def own(self, event_id: str) -> Correction | None:
        """Return one's own last word on an event."""
        place = self._places.get(event_id)
        return None if place is None else self.journal.own(place)

    def judged(self, event_id: str) -> bool:
        return self.word(event_id) is not None

    def at(self, place: Place) -> str | None:
        """Return the id of the event at a place."""
        return self._ids.get(place)

    def now(self, event_id: str) -> Row:
        """Return an event as the last word has it."""
        word = self.word(event_id)
        return {**self.rows[event_id], **(word.values if word and word.verdict == "fixed" else {})}

    def article(self, row: Row) -> Row:
        return self.material.articles[row["doc_id"]]

    def progress(self) -> dict[str, int]:
        """Count the events by verdict."""
        counts = {"events": len(self.material.events), "right": 0, "wrong": 0, "fixed": 0, "missing": 0}
        for place in self._places.values():
            word = self.journal.said(place)
            if word is not None:
                counts[word.verdict] += 1
        return counts

    def correction(self, row: Row, verdict: str, *, at: str | None) -> Correction:
        """Make a word on an event; one that a person adds has no row of the program's."""
        return Correction(
            doc_id=row["doc_id"],
            sha256=self.article(row)["sha256"],
            verdict=verdict,
            start=row["start"],
            end=row["end"],
            evidence=row["evidence"],
            language=row["language"],
            event_id=row["event_id"],
            row={} if verdict == "missing" else {key: row[key] for key in KEPT if row[key] not in (None, [])},
            by=self.journal.by,
            at=at,
        )

    def blank(self, doc_id: str, start: int | None, end: int | None) -> Row | None:
        """Make a row of which only the place is known; None where that is no place in the text."""
        if doc_id not in self.material.articles or start is None or end is None or not 0 <= start < end:
            return None
        if (doc_id, start, end) not in self._blanks:
            self._blanks[doc_id, start, end] = self._placed(doc_id, start, end)
        return self._blanks[doc_id, start, end]

    def _placed(self, doc_id: str, start: int, end: int) -> Row | None:
        stretch = self.material.stretch(doc_id, start, end, around=AROUND)
        if not stretch.start <= start < end <= stretch.end:
            return None
        language = self.material.language(doc_id, start)
        first, last = 0, len(stretch.text)
        for sentence in split(stretch.text, language=language):
            if sentence.start <= start - stretch.start and end - stretch.start <= sentence.end:
                first, last = sentence.start, sentence.end
        return {
            **BLANK,
            "doc_id": doc_id,
            "language": language,
            "start": start,
            "end": end,
            "trigger": stretch.text[start - stretch.start : end - stretch.start],
            "sentence_start": stretch.start + first,
            "sentence_end": stretch.start + last,
            "evidence": stretch.text[first:last],
        }


def added_id(place: Place) -> str:
    """Name an added event by its place."""
    return "added-" + sha1("\n".join(place).encode("utf-8", "surrogatepass")).hexdigest()[:16]
