"""A date in EDTF told in words, so that who types it sees what it means."""

from __future__ import annotations

import calendar
import re

from dragoman.dates import edtf

WITHOUT_YEAR = re.compile(r"XXXX-(?P<month>\d\d)(?:-(?P<day>\d\d))?\Z")


def in_words(value: str) -> str:
    """Say in words what an EDTF value means; raises ValueError if it is none."""
    first, last, precision = edtf.bounds(value)
    return _span(edtf.plain(value), first, last, precision) + _doubt(value)


def _span(value: str, first: str | None, last: str | None, precision: str | None) -> str:
    if found := WITHOUT_YEAR.match(value):
        month = calendar.month_name[int(found["month"])] if int(found["month"]) <= 12 else f"part {found['month']}"
        return f"{int(found['day'])} {month}, year unknown" if found["day"] else f"{month}, year unknown"
    if first is None and last is None:
        return "no date"
    if last is None:
        return f"from {_day(str(first))} on, end open"
    if first is None:
        return f"until {_day(last)}, beginning open"
    if precision == "day":
        return _day(first)
    if precision == "month":
        return f"{_day(first).split(' ', 1)[1]}, day unknown"
    if precision == "year":
        return f"{_year(first)}, day unknown"
    if precision == "range":
        return f"from {_day(first)} until {_day(last)}"
    return f"some time between {_day(first)} and {_day(last)}"


def _day(iso: str) -> str:
    year, month, day = iso.rsplit("-", 2)
    return f"{int(day)} {calendar.month_name[int(month)]} {_year(year)}"


def _year(iso: str) -> str:
    if iso.startswith("-"):
        return f"{int(iso[1:].split('-')[0]) + 1} BCE"  # astronomical years count from a year 0
    return str(int(iso.split("-")[0]))


def _doubt(value: str) -> str:
    about, doubtful = "~" in value or "%" in value, "?" in value or "%" in value
    return (", approximately" if about else "") + (", uncertain" if doubtful else "")
