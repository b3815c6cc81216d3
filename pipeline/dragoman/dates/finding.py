"""From a text to its Timexes: match, read, close by the context, join, extend."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from dataclasses import dataclass, replace

from dragoman.dates import edtf
from dragoman.dates.calendars import to_gregorian
from dragoman.dates.context import Context, Reading, closed, nearest_to, stepped
from dragoman.dates.fallback import DATEPARSER, read_with_dateparser
from dragoman.dates.grammar import Grammar, load_grammar
from dragoman.dates.joining import extended, joined, ranges_to
from dragoman.dates.matching import Candidate, candidates, select
from dragoman.dates.readings import duration, filled, numeric, slots, timex_value, week
from dragoman.errors import UsageError
from dragoman.records import Timex

NUMERIC = "{numeric}"
OPEN = "XXXX"


Orders = dict[str, tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Parsed:
    """The groups of a match, read, and its value where that needs no surroundings."""

    read: dict[str, str]
    value: str | None


def find(
    text: str,
    *,
    language: str,
    published: str | datetime.date | None = None,
    fallback: bool = False,
) -> tuple[Timex, ...]:
    """Find the temporal expressions of a text, sorted, without overlaps.

    `published` is the day of writing (ISO 8601 or a date): without it, words such as "yesterday" are found
    but stay without a value. `edtf` follows ISO 8601-2, `value` TimeML. With `fallback`, dateparser reads
    what the grammar marks as date-like but cannot read. Raises PackError for an unknown language,
    UsageError for a day that is none.
    """
    grammar = load_grammar(language)
    day = as_day(published)
    folded = grammar.pack.fold(text)
    found = candidates(folded, text, grammar)
    if not fallback:
        found = [one for one in found if not one.rule.fallback]
    if not found:
        return ()
    order = orders(found, grammar)

    def parsed(one: Candidate) -> Parsed | None:
        return last_resort(one, text, language, day) if one.rule.fallback else parse(one, grammar, order)

    chosen = select(found, parsed)
    context = Context(folded, day, grammar.cues, grammar.settings.get("verb_first", False), grammar.sentence_end)
    readings = read_all(chosen, grammar, context, order)
    readings = extended(joined(readings, folded, grammar), folded, grammar)
    return tuple(timex(one, text) for one in readings)


def as_day(published: str | datetime.date | None) -> datetime.date | None:
    """Read the day of writing; anything after the day itself is left aside."""
    if isinstance(published, datetime.datetime):
        return published.date()
    if published is None or isinstance(published, datetime.date):
        return published
    try:
        return datetime.date.fromisoformat(published[:10])
    except ValueError:
        raise UsageError(f"published={published!r} is no day; write it as 2007-03-16") from None


def orders(found: list[Candidate], grammar: Grammar) -> Orders:
    """Tell for each separator which part of 03.04.2007 is the day, and whether the text itself proves it."""
    votes: Counter[str] = Counter()
    for one in found:
        if one.rule.value == NUMERIC:
            first, second = int(one.found["part1"]), int(one.found["part2"])
            votes["day-month"] += first > 12
            votes["month-day"] += second > 12
    separators = {**grammar.numeric_order}
    if votes["day-month"] == votes["month-day"]:
        return {mark: (habit, False) for mark, habit in separators.items()}
    proved = max(("day-month", "month-day"), key=lambda name: votes[name])
    return dict.fromkeys(separators, (proved, True))


def numeric_value(read: dict[str, str], mark: str, order: Orders) -> str:
    """Read a date in digits; a day that could as well be a month, without proof in the text, is marked `?`."""
    first, second = int(read["part1"]), int(read["part2"])
    habit, proved = order.get(mark, ("day-month", False))
    if first > 12 or second > 12:
        return numeric(read, "day-month" if first > 12 else "month-day")
    return numeric(read, habit) + ("" if proved or first == second else "?")


def parse(candidate: Candidate, grammar: Grammar, order: Orders) -> Parsed | None:
    """Read the groups of a match; None when it names a day that does not exist, such as 31 February."""
    rule = candidate.rule
    try:
        read = slots(candidate, grammar.vocabulary)
        if rule.step is not None or not rule.value:
            return Parsed(read, None)
        value = template_value(candidate, read, order, base=None)
        edtf.bounds(value)
    except (ValueError, KeyError, IndexError):
        return None
    return Parsed(read, value)


def last_resort(candidate: Candidate, text: str, language: str, published: datetime.date | None) -> Parsed | None:
    """Have dateparser read a match that has no value of its own; None when it cannot either."""
    value = read_with_dateparser(text[candidate.start : candidate.end], language=language, published=published)
    return Parsed({}, value) if value else None


def template_value(candidate: Candidate, read: dict[str, str], order: Orders, *, base: str | None) -> str:
    """Fill in a rule's value and bring it into the Gregorian calendar; raises ValueError, KeyError."""
    rule = candidate.rule
    if rule.value == NUMERIC:
        separator = re.search(r"[0-9]\s*([^0-9\s])", candidate.found[0])
        return numeric_value(read, separator[1] if separator else ".", order)
    value = filled(rule.value, {**read, "base": base or ""})
    return value if rule.calendar == "gregorian" else to_gregorian(value, calendar=rule.calendar)


