"""The happenings of a run, each once: rows of the timeline with their mentions' sides, places and codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import permutations, product
from pathlib import Path
from typing import Any

from dragoman.codes import StateCode, state_code
from dragoman.ontology import load_ontology
from dragoman.results import read
from dragoman.timeline.naming import person, place

NEEDED = (
    "event_id", "doc_id", "language", "source", "target", "organisations", "place", "persons", "modality",
    "polarity", "aspect", "cameo", "plover", "subtype",
)  # fmt: skip
FULL_DAY = re.compile(r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}", re.ASCII)
DOUBT = str.maketrans("", "", "?~%")
NO_DIRECTION, ONE_SIDE, NO_CODE = "direction unknown", "one side only", "no code"


@dataclass(frozen=True, slots=True)
class Happening:
    """One row of the timeline. `persons` and `place` are in English where `models/` knows them."""

    id: str
    type: str
    date: str | None
    date_start: str | None
    date_end: str | None
    participants: tuple[str, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    persons: tuple[str, ...]
    organisations: tuple[str, ...]
    place: str | None
    modality: str
    polarity: str
    cameo: str | None
    plover: str | None
    documents: tuple[str, ...]
    languages: tuple[str, ...]
    event_ids: tuple[str, ...]

    @property
    def days(self) -> tuple[str, str] | None:
        """Return the first and last day where the text gives both, else None."""
        parts = (self.date or "").translate(DOUBT).split("/")
        if len(parts) > 2 or not all(FULL_DAY.fullmatch(part) for part in parts):
            return None
        return parts[0], parts[-1]

    @property
    def day(self) -> str | None:
        """Return the day where the text gives one; of several days, the first."""
        return self.days[0] if self.days else None

    @property
    def year(self) -> int | None:
        """Return the year that the date lies in, None if it spans several or is not known."""
        years = {iso.rsplit("-", 2)[0] for iso in (self.date_start, self.date_end) if iso}
        return int(years.pop()) if len(years) == 1 and self.date_start and self.date_end else None


@dataclass(slots=True)
class Happenings:
    """What a run knows; profiles count in `left_out` what does not fit their columns."""

    all: list[Happening]
    treaties: list[dict[str, Any]]
    version: str
    left_out: Counter[str] = field(default_factory=Counter)

    def dyads(self, happening: Happening) -> Iterator[tuple[str, str]]:
        """Yield the pairs of acting side and side acted upon; both ways round for a mutual type."""
        event_type = load_ontology().get(happening.type)
        if event_type is not None and event_type.direction == "mutual":
            pairs = list(permutations(happening.participants, 2))
        else:
            source = happening.source
            target = happening.target or tuple(set(happening.participants) - set(source))
            pairs = [(one, other) for one, other in product(source, target) if one != other]
        if not pairs:
            self.left_out[ONE_SIDE if len(happening.participants) < 2 else NO_DIRECTION] += 1
        yield from sorted(pairs)


def load(run_folder: Path | str) -> Happenings:
    """Read a finished run; holds its events in memory, without their sentences.

    Raises UsageError for a folder that is no run.
    """
    import pyarrow.parquet as pq

    run = read(run_folder)
    rows = pq.read_table(run.folder / "events.parquet", columns=list(NEEDED)).to_pylist()
    events = {row["event_id"]: row for row in rows}
    timeline = pq.read_table(run.folder / "timeline.parquet").to_pylist()
    treaties = pq.read_table(run.folder / "treaties.parquet").to_pylist()
    found = [_happening(row, [events[event_id] for event_id in row["event_ids"]]) for row in timeline]
    return Happenings(found, treaties, str(run.info.get("dragoman", "")))


def _happening(row: dict[str, Any], mentions: list[dict[str, Any]]) -> Happening:
    return Happening(
        id=row["timeline_id"],
        type=row["type"],
        date=row["date"],
        date_start=row["date_start"],
        date_end=row["date_end"],
        participants=tuple(row["participants"]),
        source=_first(mention["source"] for mention in mentions),
        target=_first(mention["target"] for mention in mentions),
        persons=_distinct(_person(name, mention) for mention in mentions for name in mention["persons"]),
        organisations=_distinct(name for mention in mentions for name in mention["organisations"]),
        place=next((_place(mention) for mention in mentions if mention["place"]), None),
        modality=row["modality"],
        polarity=row["polarity"],
        cameo=mentions[0]["cameo"],
        plover=mentions[0]["plover"],
        documents=_distinct(mention["doc_id"] for mention in mentions),
        languages=tuple(row["languages"]),
        event_ids=tuple(row["event_ids"]),
    )


def _first(sides: Iterable[list[str]]) -> tuple[str, ...]:
    return next((tuple(side) for side in sides if side), ())


def _distinct(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(items)))


def _person(name: str, mention: dict[str, Any]) -> str:
    return person(name, language=mention["language"]).key or name


def _place(mention: dict[str, Any]) -> str:
    key = place(mention["place"], language=mention["language"]).key
    # A key that two places share ends with its state: "Ganja, AZE".
    return key.split(",")[0] if key else str(mention["place"])


def state(iso3: str, happening: Happening) -> StateCode:
    """Return a state's codes in the year of a happening."""
    return state_code(iso3, year=happening.year) or StateCode(iso3, iso3)
