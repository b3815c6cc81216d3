"""The columns of the World Treaty Index, one line per instrument and pair of parties (dyad-treaty form)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from dragoman.codes import StateCode, state_code, treaty_topics
from dragoman.exports.happenings import DOUBT, FULL_DAY, ONE_SIDE, Happenings

WTI = ("treaty_id", "signed", "force", "party1", "party2", "laterality", "topic", "topic1", "topic2", "title")
OURS = (
    "party1_name", "party2_name", "party1_cow", "party2_cow", "kind", "subjects", "signed_edtf",
    "ratified_edtf", "force_edtf", "terminated_edtf", "count_min", "count_max", "place", "doc_id",
    "event_id", "timeline_id",
)  # fmt: skip
COLUMNS = WTI + OURS
BILATERAL, MULTILATERAL = "Bilateral", "Multilateral"


def lines(happenings: Happenings) -> Iterator[Mapping[str, str | None]]:
    """Yield a line per pair of parties; parties by ISO alpha-3, organisations by acronym.

    A treaty told by several articles has a line for each; `timeline_id` tells which are one signing.
    """
    told = {event_id: each.id for each in happenings.all for event_id in each.event_ids}
    for treaty in happenings.treaties:
        pairs = list(combinations(sorted(treaty["parties"]), 2))
        if not pairs:
            happenings.left_out[ONE_SIDE] += 1
        for party1, party2 in pairs:
            laterality = BILATERAL if len(pairs) == 1 else MULTILATERAL
            line = _line(treaty, party1, party2, laterality=laterality)
            yield {**line, "timeline_id": told.get(treaty["event_id"])}


def _line(treaty: Mapping[str, Any], party1: str, party2: str, *, laterality: str) -> dict[str, str | None]:
    year = _year(treaty["signed"])
    one, other = _party(party1, year), _party(party2, year)
    topics = _topics(treaty["subjects"])
    return {
        "treaty_id": treaty["treaty_id"],
        "signed": _day(treaty["signed"]),
        "force": _day(treaty["in_force"]),
        "party1": party1,
        "party2": party2,
        "laterality": laterality,
        "topic": topics[0] if topics else None,
        "topic1": topics[0] if topics else None,
        "topic2": topics[1] if len(topics) > 1 else None,
        "title": treaty["title"],
        "party1_name": one.name,
        "party2_name": other.name,
        "party1_cow": one.cow_number,
        "party2_cow": other.cow_number,
        "kind": treaty["kind"],
        "subjects": ";".join(treaty["subjects"]),
        "signed_edtf": treaty["signed"],
        "ratified_edtf": treaty["ratified"],
        "force_edtf": treaty["in_force"],
        "terminated_edtf": treaty["terminated"],
        "count_min": _number(treaty["count_min"]),
        "count_max": _number(treaty["count_max"]),
        "place": treaty["place"],
        "doc_id": treaty["doc_id"],
        "event_id": treaty["event_id"],
    }


def _party(code: str, year: int | None) -> StateCode:
    return state_code(code, year=year) or StateCode(code, code)


def _topics(subjects: list[str]) -> list[str]:
    known = treaty_topics()
    return [known[subject] for subject in subjects if subject in known]


def _day(edtf: str | None) -> str | None:
    """Return a date that is one day, None for anything less exact."""
    plain = (edtf or "").translate(DOUBT)
    return plain if FULL_DAY.fullmatch(plain) else None


def _year(edtf: str | None) -> int | None:
    year = (edtf or "").translate(DOUBT)[:4]
    return int(year) if year.isdecimal() and len(year) == 4 else None


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)
