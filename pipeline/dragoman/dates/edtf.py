"""EDTF (ISO 8601-2) values: first and last day, precision, and the steps from one to the next.

Only what the rules produce is read: dates of any precision with X for unknown digits, seasons 21-24,
quarters 33-36, half-years 40-41, years before the common era, intervals, and the marks ? ~ %.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

SIMPLE = re.compile(r"(?P<year>-?[0-9X]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?\Z")
MARKS = re.compile("[?~%]")
SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
QUARTERS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}
Bounds = tuple[str | None, str | None, str | None]


def plain(value: str) -> str:
    """Take the marks of doubt off a value."""
    return MARKS.sub("", value)


@lru_cache(maxsize=1 << 14)
def bounds(value: str) -> Bounds:
    """Return first day, last day (ISO 8601, None where open) and precision; raises ValueError on no date."""
    value = plain(value)
    if "/" in value:
        left, right = value.split("/")
        first = None if left in ("", "..") else bounds(left)[0]
        last = None if right in ("", "..") else bounds(right)[1]
        if first and last and not first.startswith("-") and last < first:
            raise ValueError(f"{value} ends before it begins")
        return first, last, "range"
    found = SIMPLE.match(value)
    if not found:
        raise ValueError(f"{value} is no EDTF date that is known here")
    year, month, day = found["year"], found["month"], found["day"]
    if month is None:
        return year_bounds(year)
    return month_bounds(year, int(month), int(day) if day else None)


def year_bounds(year: str) -> Bounds:
    if year.endswith("XXXX"):
        return None, None, "year"
    precision = {0: "year", 1: "decade", 2: "century"}.get(year.count("X"))
    if precision is None:
        raise ValueError(f"{year} leaves the century open")
    low, high = year.replace("X", "0"), year.replace("X", "9")
    if year.startswith("-"):
        low, high = high, low
    return f"{low}-01-01", f"{high}-12-31", precision


def month_bounds(year: str, month: int, day: int | None) -> Bounds:
    number = 2000 if "X" in year else int(year)
    known = "X" not in year
    if month in SEASONS or month in QUARTERS:
        start, end = {**SEASONS, **QUARTERS}[month]
        end_year = number + (end > 12)
        end = end - 12 if end > 12 else end
        last = calendar.monthrange(leap_like(end_year), end)[1]
        span = f"{year}-{start:02d}-01", f"{end_year:04d}-{end:02d}-{last:02d}"
        return (*span, "season") if known else (None, None, "season")
    if not 1 <= month <= 12:
        raise ValueError(f"{year}-{month:02d} is no month")
    last = calendar.monthrange(leap_like(number), month)[1]
    if day is None:
        span = f"{year}-{month:02d}-01", f"{year}-{month:02d}-{last:02d}"
        return (*span, "month") if known else (None, None, "month")
    if not 1 <= day <= last:
        raise ValueError(f"{year}-{month:02d}-{day:02d} is no day")
    text = f"{year}-{month:02d}-{day:02d}"
    return (text, text, "day") if known else (None, None, "day")


def leap_like(year: int) -> int:
    """Return a year that datetime knows and that is as long (astronomical years repeat every 400)."""
    return (year - 1) % 400 + 1 if not 1 <= year <= 9999 else year


def year_of(value: str, *, last: bool = False) -> int | None:
    """Return the year that a value lies in (the last one of an interval when `last`), None if open."""
    part = plain(value).split("/")[-1 if last else 0]
    found = SIMPLE.match(part)
    if not found or "X" in found["year"]:
        return None
    winter = last and found["month"] == "24"
    return int(found["year"]) + winter


def parts(value: str) -> tuple[int | None, int | None, int | None]:
    """Return year, month and day of a simple date, None where unknown."""
    found = SIMPLE.match(plain(value))
    if not found:
        return None, None, None
    year = None if "X" in found["year"] else int(found["year"])
    month = int(found["month"]) if found["month"] and int(found["month"]) <= 12 else None
    return year, month, int(found["day"]) if month and found["day"] else None


def written(year: int | None, month: int | None = None, day: int | None = None) -> str:
    """Write a date as EDTF; an unknown year is XXXX."""
    text = "XXXX" if year is None else f"{year:05d}" if year < 0 else f"{year:04d}"
    return text + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")


def moved(value: str, amount: int, unit: str) -> str | None:
    """Return the day, week, month, ... that lies so many units from a date; None if it is too vague for that."""
    value = plain(value)
    if "/" in value:
        ends = value.split("/")
        value = ends[1] if amount > 0 and ends[1] not in ("", "..") else ends[0]
    year, month, day = parts(value)
    if unit in ("day", "week"):
        return moved_days(year, month, day, amount, unit)
    if unit in ("month", "quarter", "half"):
        return moved_months(year, month, amount, unit, value)
    return moved_years(year, amount, unit, value)


def moved_days(year: int | None, month: int | None, day: int | None, amount: int, unit: str) -> str | None:
    if month is None or day is None or (year is not None and not 1 <= year <= 9998):
        return None
    try:
        start = date(year or 2001, month, day)
        if unit == "week":
            monday = start + timedelta(days=7 * amount - start.weekday())
            sunday = monday + timedelta(days=6)
            return f"{monday}/{sunday}" if year else None
        there = start + timedelta(days=amount)
    except (ValueError, OverflowError):
        return None
    if year is None:
        return written(None, there.month, there.day) if there.year == 2001 else None
    return there.isoformat()


def moved_months(year: int | None, month: int | None, amount: int, unit: str, value: str) -> str | None:
    if month is None:
        return None
    size = {"month": 1, "quarter": 3, "half": 6}[unit]
    count = ((year or 0) * 12 + month - 1) // size + amount
    if unit == "month":
        if year is None:
            return written(None, count + 1) if 0 <= count < 12 else None
        return written(count // 12, count % 12 + 1) if count >= 12 else None
    if year is None:
        return None
    per_year, code = (4, 33) if unit == "quarter" else (2, 40)
    return f"{written(count // per_year)}-{code + count % per_year}"


def moved_years(year: int | None, amount: int, unit: str, value: str) -> str | None:
    if year is None:
        return value if amount == 0 and unit == "year" and value.startswith("XXXX") else None
    if unit == "year":
        return written(year + amount) if 0 < year + amount <= 9999 else None
    if unit == "decade":
        there = year // 10 + amount
        return f"{there:03d}X" if there > 0 else None
    if unit == "century":
        there = year // 100 + amount
        return f"{there:02d}XX" if there > 0 else None
    return None
