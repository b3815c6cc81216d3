"""What a person wrote into a cell: understood, or refused with a reason; and whether it differs from what stood there.

A spreadsheet changes cells by itself: a month becomes its first day, a day is written the country's way, a number
gets a point, an apostrophe goes. None of that is a correction.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dragoman.cells import joined, split, unguarded
from dragoman.codes import state_code
from dragoman.dates import edtf
from dragoman.ontology import load_ontology
from dragoman.tables import EVENTS, INTEGER, LIST, MODALITIES

CODES = ("participants", "source", "target")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "modality": MODALITIES,
    "polarity": ("positive", "negated"),
    "aspect": ("single", "habitual"),
}
SLOTS = (
    "type", "date", "participants", "source", "target", "actors", "persons", "organisations", "place", "instruments",
    "subjects", "count_min", "count_max", "modality", "polarity", "aspect",
)  # fmt: skip
"""The columns in which a changed cell is a correction."""
KINDS = {column.name: column.kind for column in EVENTS.columns}

BETWEEN_CODES = re.compile(r"[;,/|\s]+")
CLOCK = re.compile(r"[ T]0?0:00(?::00(?:\.0+)?)?\Z")
DOTTED = re.compile(r"(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})\Z")
SHORT_MONTH = re.compile(r"(?P<month>[^\W\d_]{3})[- ](?P<year>\d{2}|\d{4})\Z")
WHOLE = re.compile(r"-?\d+(?:\.0+)?\Z")
YEAR_AS_NUMBER = re.compile(r"(?<=\A\d{4})\.0+\Z")
SERIAL = re.compile(r"\d{4,6}(?:\.0+)?\Z")
FIRST_SERIAL = date(1899, 12, 30)


class CellError(ValueError):
    """A cell that cannot be understood; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a cell; `changed` where it differs from what the program gave."""

    value: Any
    changed: bool


def read_cell(column: str, cell: str, before: Any) -> Reading:
    """Read one cell of an edited table; `before` is the value in the Parquet file. Raises CellError."""
    cell = cell.strip()
    if _plain(column, before) in (cell, unguarded(cell)):
        return Reading(before, False)
    cell = unguarded(cell)
    if not cell:
        empty: Any = [] if KINDS[column] == LIST else None
        return Reading(empty, bool(before))
    value = _reader(column)(cell, before)
    if KINDS[column] == LIST:
        return Reading(value, sorted(value) != sorted(before or []))
    return Reading(value, value != before)


def _plain(column: str, value: Any) -> str:
    """Write a value as the CSV file has it."""
    if value is None:
        return ""
    return (joined(value) or "") if KINDS[column] == LIST else str(value)


def _reader(column: str) -> Callable[[str, Any], Any]:
    if column == "date":
        return read_date
    if column in CODES:
        return lambda cell, before: _codes(cell)
    if column == "type":
        return lambda cell, before: _chosen(cell, tuple(load_ontology()))
    if column in CHOICES:
        return lambda cell, before: _chosen(cell, CHOICES[column])
    if KINDS[column] == INTEGER:
        return lambda cell, before: _whole(cell)
    if KINDS[column] == LIST:
        return lambda cell, before: [item.strip() for item in split(cell) if item.strip()]
    return lambda cell, before: cell


def _chosen(cell: str, choices: tuple[str, ...]) -> str:
    wanted = re.sub(r"[\s-]+", "_", cell.casefold())
    if wanted not in choices:
        raise CellError(f"write one of {', '.join(choices)}")
    return wanted


def _codes(cell: str) -> list[str]:
    codes = [code.upper() for code in BETWEEN_CODES.split(cell) if code]
    unknown = [code for code in codes if state_code(code) is None]
    if unknown:
        raise CellError(f"{', '.join(unknown)} is no code of a state; write ISO 3166 alpha-3 codes joined by ;")
    return sorted(set(codes))


def _whole(cell: str) -> int:
    if not WHOLE.match(cell):
        raise CellError("write a whole number")
    return int(float(cell))


def read_date(cell: str, before: str | None) -> str:
    """Read a date as EDTF, or as a spreadsheet writes it; what it made of the date that stood there is that date."""
    bare = CLOCK.sub("", cell).strip()
    made_by_sheet = bare != cell
    if not made_by_sheet:
        compact = YEAR_AS_NUMBER.sub("", bare.replace(" ", ""))
        if _is_edtf(compact) and not (SERIAL.match(compact) and before and _of_serial(compact) == before):
            return compact
    readings = _sheet_readings(bare)
    for value in readings:
        if before and (value == before or (value.endswith("-01") and value[:7] == before)):
            return before
    if len(set(readings)) == 1:
        return readings[0]
    if readings:
        raise CellError(f"day and month cannot be told apart; write {before or 'it'} as YYYY-MM-DD")
    raise CellError("not understood as a date; write YYYY, YYYY-MM, YYYY-MM-DD or another EDTF value")


def _is_edtf(value: str) -> bool:
    try:
        edtf.bounds(value)
    except ValueError:
        return False
    return True


def _sheet_readings(cell: str) -> list[str]:
    """List what a spreadsheet may have meant by a date."""
    if found := DOTTED.match(cell):
        day, month, year = int(found["first"]), int(found["second"]), int(found["year"])
        pairs = [(month, day)] if found["mark"] == "." else [(month, day), (day, month)]
        values = [f"{year:04d}-{m:02d}-{d:02d}" for m, d in pairs]
        return [value for value in dict.fromkeys(values) if _is_edtf(value)]
    if found := SHORT_MONTH.match(cell):
        names = [name.casefold() for name in calendar.month_abbr]
        if found["month"].casefold() not in names:
            return []
        number = names.index(found["month"].casefold())
        years = [found["year"]] if len(found["year"]) == 4 else [f"{c:02d}{found['year']}" for c in range(14, 21)]
        return [f"{year}-{number:02d}" for year in years]
    if SERIAL.match(cell):
        return [_of_serial(cell)]
    return [cell] if _is_edtf(cell) else []


def _of_serial(cell: str) -> str:
    """Turn a spreadsheet's count of days into a day."""
    return (FIRST_SERIAL + timedelta(days=int(float(cell)))).isoformat()
