"""The columns of COLT (Country and Organizational Leader Travel), one line per visit that was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dragoman.exports.happenings import Happenings, state

COLT = (
    "TripID", "LeaderCountryOrIGO", "LeaderCountryISO", "LeaderFullName", "CountryVisited",
    "CountryVisitedISO", "CityVisited", "TripYear", "TripStartDate", "TripEndDate",
)  # fmt: skip
OURS = (
    "leader_cow", "visited_cow", "edtf", "date_start", "date_end", "persons", "languages", "documents",
    "event_ids",
)  # fmt: skip
COLUMNS = COLT + OURS
NOT_MADE = "not made"


def lines(happenings: Happenings) -> Iterator[Mapping[str, str | None]]:
    """Yield a line per visitor's state and state visited.

    The leader's name is given where the texts name one person only; COLT holds heads of state and government,
    our visits any person or delegation.
    """
    for happening in happenings.all:
        if happening.type != "visit":
            continue
        if happening.modality != "actual" or happening.polarity != "positive":
            happenings.left_out[NOT_MADE] += 1
            continue
        first, last = happening.days or (None, None)
        for source, target in happenings.dyads(happening):
            home, visited = state(source, happening), state(target, happening)
            yield {
                "TripID": happening.id,
                "LeaderCountryOrIGO": home.name,
                "LeaderCountryISO": source,
                "LeaderFullName": happening.persons[0] if len(happening.persons) == 1 else None,
                "CountryVisited": visited.name,
                "CountryVisitedISO": target,
                "CityVisited": happening.place,
                "TripYear": None if happening.year is None else str(happening.year),
                "TripStartDate": first,
                "TripEndDate": last,
                "leader_cow": home.cow_number,
                "visited_cow": visited.cow_number,
                "edtf": happening.date,
                "date_start": happening.date_start,
                "date_end": happening.date_end,
                "persons": ";".join(happening.persons),
                "languages": ";".join(happening.languages),
                "documents": ";".join(happening.documents),
                "event_ids": ";".join(happening.event_ids),
            }
