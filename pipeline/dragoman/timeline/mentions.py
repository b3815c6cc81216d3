"""A row of `events` as the timeline sees it: the slots that tell one happening from another."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from dragoman.cells import split
from dragoman.intervals import Interval
from dragoman.rows import Row
from dragoman.tables import EVENTS
from dragoman.timeline.naming import Name, person, place

DAY, MONTH, YEAR, LONG = "day", "month", "year", "long"
LONGEST = ((7, DAY), (92, MONTH), (366, YEAR))
TAKEN_UP = frozenset({"visit", "meeting"})
QUALIFIERS = str.maketrans("", "", "?~%")

READ = (
    "type", "participants", "date", "date_start", "date_end", "date_basis", "language", "subtype", "source",
    "target", "actors", "persons", "organisations", "place", "instruments", "subjects",
    "count_min", "count_max", "confidence", "modality", "polarity", "event_id", "doc_id", "sentence_start",
)  # fmt: skip
READ_AT = tuple(EVENTS.names.index(name) for name in READ)

Sides = frozenset[str]


@dataclass(frozen=True, slots=True)
class Slots:
    """What two mentions are compared by."""

    subtype: str | None
    source: Sides
    target: Sides
    actors: Sides
    persons: frozenset[Name]
    organisations: Sides
    place: Name | None
    instruments: Sides
    subjects: Sides
    count: tuple[int | None, int | None]
    language: str

    @property
    def filled(self) -> int:
        """How many slots say something."""
        sides = (self.source, self.target, self.actors, self.persons, self.organisations)
        rest = (self.instruments, self.subjects, self.place, self.subtype, self.count != (None, None))
        return sum(map(bool, (*sides, *rest)))


@dataclass(frozen=True, slots=True)
class Source:
    """Where a mention stands."""

    event_id: str
    doc_id: str
    sentence_start: int


@dataclass(slots=True)
class Mention:
    """One mention, or several that are word for word the same sentence with the same slots."""

    type: str
    participants: Sides
    date: str | None
    date_start: str | None
    date_end: str | None
    basis: str
    interval: Interval | None
    slots: Slots
    persons: frozenset[str]
    confidence: float
    modality: str
    polarity: str
    sources: list[Source] = field(default_factory=list)

    @property
    def refers_back(self) -> bool:
        """Tell whether it only takes up what was told before ("during the visit", "after the meeting")."""
        slots = self.slots
        telling = (slots.persons, slots.organisations, slots.actors, slots.subjects, slots.instruments)
        return self.basis == "inherited" and self.type in TAKEN_UP and not any(telling)

    @property
    def grain(self) -> str:
        """How exactly the date is known: day (up to a week), month (up to a season), year or long."""
        days = self.interval.days if self.interval else float("inf")
        return next((grain for longest, grain in LONGEST if days <= longest), LONG)


def plain_date(edtf: str | None) -> str:
    """Return a date without its marks of doubt."""
    return (edtf or "").translate(QUALIFIERS)


def read(row: Row) -> Mention:
    """Read a row of `events`."""
    cells: list[Any] = [row[index] for index in READ_AT]
    event = dict(zip(READ, cells, strict=True))
    language = event["language"]
    names = split(event["persons"])
    return Mention(
        type=event["type"],
        participants=_sides(event["participants"]),
        date=event["date"],
        date_start=event["date_start"],
        date_end=event["date_end"],
        basis=event["date_basis"],
        interval=Interval.between(event["date_start"], event["date_end"]),
        slots=Slots(
            subtype=event["subtype"],
            source=_sides(event["source"]),
            target=_sides(event["target"]),
            actors=_sides(event["actors"]),
            persons=frozenset(person(name, language=language) for name in names),
            organisations=_sides(event["organisations"]),
            place=place(event["place"], language=language) if event["place"] else None,
            instruments=_sides(event["instruments"]),
            subjects=_sides(event["subjects"]),
            count=(event["count_min"], event["count_max"]),
            language=language,
        ),
        persons=frozenset(names),
        confidence=1.0 if event["confidence"] is None else event["confidence"],
        modality=event["modality"],
        polarity=event["polarity"],
        sources=[Source(event["event_id"], event["doc_id"], event["sentence_start"])],
    )


@lru_cache(maxsize=4096)
def _sides(cell: str | None) -> Sides:
    return frozenset(split(cell))
