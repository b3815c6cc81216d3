"""From a text to its Timexes: match, read, close by the context, join, extend."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from dataclasses import replace

from dragoman.dates import edtf
from dragoman.dates.calendars import to_gregorian
from dragoman.dates.context import Context, Reading, closed, nearest_to, stepped
from dragoman.dates.fallback import read_with_dateparser
from dragoman.dates.grammar import Grammar, load_grammar
from dragoman.dates.joining import extended, joined, ranges_to
from dragoman.dates.matching import Candidate, candidates, select
from dragoman.dates.readings import duration, filled, numeric, slots, timex_value, week
from dragoman.errors import UsageError
from dragoman.records import Timex

NUMERIC = "{numeric}"


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
    chosen = select(found, lambda one: readable(one, grammar, order))
    context = Context(folded, day, grammar.future, grammar.sentence_end)
    readings = read_all(chosen, grammar, context, order)
    readings = extended(joined(readings, folded, grammar), folded, grammar)
    if fallback:
        readings = read_with_dateparser(readings, text, language=language, published=day)
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


def orders(found: list[Candidate], grammar: Grammar) -> dict[str, tuple[str, bool]]:
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


def numeric_value(read: dict[str, str], mark: str, order: dict[str, tuple[str, bool]]) -> str:
    """Read a date in digits; a day that could as well be a month, without proof in the text, is marked `?`."""
    first, second = int(read["part1"]), int(read["part2"])
    habit, proved = order.get(mark, ("day-month", False))
    if first > 12 or second > 12:
        return numeric(read, "day-month" if first > 12 else "month-day")
    return numeric(read, habit) + ("" if proved or first == second else "?")


def readable(candidate: Candidate, grammar: Grammar, order: dict[str, tuple[str, bool]]) -> bool:
    """Tell whether a match names a day that exists: 31 February is no date."""
    rule = candidate.rule
    if rule.fallback or rule.timex is not None and not rule.value:
        return True
    try:
        value = template_value(candidate, slots(candidate, grammar.vocabulary), order, base="2000")
        edtf.bounds(value) if rule.step is None else None
    except (ValueError, KeyError, IndexError):
        return False
    return True


def template_value(
    candidate: Candidate, read: dict[str, str], order: dict[str, tuple[str, bool]], *, base: str | None
) -> str:
    """Fill in a rule's value and bring it into the Gregorian calendar; raises ValueError, KeyError."""
    rule = candidate.rule
    if rule.value == NUMERIC:
        separator = re.search(r"[0-9]\s*([^0-9\s])", candidate.found[0])
        return numeric_value(read, separator[1] if separator else ".", order)
    value = filled(rule.value, {**read, "base": base or ""})
    return value if rule.calendar == "gregorian" else to_gregorian(value, calendar=rule.calendar)


def read_all(
    chosen: list[Candidate], grammar: Grammar, context: Context, order: dict[str, tuple[str, bool]]
) -> list[Reading]:
    """Read the matches from left to right, each in the light of those before it."""
    readings: list[Reading] = []
    drop = grammar.settings.get("drop_unanchored", False)
    for number, candidate in enumerate(chosen):
        reading = read(candidate, grammar, context, order)
        if candidate.rule.base == "published" and not candidate.rule.step and context.published is None:
            continue
        following = chosen[number + 1] if number + 1 < len(chosen) else None
        if following and ranges_to(reading, following.start, context.folded, grammar):
            year = following.found.groupdict().get("year")
            if year and len(year) == 4 and reading.value and reading.value.startswith("XXXX-"):
                reading = with_year(reading, int(year))
        if drop and reading.anaphoric and reading.value is None:
            continue
        reading = closed(context, reading)
        if following and context.published is None:
            reading = closed_by_next(reading, read(following, grammar, context, order), context)
        context.remember(reading)
        readings.append(reading)
    return readings


def closed_by_next(reading: Reading, following: Reading, context: Context) -> Reading:
    """Give a year-open date the year that the rest of its own sentence tells."""
    if not (reading.value and reading.value.startswith("XXXX-")) or reading.type == "SET":
        return reading
    if following.relative or context.sentence_end.search(context.folded, reading.end, following.start):
        return reading
    month = edtf.parts(reading.value.split("/")[0])[1]
    year = nearest_to(following.value or "", month) if month else None
    return with_year(reading, year) if year else reading


def with_year(reading: Reading, year: int) -> Reading:
    assert reading.value is not None
    return replace(reading, value=reading.value.replace("XXXX", f"{year:04d}"))


def read(
    candidate: Candidate, grammar: Grammar, context: Context, order: dict[str, tuple[str, bool]]
) -> Reading:
    """Read one match: its numbers, its step from the day of writing or from the date before, its value."""
    rule, span = candidate.rule, (candidate.start, candidate.end)
    made = slots(candidate, grammar.vocabulary)
    base = None
    if rule.base and rule.step:
        base = stepped(context, rule.base, filled(rule.step, {**made}), made, span)
    value: str | None = None
    if rule.value and (rule.base is None or base is not None):
        try:
            value = template_value(candidate, made, order, base=base)
            edtf.bounds(value)
        except (ValueError, KeyError):
            value = None
    return Reading(
        *span, rule.id, rule.type, value,
        timex=timex_template(rule.timex, made, value, "1" if rule.type == "SET" else "X"),
        relative=rule.base is not None or (rule.type == "DATE" and not rule.value),
        calendar=rule.calendar, mod=rule.mod, anaphoric=rule.base == "previous",
    )  # fmt: skip


def timex_template(
    template: str | None, read: dict[str, str], value: str | None, default: str
) -> str | None:
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