def read_all(
    chosen: list[tuple[Candidate, Parsed]], grammar: Grammar, context: Context, order: Orders
) -> list[Reading]:
    """Read the matches from left to right, each in the light of those before it."""
    readings: list[Reading] = []
    drop = grammar.settings.get("drop_unanchored", False)
    for number, (candidate, parsed) in enumerate(chosen):
        rule = candidate.rule
        if rule.base == "published" and not rule.step and context.published is None:
            continue
        reading = read(candidate, parsed, context, order)
        if drop and reading.anaphoric and reading.value is None:
            continue
        if reading.value and reading.value.startswith(OPEN) and not reading.relative:
            following = chosen[number + 1] if number + 1 < len(chosen) else None
            reading = with_its_year(reading, following, grammar, context)
        context.remember(reading)
        readings.append(reading)
    return readings


def with_its_year(
    reading: Reading, following: tuple[Candidate, Parsed] | None, grammar: Grammar, context: Context
) -> Reading:
    """Look for the year of a date that leaves it open: in the other half of its range, before it, after it."""
    after, parsed = following or (None, None)
    if after and parsed and ranges_to(reading, after.start, context.folded, grammar):
        year = parsed.read.get("year", "")
        if len(year) == 4:
            return with_year(reading, int(year))
    reading = closed(context, reading)
    if after and parsed and parsed.value and context.published is None:
        return closed_by_next(reading, parsed.value, after.start, context)
    return reading


def closed_by_next(reading: Reading, value: str, start: int, context: Context) -> Reading:
    """Give a year-open date the year that the rest of its own sentence tells."""
    if not (reading.value and reading.value.startswith("XXXX-")) or reading.type == "SET":
        return reading
    if context.sentence_end.search(context.folded, reading.end, start):
        return reading
    month = edtf.parts(reading.value.split("/")[0])[1]
    year = nearest_to(value, month) if month else None
    return with_year(reading, year) if year else reading


def with_year(reading: Reading, year: int) -> Reading:
    assert reading.value is not None
    return replace(reading, value=reading.value.replace("XXXX", f"{year:04d}"))


def read(candidate: Candidate, parsed: Parsed, context: Context, order: Orders) -> Reading:
    """Read one match: its step from the day of writing or from the date before, and its value."""
    rule, value = candidate.rule, parsed.value
    if rule.base and rule.step:
        span = (candidate.start, candidate.end)
        base = stepped(context, rule.base, filled(rule.step, parsed.read), parsed.read, span)
        if base is None and rule.value != "{base}" and rule.step.split()[1] in ("year", "monthname"):
            base = OPEN
        if rule.value and base is not None:
            try:
                value = template_value(candidate, parsed.read, order, base=base)
                edtf.bounds(value)
            except (ValueError, KeyError):
                value = None
    default = "1" if rule.type == "SET" else "X"
    return Reading(
        candidate.start, candidate.end, DATEPARSER if rule.fallback else rule.id, rule.type, value,
        timex_template(rule.timex, parsed.read, value, default) if rule.timex else None,
        rule.base is not None or (rule.type == "DATE" and not rule.value and not rule.fallback),
        rule.calendar, rule.mod, rule.base == "previous",
    )  # fmt: skip


def timex_template(template: str | None, read: dict[str, str], value: str | None, default: str) -> str | None:
    """Fill in a rule's own TIMEX3 value; None leaves it to the EDTF value."""
    if template is None:
        return None
    if value is None and ("{edtf}" in template or "{week}" in template):
        return None
    fields = {"edtf": value or "", "week": week(value or "") or "", "duration": duration(read, default=default)}
    return filled(template, {**read, **fields})


def timex(reading: Reading, text: str) -> Timex:
    """Make the record: first and last day and precision follow from the EDTF value."""
    value = reading.value if reading.type in ("DATE", "TIME") else None
    first, last, precision = edtf.bounds(value) if value else (None, None, None)
    own = reading.timex or (timex_value(reading.value) if reading.value else None)
    return Timex(
        reading.start, reading.end, text[reading.start : reading.end], reading.type, value, first, last,
        precision, reading.relative, reading.rule, own, reading.calendar, reading.mod,
    )  # fmt: skip
