"""Fill in what an expression leaves to its surroundings: the day of writing, the date told before, the year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice

from dragoman.dates import edtf

FAR = 8
AHEAD = 75
WEEK = 7
REACH = 160
MEMORY = 40
LOOKBACK = 20_000


@dataclass(frozen=True, slots=True)
class Reading:
    """An expression on its way to a Timex. `value` may be year-open until the context closes it."""

    start: int
    end: int
    rule: str
    type: str
    value: str | None
    timex: str | None = None
    relative: bool = False
    calendar: str = "gregorian"
    mod: str | None = None
    anaphoric: bool = False


@dataclass
class Context:
    """What is known while reading a text from left to right."""

    folded: str
    published: date | None
    cues: re.Pattern[str] | None
    verb_first: bool
    sentence_end: re.Pattern[str]
    told: list[Reading] = field(default_factory=list)
    last_with_year: Reading | None = None
    year_of_month: dict[int, int] = field(default_factory=dict)

    def remember(self, reading: Reading) -> None:
        if reading.type not in ("DATE", "TIME") or not reading.value:
            return
        self.told.append(reading)
        if edtf.year_of(reading.value) is not None:
            self.last_with_year = reading
            year, month, _ = edtf.parts(reading.value.split("/")[0])
            if year and month:
                self.year_of_month[month] = year

    def speaks_of_future(self, start: int, end: int) -> bool:
        """Ask the verb nearest to an expression in its sentence, on the side where the language puts it first."""
        if self.cues is None:
            return False
        left = self.sentence_end.split(self.folded[max(0, start - REACH) : start])[-1]
        right = self.sentence_end.split(self.folded[end : end + REACH], maxsplit=1)[0]
        before, after = list(self.cues.finditer(left)), list(self.cues.finditer(right))
        first, second = (before[-1:], after[:1]) if self.verb_first else (after[:1], before[-1:])
        nearest = first or second
        return bool(nearest) and nearest[0].lastgroup == "future"

    def previous(self, *, start: int, unit: str) -> Reading | None:
        """Return the last date told that is precise enough for the unit."""
        for reading in islice(reversed(self.told), MEMORY):
            assert reading.value is not None
            if start - reading.end > 1500:
                return None
            if precise_enough(reading.value, unit):
                return reading
        return None

    def paragraph_start(self, start: int) -> int:
        return self.folded.rfind("\n", max(0, start - LOOKBACK), start) + 1

    def year_for(self, month: int, day: int | None, start: int, end: int) -> int | None:
        """Close a date without a year: by its paragraph, by the same month told before, by the day of writing."""
        last = self.last_with_year
        if last is not None and last.start >= self.paragraph_start(start):
            year = nearest_to(last.value or "", month)
            if year is not None and (self.published is None or self.tells(last, year, start)):
                return year
        if self.published is None:
            return None
        if day is None and month in self.year_of_month:
            return self.year_of_month[month]
        return self.by_publication(month, day, start, end)

    def tells(self, reading: Reading, year: int, start: int) -> bool:
        """Tell whether a date near by outweighs the day of writing: history, or a year in the same sentence."""
        assert self.published is not None
        if abs(year - self.published.year) > 1:
            return True
        return not reading.relative and self.sentence_end.search(self.folded, reading.end, start) is None

    def by_publication(self, month: int, day: int | None, start: int, end: int) -> int:
        """Take the nearest year to the day of writing; ahead of it only near by, or when the sentence says so."""
        assert self.published is not None
        there = distance(self.published, month, day or 15)
        if there > (AHEAD if not self.speaks_of_future(start, end) else 366):
            return self.published.year - 1
        if there < -270 and self.speaks_of_future(start, end):
            return self.published.year + 1
        return self.published.year


def distance(published: date, month: int, day: int) -> int:
    """Return how many days after the day of writing a day of the same year lies."""
    try:
        return (date(published.year, month, day) - published).days
    except ValueError:
        return 0


def nearest_to(value: str, month: int) -> int | None:
    """Return the year in which a month lies when it is told next to a date; None if that date has no year."""
    year = edtf.year_of(value)
    if year is not None and value.endswith("-24"):
        return year if month > 6 else year + 1
    year = edtf.year_of(value, last=True)
    if year is None:
        return None
    told = edtf.parts(value.split("/")[-1])[1]
    if told is not None and told - month >= FAR:
        return year + 1
    if told is not None and month - told >= FAR + 1:
        return year - 1
    return year


def precise_enough(value: str, unit: str) -> bool:
    last = value.split("/")[-1]
    year, month, day = edtf.parts(last)
    if unit in ("day", "week", "weekday"):
        return day is not None
    if unit in ("month", "quarter", "half", "monthname"):
        return month is not None
    return year is not None or edtf.year_of(value, last=True) is not None


def weekday_from(day: date, weekday: int, shift: int | None, future: bool) -> date:
    """Return the weekday (Monday 1) before (-1), in the week of (0), after (1) a day, or the nearest by tense."""
    behind = (day.isoweekday() - weekday) % WEEK
    if shift == 0:
        return day - timedelta(days=day.isoweekday() - weekday)
    if shift is not None and shift < 0:
        return day - timedelta(days=behind or WEEK)
    if shift is not None or future:
        return day + timedelta(days=(WEEK - behind) % WEEK or (WEEK if shift else 0))
    return day - timedelta(days=behind)


def month_from(day: date, month: int, in_month: int | None, shift: int) -> int:
    """Return the year of the month, or of the day in it, that lies before (-1), near (0), after (1) a day."""
    there, here = (month, in_month or 0), (day.month, day.day if in_month else 0)
    if shift < 0:
        return day.year if there < here else day.year - 1
    if shift > 0:
        return day.year if there > here else day.year + 1
    return day.year


def stepped(context: Context, base: str, step: str, read: Mapping[str, str], span: tuple[int, int]) -> str | None:
    """Carry out a step such as `-1 year` from the base; None when the base is not known."""
    amount_text, unit = step.split()
    amount = None if amount_text == "tense" else int(amount_text)
    if base == "published" or (base == "either" and context.published):
        origin = context.published.isoformat() if context.published else None
    else:
        told = context.previous(start=span[0], unit=unit)
        origin = told.value if told else None
    if origin is None:
        return None
    if unit == "weekday":
        return step_to_weekday(context, origin, amount, named(read, "weekday"), span)
    if unit == "monthname":
        in_month = int(read["day"]) if "day" in read else None
        day = date.fromisoformat(origin)
        return edtf.written(month_from(day, named(read, "month"), in_month, amount or 0))
    return edtf.moved(origin, amount or 0, unit)


def named(read: Mapping[str, str], what: str) -> int:
    """Return the number of the weekday or month in a match, whatever list it came from."""
    return int(next(value for name, value in read.items() if name.startswith(what)))


def step_to_weekday(
    context: Context, origin: str, amount: int | None, weekday: int, span: tuple[int, int]
) -> str | None:
    try:
        day = date.fromisoformat(origin.split("/")[-1])
        return weekday_from(day, weekday, amount, context.speaks_of_future(*span)).isoformat()
    except (ValueError, OverflowError):
        return None


def closed(context: Context, reading: Reading) -> Reading:
    """Give a year-open reading the year that its surroundings make certain."""
    if reading.value is None or not reading.value.startswith("XXXX-") or reading.type == "SET":
        return reading
    _, month, day = edtf.parts(reading.value.split("/")[0])
    if month is None:
        return reading
    year = context.year_for(month, day, reading.start, reading.end)
    if year is None:
        return reading
    value = reading.value.replace("XXXX", f"{year:04d}")
    try:
        edtf.bounds(value)
    except ValueError:
        return reading
    return replace(reading, value=value)
