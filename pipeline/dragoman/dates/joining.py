"""Neighbours that are one expression, and the words around an expression that belong to it or colour it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dragoman.dates import edtf
from dragoman.dates.context import Reading
from dragoman.dates.grammar import Extension, Grammar, Join
from dragoman.dates.matching import WINDOW

DATED = ("DATE", "TIME")
BETWEEN = 40


def precision(reading: Reading) -> str:
    """Name the precision of a reading; what waits for a day of writing is `relative`."""
    if reading.value is None:
        return "relative"
    try:
        return edtf.bounds(reading.value)[2] or "relative"
    except ValueError:
        return "relative"


def ranges_to(left: Reading, start: int, folded: str, grammar: Grammar) -> bool:
    """Tell whether the text between an expression and the next one makes them a range."""
    if start - left.end > BETWEEN or left.type not in DATED:
        return False
    between = folded[left.end : start]
    before = folded[max(0, left.start - WINDOW) : left.start]
    return any(
        join.kind == "range" and join.between.match(between) and (not join.before or join.before.search(before))
        for join in grammar.joins
    )


def joined(readings: list[Reading], folded: str, grammar: Grammar) -> list[Reading]:
    """Join what the grammar says is one expression told in two parts."""
    out: list[Reading] = []
    for reading in readings:
        last = out[-1] if out else None
        made = None
        if last and reading.start - last.end <= BETWEEN and last.type in DATED and reading.type in DATED:
            made = next((one for join in grammar.joins if (one := join_two(join, last, reading, folded))), None)
        if made:
            out[-1] = made
        else:
            out.append(reading)
    return out


def join_two(join: Join, left: Reading, right: Reading, folded: str) -> Reading | None:
    """Join two neighbours by one join of the grammar, None if it does not fit."""
    if not join.between.match(folded[left.end : right.start]):
        return None
    if join.before and not join.before.search(folded[max(0, left.start - WINDOW) : left.start]):
        return None
    if not (fits(left, join.left) and fits(right, join.right)):
        return None
    end = right.end
    if join.close is not None:
        closing = join.close.match(folded, right.end)
        if closing is None:
            return None
        end = closing.end()
    if join.kind == "range":
        if precision(left) != precision(right):
            return None
        value = interval(left, right)
        if value is None and (left.value or right.value):
            return None
        return replace(left, end=end, value=value, timex=None, relative=left.relative or right.relative)
    if left.relative and right.value and not right.relative:
        return replace(right, start=left.start, end=end)
    better = right if left.value is None or len(right.value or "") > len(left.value) else left
    if precision(left) == precision(right) == "day" and not left.relative:
        better = left
    return replace(better, start=left.start, end=end)


def fits(reading: Reading, wanted: tuple[str, ...]) -> bool:
    """Check a reading against precisions or the last parts of rule names."""
    return not wanted or precision(reading) in wanted or reading.rule.split(".")[-1] in wanted


def interval(left: Reading, right: Reading) -> str | None:
    """Write two dates as an interval; a weekday that would come too early is the next one."""
    if left.value is None or right.value is None:
        return None
    first, last = left.value.split("/")[0], right.value.split("/")[-1]
    value = f"{first}/{last}"
    try:
        edtf.bounds(value)
    except ValueError:
        if not (left.relative and right.relative and len(first) == len(last) == 10):
            return None
        later = date.fromisoformat(last) + timedelta(days=7)
        return f"{first}/{later}"
    return value


def extended(readings: list[Reading], folded: str, grammar: Grammar) -> list[Reading]:
    """Widen each expression by the words before and after it that belong to it, never over a neighbour."""
    out: list[Reading] = []
    for number, reading in enumerate(readings):
        floor = out[-1].end if out else 0
        ceiling = readings[number + 1].start if number + 1 < len(readings) else len(folded)
        reading = trailed(led(reading, folded, grammar, floor), folded, grammar, ceiling)
        out.append(reading)
    return out


def led(reading: Reading, folded: str, grammar: Grammar, floor: int) -> Reading:
    used: set[str] = set()
    for _ in range(3):
        left = folded[max(floor, reading.start - WINDOW) : reading.start]
        if not grammar.lead_gate.search(left):
            return reading
        found = None
        for lead in grammar.leads:
            found = lead.pattern.search(left) if lead.id not in used and suits(reading, lead, folded) else None
            if found:
                used.add(lead.id)
                reading = coloured(reading, lead)
                if lead.inside:
                    reading = replace(reading, start=reading.start - (len(left) - found.start()))
                break
        if not found or not lead.inside:
            return reading
    return reading


def trailed(reading: Reading, folded: str, grammar: Grammar, ceiling: int) -> Reading:
    if not grammar.trail_gate.match(folded, reading.end):
        return reading
    for trail in grammar.trails:
        found = trail.pattern.match(folded, reading.end) if suits(reading, trail, folded) else None
        if found and found.end() <= ceiling:
            reading = coloured(reading, trail)
            if trail.inside:
                reading = replace(reading, end=found.end())
    return reading


def suits(reading: Reading, extension: Extension, folded: str) -> bool:
    if reading.type not in extension.types:
        return False
    if extension.unless is not None and extension.unless.search(folded, reading.start, reading.end):
        return False
    return not extension.precisions or precision(reading) in extension.precisions


def coloured(reading: Reading, extension: Extension) -> Reading:
    """Note what a word says about the date (TimeML `mod`), and the EDTF mark that goes with it."""
    value = reading.value
    if extension.mark and value and "/" not in value and not value.endswith(extension.mark):
        value = value + extension.mark
    return replace(reading, mod=extension.mod or reading.mod, value=value)
